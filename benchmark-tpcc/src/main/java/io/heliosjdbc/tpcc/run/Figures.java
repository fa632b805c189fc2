package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.audit.Realised;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.run.Measurements.Ended;
import io.heliosjdbc.tpcc.run.Measurements.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of a measurement interval. Times are nanoseconds since its start; what completed before it is warm-up and
 * counts nowhere, what is unfinished at its end counts as offered, and as missed when it is late already. What failed or is unfinished
 * had no answer, and is part of the percentiles as that. Not thread-safe; {@link Measurements} lets nobody change it any more when it
 * hands it out.
 */
final class Figures {
    private final long length;
    private final Map<TransactionType, ByType> types = new EnumMap<>(TransactionType.class);
    private final Accounts accounts;
    private final Map<String, Long> failures = new TreeMap<>();
    private final Realised realised = new Realised();
    private final Deliveries deliveries;
    private final boolean raw;
    private final Map<String, List<RawData.Row>> rows = new LinkedHashMap<>();

    /**
     * Of nothing yet.
     *
     * @param raw whether every transaction is kept as a row
     * @param logged whether every Delivery that was executed is
     */
    Figures(long lengthNanos, Promises promises, boolean raw, boolean logged) {
        this.deliveries = new Deliveries(lengthNanos, logged);
        this.length = lengthNanos;
        this.raw = raw;
        this.accounts = new Accounts(promises, lengthNanos);
        for (TransactionType type : TransactionType.values()) {
            types.put(type, new ByType(type));
        }
    }

    /** Opens the accounts of a terminal. */
    void terminal(Terminal.Profile who) {
        rows.put(who.name(), new ArrayList<>());
        accounts.open(who);
    }

    void completed(Terminal.Profile who, Input input, Ended ended) {
        long end = ended.end();
        if (end < 0) {
            return;
        }
        long due = ended.due();
        TransactionType type = input.type();
        if (end >= length) {
            unfinished(who, type, due, ended.start(), Optional.of(ended));
            return;
        }
        Outcome outcome = ended.counted();
        type(type).ended(who.priority(), outcome, end - due, length - due);
        if (outcome == Outcome.FAILED) {
            accounts.failed(who, type, due, end);
        } else {
            accounts.answered(who, type, due, end);
            // What terminals ask for is the mix, and of a Delivery they were told before that it is queued.
            if (type != TransactionType.DELIVERY) {
                realised.add(input);
            }
        }
        keep(who, type, due, ended.start(), end, ended.outcome());
    }

    private void keep(
            Terminal.Profile who, TransactionType type, long due, long start, long end, RawData.Outcome outcome) {
        if (raw) {
            rows.computeIfAbsent(who.name(), name -> new ArrayList<>())
                    .add(new RawData.Row(type.label(), due, start, end, outcome));
        }
    }

    /** It was due within the interval but its end did not come within it. */
    void unfinished(Terminal.Profile who, TransactionType type, long due, long start) {
        unfinished(who, type, due, start, Optional.empty());
    }

    /** @param known how it ended after the interval, so that its time is known; it comes too late for all else */
    private void unfinished(Terminal.Profile who, TransactionType type, long due, long start, Optional<Ended> known) {
        if (due >= length) {
            return;
        }
        ByType figures = type(type);
        figures.unfinished(accounts.unanswered(who, type, due));
        Optional<Ended> answered = known.filter(ended -> ended.counted() != Outcome.FAILED);
        long end = answered.map(Ended::end).orElse(length);
        if (answered.isEmpty()) {
            figures.unanswered(who.priority(), length - due);
        } else {
            figures.answeredAfterTheEnd(who.priority(), answered.get().counted(), end - due);
        }
        keep(who, type, due, Math.min(start, end), end, RawData.Outcome.DROPPED);
    }

    /** A terminal was told that its Delivery is queued. */
    void queued(DeliveryQueue.Entry<Terminal.Profile> entry) {
        deliveries.queued(entry);
        if (entry.queued() >= 0 && entry.queued() < length) {
            realised.add(entry.input());
        }
    }

    /** The interval ended before there was room for a terminal's Delivery. */
    void unqueued(Terminal.Profile who, long due) {
        deliveries.unqueued(who, due);
        unfinished(who, TransactionType.DELIVERY, due, length);
    }

    /** The interval and what was waited for after it ended before anybody came to a Delivery. */
    void undelivered(DeliveryQueue.Entry<Terminal.Profile> entry) {
        unfinished(entry.who(), TransactionType.DELIVERY, entry.due(), length);
    }

    /** One collided with others at the given instant, and is tried again. */
    void retried(TransactionType type, long at) {
        if (at >= 0 && at < length) {
            type(type).retried();
        }
    }

    void failure(String message) {
        failures.merge(message, 1L, Long::sum);
    }

    long committed() {
        return count(Outcome.COMMITTED);
    }

    long failed() {
        return count(Outcome.FAILED);
    }

    private long count(Outcome outcome) {
        return types.values().stream().mapToLong(type -> type.count(outcome)).sum();
    }

    double tpmC(long afterNanos) {
        return afterNanos <= 0 ? 0 : type(TransactionType.NEW_ORDER).count(Outcome.COMMITTED) * 60e9 / afterNanos;
    }

    /** Of which types some failed and none succeeded, each with how many failed, for people. */
    List<String> withoutSuccess() {
        return types.entrySet().stream()
                .filter(each -> each.getValue().count(Outcome.FAILED) > 0
                        && each.getValue().count(Outcome.COMMITTED)
                                        + each.getValue().count(Outcome.USER_ABORTED)
                                == 0)
                .map(each -> "no " + each.getKey().label() + " succeeded, and "
                        + each.getValue().count(Outcome.FAILED) + " failed")
                .toList();
    }

    ByType type(TransactionType type) {
        return Objects.requireNonNull(types.get(type));
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** How each account was kept, by name. */
    Map<String, Accounts.Closed> accounts() {
        return accounts.closed();
    }

    /** What was offered, one row each, terminal by terminal; empty where rows were not to be kept. */
    List<RawData.Block> rows(String part) {
        return rows.entrySet().stream()
                .map(each -> new RawData.Block(part, each.getKey(), each.getValue()))
                .toList();
    }

    Map<String, Long> failures() {
        return Collections.unmodifiableMap(failures);
    }

    Realised realised() {
        return realised;
    }
}
