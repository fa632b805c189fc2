package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement of a logical connection: prepared when it is executed first on a physical connection, and kept there.
 * Parameters are kept here, and given to the vendor's statement at each execution. As thread-safe as its connection.
 */
final class LatePreparedStatement extends LateStatement implements PreparedStatement {
    private final StatementProfile profile;
    private Map<Integer, Setter<PreparedStatement>> parameters = new TreeMap<>();
    private final List<Map<Integer, Setter<PreparedStatement>>> batches = new ArrayList<>();

    LatePreparedStatement(LateConnection connection, Preparation preparation) {
        super(connection, preparation);
        this.profile = connection.profile(preparation.sql() == null ? "" : preparation.sql());
    }

    @Override
    Statement open(Physical physical) throws SQLException {
        PreparedStatement known = physical.take(preparation());
        return known != null ? known : preparation().on(physical.raw());
    }

    /** Only a statement that nobody told anything is as good as new. */
    @Override
    void putAway(Binding from, Statement had) throws SQLException {
        boolean kept = false;
        if (!hasAttributes() && !hasFailed() && !from.broken) {
            ResultSet last = getResultSetIfAny();
            if (last != null) {
                last.close();
            }
            PreparedStatement vendors = (PreparedStatement) had;
            vendors.clearParameters();
            vendors.clearWarnings();
            from.physical().keep(preparation(), vendors);
            kept = true;
        }
        if (!kept) {
            had.close();
        }
    }

    @Override
    boolean isPoolableByDefault() {
        return true;
    }

    private PreparedStatement ready(Statement vendors) throws SQLException {
        PreparedStatement prepared = (PreparedStatement) vendors;
        give(parameters, prepared);
        return prepared;
    }

    private static void give(Map<Integer, Setter<PreparedStatement>> values, PreparedStatement prepared)
            throws SQLException {
        for (Setter<PreparedStatement> each : values.values()) {
            each.on(prepared);
        }
    }

    @Override
    public @Nullable ResultSet executeQuery() throws SQLException {
        return ask(profile, (vendors, bound) -> queried(ready(vendors).executeQuery(), bound));
    }

    @Override
    public int executeUpdate() throws SQLException {
        return run(profile, (vendors, bound) -> {
            int count = ready(vendors).executeUpdate();
            updated(count, bound, preparation().wantsKeys());
            return count;
        });
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return run(profile, (vendors, bound) -> {
            long count = ready(vendors).executeLargeUpdate();
            updated(count, bound, preparation().wantsKeys());
            return count;
        });
    }

    @Override
    public boolean execute() throws SQLException {
        return run(
                profile,
                (vendors, bound) -> executed(
                        ready(vendors).execute(), vendors, bound, preparation().wantsKeys()));
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        batches.add(new TreeMap<>(parameters));
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        throw new SQLException("A prepared statement takes no text", "42000");
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batches.clear();
    }

