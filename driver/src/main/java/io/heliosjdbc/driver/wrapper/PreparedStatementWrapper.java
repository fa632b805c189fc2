package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A vendor's prepared statement whose executions are scheduled. As thread-safe as the vendor's statement. */
public abstract class PreparedStatementWrapper extends StatementWrapper implements PreparedStatement {
    private final StatementProfile profile;

    /** Wraps a prepared statement; called by generated classes. */
    protected PreparedStatementWrapper(Statement delegate, ConnectionWrapper owner, StatementProfile profile) {
        super(delegate, owner);
        this.profile = profile;
    }

    private PreparedStatement prepared() {
        return (PreparedStatement) delegate();
    }

    final StatementProfile profile() {
        return profile;
    }

    /** The profile for a method that gives no rows: an admin statement does. */
    private StatementProfile updateProfile() throws SQLException {
        if (isAdmin(profile)) {
            throw givesRows();
        }
        return profile;
    }

    @Override
    final StatementProfile batchProfile() {
        return profile;
    }

    @Override
    public void addBatch() throws SQLException {
        prepared().addBatch();
        rowAdded();
    }

    @Override
    public final @Nullable ResultSet executeQuery() throws SQLException {
        ResultSet own = answer(profile);
        return own != null ? own : wrap(execute(profile, () -> prepared().executeQuery()));
    }

    @Override
    public final boolean execute() throws SQLException {
        return answer(profile) != null || execute(profile, () -> prepared().execute());
    }

    @Override
    public final int executeUpdate() throws SQLException {
        return execute(updateProfile(), () -> prepared().executeUpdate());
    }

    @Override
    public final long executeLargeUpdate() throws SQLException {
        return execute(updateProfile(), () -> prepared().executeLargeUpdate());
    }
}
