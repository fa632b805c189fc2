package io.heliosjdbc.driver.manager;

/**
 * How long a connection's open transaction has waited, else its last one: for its slot, which it may ask for more than once, and from then on for
 * physical connections, where they are bound late. Everything is in nanoseconds. Guarded by the session's lock.
 */
final class TransactionWait {
    private long nanos;
    /** What the connection had waited for physical ones when the transaction came. */
    private long before;
    /** Whether it has come, and waits for physical connections are its own. */
    private boolean here;
    /** Whether who asks next is another transaction. */
    private boolean over = true;

    /**
     * A statement asks for a slot.
     *
     * @param inTransaction whether others may follow before the transaction ends
     * @param forConnections how long the connection has waited for physical ones since it was opened
     */
    void asks(boolean inTransaction, long forConnections) {
        if (over) {
            nanos = 0;
            before = forConnections;
            here = true;
        }
        over = !inTransaction;
    }

    /** The wait for the slot has ended, whether it was granted or not. */
    void waited(long forSlot) {
        nanos += forSlot;
    }

    /**
     * A text was executed.
     *
     * @param work whether it had a slot; what merely begins a transaction leaves the last one over
     * @param ends whether no transaction is open after it
     */
    void executed(boolean work, boolean ends, long forConnections) {
        if (ends) {
            ended(forConnections);
        } else if (work) {
            over = false;
        }
    }

    /** The transaction is over. */
    void ended(long forConnections) {
        nanos = nanos(forConnections);
        here = false;
        over = true;
    }

    long nanos(long forConnections) {
        return here ? nanos + forConnections - before : nanos;
    }
}
