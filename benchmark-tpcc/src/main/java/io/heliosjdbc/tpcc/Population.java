package io.heliosjdbc.tpcc;

import java.util.Locale;

/**
 * How many rows are loaded. Immutable.
 *
 * @param name its name on the command line
 * @param items rows of item, and of stock per warehouse
 * @param customers customers, orders and history rows per district
 * @param newOrders the last orders of a district that are not delivered yet
 */
public record Population(String name, int items, int customers, int newOrders) {
    /** Districts of a warehouse. */
    public static final int DISTRICTS = 10;

    /** As TPC-C wants it. */
    public static final Population FULL = new Population("full", 100_000, 3_000, 900);

    /** For trying things out: not TPC-C. */
    public static final Population SMALL = new Population("small", 1_000, 120, 36);

    /** The population of a name: full or small. */
    public static Population named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "full" -> FULL;
            case "small" -> SMALL;
            default ->
                throw new IllegalArgumentException("there is no population '" + name + "'; choose full or small");
        };
    }

    /** How many of a district's orders are loaded as delivered. */
    public int deliveredOrders() {
        return customers - newOrders;
    }

    /** The highest number of a last name that a customer of each district has for certain. */
    int highestLastName() {
        return Math.min(customers, 1_000) - 1;
    }
}
