package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.statement.TransactionEffect;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection's transaction is open, by what its application calls and what the texts of its statements say. Guarded by the session's
 * lock, but for {@link #isOpen}, which the thread asks without it that is about to execute.
 */
final class TransactionState {
    private volatile boolean autoCommit = true;
    /** Whether a text has begun one. */
    private volatile boolean begun;

    boolean isOpen() {
        return !autoCommit || begun;
    }

    boolean isAutoCommit() {
        return autoCommit;
    }

    /** Takes a new autocommit mode in; whether that ends what was open. */
    boolean autoCommit(boolean on) {
        boolean wasOn = autoCommit;
        autoCommit = on;
        return on && !wasOn;
    }

    /** A commit or a rollback has ended it, or what ends it likewise; without autocommit the next one is open already. */
    void ended() {
        begun = false;
    }

    /**
     * Whether it is open when such a statement has ended, and its slot stays. Where a text has ended one transaction and worked in the next
     * one, that one holds locks already, and what follows must not queue. Where something fails that was to end one, nobody knows whether it
     * came to that: SQLite's busy commit may be tried again. Whoever hears that it is over says so by {@link #ended}.
     *
     * @param work whether the text has work in it, besides what it does to transactions
     */
    boolean isOpenAfter(TransactionEffect effect, boolean work, @Nullable Throwable failure) {
        if (failure != null) {
            return isOpen();
        }
        return switch (effect) {
            case NONE -> isOpen();
            case BEGINS -> true;
            case CHAINS -> work;
            case ENDS -> false;
            case ENDS_BEFORE_WORK -> !autoCommit;
        };
    }

    /** Such a statement has ended; what failed has begun nothing and ended nothing. */
    void executed(TransactionEffect effect, @Nullable Throwable failure) {
        if (failure == null && effect != TransactionEffect.NONE) {
            begun = effect == TransactionEffect.BEGINS || effect == TransactionEffect.CHAINS;
        }
    }
}
