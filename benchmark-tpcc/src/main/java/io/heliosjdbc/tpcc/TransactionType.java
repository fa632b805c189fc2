package io.heliosjdbc.tpcc;

import java.time.Duration;

/** The five TPC-C transactions with their cards in a deck of 100, keying time, mean think time and response time limit. */
public enum TransactionType {
    NEW_ORDER("NewOrder", 45, 18, 12, 5),
    PAYMENT("Payment", 43, 3, 12, 5),
    ORDER_STATUS("OrderStatus", 4, 2, 10, 5),
    DELIVERY("Delivery", 4, 2, 5, 80),
    STOCK_LEVEL("StockLevel", 4, 2, 5, 20);

    /** Of a Delivery: within what 90 percent of the terminals must be told that theirs is queued; {@link #limit} is for its completion. */
    public static final Duration QUEUEING_LIMIT = Duration.ofSeconds(5);

    private final String label;
    private final int cards;
    private final Duration keying;
    private final Duration meanThink;
    private final Duration limit;

    TransactionType(String label, int cards, int keying, int meanThink, int limit) {
        this.label = label;
        this.cards = cards;
        this.keying = Duration.ofSeconds(keying);
        this.meanThink = Duration.ofSeconds(meanThink);
        this.limit = Duration.ofSeconds(limit);
    }

    public String label() {
        return label;
    }

    public int cards() {
        return cards;
    }

    public Duration keying() {
        return keying;
    }

    public Duration meanThink() {
        return meanThink;
    }

    /** What 90 percent of the response times must not exceed. */
    public Duration limit() {
        return limit;
    }
}
