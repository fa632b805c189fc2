package io.heliosjdbc.driver.late;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The connections of a pool that stay with their owners, by reason; of those that stay too long somebody is told. Thread-safe. */
final class Pins {
    /** Of so many reasons it is remembered that there were some: a reason may name what a text names, and texts come without end. */
    private static final int MOST_REMEMBERED = 100;

    /** None where there is none. */
    private final Map<String, Integer> byReason = new ConcurrentHashMap<>();

    private final AtomicInteger all = new AtomicInteger();
    /** The first reasons that there were. */
    private final Set<String> remembered = ConcurrentHashMap.newKeySet();

    private final Alarm whenLong;
    private final Consumer<String> told;

    /** Has something happen after a while, unless it is called off before. */
    @FunctionalInterface
    interface Alarm {
        /**
         * Begins now.
         *
         * @return calls it off
         */
        Runnable set(Runnable what);
    }

    /**
     * Nobody is pinned.
     *
     * @param whenLong is set for each pin that begins, to when it has lasted too long, or never
     * @param told is given the reason of each pin that lasts too long, once
     */
    Pins(Alarm whenLong, Consumer<String> told) {
        this.whenLong = whenLong;
        this.told = told;
    }

    /** One connection that is pinned. */
    final class Pin {
        private final String reason;
        private final Runnable noAlarm;
        private volatile boolean ended;

        private Pin(String reason) {
            this.reason = reason;
            this.noAlarm = whenLong.set(this::tellIfItLasts);
        }

        String reason() {
            return reason;
        }

        /** To be called once. */
        void end() {
            ended = true;
            // Who is pinned for a moment, again and again, leaves nothing behind.
            noAlarm.run();
            count(reason, -1);
        }

        private void tellIfItLasts() {
            if (!ended) {
                told.accept(reason);
            }
        }
    }

    /** One more is pinned. */
    Pin begin(String reason) {
        count(reason, 1);
        return new Pin(reason);
    }

    private void count(String reason, int change) {
        int unused = all.addAndGet(change);
        Integer now = byReason.merge(reason, change, (one, other) -> one + other == 0 ? null : one + other);
        if (now != null && remembered.size() < MOST_REMEMBERED) {
            remembered.add(reason);
        }
    }

    /** How many are pinned. */
    int count() {
        return all.get();
    }

    /** How many different reasons there have been, of those that are remembered. */
    int reasons() {
        return remembered.size();
    }

    /** How many are pinned, by reason; zero where there was one that is remembered. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        remembered.forEach(reason -> counts.put(reason, 0));
        counts.putAll(byReason);
        return counts;
    }

    /** As in {@code 2 by LISTEN, 1 by unwrap}; empty where nobody is pinned. */
    String inWords() {
        StringBuilder words = new StringBuilder();
        new TreeMap<>(byReason)
                .forEach((reason, count) -> words.append(words.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(" by ")
                        .append(reason));
        return words.toString();
    }
}
