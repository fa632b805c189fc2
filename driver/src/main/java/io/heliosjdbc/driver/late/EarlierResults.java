package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.LastResult;
import io.heliosjdbc.classifier.statement.SessionUse;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a logical connection have left in a session that later ones may ask for, such as the last key: whether it is there
 * still, and whether it is this connection's. The lock of its {@link Binder} guards it where nothing else is said.
 */
final class EarlierResults {
    private final Lender pool;
    /** The template of the last change, wherever it was made; null where there was none. */
    private @Nullable String lastChange;
    /** How often its key was read since. */
    private int keyReadings;

    EarlierResults(Lender pool) {
        this.pool = pool;
    }

    /** Whether another's keys are in a session that is lent now, of those that anybody has asked for; without the lock. */
    boolean areOthersIn(Physical physical) {
        return pool.lastKeys().areIn(physical, pool.dialect());
    }

    /** Whether a session can be made to forget these; without the lock. */
    boolean canBeForgotten() {
        return pool.lastKeys().canBeForgotten(pool.dialect());
    }

    /** Makes the session forget these, where anybody has asked for any and it can; without the lock, for the database is asked. */
    void forgetOthersIn(Physical physical) throws SQLException {
        if (areOthersIn(physical)) {
            // It may have been left without it, and to forget is nobody's transaction.
            physical.autoCommit(true);
            forgetAllIn(physical);
        }
    }

    /** Likewise whether anybody has asked or not. */
    void forgetAllIn(Physical physical) throws SQLException {
        if (physical.hasKeys() && canBeForgotten()) {
            LastKeys.forget(physical, pool.dialect());
        }
    }

    /**
     * Whether the session can be made to forget before a change: not where that has a key of this connection's already, which would go too,
     * unless that was refused; and not where the change itself asks for one.
     */
    static boolean mayBeForgottenBefore(SessionUse change, Binding current) {
        return !current.mayHaveKeys() || (current.keysRefused && !change.readsEarlierResult());
    }

    /** Whether somebody may read keys in that session which are another's, and which it cannot be made to forget. */
    boolean stayIn(Binding current) {
        return current.mayHaveKeys() && pool.lastKeys().areAskedFor() && !canBeForgotten();
    }

    /**
     * A statement is about to be executed that asks for one, or how the last one has gone; what pins because of it does so until it was asked for as often as ever.
     *
     * @throws SQLException if what it would be told is not certainly this connection's
     */
    void read(Binding current, SessionUse use, LastResult remembered) throws SQLException {
        LastKeys keys = pool.lastKeys();
        boolean several = SessionUse.SEVERAL_STATEMENTS.equals(use.pins());
        boolean own = use.functions().contains(SessionUse.LAST_STATEMENT)
                ? current.changeArrived
                : areOwn(current, remembered, several);
        if (!own) {
            current.keysRefused = true;
            if (!current.changed) {
                keys.refused(lastChange, keyReadings);
            }
            throw PoolFailures.earlierResult();
        }
        keyReadings++;
        if (lastChange == null || keyReadings >= keys.readingsAfter(lastChange)) {
            current.holds.remove(Holds.LAST_KEY);
        }
    }

    /**
     * Whether what the session tells of earlier statements is told of this connection's: of its last ones, and of nobody else's. A
     * session with keys of another in it is lent only until anybody has asked: no text says whether a change has made one.
     *
     * @param several whether the text that asks has other statements: what it asks for may be theirs
     */
    private boolean areOwn(Binding current, LastResult remembered, boolean several) {
        if (remembered.countsRows()) {
            return current.queried || (several && remembered.queries());
        }
        if (areOthersIn(current.physical())) {
            return false;
        }
        return current.changed
                || (several && remembered.changes())
                || (lastChange == null && pool.dialect() == Dialect.POSTGRESQL);
    }

    /** A statement is about to be executed, and leaves this. */
    void leftBy(StatementProfile profile, LastResult remembered, Binding current) {
        current.queried |= remembered.queries();
        if (remembered.changes()) {
            current.changed = true;
            lastChange = profile.template();
            keyReadings = 0;
            if (pool.lastKeys().readingsAfter(lastChange) > 0) {
                current.holds.put(new Holds.Hold(Holds.LAST_KEY, null, false));
            }
        }
    }

    /** The database has executed it, or refused it. */
    void executed(LastResult remembered, Binding current) {
        current.changeArrived |= remembered.changesRows();
    }

    /** It has failed: a query that does so counts no rows, and the session tells an earlier one's, maybe another connection's. */
    void failed(LastResult remembered, Binding current) {
        current.queried &= !remembered.queries();
    }
}
