package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.pace.DueClock;
import java.time.Duration;
import java.util.Optional;

/**
 * One terminal: keys, waits until its transaction is due, runs it, thinks. A Delivery it only queues. Runs in a thread of its own.
 */
final class Terminal implements Runnable {
    /** Who it is. */
    record Profile(String name, PriorityClass priority) {}

    private final Profile profile;
    private final Inputs inputs;
    private final DueClock dueClock;
    private final Clock clock;
    private final Session session;
    private final DeliveryQueue<Terminal.Profile> deliveries;
    private final Measurements measurements;

    /** @param session its own, which it closes in the end */
    Terminal(
            Profile profile,
            Inputs inputs,
            DueClock dueClock,
            Clock clock,
            Session session,
            DeliveryQueue<Terminal.Profile> deliveries,
            Measurements measurements) {
        this.profile = profile;
        this.inputs = inputs;
        this.dueClock = dueClock;
        this.clock = clock;
        this.session = session;
        this.deliveries = deliveries;
        this.measurements = measurements;
    }

    Profile profile() {
        return profile;
    }

    @Override
    public void run() {
        try {
            // The first transactions of all terminals must not come together.
            Duration beginning = inputs.think(TransactionType.NEW_ORDER);
            dueClock.begin(beginning);
            while (step()) {
                // Each step is one transaction.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }

    /** False when the end has come. */
    private boolean step() throws InterruptedException {
        Input input = inputs.next();
        long due = dueClock.due(input.type());
        if (!clock.waitFor(due)) {
            missed(input, due);
            return false;
        }
        if (input instanceof Input.Delivery delivery) {
            return queue(delivery, due);
        }
        Session.Done done = session.run(profile, input, due);
        Duration think = inputs.think(input.type());
        if (done.succeeded()) {
            dueClock.answered(done.end(), think);
        } else {
            dueClock.failed(done.end(), think);
        }
        return done.end() < clock.length();
    }

    /** Where it was due, the interval ended before anybody came to it: there may have been no connection meanwhile. */
    private void missed(Input input, long due) {
        if (due >= clock.length()) {
            return;
        }
        if (input instanceof Input.Delivery) {
            measurements.unqueued(profile, due);
        } else {
            measurements.unfinished(profile, input.type(), due, clock.length());
        }
    }

    /** Its user has the answer when it is queued, and goes on. */
    private boolean queue(Input.Delivery delivery, long due) throws InterruptedException {
        Optional<DeliveryQueue.Entry<Terminal.Profile>> queued = deliveries.add(profile, delivery, due);
        if (queued.isEmpty()) {
            missed(delivery, due);
            return false;
        }
        measurements.queued(queued.get());
        dueClock.answered(queued.get().queued(), inputs.think(delivery.type()));
        return true;
    }
}
