package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.driver.late.Parameters.Value;
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
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement of a logical connection: prepared when it is executed first on a physical connection, and kept there.
 * Parameters are kept here as they were when they were set, and given to the vendor's statement at each execution. As thread-safe as its
 * connection.
 */
final class LatePreparedStatement extends LateTextStatement implements PreparedStatement {
    private final StatementProfile profile;
    private final int parameterCount;
    private final Parameters parameters = new Parameters();
    private final List<@Nullable Value[]> batches = new ArrayList<>();
    /** What was set that the application had made: it holds the physical connection until that has had it. */
    private List<Locator> locators = List.of();

    LatePreparedStatement(LateConnection connection, Preparation preparation) {
        super(connection, preparation);
        this.profile = connection.profile(preparation.sql());
        this.parameterCount = profile.features().value(Feature.PARAMETER_COUNT) instanceof Number count
                ? count.intValue()
                : Parameters.MOST;
    }

    @Override
    @Nullable
    Statement kept(Binding bound) {
        return bound.moved ? null : bound.physical().take(preparation());
    }

    @Override
    Statement open(Binding bound) throws SQLException {
        return preparation().on(bound.physical().raw());
    }

    /**
     * Only a statement that nobody told anything is as good as new, as long as it is not asked what came of its last execution; and only where the
     * schema has not been set since: it may have been prepared, or prepared anew, in either.
     */
    @Override
    void putAway(Attachment had) throws SQLException {
        Binding from = had.binding();
        boolean kept = false;
        if (isAsNew(had) && !from.broken && !from.moved) {
            outcome().closeGiven();
            PreparedStatement vendors = (PreparedStatement) had.vendors();
            vendors.clearParameters();
            vendors.clearWarnings();
            renew(vendors);
            from.physical().keep(preparation(), vendors);
            kept = true;
        }
        if (!kept) {
            had.vendors().close();
        }
    }

    @Override
    boolean isPrepared() {
        return true;
    }

    /** The vendor's statement for a question about it, with what can be given again. */
    private PreparedStatement told(Statement vendors) throws SQLException {
        PreparedStatement prepared = (PreparedStatement) vendors;
        parameters.giveLastingTo(prepared);
        return prepared;
    }

    private PreparedStatement ready(Attachment on) throws SQLException {
        spend();
        PreparedStatement prepared = (PreparedStatement) on.vendors();
        parameters.giveTo(prepared);
        dropLocators(on);
        return prepared;
    }

    /** The vendor has them. */
    private void dropLocators(Attachment on) {
        if (!locators.isEmpty()) {
            binder().drop(on.binding(), locators.toArray());
            locators = List.of();
        }
    }

    /** What was given to it and is not executed holds nothing any more. */
    @Override
    public void close() throws SQLException {
        super.close();
        if (!locators.isEmpty() && !binder().isClosed()) {
            Object[] given = locators.toArray();
            locators = List.of();
            boolean unused = binder().workIfBound(false, bound -> {
                binder().drop(bound, given);
                return true;
            });
        }
    }

    /** The vendor's own value, where something stands for it; the caller has entered. */
    private <V> @Nullable V vendorsOwn(@Nullable V value) throws SQLException {
        return Locator.on(value, connection());
    }

    /**
     * Most drivers read a stream when it is given to them, and keep what they have read; here it is given when it is needed. Drivers that read
     * it no sooner themselves say what they make of an empty one.
     */
    private void spend() throws SQLException {
        if (!parameters.spent().isEmpty() && !connection().readsStreamsLate()) {
            throw PoolFailures.streamWasRead(parameters.spent());
        }
        parameters.spend();
    }

    @Override
    public @Nullable ResultSet executeQuery() throws SQLException {
        return ask(profile, on -> outcome().queried(ready(on).executeQuery(), on));
    }

    @Override
    public int executeUpdate() throws SQLException {
        return run(profile, on -> {
            int count = ready(on).executeUpdate();
            return (int) outcome().changed(count, on, preparation().wantsKeys());
        });
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return run(profile, on -> {
            long count = ready(on).executeLargeUpdate();
            return outcome().changed(count, on, preparation().wantsKeys());
        });
    }

