package io.heliosjdbc.tpcc;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Of which types of transactions a load consists, and in what shares: how many cards of each are in a deck that is drawn to its end and then
 * shuffled again. Immutable.
 *
 * @param cards above 0 each; types that are not in it have none
 */
public record Mix(Map<TransactionType, Integer> cards) {
    /** How many cards a deck can have at most. */
    public static final int MOST_CARDS = 10_000;

    /** TPC-C's deck of 100. */
    public static final Mix TPC_C = new Mix(
            Arrays.stream(TransactionType.values()).collect(Collectors.toMap(type -> type, type -> type.cards())));

    /** Of no transaction. */
    public static final Mix NONE = new Mix(Map.of());

    /**
     * @param cards types with 0 cards are as if they were not in it
     * @throws IllegalArgumentException where a number is negative, or there are more than {@value #MOST_CARDS} together
     */
    public Mix {
        EnumMap<TransactionType, Integer> some = new EnumMap<>(TransactionType.class);
        long sum = 0;
        for (Map.Entry<TransactionType, Integer> each : cards.entrySet()) {
            int count = each.getValue();
            if (count < 0) {
                throw new IllegalArgumentException(
                        each.getKey().label() + " has " + count + " cards; give it 0 or more");
            }
            if (count > 0) {
                some.put(each.getKey(), count);
            }
            sum += count;
        }
        if (sum > MOST_CARDS) {
            throw new IllegalArgumentException(
                    "there are " + sum + " cards together; divide them all, so that they are at most " + MOST_CARDS);
        }
        cards = Collections.unmodifiableMap(some);
    }

    /** Whether there are such transactions in it. */
    public boolean has(TransactionType type) {
        return cards.containsKey(type);
    }

    /** How many cards the deck has. */
    int size() {
        return cards.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** For people: {@code NewOrder 1, Payment 1}. */
    public String text() {
        return cards.entrySet().stream()
                .map(each -> each.getKey().label() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
