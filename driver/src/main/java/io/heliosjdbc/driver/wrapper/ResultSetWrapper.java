package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.driver.manager.Session;
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
    /** Whether it is known if the vendor's result set asks the server for its rows by and by. */
    private boolean isAsked;

    private boolean isCursor;

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

    @Override
    public boolean next() throws SQLException {
        return nextRow();
    }

    /** The vendor's next row. A transaction that waits for rows of a cursor is no idle one. */
    final boolean nextRow() throws SQLException {
        if (!isCursor()) {
            return delegate.next();
        }
        Session session = owner.session();
        session.fetches(true);
        try {
            return delegate.next();
        } finally {
            session.fetches(false);
        }
    }

    /** Where no fetch size is set, most drivers have all rows already. */
    private boolean isCursor() {
        if (!isAsked) {
            isCursor = hasFetchSize();
            isAsked = true;
        }
        return isCursor;
    }

    /** Who cannot say has none: what is wrong, with a closed one say, {@code next()} tells. */
    private boolean hasFetchSize() {
        try {
            return delegate.getFetchSize() != 0;
        } catch (SQLException | UnsupportedOperationException | LinkageError unknown) {
            return false;
        }
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
