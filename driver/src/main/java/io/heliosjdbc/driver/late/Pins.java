package io.heliosjdbc.driver.late;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The connections of a pool that stay with their owners, by reason; of those that stay too long somebody is told. Thread-safe. */
final class Pins {
    private final Map<String, AtomicInteger> byReason = new ConcurrentHashMap<>();
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
        byReason.computeIfAbsent(reason, key -> new AtomicInteger()).addAndGet(change);
    }

    /** How many are pinned. */
    int count() {
        int sum = 0;
        for (AtomicInteger count : byReason.values()) {
            sum += count.get();
        }
        return sum;
    }

    /** How many different reasons there have been. */
    int reasons() {
        return byReason.size();
    }

    /** How many are pinned, by reason; zero where there was one. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        byReason.forEach((reason, count) -> counts.put(reason, count.get()));
        return counts;
    }

    /** As in {@code 2 by LISTEN, 1 by unwrap}; empty where nobody is pinned. */
    String inWords() {
        StringBuilder words = new StringBuilder();
        new TreeMap<>(counts()).forEach((reason, count) -> {
            if (count > 0) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(" by ")
                        .append(reason);
            }
        });
        return words.toString();
    }
}
