package io.heliosjdbc.scheduler;

/**
 * Something that stands in up to five orders at once and knows its place in each, so that it can be moved or taken out without being
 * looked for. In fields, for an array would take twice the room. Not thread-safe.
 */
abstract class Placed {
    static final int NOWHERE = -1;

    private int first = NOWHERE;
    private int second = NOWHERE;
    private int third = NOWHERE;
    private int fourth = NOWHERE;
    private int fifth = NOWHERE;

    /** Where it stands, or {@link #NOWHERE}. */
    final int place(int order) {
        return switch (order) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            case 3 -> fourth;
            case 4 -> fifth;
            default -> throw new IllegalArgumentException("there is no order " + order);
        };
    }

    final void place(int order, int at) {
        switch (order) {
            case 0 -> first = at;
            case 1 -> second = at;
            case 2 -> third = at;
            case 3 -> fourth = at;
            case 4 -> fifth = at;
            default -> throw new IllegalArgumentException("there is no order " + order);
        }
    }
}
