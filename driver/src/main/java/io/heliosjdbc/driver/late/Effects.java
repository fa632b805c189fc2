package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.LastResult;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What statements do to the session that they run in: what they set, whether they open a transaction or pin, what they leave for later ones
 * to ask. It is noted in the {@link Binding} before they run, by who has entered and holds no lock: each method takes the {@code state} of the
 * {@link Binder} where nothing else is said.
 */
final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    /** PostgreSQL's driver looks for it in what the server has answered {@code SET}. */
    private static final Pattern SEEN =
            Pattern.compile("SET\\s+(SESSION\\s+)?search_path\\b", Pattern.CASE_INSENSITIVE);

    private final Lender pool;
    private final SessionState session;
    private final EarlierResults earlierResults;
    private final ReentrantLock state;

    Effects(Lender pool, SessionState session, EarlierResults earlierResults, ReentrantLock state) {
        this.pool = pool;
        this.session = session;
        this.earlierResults = earlierResults;
        this.state = state;
    }

    /**
     * A statement is about to be executed: takes in what it will do to the session, or refuses it. Takes {@code state} after the database was
     * told to forget keys, if it is to.
     *
     * @throws SQLException where what it asks for may be another's, or the database has not forgotten that
     */
    void before(Binding current, StatementProfile profile) throws SQLException {
        SessionUse read = profile.sessionUse(pool.dialect());
        SessionUse known = read.known();
        SessionUse use = known != null && pool.areHarmless(read.unknown()) ? known : read;
        LastResult remembered = profile.lastResult();
        if (use.readsEarlierResult()) {
            pool.lastKeys().asked(use);
        }
        if (use.pins() != null && pool.dialect() == Dialect.OTHER) {
            pool.temporaryTables().mayBeMadeBy(profile);
        }
        Physical physical = current.physical();
        // What pins for good does something that is not seen here, and may ask for a key; who is seen to ask is refused
        // another's.
        boolean outOfSight = use.pins() != null && !use.visible() && !use.readsEarlierResult();
        if (outOfSight ? physical.hasKeys() : remembered.makesKeys() && earlierResults.areOthersIn(physical)) {
            forgetOthersKeys(current, use);
        }
        if (isPathUnseen(current, use.settings(), profile)) {
            leavePath(current);
        }
        if (!use.settings().isEmpty()
                && pool.dialect() == Dialect.POSTGRESQL
                && SessionState.areReadBy(use.settings())) {
            readOtherwise(current);
        }
        if (SessionUse.TEMPORARY_TABLE.equals(use.pins()) && pool.dialect() == Dialect.POSTGRESQL) {
            makeTemporary(current);
        }
        physical.prepares();
        String unreadable = use.pins() == null ? remember(current, use.settings()) : null;
        state.lock();
        try {
            if (use.readsEarlierResult()) {
                earlierResults.read(current, use, remembered);
            }
            String reason = use.pins() != null ? use.pins() : unreadable;
            if (reason == null && profile.transactionEffect() != TransactionEffect.NONE && !pool.tellsTransaction()) {
                reason = "a transaction begun by a text";
            }
            if (reason == null && pool.temporaryTables().areIn(profile)) {
                reason = SessionUse.TEMPORARY_TABLE;
            }
            if (reason == null && pool.hasOwn(use.functions())) {
                reason = "a function that is called like one of the database's own";
            }
            if (reason != null) {
                current.pin(pool.pins(), reason, use.visible() && !pool.hasOwn(use.functions()));
            }
            current.pinMayHaveEnded |= use.mayEnd();
            set(current, use.settings());
            current.worked = true;
            current.mayBeIdle |= session.autoCommit()
                    || profile.transactionEffect() != TransactionEffect.NONE
                    || profile.template().isEmpty();
            current.ran = true;
            earlierResults.leftBy(profile, remembered, current);
        } finally {
            state.unlock();
        }
    }

    /**
     * Asks what settings are that are about to be changed, where nothing else tells afterwards. Takes {@code state} for a moment before.
     *
     * @return why the change pins, where the database does not say; null where it does
     */
    private @Nullable String remember(Binding current, Set<String> settings) throws SQLException {
        Physical physical = current.physical();
        if (settings.isEmpty() || !Variables.areOf(pool.dialect()) || isAlone(current)) {
            return null;
        }
        try {
            if (Variables.remember(physical, pool.dialect(), settings)) {
                asked(current);
            }
            return Variables.areInPrepared(physical, settings)
                    ? "a setting that prepared statements are read by"
                    : null;
        } catch (SQLException failure) {
            if (physical.isBroken(failure)) {
                throw failure;
            }
            asked(current);
            return Variables.isUnknown(failure, pool.dialect()) ? null : "a setting that cannot be read";
        }
    }

    /** Whether nobody else gets it, so that nothing need be taken back. */
    private boolean isAlone(Binding current) {
        state.lock();
        try {
            return current.isPinned();
        } finally {
            state.unlock();
        }
    }

    /** The database was asked something: of the last query it tells no more. */
    private void asked(Binding current) {
        state.lock();
        try {
            current.queried = false;
        } finally {
            state.unlock();
        }
    }

    /** Who was lent a physical connection before anybody had asked for keys may have another's in it. */
    private void forgetOthersKeys(Binding current, SessionUse use) throws SQLException {
        boolean may;
        state.lock();
        try {
            may = EarlierResults.mayBeForgottenBefore(use, current);
        } finally {
            state.unlock();
        }
        if (may) {
            earlierResults.forgetAllIn(current.physical());
        }
    }

    /** Through the rows of what is about to be executed others may be inserted: what keys they have is nobody else's to know. */
    void mayInsert(Binding current) {
        state.lock();
        try {
            current.mayHaveInserted = true;
        } finally {
            state.unlock();
        }
    }

    /** The database has executed a statement, or refused it: what it says of its last one is said of this. */
    void executed(Binding current, LastResult remembered) {
        if (!remembered.changesRows()) {
            return;
        }
        state.lock();
        try {
            earlierResults.executed(remembered, current);
        } finally {
            state.unlock();
        }
    }

    /** A statement has failed: what it would have left is not there. */
    void failed(Binding current, LastResult remembered) {
        state.lock();
        try {
            earlierResults.failed(remembered, current);
        } finally {
            state.unlock();
        }
    }

    /** Something runs that may open a transaction. */
    void worked(Binding current) {
        state.lock();
        try {
            current.worked = true;
            current.mayBeIdle = true;
        } finally {
            state.unlock();
        }
    }

    /**
     * Whether a text sets the search path where PostgreSQL's driver does not see it, or not see it taken back: before 18 the server does not report
     * it, and the driver sees a text of {@code SET search_path} that is not the last one again, but no rollback. Without a lock.
     */
    private boolean isPathUnseen(Binding current, Set<String> settings, StatementProfile profile) {
        boolean sets = settings.contains(SessionState.SEARCH_PATH)
                || settings.contains(SessionUse.LOCAL_PATH)
                || settings.contains(SessionUse.ALL);
        return sets
                && pool.dialect() == Dialect.POSTGRESQL
                && (!SEEN.matcher(profile.template()).lookingAt() || isUndoneUnseen(current))
                && !current.physical().reports(SessionState.SEARCH_PATH);
    }

    /** Whether the driver may take the search path for another one before or after a text that it sees. */
    private boolean isUndoneUnseen(Binding current) {
        return !session.autoCommit()
                || current.physical().isPathUnseen()
                || !Boolean.FALSE.equals(current.physical().inTransaction());
    }

    /** The search path is about to be another one, unseen: what others have prepared in this one is nothing for that. Takes {@code state}. */
    private void leavePath(Binding current) throws SQLException {
        state.lock();
        try {
            if (current.pathUnseen) {
                return;
            }
            current.pathUnseen = true;
        } finally {
            state.unlock();
        }
        current.physical().pathIsUnseen();
        forget(current.physical(), Physical::forgetPrepared);
    }

    /**
     * A text is about to set what PostgreSQL reads literals by. Others have prepared theirs otherwise, which is nothing for what is executed before
     * the physical connection is given back. Takes {@code state} for a moment.
     */
    private void readOtherwise(Binding current) throws SQLException {
        Physical physical = current.physical();
        boolean moreFollows = !session.autoCommit() || !Boolean.FALSE.equals(physical.inTransaction());
        state.lock();
        try {
            if (current.readsOtherwise) {
                return;
            }
            current.readsOtherwise = true;
            // What the application has prepared by a text, which pins, is not to be forgotten.
            moreFollows &= !current.isPinned();
        } finally {
            state.unlock();
        }
        if (moreFollows) {
            forget(physical, Physical::forgetRead);
        }
    }

    /**
     * A temporary table is about to be made: its name may be that of another one, in what others have prepared. The server refuses rows of another
     * type, and a transaction is lost with that. Takes {@code state} for a moment.
     */
    private void makeTemporary(Binding current) throws SQLException {
        state.lock();
        try {
            if (current.hadTemporaries) {
                return;
            }
            current.hadTemporaries = true;
            if (current.isPinned()) {
                // What the application has prepared by a text is not to be forgotten.
                return;
            }
        } finally {
            state.unlock();
        }
        forget(current.physical(), Physical::forgetPrepared);
    }

    /** A way to have a session forget. */
    @FunctionalInterface
    private interface Forgetting {
        void by(Physical physical) throws SQLException;
    }

    private static void forget(Physical physical, Forgetting what) throws SQLException {
        try {
            what.by(physical);
        } catch (SQLException failure) {
            if (physical.isBroken(failure)) {
                throw failure;
            }
            LOG.debug("What is prepared is not forgotten: the transaction has failed", failure);
        }
    }

    /** A setting is about to be changed, and is to be read when the physical connection is given back. */
    void willSet(Binding current, String setting) throws SQLException {
        if (setting.equals(SessionState.SEARCH_PATH)
                && isUndoneUnseen(current)
                && !current.physical().reports(setting)) {
            leavePath(current);
        }
        state.lock();
        try {
            current.settings.add(setting);
            current.worked = true;
            current.mayBeIdle = true;
        } finally {
            state.unlock();
        }
    }

    /** Under {@code state}. */
    private void set(Binding current, Set<String> settings) {
        if (settings.isEmpty()) {
            return;
        }
        current.moved |= settings.contains(SessionUse.SCHEMA)
                || settings.contains(SessionUse.CATALOG)
                || settings.contains(SessionUse.ALL);
        if (Variables.areOf(pool.dialect())) {
            // What is prepared from now on may be other than what was.
            current.moved = true;
            settings.stream()
                    .filter(name -> Variables.isToBeReadBack(current.physical(), name))
                    .forEach(current.settings::add);
            return;
        }
        if (!settings.contains(SessionUse.ALL)) {
            current.settings.addAll(settings);
            // It is over when they are read.
            current.settings.remove(SessionUse.LOCAL_PATH);
            current.settings.remove(SessionUse.LOCAL_READING);
            return;
        }
        Set<String> all = session.allSettings();
        if (all == null) {
            current.pin(pool.pins(), "a reset of what JDBC has set", false);
        } else {
            current.settings.addAll(all);
        }
    }

    /**
     * A transaction is about to be ended: whatever begins to work from now on may be in the next one. So may what is at work already, if the
     * vendor has it wait for the end; then it is not known to be over.
     *
     * @return whether something has worked in it
     */
    boolean mayBeOver(Binding current) {
        state.lock();
        try {
            boolean worked = current.worked;
            current.worked &= current.busy() > 1;
            current.mayBeIdle = true;
            return worked;
        } finally {
            state.unlock();
        }
    }
}
