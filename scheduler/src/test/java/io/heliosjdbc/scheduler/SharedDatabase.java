package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A database in virtual time behind the scheduler's core: those who run share its processors alike, and nobody has more than one. A
 * statement that runs into its timeout fails then, and nothing is done of it.
 */
final class SharedDatabase {
    /** What becomes of a statement: whether it was completed, and after how long. */
    @FunctionalInterface
    interface End {
        void came(boolean completed, long responseNanos);
    }

    /** @param timeout for how long it may run */
    private record Statement(double work, long timeout, End end) {}

    private static final class Running {
        final Request request;
        double left;
        final long failsAt;

        Running(Request request, double left, long failsAt) {
            this.request = request;
            this.left = left;
            this.failsAt = failsAt;
        }
    }

    private record Event(long at, long number, Runnable what) {}

    private final SchedulerCore core;
    private final double processors;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final List<Running> running = new ArrayList<>();
    private final Map<String, TransactionType> types = new HashMap<>();
    private long number;
    private long now;

    SharedDatabase(SchedulerCore core, double processors) {
        this.core = core;
        this.processors = processors;
    }

    long now() {
        return now;
    }

    void at(long when, Runnable what) {
        events.add(new Event(when, number++, what));
    }

    /** So many come in a second from here on, each whenever it likes. */
    void arrive(double perSecond, SplittableRandom random, Runnable what) {
        long next = now + Math.round(-Math.log(1 - random.nextDouble()) * Fixture.SECOND / perSecond);
        at(next, () -> {
            what.run();
            arrive(perSecond, random, what);
        });
    }

    /** Sends a statement of so much work to a class; those of one class are of one type. */
    void send(String serviceClass, Account account, long work, long timeout, End end) {
        Request request = new Request(new Statement(work, timeout, end));
        request.prepare(
                Objects.requireNonNull(core.serviceClass(serviceClass)),
                account,
                types.computeIfAbsent(serviceClass, name -> new TransactionType()),
                new RequestType(work),
                0,
                Fixture.EVER);
        Admission answer = core.submit(request, now);
        if (answer == Admission.GRANTED) {
            start(request);
        } else if (answer != null) {
            end.came(false, 0);
        }
    }

    private void start(Request request) {
        Statement statement = (Statement) request.owner();
        long failsAt = statement.timeout() == Fixture.EVER ? Fixture.EVER : now + statement.timeout();
        running.add(new Running(request, statement.work(), failsAt));
    }

    /** What happens until then, in its order. */
    void runUntil(long end) {
        while (true) {
            Running next = next();
            long ends = next == null ? Fixture.EVER : endOf(next);
            long comes = events.isEmpty() ? Fixture.EVER : events.element().at();
            long alarm = core.nextAlarm(now);
            long at = Math.min(Math.min(ends, comes), alarm);
            if (at > end) {
                goOnTo(end);
                return;
            }
            goOnTo(at);
            if (next != null && at == ends) {
                finish(next);
            } else if (at == comes) {
                events.remove().what().run();
            } else {
                core.advance(now);
            }
            for (Request each : core.takeDecided()) {
                if (each.answer() == Admission.GRANTED) {
                    start(each);
                } else {
                    ((Statement) each.owner()).end().came(false, now - each.arrival());
                }
            }
        }
    }

    private double speed() {
        return Math.min(1, processors / running.size());
    }

    private long endOf(Running each) {
        return Math.min(each.failsAt, now + (long) Math.ceil(Math.max(0, each.left) / speed()));
    }

    private @Nullable Running next() {
        return running.stream().min(Comparator.comparingLong(this::endOf)).orElse(null);
    }

    private void goOnTo(long at) {
        double done = (at - now) * speed();
        running.forEach(each -> each.left -= done);
        now = at;
    }

    private void finish(Running done) {
        running.remove(done);
        boolean completed = done.left <= 0;
        if (!completed) {
            done.request.timedOut();
        }
        core.complete(done.request, completed ? Ending.COMPLETED : Ending.ABANDONED, now);
        ((Statement) done.request.owner()).end().came(completed, now - done.request.arrival());
    }
}