    @Override
    public boolean execute() throws SQLException {
        return run(
                profile,
                on -> outcome().executed(ready(on).execute(), on, preparation().wantsKeys()));
    }

    /** Where a value is missing, the vendor says so now. */
    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        if (parameters.count() < parameterCount && !parameters.hasStreams()) {
            refused(vendors -> told(vendors).addBatch());
        }
        spend();
        batches.add(parameters.copy());
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batches.clear();
    }

    @Override
    boolean hasBatch() {
        return !batches.isEmpty();
    }

    private <T> T runBatch(Execution<T> execution) throws SQLException {
        // An empty one does nothing, which the driver says without the database.
        return run(batches.isEmpty() ? connection().profile("") : profile, told -> {
            List<@Nullable Value[]> all = new ArrayList<>(batches);
            batches.clear();
            Attachment on = told;
            if (preparation().wantsKeys()) {
                // What it does before it fails has keys: they are its own only of a statement that was nobody else's.
                on = own(told.binding());
                tellWhatIsLeft(on);
            }
            PreparedStatement prepared = (PreparedStatement) on.vendors();
            prepared.clearBatch();
            for (@Nullable Value[] values : all) {
                Parameters.give(values, prepared);
                prepared.addBatch();
            }
            dropLocators(on);
            if (all.isEmpty()) {
                T done = execution.on(on);
                binder().worked(on.binding());
                outcome().nothingCame();
                return done;
            }
            return ofBatch(execution, on, preparation().wantsKeys());
        });
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return runBatch(on -> on.vendors().executeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return runBatch(on -> on.vendors().executeLargeBatch());
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        parameters.clear();
        tellAttached(vendors -> ((PreparedStatement) vendors).clearParameters());
    }

    /** It needs the server: each question binds for as long as it takes. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        ResultSetMetaData vendors = binder().ask(bound -> ((PreparedStatement) statement(bound)).getMetaData());
        return vendors == null
                ? null
                : ForCall.of(
                        ResultSetMetaData.class,
                        vendors.getClass(),
                        connection(),
                        bound -> ((PreparedStatement) statement(bound)).getMetaData());
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        ParameterMetaData vendors =
                binder().work(bound -> told(statement(bound)).getParameterMetaData());
        return ForCall.of(
                ParameterMetaData.class,
                vendors.getClass(),
                connection(),
                bound -> told(statement(bound)).getParameterMetaData());
    }

    /** Where the text has no such parameter, the vendor says so now; any other mistake is found at the execution. */
    private void keep(int index, Value value) throws SQLException {
        checkOpen();
        if (index < 1 || index > parameterCount) {
            refused(vendors -> value.on((PreparedStatement) vendors));
            if (index < 1) {
                throw PoolFailures.noSuchParameter(index);
            }
        }
        parameters.set(index, value);
    }

    /** One of the vendor's setters. */
    @FunctionalInterface
    private interface ValueSetter<V> {
        void on(PreparedStatement statement, @Nullable V value) throws SQLException;
    }

    /** What not every driver has: whether this one does is asked once, with no value, which it may take for a mistake of its own. */
    private <V> void keep(int index, String method, @Nullable V x, ValueSetter<V> setter) throws SQLException {
        checkOpen();
        Boolean unused = connection().habits().answer(method, () -> {
            try {
                refused(vendors -> setter.on((PreparedStatement) vendors, null));
            } catch (SQLFeatureNotSupportedException itDoesNot) {
                throw itDoesNot;
            } catch (SQLException | RuntimeException noValue) {
                return true;
            }
            return true;
        });
        keep(index, vendors -> setter.on(vendors, x));
        note(index, x);
    }

    /** A value of whatever type. */
    private void keepObject(int index, @Nullable Object x, ValueSetter<Object> setter) throws SQLException {
        Object own = Copy.of(x);
        keep(index, vendors -> setter.on(vendors, LateArray.valueOn(vendorsOwn(own), vendors)));
        note(index, own);
    }

    /** It can be read once, or reaches for the physical connection. */
    private void note(int index, @Nullable Object value) {
        if (value instanceof InputStream || value instanceof Reader || value instanceof ResultSet) {
            parameters.isStream(index);
        }
        Locator locator = Locator.of(value);
        if (locator != null) {
            if (locators.isEmpty()) {
                locators = new ArrayList<>();
            }
            locators.add(locator);
        }
    }

    @Override
    String textOf(Statement vendors) throws SQLException {
        return told(vendors).toString();
    }

    @Override
    public void setArray(int index, @Nullable Array x) throws SQLException {
        keep(
                index,
                "setArray int Array",
                x,
                (vendors, value) -> vendors.setArray(index, LateArray.on(vendorsOwn(value), vendors)));
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
        byte[] own = Copy.of(x);
        keep(index, vendors -> vendors.setBytes(index, own));
    }

    @Override
    public void setDate(int index, @Nullable Date x) throws SQLException {
        Date own = Copy.of(x);
        keep(index, vendors -> vendors.setDate(index, own));
    }

    @Override
    public void setTime(int index, @Nullable Time x) throws SQLException {
        Time own = Copy.of(x);
        keep(index, vendors -> vendors.setTime(index, own));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        Timestamp own = Copy.of(x);
        keep(index, vendors -> vendors.setTimestamp(index, own));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, int length) throws SQLException {
        keep(
                index,
                "setAsciiStream int InputStream int",
                x,
                (vendors, value) -> vendors.setAsciiStream(index, value, length));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        keep(
                index,
                "setBinaryStream int InputStream int",
                x,
                (vendors, value) -> vendors.setBinaryStream(index, value, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, int length) throws SQLException {
        keep(
                index,
                "setCharacterStream int Reader int",
                x,
                (vendors, value) -> vendors.setCharacterStream(index, value, length));
    }

    @Override
    public void setRef(int index, @Nullable Ref x) throws SQLException {
        keep(index, "setRef int Ref", x, (vendors, value) -> vendors.setRef(index, vendorsOwn(value)));
    }

    @Override
    public void setBlob(int index, @Nullable Blob x) throws SQLException {
        keep(index, "setBlob int Blob", x, (vendors, value) -> vendors.setBlob(index, vendorsOwn(value)));
    }

    @Override
    public void setClob(int index, @Nullable Clob x) throws SQLException {
        keep(index, "setClob int Clob", x, (vendors, value) -> vendors.setClob(index, vendorsOwn(value)));
    }

    @Override
    public void setDate(int index, @Nullable Date x, @Nullable Calendar calendar) throws SQLException {
        Date own = Copy.of(x);
        Calendar ownCalendar = Copy.of(calendar);
        keep(index, vendors -> vendors.setDate(index, own, ownCalendar));
    }

    @Override
    public void setTime(int index, @Nullable Time x, @Nullable Calendar calendar) throws SQLException {
        Time own = Copy.of(x);
        Calendar ownCalendar = Copy.of(calendar);
        keep(index, vendors -> vendors.setTime(index, own, ownCalendar));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x, @Nullable Calendar calendar) throws SQLException {
        Timestamp own = Copy.of(x);
        Calendar ownCalendar = Copy.of(calendar);
        keep(index, vendors -> vendors.setTimestamp(index, own, ownCalendar));
    }

    @Override
    public void setNull(int index, int sqlType, @Nullable String typeName) throws SQLException {
        keep(index, vendors -> vendors.setNull(index, sqlType, typeName));
    }

    @Override
    public void setURL(int index, @Nullable URL x) throws SQLException {
        keep(index, "setURL int URL", x, (vendors, value) -> vendors.setURL(index, value));
    }

    @Override
    public void setRowId(int index, @Nullable RowId x) throws SQLException {
        keep(index, "setRowId int RowId", x, (vendors, value) -> vendors.setRowId(index, value));
    }

    @Override
    public void setNString(int index, @Nullable String x) throws SQLException {
        keep(index, "setNString int String", x, (vendors, value) -> vendors.setNString(index, value));
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        keep(
                index,
                "setNCharacterStream int Reader long",
                x,
                (vendors, value) -> vendors.setNCharacterStream(index, value, length));
    }

    @Override
    public void setNClob(int index, @Nullable NClob x) throws SQLException {
        keep(index, "setNClob int NClob", x, (vendors, value) -> vendors.setNClob(index, vendorsOwn(value)));
    }

    @Override
    public void setClob(int index, @Nullable Reader x, long length) throws SQLException {
        keep(index, "setClob int Reader long", x, (vendors, value) -> vendors.setClob(index, value, length));
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x, long length) throws SQLException {
        keep(index, "setBlob int InputStream long", x, (vendors, value) -> vendors.setBlob(index, value, length));
    }

    @Override
    public void setNClob(int index, @Nullable Reader x, long length) throws SQLException {
        keep(index, "setNClob int Reader long", x, (vendors, value) -> vendors.setNClob(index, value, length));
    }

    @Override
    public void setSQLXML(int index, @Nullable SQLXML x) throws SQLException {
        keep(index, "setSQLXML int SQLXML", x, (vendors, value) -> vendors.setSQLXML(index, vendorsOwn(value)));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        keep(
                index,
                "setAsciiStream int InputStream long",
                x,
                (vendors, value) -> vendors.setAsciiStream(index, value, length));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        keep(
                index,
                "setBinaryStream int InputStream long",
                x,
                (vendors, value) -> vendors.setBinaryStream(index, value, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        keep(
                index,
                "setCharacterStream int Reader long",
                x,
                (vendors, value) -> vendors.setCharacterStream(index, value, length));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        keep(index, "setAsciiStream int InputStream", x, (vendors, value) -> vendors.setAsciiStream(index, value));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        keep(index, "setBinaryStream int InputStream", x, (vendors, value) -> vendors.setBinaryStream(index, value));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x) throws SQLException {
        keep(index, "setCharacterStream int Reader", x, (vendors, value) -> vendors.setCharacterStream(index, value));
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x) throws SQLException {
        keep(index, "setNCharacterStream int Reader", x, (vendors, value) -> vendors.setNCharacterStream(index, value));
    }

    @Override
    public void setClob(int index, @Nullable Reader x) throws SQLException {
        keep(index, "setClob int Reader", x, (vendors, value) -> vendors.setClob(index, value));
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x) throws SQLException {
        keep(index, "setBlob int InputStream", x, (vendors, value) -> vendors.setBlob(index, value));
    }

    @Override
    public void setNClob(int index, @Nullable Reader x) throws SQLException {
        keep(index, "setNClob int Reader", x, (vendors, value) -> vendors.setNClob(index, value));
    }

    @Override
    public void setObject(int index, @Nullable Object x, int type) throws SQLException {
        keepObject(index, x, (vendors, value) -> vendors.setObject(index, value, type));
    }

    @Override
    public void setObject(int index, @Nullable Object x) throws SQLException {
        keepObject(index, x, (vendors, value) -> vendors.setObject(index, value));
    }

    @Override
    public void setObject(int index, @Nullable Object x, int type, int scale) throws SQLException {
        keepObject(index, x, (vendors, value) -> vendors.setObject(index, value, type, scale));
    }

    @Override
    public void setObject(int index, @Nullable Object x, SQLType type) throws SQLException {
        keep(
                index,
                "setObject int Object SQLType",
                Copy.of(x),
                (vendors, value) -> vendors.setObject(index, LateArray.valueOn(vendorsOwn(value), vendors), type));
    }

    @Override
    public void setObject(int index, @Nullable Object x, SQLType type, int scale) throws SQLException {
        keep(
                index,
                "setObject int Object SQLType int",
                Copy.of(x),
                (vendors, value) ->
                        vendors.setObject(index, LateArray.valueOn(vendorsOwn(value), vendors), type, scale));
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int index, InputStream x, int length) throws SQLException {
        keep(
                index,
                "setUnicodeStream int InputStream int",
                x,
                (vendors, value) -> vendors.setUnicodeStream(index, value, length));
    }
}
