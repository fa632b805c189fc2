package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;

/**
 * What happened within the measurement interval. Times are nanoseconds since its start; what completed before it is warm-up and
 * counts nowhere, what is unfinished at its end counts as offered, and as missed when it is late already. What failed or is unfinished
 * had no answer, and is part of the percentiles as that. Thread-safe.
 */
final class Measurements {
    enum Outcome {
        COMMITTED,
        USER_ABORTED,
        FAILED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final long length;
    private final Map<TransactionType, ByType> types = new EnumMap<>(TransactionType.class);
    private final Map<TransactionType, Map<PriorityClass, Responses>> byClass = new EnumMap<>(TransactionType.class);
    private final Accounts accounts;
    private final Map<String, Long> failures = new TreeMap<>();
    private final Realised realised = new Realised();
    private final Deliveries deliveries;
    private final boolean raw;
    private final Map<String, List<RawData.Row>> rows = new LinkedHashMap<>();

    /**
     * A transaction that ended. Instants are nanoseconds since the measurement interval began.
     *
     * @param due when it should have begun
     * @param start when its terminal began it
     * @param end when its answer or error was there
     */
    record Ended(RawData.Outcome outcome, long due, long start, long end) {
        private Outcome counted() {
            return switch (outcome) {
                case DONE -> Outcome.COMMITTED;
                case ABORTED -> Outcome.USER_ABORTED;
                case REFUSED, FAILED -> Outcome.FAILED;
                case DROPPED -> throw new IllegalArgumentException("what was dropped has no end");
            };
        }
    }

    /** Counts and response times of one transaction type. */
    static final class ByType {
        long offered;
        long retries;
        long unfinished;
        long unfinishedLate;
        /** Of what was committed, and of what had no answer; what its user aborted is apart. */
        final Responses responses;

        private final Map<Outcome, Histogram> ended = new EnumMap<>(Outcome.class);

        ByType(TransactionType type) {
            responses = new Responses(type.limit());
            for (Outcome outcome : Outcome.values()) {
                ended.put(outcome, new Histogram(3));
            }
        }

        /** How long it took until those with this outcome had it, in microseconds. */
        Histogram ended(Outcome outcome) {
            return Objects.requireNonNull(ended.get(outcome));
        }

        long count(Outcome outcome) {
            return ended(outcome).getTotalCount();
        }
    }

    /**
     * Of nothing yet.
     *
     * @param raw whether every transaction is kept as a row
     * @param logged whether every Delivery that was executed is
     */
    Measurements(long lengthNanos, Promises promises, boolean raw, boolean logged) {
        this.deliveries = new Deliveries(lengthNanos, logged);
        this.length = lengthNanos;
        this.raw = raw;
        this.accounts = new Accounts(promises, lengthNanos);
        for (TransactionType type : TransactionType.values()) {
            types.put(type, new ByType(type));
            Map<PriorityClass, Responses> classes = new EnumMap<>(PriorityClass.class);
            for (PriorityClass priority : PriorityClass.values()) {
                classes.put(priority, new Responses(type.limit()));
            }
            byClass.put(type, classes);
        }
    }

    /** Opens the accounts of a terminal. */
    void terminal(Terminal.Profile who) {
        lock.lock();
        try {
            rows.put(who.name(), new ArrayList<>());
            accounts.open(who);
        } finally {
            lock.unlock();
        }
    }

    void completed(Terminal.Profile who, Input input, Ended ended) {
        long end = ended.end();
        if (end < 0) {
            return;
        }
        long due = ended.due();
        if (end >= length) {
            unfinished(who, input.type(), due, ended.start(), Optional.of(ended));
            return;
        }
        Outcome outcome = ended.counted();
        lock.lock();
        try {
            ByType type = type(input.type());
            type.offered++;
            type.ended(outcome).recordValue(Math.max(0, (end - due) / 1_000));
            if (outcome == Outcome.FAILED) {
                responses(who, input.type()).forEach(each -> each.failed(length - due));
                accounts.failed(who, input.type(), due, end);
            } else {
                accounts.answered(who, input.type(), due, end);
                if (outcome == Outcome.COMMITTED) {
                    responses(who, input.type()).forEach(each -> each.answered(end - due));
                }
                // What terminals ask for is the mix, and of a Delivery they were told before that it is queued.
                if (input.type() != TransactionType.DELIVERY) {
                    realised.add(input);
                }
            }
            keep(who, input.type(), due, ended.start(), end, ended.outcome());
        } finally {
            lock.unlock();
        }
    }

