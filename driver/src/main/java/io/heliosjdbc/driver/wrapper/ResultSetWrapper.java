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
    /** The last cursor among its values, which has one wrapper however often it is asked for. */
    private @Nullable ResultSetWrapper lastCursor;
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

    /** One of the vendor's methods that may have the server send rows. */
    @FunctionalInterface
    private interface Move {
        boolean on(ResultSet vendors) throws SQLException;
    }

    /** A transaction that waits for rows of a cursor is no idle one. */
    private boolean fetching(Move move) throws SQLException {
        if (!isCursor()) {
            return move.on(delegate);
        }
        Session session = owner.session();
        session.fetches(true);
        try {
            return move.on(delegate);
        } finally {
            session.fetches(false);
        }
    }

    @Override
    public boolean next() throws SQLException {
        return nextRow();
    }

    /** The vendor's next row. */
    final boolean nextRow() throws SQLException {
        return isCursor() ? fetching(ResultSet::next) : delegate.next();
    }

    @Override
    public final boolean previous() throws SQLException {
        return fetching(ResultSet::previous);
    }

    @Override
    public final boolean last() throws SQLException {
        return fetching(ResultSet::last);
    }

    @Override
    public final boolean absolute(int row) throws SQLException {
        return fetching(vendors -> vendors.absolute(row));
    }

    @Override
    public final boolean relative(int rows) throws SQLException {
        return fetching(vendors -> vendors.relative(rows));
    }

    @Override
    public final void afterLast() throws SQLException {
        boolean unused = fetching(vendors -> {
            vendors.afterLast();
            return true;
        });
    }

    /** Some look whether another row comes. */
    @Override
    public final boolean isLast() throws SQLException {
        return fetching(ResultSet::isLast);
    }

    @Override
    public void close() throws SQLException {
        closeRows();
    }

    /** Some drivers read the rest of the rows first: the connection can do nothing else before. */
    final void closeRows() throws SQLException {
        boolean unused = fetching(vendors -> {
            vendors.close();
            return true;
        });
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
        } catch (SQLException | RuntimeException | LinkageError unknown) {
            return false;
        }
    }

    @Override
    final ResultSet resultSet(ResultSet result) {
        ResultSetWrapper last = lastCursor;
        if (last == null || last.delegate != result) {
            last = owner.resultSet(result, null);
            lastCursor = last;
        }
        return last;
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
