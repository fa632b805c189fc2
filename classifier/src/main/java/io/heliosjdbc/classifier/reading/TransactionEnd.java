package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.Tokens;

/**
 * Finds where a transaction ends in what SQL Server takes for several statements without semicolons. One that ends in a branch alone may be
 * open behind it: {@code IF @@ROWCOUNT = 0 ROLLBACK}, or a ROLLBACK where an error is caught. There it ends only where the other branch
 * ends it too. Not thread-safe; searches the parts of a text one after the other, as long as they are of the same transaction.
 */
final class TransactionEnd {
    private final Tokens tokens;
    private int from;
    private int to;

    /** Whether the next statement is a branch. */
    private boolean branch;
    /** How many blocks are open of which the outermost one is a branch. */
    private int blocks;
    /** An end in the branch before this one; -1 where there is none. */
    private int other = -1;
    /** Whether this is the branch behind another one. */
    private boolean second;
    /** Whether a branch has no end, or one in a branch of its own. */
    private boolean open;

    TransactionEnd(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The first COMMIT or ROLLBACK behind the first token of a part by which it is over; -1 where there is none. What has been opened in the
     * parts before, and not closed, is open.
     */
    int find(int begin, int end) {
        from = begin;
        to = end;
        // The first word of a part is the branch, where the next statement had to be one.
        branch = false;
        for (int i = from + 1; i < to; i++) {
            switch (tokens.keyword(i)) {
                case COMMIT, ROLLBACK -> {
                    if (isEnd(i)) {
                        int found = end(i);
                        if (found > 0) {
                            return found;
                        }
                    }
                }
                case IF -> condition(i);
                case ELSE -> {
                    second = true;
                    branch = true;
                }
                case CASE -> i = endOfCase(i);
                case BEGIN -> block(i);
                case END -> blocks = Math.max(0, blocks - 1);
                case SELECT, INSERT, UPDATE, DELETE, MERGE, EXEC, EXECUTE, SET -> branch = branch && isNested(i);
                default -> branch |= tokens.textIs(i, "while");
            }
            i = tokens.endOfList(i);
        }
        return -1;
    }

    /** Not in {@code ON COMMIT DROP}, where no SET is that ends in ON, in {@code AUTO COMMIT}, nor a name: {@code SET ROLE commit}. */
    private boolean isEnd(int at) {
        boolean set = tokens.is(from, Keyword.SET);
        return StatementScanner.mayBegin(tokens, at)
                && (set || !tokens.is(at - 1, Keyword.ON))
                && !(set && at < from + 3)
                && !tokens.textIs(at - 1, "auto");
    }

    private int end(int at) {
        if (!branch && blocks == 0) {
            return at;
        }
        branch = false;
        if (!second) {
            other = at;
        } else if (!open && other > 0) {
            // The other branch may be in the part before, without any work.
            return other > from ? other : at;
        }
        return -1;
    }

    /** Not {@code DROP TABLE IF EXISTS t}; and where no transaction is open, none has to end: {@code IF @@TRANCOUNT > 0 COMMIT}. */
    private void condition(int at) {
        int exists = tokens.is(at + 1, Keyword.NOT) ? at + 2 : at + 1;
        boolean ofName = tokens.is(exists, Keyword.EXISTS) && !tokens.is(exists + 1, '(');
        if (ofName || tokens.textIs(at + 1, "@@trancount") || asksForAnyState(at + 1)) {
            return;
        }
        open = tokens.is(at - 1, Keyword.ELSE) ? open || other < 0 : blocks > 0;
        begins();
    }

    /** {@code XACT_STATE() <> 0}: of any transaction that is open, whether it can be committed or not. */
    private boolean asksForAnyState(int at) {
        return tokens.textIs(at, "xact_state")
                && tokens.is(at + 1, '(')
                && tokens.is(at + 2, ')')
                && (tokens.textIs(at + 3, "<>") || tokens.textIs(at + 3, "!="))
                && tokens.textIs(at + 4, "0");
    }

    private void begins() {
        branch = true;
        second = false;
        other = -1;
    }

    private void block(int at) {
        if (StatementScanner.opensTransaction(tokens, at)) {
            branch = false;
            return;
        }
        if (tokens.textIs(at + 1, "try")) {
            open = blocks > 0;
            begins();
        } else if (tokens.textIs(at + 1, "catch")) {
            branch = true;
            second = true;
        }
        if (branch || blocks > 0) {
            blocks++;
        }
        branch = false;
    }

    /** Whether a word belongs to the condition: {@code IF (SELECT ..) > 0}. */
    private boolean isNested(int at) {
        int depth = 0;
        for (int i = at - 1; i > from && !tokens.is(i, Keyword.IF); i--) {
            depth += tokens.is(i, ')') ? 1 : tokens.is(i, '(') ? -1 : 0;
        }
        return depth < 0;
    }

    private int endOfCase(int at) {
        int depth = 1;
        int i = at;
        while (depth > 0 && ++i < to) {
            depth += tokens.is(i, Keyword.CASE) ? 1 : tokens.is(i, Keyword.END) ? -1 : 0;
        }
        return i;
    }
}
