package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import java.util.Optional;

/** Executes the Deliveries that terminals have queued, one after the other, each on behalf of its terminal. Runs in a thread of its own. */
final class DeliveryWorker implements Runnable {
    private final DeliveryQueue<Terminal.Profile> queue;
    private final Session session;
    private final Measurements measurements;

    /** @param session its own, which it closes in the end */
    DeliveryWorker(DeliveryQueue<Terminal.Profile> queue, Session session, Measurements measurements) {
        this.queue = queue;
        this.session = session;
        this.measurements = measurements;
    }

    @Override
    public void run() {
        try {
            boolean connected = true;
            while (connected) {
                Optional<DeliveryQueue.Entry<Terminal.Profile>> next = queue.take();
                if (next.isEmpty()) {
                    return;
                }
                connected = execute(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }

    private boolean execute(DeliveryQueue.Entry<Terminal.Profile> entry) throws InterruptedException {
        Session.Done done = session.run(entry.who(), entry.input(), entry.due());
        measurements.delivered(entry, done, session.delivered());
        return done.connected();
    }
}
