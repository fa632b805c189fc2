package io.heliosjdbc.driver.forecast;

import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.scheduler.Admission;
import io.heliosjdbc.scheduler.Ending;
import io.heliosjdbc.scheduler.Request;
import io.heliosjdbc.scheduler.SchedulerCore;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.Settlement;
import io.heliosjdbc.slo.SloComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the statements of a history through the shipped scheduler core and books of their own, in virtual time. Not thread-safe; it shares
 * nothing with a live scheduler.
 *
 * <p>A statement takes as long as it took. It comes as long after the one before it as it came: after that of its connection, and after that
 * of its thread, so that who waits sends his next statement later (a closed model); what comes after nothing comes when it came. Of a
 * transaction that gets no slot nothing reaches the database, and its connection goes on as if that had taken no time.
 */
public final class Replay {
    private static final long SETTLE_EVERY = TimeUnit.SECONDS.toNanos(1);

    /** What happens to a step; at one instant in this order, so that a slot that becomes free is found free. */
    private enum What {
        ENDS,
        STARTS,
        GIVES_UP
    }

    private record Event(long at, What what, Step step) {
        static final Comparator<Event> ORDER = Comparator.comparingLong(Event::at)
                .thenComparing(Event::what)
                .thenComparingInt(event -> event.step().number);
    }

    /** An arrival, and what comes after it. */
    private static final class Step {
        final Arrival arrival;
        final int number;
        final Line line;
        final List<Step> after = new ArrayList<>(1);
        /** How many that it comes after have not ended yet. */
        int pending;
        /** When it comes, as far as is known. */
        long due;

        Step(Arrival arrival, int number, Line line) {
            this.arrival = arrival;
            this.number = number;
            this.line = line;
        }
    }

    /** A connection. */
    private static final class Line {
        final Request request = new Request(this);
        /** The last of its steps. */
        @Nullable
        Step last;

        boolean holds;
        /** Whether what follows belongs to a transaction that got no slot. */
        boolean turnedAway;
        /** Who waits for a slot. */
        @Nullable
        Step waiting;
        /** What the transaction began with. */
        @Nullable
        RequestKind first;
    }