    private <T> T runBatch(Execution<T> execution) throws SQLException {
        List<Map<Integer, Setter<PreparedStatement>>> all = List.copyOf(batches);
        batches.clear();
        return run(profile, (vendors, bound) -> {
            PreparedStatement prepared = (PreparedStatement) vendors;
            prepared.clearBatch();
            for (Map<Integer, Setter<PreparedStatement>> values : all) {
                give(values, prepared);
                prepared.addBatch();
            }
            T counts = execution.on(vendors, bound);
            updated(countOf(vendors), bound, preparation().wantsKeys());
            return counts;
        });
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return runBatch((vendors, bound) -> vendors.executeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return runBatch((vendors, bound) -> vendors.executeLargeBatch());
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        parameters = new TreeMap<>();
    }

    /** It needs the server: each question binds for as long as it takes. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        boolean gives = binder().work(bound -> ((PreparedStatement) statement(bound)).getMetaData() != null);
        return gives
                ? ForCall.of(
                        ResultSetMetaData.class,
                        connection(),
                        bound -> ((PreparedStatement) statement(bound)).getMetaData())
                : null;
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return ForCall.of(
                ParameterMetaData.class,
                connection(),
                bound -> ((PreparedStatement) statement(bound)).getParameterMetaData());
    }

    private void keep(int index, Setter<PreparedStatement> setter) throws SQLException {
        checkOpen();
        if (index < 1) {
            throw new SQLException("There is no parameter " + index, "07009");
        }
        parameters.put(index, setter);
    }

    @Override
    public void setArray(int index, @Nullable Array x) throws SQLException {
        keep(index, vendors -> vendors.setArray(index, LateArray.on(x, vendors)));
    }

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        keep(index, vendors -> vendors.setNull(index, sqlType));
    }

    @Override
    public void setBoolean(int index, boolean x) throws SQLException {
        keep(index, vendors -> vendors.setBoolean(index, x));
    }

    @Override
    public void setByte(int index, byte x) throws SQLException {
        keep(index, vendors -> vendors.setByte(index, x));
    }

    @Override
    public void setShort(int index, short x) throws SQLException {
        keep(index, vendors -> vendors.setShort(index, x));
    }

    @Override
    public void setInt(int index, int x) throws SQLException {
        keep(index, vendors -> vendors.setInt(index, x));
    }

    @Override
    public void setLong(int index, long x) throws SQLException {
        keep(index, vendors -> vendors.setLong(index, x));
    }

    @Override
    public void setFloat(int index, float x) throws SQLException {
        keep(index, vendors -> vendors.setFloat(index, x));
    }

    @Override
    public void setDouble(int index, double x) throws SQLException {
        keep(index, vendors -> vendors.setDouble(index, x));
    }

    @Override
    public void setBigDecimal(int index, @Nullable BigDecimal x) throws SQLException {
        keep(index, vendors -> vendors.setBigDecimal(index, x));
    }

    @Override
    public void setString(int index, @Nullable String x) throws SQLException {
        keep(index, vendors -> vendors.setString(index, x));
    }

    @Override
    public void setBytes(int index, byte @Nullable [] x) throws SQLException {
        keep(index, vendors -> vendors.setBytes(index, x));
    }

    @Override
    public void setDate(int index, @Nullable Date x) throws SQLException {
        keep(index, vendors -> vendors.setDate(index, x));
    }

    @Override
    public void setTime(int index, @Nullable Time x) throws SQLException {
        keep(index, vendors -> vendors.setTime(index, x));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        keep(index, vendors -> vendors.setTimestamp(index, x));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, int length) throws SQLException {
        keep(index, vendors -> vendors.setAsciiStream(index, x, length));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        keep(index, vendors -> vendors.setBinaryStream(index, x, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, int length) throws SQLException {
        keep(index, vendors -> vendors.setCharacterStream(index, x, length));
    }

    @Override
    public void setRef(int index, @Nullable Ref x) throws SQLException {
        keep(index, vendors -> vendors.setRef(index, x));
    }

    @Override
    public void setBlob(int index, @Nullable Blob x) throws SQLException {
        keep(index, vendors -> vendors.setBlob(index, x));
    }

    @Override
    public void setClob(int index, @Nullable Clob x) throws SQLException {
        keep(index, vendors -> vendors.setClob(index, x));
    }

    @Override
    public void setDate(int index, @Nullable Date x, @Nullable Calendar calendar) throws SQLException {
        keep(index, vendors -> vendors.setDate(index, x, calendar));
    }

    @Override
    public void setTime(int index, @Nullable Time x, @Nullable Calendar calendar) throws SQLException {
        keep(index, vendors -> vendors.setTime(index, x, calendar));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x, @Nullable Calendar calendar) throws SQLException {
        keep(index, vendors -> vendors.setTimestamp(index, x, calendar));
    }

    @Override
    public void setNull(int index, int sqlType, @Nullable String typeName) throws SQLException {
        keep(index, vendors -> vendors.setNull(index, sqlType, typeName));
    }

    @Override
    public void setURL(int index, @Nullable URL x) throws SQLException {
        keep(index, vendors -> vendors.setURL(index, x));
    }

    @Override
    public void setRowId(int index, @Nullable RowId x) throws SQLException {
        keep(index, vendors -> vendors.setRowId(index, x));
    }

    @Override
    public void setNString(int index, @Nullable String x) throws SQLException {
        keep(index, vendors -> vendors.setNString(index, x));
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        keep(index, vendors -> vendors.setNCharacterStream(index, x, length));
    }

    @Override
    public void setNClob(int index, @Nullable NClob x) throws SQLException {
        keep(index, vendors -> vendors.setNClob(index, x));
    }

    @Override
    public void setClob(int index, @Nullable Reader x, long length) throws SQLException {
        keep(index, vendors -> vendors.setClob(index, x, length));
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x, long length) throws SQLException {
        keep(index, vendors -> vendors.setBlob(index, x, length));
    }

    @Override
    public void setNClob(int index, @Nullable Reader x, long length) throws SQLException {
        keep(index, vendors -> vendors.setNClob(index, x, length));
    }

    @Override
    public void setSQLXML(int index, @Nullable SQLXML x) throws SQLException {
        keep(index, vendors -> vendors.setSQLXML(index, x));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        keep(index, vendors -> vendors.setAsciiStream(index, x, length));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        keep(index, vendors -> vendors.setBinaryStream(index, x, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        keep(index, vendors -> vendors.setCharacterStream(index, x, length));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        keep(index, vendors -> vendors.setAsciiStream(index, x));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        keep(index, vendors -> vendors.setBinaryStream(index, x));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x) throws SQLException {
        keep(index, vendors -> vendors.setCharacterStream(index, x));
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x) throws SQLException {
        keep(index, vendors -> vendors.setNCharacterStream(index, x));
    }

    @Override
    public void setClob(int index, @Nullable Reader x) throws SQLException {
        keep(index, vendors -> vendors.setClob(index, x));
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x) throws SQLException {
        keep(index, vendors -> vendors.setBlob(index, x));
    }

    @Override
    public void setNClob(int index, @Nullable Reader x) throws SQLException {
        keep(index, vendors -> vendors.setNClob(index, x));
    }

    @Override
    public void setObject(int index, @Nullable Object x, int type) throws SQLException {
        keep(index, vendors -> vendors.setObject(index, LateArray.valueOn(x, vendors), type));
    }

    @Override
    public void setObject(int index, @Nullable Object x) throws SQLException {
        keep(index, vendors -> vendors.setObject(index, LateArray.valueOn(x, vendors)));
    }

    @Override
    public void setObject(int index, @Nullable Object x, int type, int scale) throws SQLException {
        keep(index, vendors -> vendors.setObject(index, LateArray.valueOn(x, vendors), type, scale));
    }

    @Override
    public void setObject(int index, @Nullable Object x, SQLType type) throws SQLException {
        keep(index, vendors -> vendors.setObject(index, LateArray.valueOn(x, vendors), type));
    }

    @Override
    public void setObject(int index, @Nullable Object x, SQLType type, int scale) throws SQLException {
        keep(index, vendors -> vendors.setObject(index, LateArray.valueOn(x, vendors), type, scale));
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int index, InputStream x, int length) throws SQLException {
        keep(index, vendors -> vendors.setUnicodeStream(index, x, length));
    }
}
