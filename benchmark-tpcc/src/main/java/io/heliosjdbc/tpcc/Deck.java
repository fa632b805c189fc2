package io.heliosjdbc.tpcc;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/** A shuffled deck that yields the exact mix each time it is drawn to its end. Not thread-safe. */
final class Deck {
    private final SplittableRandom random;
    private final TransactionType[] cards;
    private int next;

    /** @param mix of one transaction at least */
    Deck(SplittableRandom random, Mix mix) {
        this.random = random;
        this.cards = new TransactionType[mix.size()];
        this.next = cards.length;
        int at = 0;
        for (Map.Entry<TransactionType, Integer> each : mix.cards().entrySet()) {
            int end = at + each.getValue();
            Arrays.fill(cards, at, end, each.getKey());
            at = end;
        }
    }

    TransactionType draw() {
        if (next == cards.length) {
            for (int i = cards.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                TransactionType card = cards[i];
                cards[i] = cards[other];
                cards[other] = card;
            }
            next = 0;
        }
        return cards[next++];
    }
}
