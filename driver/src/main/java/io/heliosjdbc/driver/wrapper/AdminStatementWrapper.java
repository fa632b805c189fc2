package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.StatementKind;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A prepared statement that Helios answers itself. The vendor prepares nothing for it, for no text is harmless to every
 * database: a plain statement is behind it, which never executes. As thread-safe as the vendor's statement.
 */
public abstract class AdminStatementWrapper extends PreparedStatementWrapper {

    /** Wraps a plain statement; called by generated classes. */
    protected AdminStatementWrapper(Statement delegate, ConnectionWrapper owner, StatementProfile profile) {
        super(delegate, owner, profile);
    }

    @Override
    public final void addBatch() throws SQLException {
        throw givesRows();
    }

    @Override
    public final void clearParameters() {
        // None is kept.
    }

    @Override
    public final ResultSetMetaData getMetaData() throws SQLException {
        try (ResultSet answer = rawAnswer(profile())) {
            return answer.getMetaData();
        }
    }

    @Override
    public final ParameterMetaData getParameterMetaData() {
        return NoParameters.INSTANCE;
    }

    /** What every method does that sets a parameter: the statement to be explained may have some, and no explanation depends on them. */
    protected final void setsParameter() throws SQLException {
        if (profile().kind() != StatementKind.EXPLAIN_HELIOS) {
            throw unsupported();
        }
    }

    /** What every other method is answered that has to do with a parameter. */
    protected static SQLException unsupported() {
        return NoParameters.refusal();
    }
}
