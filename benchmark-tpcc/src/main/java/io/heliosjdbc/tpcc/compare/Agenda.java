package io.heliosjdbc.tpcc.compare;

/**
 * What is due, and when. Instants are nanoseconds since the measurement began.
 *
 * @param <T> the work: a transaction or a question
 */
interface Agenda<T> {
    /** Some work and the instant at which it is due. */
    record Due<T>(T work, long at) {}

    /** The next one; at {@link Long#MAX_VALUE} where there will be none any more. */
    Due<T> next();

    /** Whoever asked for the last one has its answer. */
    void answered(Due<T> due, long end);

    /** The last one failed. */
    default void failed(Due<T> due, long end) {
        answered(due, end);
    }

    /** Whether several take from it: what one of them does not come to, another one does. */
    default boolean isShared() {
        return false;
    }
}
