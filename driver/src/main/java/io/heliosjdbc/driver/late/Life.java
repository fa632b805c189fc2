package io.heliosjdbc.driver.late;

import java.sql.SQLException;

/**
 * Whether a logical connection is there to be worked on: not once it is closed, nor once its session is gone with what the application relies
 * on; and not while a transaction is gone that the application takes to be open. The {@code state} of its {@link Binder} guards it; whoever
 * asks whether it was closed a moment ago needs no lock.
 */
final class Life {
    private volatile boolean closed;
    /** Whether the session is gone that the connection was pinned to, or that knew what it had set. */
    private volatile boolean dead;
    /** Whether a transaction is gone that the application does not know to be. */
    private boolean lost;

    /** Without the lock. */
    boolean isClosed() {
        return closed || dead;
    }

    /** Whether the application has closed it; unlike {@link #isClosed} not where its session broke. Without the lock. */
    boolean isClosedByApplication() {
        return closed;
    }

    /**
     * Without the lock, or under {@code state} where what follows must come before a close.
     *
     * @throws SQLException 08003 where it is closed, or its session is gone
     */
    void checkOpen() throws SQLException {
        if (closed) {
            throw PoolFailures.closed();
        }
        if (dead) {
            throw PoolFailures.dead();
        }
    }

    /**
     * Under {@code state}.
     *
     * @throws SQLException where nothing is done before the application has rolled back what is gone
     */
    void checkNothingIsLost() throws SQLException {
        if (lost) {
            throw PoolFailures.lost();
        }
    }

    /**
     * Under {@code state}: the application ends its transaction, and knows from now on if that was gone.
     *
     * @return whether it was gone, so that there is nothing to roll back
     * @throws SQLException where it was to be committed
     */
    boolean endsWhatIsLost(boolean commits) throws SQLException {
        if (!lost) {
            return false;
        }
        lost = false;
        if (commits) {
            throw PoolFailures.lost();
        }
        return true;
    }

    /**
     * Under {@code state}: closed by the application, or for it.
     *
     * @return whether it was not before
     */
    boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }

    /**
     * Under {@code state}: the physical connection goes, and what goes with it is to be said.
     *
     * @param inTransaction whether one is open, as far as the application knows, once anything has worked
     */
    void goesOnWithout(Binding current, boolean inTransaction) {
        if (closed) {
            return;
        }
        if (!current.settings.isEmpty() && !current.settingsKnown) {
            // What was set is lost: to go on without would be to read another one's rows.
            dead = true;
        } else if (current.broken) {
            dead = current.isPinned();
            lost = !dead && current.worked && inTransaction;
        }
    }
}
