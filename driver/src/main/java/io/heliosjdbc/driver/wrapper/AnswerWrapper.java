package io.heliosjdbc.driver.wrapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The answer to an admin statement, made by Helios: no statement of the vendor's is behind it. One thread at a time. */
public abstract class AnswerWrapper extends ResultSetWrapper {
    private final StatementWrapper statement;
    private boolean closed;

    /** Wraps an answer; called by generated classes. */
    protected AnswerWrapper(ResultSet delegate, ConnectionWrapper owner, StatementWrapper statement) {
        super(delegate, owner, statement);
        this.statement = Objects.requireNonNull(statement);
    }

    @Override
    public final Statement getStatement() {
        return statement;
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final void close() throws SQLException {
        if (!closed) {
            closed = true;
            delegate().close();
            statement.answerClosed(this);
        }
    }

    @Override
    public final int getHoldability() {
        return HOLD_CURSORS_OVER_COMMIT;
    }
}
