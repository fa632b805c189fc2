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
     * one, that one holds locks already, and what follows must not queue. Where work fails that was to end one, nobody knows whether it came
     * to that: without autocommit the application ends it yet.
     *
     * @param work whether the text has work in it, besides what it does to transactions
     */
    boolean isOpenAfter(TransactionEffect effect, boolean work, @Nullable Throwable failure) {
        return switch (effect) {
            case NONE -> isOpen();
            case BEGINS -> failure == null || isOpen();
            case CHAINS -> work && (failure == null || isOpen());
            case ENDS -> work && failure != null && !autoCommit;
            case ENDS_BEFORE_WORK -> !autoCommit;
        };
    }

    /** Such a statement has ended; what the database refused has begun nothing. */
    void executed(TransactionEffect effect, @Nullable Throwable failure) {
        if (failure == null && (effect == TransactionEffect.BEGINS || effect == TransactionEffect.CHAINS)) {
            begun = true;
        } else if (effect != TransactionEffect.NONE) {
            begun = begun && effect == TransactionEffect.BEGINS;
        }
    }
}