    private final SchedulerCore core;
    private final SloComponent books;
    private final Map<String, ServiceClassSettings> classes = new HashMap<>();
    private final Instant since;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Event.ORDER);
    private final Map<Forecast.Key, Figures> figures = new HashMap<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private long settledAt;

    private Replay(SchedulerSettings settings, SloComponent books, Instant since) {
        this.core = new SchedulerCore(settings.enforced());
        this.books = books;
        this.since = since;
        settings.classes().forEach(each -> classes.put(each.name(), each));
    }

    /**
     * What would have become of the statements of a history.
     *
     * @param settings what they would have been scheduled by; whether these are of a dry run does not matter
     * @param degree the degree k of opportunity cost and marginal gain, positive
     * @param maxAccounts how many accounts a load keeps for its owners, at least 1
     */
    public static Forecast of(History.Copy history, SchedulerSettings settings, double degree, int maxAccounts) {
        Replay replay = new Replay(
                settings, new SloComponent(List.of(), degree, history.since(), maxAccounts), history.since());
        replay.line(history.arrivals());
        replay.run();
        return new Forecast(history.since(), replay.figures, replay.books.accounts(), replay.settlements);
    }

    /** Finds out what comes after what, and sends what comes after nothing. */
    private void line(List<Arrival> arrivals) {
        Map<Long, Line> lines = new HashMap<>();
        int number = 0;
        Map<Long, Step> ofThread = new HashMap<>();
        for (Arrival arrival : arrivals) {
            Line line = lines.computeIfAbsent(arrival.connection(), absent -> new Line());
            Step step = new Step(arrival, number++, line);
            Step before = line.last;
            line.last = step;
            follow(before, step);
            Step sameThread = arrival.thread() == 0 ? null : ofThread.put(arrival.thread(), step);
            if (sameThread != before && sameThread != null && sameThread.arrival.end() <= arrival.start()) {
                follow(sameThread, step);
            }
            if (step.pending == 0) {
                step.due = arrival.start();
                events.add(new Event(step.due, What.STARTS, step));
            }
        }
    }

    private static void follow(@Nullable Step before, Step step) {
        if (before != null) {
            before.after.add(step);
            step.pending++;
        }
    }

    private void run() {
        long now = Long.MIN_VALUE;
        while (true) {
            Event next = events.peek();
            long alarm = core.nextAlarm(now);
            if (alarm < (next == null ? Long.MAX_VALUE : next.at())) {
                now = Math.max(now, alarm);
                core.advance(now);
            } else if (next != null) {
                events.remove();
                now = next.at();
                settle(now);
                switch (next.what()) {
                    case ENDS -> ends(next.step(), now);
                    case STARTS -> starts(next.step(), now);
                    case GIVES_UP -> givesUp(next.step(), now);
                }
            } else {
                return;
            }
            decided(now);
        }
    }

    private void settle(long now) {
        if (now - settledAt >= SETTLE_EVERY) {
            settledAt = now;
            if (settlements.addAll(books.settle(since.plusNanos(now)))) {
                core.repriceAll();
            }
        }
    }

    private void starts(Step step, long now) {
        Line line = step.line;
        RequestKind kind = step.arrival.kind();
        if (line.turnedAway) {
            line.turnedAway = step.arrival.ending() == null;
            over(step, now);
        } else if (kind == null) {
            complete(line, step, now);
            over(step, now);
        } else if (line.holds) {
            line.request.sentBy(step.arrival.thread());
            core.resume(line.request, requestType(kind), now);
            takes(step, kind, 0, now);
        } else {
            ask(step, kind, now);
        }
    }

    private RequestType requestType(RequestKind kind) {
        return books.requestType(kind.userLoad(), kind.requestType(), kind.firstEstimateNanos());
    }

    private void ask(Step step, RequestKind kind, long now) {
        Line line = step.line;
        line.first = kind;
        line.request.prepare(
                Objects.requireNonNull(core.serviceClass(kind.serviceClass()), kind.serviceClass()),
                books.account(kind.userLoad(), kind.accountOwner()),
                books.transactionType(kind.userLoad(), kind.transactionType()),
                requestType(kind),
                kind.estimatedCost(),
                kind.deadlineNanos(),
                core.tier(kind.tier()));
        line.request.sentBy(step.arrival.thread());
        Admission answer = core.submit(line.request, now);
        if (answer == null) {
            line.waiting = step;
            long patience = Math.min(queueTimeout(kind), queryTimeout(step));
            if (patience != Long.MAX_VALUE) {
                events.add(new Event(now + patience, What.GIVES_UP, step));
            }
        } else {
            answered(step, kind, answer, 0, now);
        }
    }

    private long queueTimeout(RequestKind kind) {
        return Objects.requireNonNull(classes.get(kind.serviceClass())).queueTimeoutNanos();
    }

    private static long queryTimeout(Step step) {
        int seconds = step.arrival.queryTimeoutSeconds();
        return seconds <= 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds);
    }

    private void givesUp(Step step, long now) {
        RequestKind kind = step.arrival.kind();
        if (step.line.waiting == step && kind != null) {
            boolean own = queryTimeout(step) <= queueTimeout(kind);
            boolean unused =
                    core.cancel(step.line.request, own ? Admission.QUERY_TIMEOUT : Admission.QUEUE_TIMEOUT, now);
        }
    }

    /** Whose wait has ended. */
    private void decided(long now) {
        for (Request each : core.takeDecided()) {
            Line line = (Line) each.owner();
            Step step = Objects.requireNonNull(line.waiting);
            line.waiting = null;
            answered(
                    step,
                    Objects.requireNonNull(step.arrival.kind()),
                    Objects.requireNonNull(each.answer()),
                    each.waitedNanos(),
                    now);
        }
    }

    private void answered(Step step, RequestKind kind, Admission answer, long waited, long now) {
        if (answer == Admission.GRANTED) {
            step.line.holds = true;
            takes(step, kind, waited, now);
            return;
        }
        boolean late = step.line.request.account().timelyNanos() < Long.MAX_VALUE;
        count(kind, new Figures(1, 0, 0, waited > 0 ? 1 : 0, waited, waited, late ? 1 : 0, 1));
        step.line.turnedAway = step.arrival.ending() == null;
        over(step, now);
    }

    /** It is in the database for as long as it was. */
    private void takes(Step step, RequestKind kind, long waited, long now) {
        long nanos = step.arrival.nanos();
        count(kind, new Figures(1, 1, nanos, waited > 0 ? 1 : 0, waited, waited, 0, 0));
        events.add(new Event(now + nanos, What.ENDS, step));
    }

    private void ends(Step step, long now) {
        if (step.arrival.ending() != null || step == step.line.last) {
            complete(step.line, step, now);
        } else {
            core.pause(step.line.request, now);
        }
        over(step, now);
    }

    /** A transaction that was open when the history was copied ends with its last statement, and is not booked. */
    private void complete(Line line, Step step, long now) {
        if (!line.holds) {
            return;
        }
        line.holds = false;
        Ending ending = step.arrival.ending() == null ? Ending.ABANDONED : step.arrival.ending();
        core.complete(line.request, ending, now);
        Account account = line.request.account();
        if (ending == Ending.COMPLETED && now - line.request.arrival() > account.timelyNanos() && line.first != null) {
            count(line.first, new Figures(0, 0, 0, 0, 0, 0, 1, 0));
        }
    }

    /** What comes after it comes as much later as it did. */
    private void over(Step step, long now) {
        for (Step next : step.after) {
            long gap = Math.max(0, next.arrival.start() - step.arrival.end());
            next.due = Math.max(next.due, now + gap);
            next.pending--;
            if (next.pending == 0) {
                events.add(new Event(next.due, What.STARTS, next));
            }
        }
    }

    private void count(RequestKind kind, Figures of) {
        figures.merge(
                new Forecast.Key(kind.serviceClass(), kind.userLoad().name(), kind.template()), of, Figures::plus);
    }
}
