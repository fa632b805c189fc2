package io.heliosjdbc.classifier.statement;

/** What a text does to the transaction of its connection once all of its statements have run. */
public enum TransactionEffect {
    /** Leaves it as it is. */
    NONE,
    /** A transaction is open afterwards; one that was open before goes on. */
    BEGINS,
    /** No transaction is open afterwards. */
    ENDS,
    /** The one that was open has ended, and something was done since: without autocommit that has opened another one. */
    ENDS_BEFORE_WORK,
    /** The one that was open has ended, and another one is open: {@code COMMIT AND CHAIN}, {@code COMMIT; BEGIN}. */
    CHAINS;

    /** This effect, then another one. */
    public TransactionEffect then(TransactionEffect next) {
        if (next == NONE || (next == BEGINS && this == CHAINS)) {
            return this;
        }
        return next == BEGINS && (this == ENDS || this == ENDS_BEFORE_WORK) ? CHAINS : next;
    }

    /** This effect, then work that has none of its own. */
    public TransactionEffect thenWork() {
        return this == ENDS ? ENDS_BEFORE_WORK : this;
    }
}
