package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.driver.late.LateConnection;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result set of a logical connection: the physical one may be given back when it was read to its end, or closed. Values that
 * reach for the connection later have stand-ins, which hold it to the end of the transaction, or of the result set. As thread-safe as the vendor's result set.
 */
public abstract class LateResultSetWrapper extends ResultSetWrapper {
    private final LateConnection late;
    private final @Nullable StatementWrapper statement;
    /** Whether it was read to its end, and nothing more comes from it, though it is open. */
    private boolean ended;

    private boolean closed;

    /** Wraps a result set; called by generated classes. */
    protected LateResultSetWrapper(ResultSet delegate, ConnectionWrapper owner, @Nullable StatementWrapper statement) {
        super(delegate, owner, statement);
        this.late = owner.late();
        this.statement = statement;
    }

    @Override
    public final boolean next() throws SQLException {
        if (ended && !isClosed()) {
            return false;
        }
        if (nextRow()) {
            return true;
        }
        ended = late.ended(delegate(), false);
        return false;
    }

    @Override
    public final void close() throws SQLException {
        if (!closed) {
            closed = true;
            // What was closed when its connection was given back is left alone: its statement may be another one's by
            // now.
            if (!ended || !delegate().isClosed()) {
                closeRows();
            }
            boolean unused = late.ended(delegate(), true);
        }
    }

    /** The change may be the first thing in a transaction: a result set may outlast the one that it was read in. */
    @Override
    public final void insertRow() throws SQLException {
        late.changesThrough(delegate());
        delegate().insertRow();
    }

    @Override
    public final void updateRow() throws SQLException {
        late.changesThrough(delegate());
        delegate().updateRow();
    }

    @Override
    public final void deleteRow() throws SQLException {
        late.changesThrough(delegate());
        delegate().deleteRow();
    }

    /** That it has ended closes it here; for the application its statement's next execution does. */
    @Override
    public final boolean isClosed() throws SQLException {
        return closed
                || (ended
                        ? statement != null && late.isPast(statement.delegate(), delegate())
                        : delegate().isClosed())
                || (statement != null && statement.isClosed());
    }

    /** MariaDB's driver would ask the session that a closed one was read in, whoever has that by now; others refuse. */
    @Override
    public final @Nullable SQLWarning getWarnings() throws SQLException {
        return asksAnotherSession() ? null : delegate().getWarnings();
    }

    @Override
    public final void clearWarnings() throws SQLException {
        if (!asksAnotherSession()) {
            delegate().clearWarnings();
        }
    }

    private boolean asksAnotherSession() throws SQLException {
        return isClosed() ? late.closedRowsAskForWarnings() : ended || !late.isReadIn(delegate());
    }

    /** Of metadata there is none; where the result set is closed, the vendor says it its way. */
    @Override
    public final @Nullable Statement getStatement() throws SQLException {
        if (isClosed()) {
            Statement unused = delegate().getStatement();
        }
        return statement;
    }

    @Override
    public final @Nullable ResultSetMetaData getMetaData() throws SQLException {
        return late.metaDataOf(delegate());
    }

    /** What reaches for the connection is stood in for. */
    @SuppressWarnings("unchecked")
    private <T> @Nullable T seen(@Nullable T value, Class<?> type) throws SQLException {
        return isPlain(value) ? value : (T) adopt(late.valueOf(value, delegate(), type));
    }

    @Override
    public final @Nullable Array getArray(int column) throws SQLException {
        return seen(delegate().getArray(column), Array.class);
    }

    @Override
    public final @Nullable Array getArray(String column) throws SQLException {
        return seen(delegate().getArray(column), Array.class);
    }

    @Override
    public final @Nullable Blob getBlob(int column) throws SQLException {
        return seen(delegate().getBlob(column), Blob.class);
    }

    @Override
    public final @Nullable Blob getBlob(String column) throws SQLException {
        return seen(delegate().getBlob(column), Blob.class);
    }

    @Override
    public final @Nullable Clob getClob(int column) throws SQLException {
        return seen(delegate().getClob(column), Clob.class);
    }

    @Override
    public final @Nullable Clob getClob(String column) throws SQLException {
        return seen(delegate().getClob(column), Clob.class);
    }

    @Override
    public final @Nullable NClob getNClob(int column) throws SQLException {
        return seen(delegate().getNClob(column), NClob.class);
    }

    @Override
    public final @Nullable NClob getNClob(String column) throws SQLException {
        return seen(delegate().getNClob(column), NClob.class);
    }

    @Override
    public final @Nullable SQLXML getSQLXML(int column) throws SQLException {
        return seen(delegate().getSQLXML(column), SQLXML.class);
    }

    @Override
    public final @Nullable SQLXML getSQLXML(String column) throws SQLException {
        return seen(delegate().getSQLXML(column), SQLXML.class);
    }

    @Override
    public final @Nullable Ref getRef(int column) throws SQLException {
        return seen(delegate().getRef(column), Ref.class);
    }

    @Override
    public final @Nullable Ref getRef(String column) throws SQLException {
        return seen(delegate().getRef(column), Ref.class);
    }

    @Override
    public final @Nullable Object getObject(int column) throws SQLException {
        return seen(delegate().getObject(column), Object.class);
    }

    @Override
    public final @Nullable Object getObject(String column) throws SQLException {
        return seen(delegate().getObject(column), Object.class);
    }

    @Override
    public final @Nullable Object getObject(int column, Map<String, Class<?>> map) throws SQLException {
        return seen(delegate().getObject(column, map), Object.class);
    }

    @Override
    public final @Nullable Object getObject(String column, Map<String, Class<?>> map) throws SQLException {
        return seen(delegate().getObject(column, map), Object.class);
    }

    @Override
    public final <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        return seen(delegate().getObject(column, type), type);
    }

    @Override
    public final <T> @Nullable T getObject(String column, Class<T> type) throws SQLException {
        return seen(delegate().getObject(column, type), type);
    }
}
