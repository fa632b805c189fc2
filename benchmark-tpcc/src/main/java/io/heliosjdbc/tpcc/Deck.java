package io.heliosjdbc.tpcc;

import java.util.SplittableRandom;

/** A shuffled deck of 100 cards that yields the exact mix per 100 transactions. Not thread-safe. */
final class Deck {
    private final SplittableRandom random;
    private final TransactionType[] cards = new TransactionType[100];
    private int next = cards.length;

    Deck(SplittableRandom random) {
        this.random = random;
        int at = 0;
        for (TransactionType type : TransactionType.values()) {
            for (int i = 0; i < type.cards(); i++) {
                cards[at++] = type;
            }
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
