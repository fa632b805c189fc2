package io.heliosjdbc.driver.wrapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A vendor's result set that knows the statement's wrapper. As thread-safe as the vendor's result set. */
public abstract class ResultSetWrapper extends JdbcWrapper implements ResultSet {
    private final ResultSet delegate;
    private final ConnectionWrapper owner;
    private final @Nullable StatementWrapper statement;
    private @Nullable Statement vendorsStatement;

    /** Wraps a result set; called by generated classes. */
    protected ResultSetWrapper(ResultSet delegate, ConnectionWrapper owner, @Nullable StatementWrapper statement) {
        this.delegate = delegate;
        this.owner = owner;
        this.statement = statement;
    }

    @Override
    protected final ResultSet delegate() {
        return delegate;
    }

    @Override
    final ConnectionWrapper owner() {
        return owner;
    }

    /**
     * The statement's wrapper; for a result set of the metadata, a wrapper of what the vendor gives, if it gives one. The vendor is
     * asked all the same: on a closed result set it throws.
     */
    @Override
    public @Nullable Statement getStatement() throws SQLException {
        Statement vendors = delegate().getStatement();
        if (statement != null) {
            return statement;
        }
        if (vendors != null && vendorsStatement == null) {
            vendorsStatement = owner.statement(vendors);
        }
        return vendorsStatement;
    }
}
