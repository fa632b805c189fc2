package io.heliosjdbc.tpcc.simulation;

import io.heliosjdbc.slo.Account;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import java.util.Map;
import java.util.SplittableRandom;

/** A terminal with its own random numbers, so that it sends the same under every discipline. Not thread-safe. */
final class Terminal {
    private static final double NANOS = 1e9;
    private static final double MOST_MEANS = 10;
    private static final int DECK = java.util.Arrays.stream(TransactionType.values())
            .mapToInt(TransactionType::cards)
            .sum();

    final PriorityClass priority;
    final Map<TransactionType, Account> accounts;
    final SplittableRandom random;
    /** What it sends next, and when. */
    TransactionType next = TransactionType.NEW_ORDER;

    long sendsAt;

    Terminal(PriorityClass priority, Map<TransactionType, Account> accounts, SplittableRandom random) {
        this.priority = priority;
        this.accounts = accounts;
        this.random = random;
    }

    /** Thinks about what it got and keys in what comes next. */
    void think(TransactionType last, long now, double factor) {
        double think = Math.min(MOST_MEANS, random.nextExponential()) * seconds(last.meanThink());
        next = draw();
        sendsAt = now + Math.round((think + seconds(next.keying())) * factor * NANOS);
    }

    /** Sends again after a time that does not depend on any answer, in the mean as seldom as a thinking one at no wait. */
    void arrive(double meanCycleSeconds, long now, double factor) {
        next = draw();
        sendsAt = now + Math.round(random.nextExponential() * meanCycleSeconds * factor * NANOS);
    }

    private TransactionType draw() {
        int card = random.nextInt(DECK);
        for (TransactionType type : TransactionType.values()) {
            card -= type.cards();
            if (card < 0) {
                return type;
            }
        }
        throw new IllegalStateException("the cards do not fill the deck");
    }

    private static double seconds(java.time.Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
