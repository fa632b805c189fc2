package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import io.heliosjdbc.tpcc.delivery.Skipped;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.measure.Times;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the queue of Deliveries was like within the measurement interval: how long terminals waited until theirs were in it, and what was
 * done with them. Not thread-safe.
 */
final class Deliveries {
    /** Until a terminal was told that its Delivery is queued. */
    final Responses queueing = new Responses(TransactionType.QUEUEING_LIMIT);

    private final Map<PriorityClass, Times> byClass = new EnumMap<>(PriorityClass.class);
    private final long length;
    private final boolean logged;
    private final List<DeliveryLog.Row> log = new ArrayList<>();
    private long queued;
    private long unqueued;
    private long heldUp;
    private final Skipped skipped = new Skipped();

    /** @param logged whether each that was executed is kept as a row */
    Deliveries(long length, boolean logged) {
        this.length = length;
        this.logged = logged;
        for (PriorityClass priority : PriorityClass.values()) {
            byClass.put(priority, new Times());
        }
    }

    void queued(DeliveryQueue.Entry<Terminal.Profile> entry) {
        if (entry.queued() < 0) {
            return;
        }
        long response = entry.queued() - entry.due();
        queueing.answered(response);
        times(entry.who().priority()).answered(response);
        if (entry.queued() < length) {
            queued++;
            heldUp += entry.heldUp() ? 1 : 0;
        } else {
            unqueued++;
        }
    }

    /** The interval ended before there was room for it. */
    void unqueued(Terminal.Profile who, long due) {
        queueing.unfinished(length - due);
        times(who.priority()).unanswered(length - due);
        unqueued++;
    }

    /** @param orders that were delivered, by district; 0 for none */
    void executed(DeliveryQueue.Entry<Terminal.Profile> entry, Session.Done done, List<Integer> orders) {
        boolean delivered = done.outcome() == RawData.Outcome.DONE;
        if (delivered && done.end() >= 0 && done.end() < length) {
            skipped.executed(orders);
        }
        if (logged) {
            log.add(new DeliveryLog.Row(entry, done, delivered ? orders : Collections.nCopies(orders.size(), 0)));
        }
    }

    Times times(PriorityClass priority) {
        return Objects.requireNonNull(byClass.get(priority));
    }

    /** How many terminals were told so. */
    long queued() {
        return queued;
    }

    /** How many were due and not in the queue when the interval ended. */
    long unqueued() {
        return unqueued;
    }

    /** How many had to wait because the queue was full. */
    long heldUp() {
        return heldUp;
    }

    /** How many were committed, and found districts without an order. */
    Skipped skipped() {
        return skipped;
    }

    List<DeliveryLog.Row> log() {
        return log;
    }
}
