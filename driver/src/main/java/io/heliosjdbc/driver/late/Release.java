package io.heliosjdbc.driver.late;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a physical connection may go, and in what state its session goes. What may go is decided under the {@code state} of the {@link
 * Binder}; the database is asked and told under its {@code turn} alone, while the binding is marked as releasing, so that nobody else works
 * on it.
 */
final class Release {
    private static final Logger LOG = LoggerFactory.getLogger(Release.class);

    private final Lender pool;
    private final SessionState session;
    private final ConnectionWarnings warnings;
    private final ReentrantLock state;
    private final Life life;

    Release(Lender pool, SessionState session, ConnectionWarnings warnings, ReentrantLock state, Life life) {
        this.pool = pool;
        this.session = session;
        this.warnings = warnings;
        this.state = state;
        this.life = life;
    }

    /** Whether it is to be given back, or thrown away; under {@code state}. */
    boolean mayGo(Binding current) {
        assert state.isHeldByCurrentThread();
        if (!current.isIdle()) {
            return false;
        }
        if (life.isClosedByApplication() || current.broken) {
            return true;
        }
        return !current.isPinned() && current.holds.isEmpty() && !inTransaction(current);
    }

    /**
     * Whether the server is to be asked if anything is left of what pins: nobody works, and no transaction is open; under {@code state}.
     */
    boolean mayUnpin(Binding current) {
        assert state.isHeldByCurrentThread();
        return current.isPinned()
                && !current.pinnedForGood
                && current.pinMayHaveEnded
                && current.isIdle()
                && !current.broken
                && !life.isClosedByApplication()
                && current.holds.isEmpty()
                && !isOpen(current);
    }

    /**
     * What only a question of ours has opened, to metadata or the like, is nobody's transaction. The driver is asked where it is not clear.
     * Under {@code state}.
     */
    boolean inTransaction(Binding current) {
        return current.worked && ((!session.autoCommit() && !current.mayBeIdle) || isOpen(current));
    }

    /** Whether the database has one open, whosever it is; under {@code state}, or under {@code turn} where nobody works on it. */
    boolean isOpen(Binding current) {
        Boolean told = current.physical().inTransaction();
        return told != null ? told : current.worked && !session.autoCommit();
    }

    /** Asks the server where it may; under {@code turn}, for which whoever comes meanwhile waits. Takes {@code state} before and after. */
    void unpinIfNothingIsLeft(Binding current) {
        state.lock();
        try {
            if (!mayUnpin(current)) {
                return;
            }
            current.releasing = true;
            current.pinMayHaveEnded = false;
        } finally {
            state.unlock();
        }
        Physical physical = current.physical();
        boolean nothingLeft = false;
        boolean asked = false;
        boolean failed = false;
        boolean broke = false;
        try {
            nothingLeft = isNothingLeft(physical);
            asked = true;
        } catch (SQLException failure) {
            failed = true;
            broke = physical.isBroken(failure);
        } catch (RuntimeException driversOwn) {
            LOG.debug("A physical connection stays pinned", driversOwn);
        } finally {
            state.lock();
            try {
                current.releasing = false;
                // A cancel that came late may have hit the question, say: it is asked again.
                current.pinMayHaveEnded |= failed;
                current.pinnedForGood |= !asked && !failed;
                current.broken |= broke || physical.autoCommit() != session.autoCommit();
                // Else somebody has pinned it for good meanwhile.
                if (nothingLeft && !current.pinnedForGood) {
                    current.unpin();
                }
            } finally {
                state.unlock();
            }
        }
    }

    /** Asked under autocommit, for else the question would open a transaction; under {@code turn}. */
    private boolean isNothingLeft(Physical physical) throws SQLException {
        physical.autoCommit(true);
        try {
            return Leftovers.areNone(physical.raw()) && Leftovers.forgetNotifications(physical.raw());
        } finally {
            physical.autoCommit(session.autoCommit());
        }
    }

    /**
     * Ends what is open in the session; under {@code turn}, where the binding is releasing. Takes {@code state} for a moment.
     *
     * @param transaction whether one is open
     * @return whether the session is as good as before for anybody; else it may be that it {@link #stays}
     * @throws SQLException where that is in doubt
     */
    boolean cleanUp(Binding current, boolean transaction) throws SQLException {
        Physical physical = current.physical();
        boolean sound = !current.broken && !current.isPinned();
        List<LateStatement> statements;
        List<Holds.Hold> held;
        state.lock();
        try {
            statements = new ArrayList<>(current.attached);
            current.attached.clear();
            held = current.holds.takeAll();
        } finally {
            state.unlock();
        }
        // The first thing that is asked: some drivers forget them when they ask for anything else.
        if (sound && warnings.on(current) != null) {
            physical.raw().clearWarnings();
        }
        for (Holds.Hold each : held) {
            if (each.what() instanceof ResultSet rows) {
                rows.close();
            } else if (each.what() instanceof Locator made) {
                made.freeVendors();
            }
        }
        for (LateStatement statement : statements) {
            statement.detach();
        }
        if (transaction && !current.broken) {
            physical.rollback();
        }
        if (!sound) {
            return false;
        }
        if (!current.ended) {
            // What was asked last may have opened a transaction, which this ends.
            physical.autoCommit(true);
        }
        boolean alike = current.settings.isEmpty() || readBack(current);
        if (current.staysFor != null) {
            return false;
        }
        current.settingsKnown = true;
        if (current.readsOtherwise) {
            physical.forgetRead();
        } else if (current.pathUnseen || current.hadTemporaries) {
            physical.forgetPrepared();
        }
        if (!alike || !physical.isAsReported(current.settings) || session.createsTemporaries()) {
            return false;
        }
        if (!current.settings.isEmpty()) {
            physical.report();
        }
        session.leave(physical);
        return true;
    }

    /** What is read only if that went well; else, or where it might not go well the next time, the session is to stay with its owner. */
    private boolean readBack(Binding current) throws SQLException {
        Physical physical = current.physical();
        boolean alike = false;
        try {
            alike = session.readBack(physical, current.settings, pool.dialect());
            current.staysFor = session.hasShortLimit() ? StatementLimit.REASON : null;
        } catch (SQLException failure) {
            if (physical.isBroken(failure)) {
                throw failure;
            }
            LOG.debug("A physical connection stays pinned", failure);
            current.staysFor = "settings that cannot be read";
        }
        return alike;
    }

    /**
     * Whether the physical connection stays, pinned from now on, with who was about to give it back; under {@code turn}, takes {@code state}.
     */
    boolean stays(Binding current) throws SQLException {
        String reason = current.staysFor;
        if (reason == null) {
            return false;
        }
        current.physical().autoCommit(session.autoCommit());
        state.lock();
        try {
            if (life.isClosed() || current.broken) {
                return false;
            }
            current.pin(pool.pins(), reason, false);
            // Of the last query the database tells no more: it was asked for settings.
            current.queried = false;
            current.releasing = false;
            return true;
        } finally {
            state.unlock();
        }
    }
}