    private void keep(
            Terminal.Profile who, TransactionType type, long due, long start, long end, RawData.Outcome outcome) {
        if (raw) {
            rows.computeIfAbsent(who.name(), name -> new ArrayList<>())
                    .add(new RawData.Row(type.label(), due, start, end, outcome));
        }
    }

    /** It was due within the interval but its end did not come within it. */
    void unfinished(Terminal.Profile who, TransactionType transaction, long due, long start) {
        unfinished(who, transaction, due, start, Optional.empty());
    }

    /** @param known how it ended after the interval, so that its time is known; it comes too late for all else */
    private void unfinished(
            Terminal.Profile who, TransactionType transaction, long due, long start, Optional<Ended> known) {
        if (due >= length) {
            return;
        }
        lock.lock();
        try {
            ByType type = type(transaction);
            type.offered++;
            type.unfinished++;
            Optional<Ended> answered = known.filter(ended -> ended.counted() != Outcome.FAILED);
            long end = answered.map(Ended::end).orElse(length);
            if (answered.isEmpty()) {
                responses(who, transaction).forEach(each -> each.unfinished(length - due));
            } else if (answered.get().counted() == Outcome.COMMITTED) {
                responses(who, transaction).forEach(each -> each.answered(end - due));
            }
            type.unfinishedLate += accounts.unanswered(who, transaction, due) ? 1 : 0;
            keep(who, transaction, due, Math.min(start, end), end, RawData.Outcome.DROPPED);
        } finally {
            lock.unlock();
        }
    }

    /** A terminal was told that its Delivery is queued. */
    void queued(DeliveryQueue.Entry entry) {
        lock.lock();
        try {
            deliveries.queued(entry);
            if (entry.queued() >= 0 && entry.queued() < length) {
                realised.add(entry.input());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The interval ended before there was room for a terminal's Delivery. */
    void unqueued(Terminal.Profile who, long due) {
        lock.lock();
        try {
            deliveries.unqueued(who, due);
            unfinished(who, TransactionType.DELIVERY, due, length);
        } finally {
            lock.unlock();
        }
    }

    /** The interval and what was waited for after it ended before anybody came to a Delivery. */
    void undelivered(DeliveryQueue.Entry entry) {
        unfinished(entry.who(), TransactionType.DELIVERY, entry.due(), length);
    }

    /** A Delivery was executed, which {@link #completed} has counted. */
    void delivered(DeliveryQueue.Entry entry, Session.Done done, List<Integer> orders) {
        lock.lock();
        try {
            deliveries.executed(entry, done, orders);
        } finally {
            lock.unlock();
        }
    }

    /** One collided with others at the given instant, and is tried again. */
    void retried(TransactionType type, long at) {
        if (at < 0 || at >= length) {
            return;
        }
        lock.lock();
        try {
            type(type).retries++;
        } finally {
            lock.unlock();
        }
    }

    void failure(String message) {
        lock.lock();
        try {
            failures.merge(message, 1L, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    long committed() {
        lock.lock();
        try {
            return types.values().stream()
                    .mapToLong(type -> type.count(Outcome.COMMITTED))
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    long failed() {
        lock.lock();
        try {
            return types.values().stream()
                    .mapToLong(type -> type.count(Outcome.FAILED))
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    double tpmC(long afterNanos) {
        lock.lock();
        try {
            return afterNanos <= 0 ? 0 : type(TransactionType.NEW_ORDER).count(Outcome.COMMITTED) * 60e9 / afterNanos;
        } finally {
            lock.unlock();
        }
    }

    // What follows is read when the terminals have ended.

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

    /** Of the terminals of a class, what {@link ByType#responses} has of all. */
    Times times(TransactionType type, PriorityClass priority) {
        return responses(type, priority).times();
    }

    private Responses responses(TransactionType type, PriorityClass priority) {
        return Objects.requireNonNull(Objects.requireNonNull(byClass.get(type)).get(priority));
    }

    /** Those of a type that a terminal's are among: of all terminals, and of its class. */
    private List<Responses> responses(Terminal.Profile who, TransactionType type) {
        return List.of(type(type).responses, responses(type, who.priority()));
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** How each account was kept, by name. */
    Map<String, Accounts.Closed> accounts() {
        lock.lock();
        try {
            return accounts.closed();
        } finally {
            lock.unlock();
        }
    }

    /** What was offered, one row each, terminal by terminal; empty where rows were not to be kept. */
    List<RawData.Block> rows(String part) {
        lock.lock();
        try {
            return rows.entrySet().stream()
                    .map(each -> new RawData.Block(part, each.getKey(), each.getValue()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Map<String, Long> failures() {
        return failures;
    }

    Realised realised() {
        return realised;
    }
}
