package io.heliosjdbc.driver.late;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The connections of a pool that stay with their owners, by reason; of those that stay too long somebody is told. Thread-safe. */
final class Pins {
    private final Map<String, AtomicInteger> byReason = new ConcurrentHashMap<>();
    private final Executor whenLong;
    private final Consumer<String> told;

    /**
     * Nobody is pinned.
     *
     * @param whenLong executes what it is given when a pin that begins now has lasted too long, or never
     * @param told is given the reason of each pin that lasts too long, once
     */
    Pins(Executor whenLong, Consumer<String> told) {
        this.whenLong = whenLong;
        this.told = told;
    }

    /** One connection that is pinned. */
    final class Pin {
        private final String reason;
        private volatile boolean ended;

        private Pin(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        /** To be called once. */
        void end() {
            ended = true;
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
        Pin pin = new Pin(reason);
        count(reason, 1);
        whenLong.execute(pin::tellIfItLasts);
        return pin;
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
