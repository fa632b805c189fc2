package io.heliosjdbc.tpcc.delivery;

import java.util.List;

/** How many Deliveries found a district without an order to deliver, which they skip. Not thread-safe. */
public final class Skipped {
    private long executed;
    private long incomplete;
    private long districts;

    /**
     * One was committed.
     *
     * @param orders that were delivered, by district; 0 for none
     */
    public void executed(List<Integer> orders) {
        long without = orders.stream().filter(order -> order == 0).count();
        executed++;
        incomplete += without > 0 ? 1 : 0;
        districts += without;
    }

    /** How many were committed. */
    public long executed() {
        return executed;
    }

    /** How many of them found such a district. */
    public long incomplete() {
        return incomplete;
    }

    /** How many such districts they found. */
    public long districts() {
        return districts;
    }

    /** Whether so many of them were incomplete that TPC-C wants it reported (clause 2.7.4.2): more than one percent, and more than one. */
    public boolean isToBeReported() {
        return incomplete > 1 && 100 * incomplete > executed;
    }
}
