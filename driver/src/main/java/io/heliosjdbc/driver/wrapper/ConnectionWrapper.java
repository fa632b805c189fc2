package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.AutoCommit;
import io.heliosjdbc.driver.late.LateConnection;
import io.heliosjdbc.driver.late.StandIn;
import io.heliosjdbc.driver.manager.Session;
import java.lang.ref.Cleaner.Cleanable;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A vendor's connection whose statements are scheduled. As thread-safe as the vendor's connection. */
public abstract class ConnectionWrapper extends JdbcWrapper implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWrapper.class);

    private final Connection delegate;
    private final Session session;
    private final ClientInfo clientInfo;
    /** The logical connection, where connections are bound late; else null. */
    private final @Nullable LateConnection late;

    /** The factory that each role used last: a connection's objects of one role are of one class, mostly. */
    private final @Nullable WrapperFactory[] factories = new WrapperFactory[Role.COUNT];
    /** The last metadata, which have one wrapper however often a vendor gives them out. */
    private volatile @Nullable DatabaseMetaDataWrapper lastMetaData;
    /** Closes the session; null where it belongs to somebody else, a physical connection or another wrapper. */
    private @Nullable Cleanable sessionsEnd;
    /** The wrapper whose session this one shares: it counts as used as long as this one is. */
    @SuppressWarnings("unused")
    private @Nullable ConnectionWrapper sharedWith;

    /** Wraps a connection; called by generated classes. */
    protected ConnectionWrapper(Connection delegate, Session session) {
        this.delegate = delegate;
        this.session = session;
        this.clientInfo = new ClientInfo(session);
        this.late = delegate instanceof LateConnection logical ? logical : null;
    }

    /**
     * Wraps a vendor's connection.
     *
     * @param session the workload manager's view of it, closed with it, or when it is dropped without being closed
     */
    public static Connection wrap(Connection delegate, Session session) throws SQLException {
        ConnectionWrapper wrapper = wrapHandle(delegate, session);
        wrapper.sessionsEnd = Abandoned.closes(wrapper, session);
        return wrapper;
    }

    /**
     * Wraps a handle of a physical connection.
     *
     * @param session the handle's, closed with it
     */
    static ConnectionWrapper wrapHandle(Connection delegate, Session session) throws SQLException {
        session.autoCommit(delegate.getAutoCommit());
        WrapperFactory factory = delegate instanceof StandIn<?> standIn
                ? Role.LATE_CONNECTION.factory(standIn.vendorsClass())
                : Role.CONNECTION.factory(delegate.getClass());
        return (ConnectionWrapper) factory.create(delegate, session, null);
    }

    @Override
    protected final Connection delegate() {
        // What ends something goes by the field: nobody is asked for it.
        return late == null ? delegate : late.face();
    }

    @Override
    final ConnectionWrapper owner() {
        return this;
    }

    final Session session() {
        return session;
    }

    private Object wrap(Role role, Object raw, Object owner, @Nullable Object detail) {
        return wrap(role, raw.getClass(), raw, owner, detail);
    }

    /** Wraps what may be a stand-in. */
    private Object wrap(Role role, Role late, Object raw, @Nullable Object detail) {
        return raw instanceof StandIn<?> standIn
                ? wrap(late, standIn.vendorsClass(), raw, this, detail)
                : wrap(role, raw, this, detail);
    }

    private Object wrap(Role role, Class<?> type, Object raw, Object owner, @Nullable Object detail) {
        WrapperFactory factory = factories[role.index()];
        if (factory == null || !factory.fits(type)) {
            factory = role.factory(type);
            factories[role.index()] = factory;
        }
        return factory.create(raw, owner, detail);
    }

    /** The wrapper of a connection that a vendor's own method returned: this one, or one that is scheduled with it. */
    final Connection connection(Connection raw) {
        if (raw == delegate()) {
            return this;
        }
        ConnectionWrapper other = (ConnectionWrapper) wrap(Role.CONNECTION, raw, session, null);
        other.sharedWith = this;
        return other;
    }

    final Statement statement(Statement raw) {
        return (Statement) wrap(Role.STATEMENT, Role.LATE_STATEMENT, raw, null);
    }

    final Object prepared(Role role, Object raw, @Nullable String sql) {
        return wrap(role, raw, this, session.profile(sql == null ? "" : sql));
    }

    /** The logical connection, where connections are bound late. */
    final LateConnection late() {
        return Objects.requireNonNull(late);
    }

    final boolean isLate() {
        return late != null;
    }

    /** A vendor's object was given to the application, which may do with it what it likes. */
    final void unwrapped() {
        if (late != null) {
            late.pin("unwrap");
        }
    }

    final ResultSetWrapper resultSet(ResultSet raw, @Nullable StatementWrapper statement) {
        return (ResultSetWrapper) wrap(late == null ? Role.RESULT_SET : Role.LATE_RESULT_SET, raw, this, statement);
    }

    final ResultSet answer(ResultSet raw, StatementWrapper statement) {
        return (ResultSet) wrap(Role.ANSWER, raw, this, statement);
    }

    final DatabaseMetaData metaData(DatabaseMetaData raw) {
        DatabaseMetaDataWrapper last = lastMetaData;
        if (last == null || last.delegate() != raw) {
            last = (DatabaseMetaDataWrapper) wrap(Role.META_DATA, raw, this, null);
            lastMetaData = last;
        }
        return last;
    }

    /** One of the vendor's methods that prepare a statement. */
    @FunctionalInterface
    private interface Preparation {
        PreparedStatement run() throws SQLException;
    }

    /** What Helios answers itself is nothing that the vendor could prepare. */
    private PreparedStatement prepare(String sql, Preparation preparation) throws SQLException {
        StatementProfile profile = session.profile(sql == null ? "" : sql);
        return StatementWrapper.isAdmin(profile)
                ? (PreparedStatement) wrap(Role.ADMIN_STATEMENT, delegate().createStatement(), this, profile)
                : (PreparedStatement)
                        wrap(Role.PREPARED_STATEMENT, Role.LATE_PREPARED_STATEMENT, preparation.run(), profile);
    }

    private CallableStatement prepareCall(String sql, Preparation preparation) throws SQLException {
        StatementProfile profile = session.profile(sql == null ? "" : sql);
        return StatementWrapper.isAdmin(profile)
                ? (CallableStatement) wrap(Role.ADMIN_CALL, delegate().createStatement(), this, profile)
                : (CallableStatement) wrap(Role.CALLABLE_STATEMENT, preparation.run(), this, profile);
    }

    @Override
    public final Statement createStatement() throws SQLException {
        return statement(delegate().createStatement());
    }

    @Override
    public final PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepare(sql, () -> delegate().prepareStatement(sql));
    }

    @Override
    public final PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepare(sql, () -> delegate().prepareStatement(sql, type, concurrency));
    }

    @Override
    public final PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepare(sql, () -> delegate().prepareStatement(sql, type, concurrency, holdability));
    }

    @Override
    public final PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepare(sql, () -> delegate().prepareStatement(sql, autoGeneratedKeys));
    }

    @Override
    public final PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepare(sql, () -> delegate().prepareStatement(sql, columnIndexes));
    }

    @Override
    public final PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepare(sql, () -> delegate().prepareStatement(sql, columnNames));
    }

    @Override
    public final CallableStatement prepareCall(String sql) throws SQLException {
        return prepareCall(sql, () -> delegate().prepareCall(sql));
    }

    @Override
    public final CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return prepareCall(sql, () -> delegate().prepareCall(sql, type, concurrency));
    }

    @Override
    public final CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepareCall(sql, () -> delegate().prepareCall(sql, type, concurrency, holdability));
    }

    @Override
    public final void setAutoCommit(boolean on) throws SQLException {
        try {
            delegate().setAutoCommit(on);
        } catch (Throwable failure) {
            // A driver that switches autocommit on commits first, and what could not be committed was rolled back: most
            // cannot tell of anything else.
            if (on && !Boolean.TRUE.equals(inTransaction())) {
                session.transactionEnded(failure);
            }
            throw failure;
        }
        session.autoCommit(on);
    }

    /** Whether a transaction is open, by the vendor's word; null where it does not say. */
    private @Nullable Boolean inTransaction() {
        try {
            return LateConnection.inTransaction(delegate);
        } catch (SQLException | RuntimeException broken) {
            LOG.debug("A driver does not say whether a transaction is open", broken);
            return null;
        }
    }

    /** Whether no transaction is open for certain. */
    private boolean isOver() {
        return Boolean.FALSE.equals(inTransaction()) || isGone();
    }

    /** A text that was to end a transaction has failed: it is over only where the vendor says so. */
    final void endByTextFailed() {
        if (isOver()) {
            session.transactionEnded(null);
        }
    }

    /** A text has set the mode. Not every driver hears that: where it says off, it is off, and else it is what the driver says. */
    final void switchedByText(AutoCommit mode) {
        try {
            session.autoCommit(mode != AutoCommit.OFF && delegate().getAutoCommit());
        } catch (SQLException | RuntimeException unknown) {
            LOG.debug("What a text has made of autocommit is not known", unknown);
        }
    }

    /** What could not be committed may be open still, with its locks: SQLite's may be tried again. */
    @Override
    public final void commit() throws SQLException {
        try {
            delegate().commit();
        } catch (Throwable failure) {
            if (isOver()) {
                session.transactionEnded(failure);
            } else {
                session.commitFailed();
            }
            throw failure;
        }
        session.transactionEnded(null);
    }

    @Override
    public final void rollback() throws SQLException {
        Throwable failure = null;
        try {
            delegate().rollback();
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            session.transactionEnded(failure);
        }
    }

    /** A commit or a rollback of the vendor's own has ended the transaction; called by generated methods. */
    protected final void transactionEnded() {
        session.transactionEnded(null);
    }

    @Override
    public final void setSchema(@Nullable String schema) throws SQLException {
        delegate().setSchema(schema);
        session.schema(schema);
    }

    @Override
    public final boolean isClosed() throws SQLException {
        return delegate.isClosed();
    }

    /** What the vendor refuses to close goes on: Derby does where a transaction is open. */
    @Override
    public final void close() throws SQLException {
        boolean closed = false;
        try {
            delegate.close();
            closed = true;
        } finally {
            if (closed || isGone()) {
                endSession();
            }
        }
    }

    private void endSession() {
        if (sessionsEnd != null) {
            sessionsEnd.clean();
        } else {
            session.close();
        }
    }

    /**
     * Ends the waits, and the session where the vendor's connection is closed then: some drivers do nothing here, or refuse it, and some close
     * it in another thread, whose session ends with {@link #close}.
     */
    @Override
    public final void abort(Executor executor) throws SQLException {
        if (executor != null) {
            session.abort();
        }
        delegate.abort(executor);
        if (isGone()) {
            endSession();
        }
    }

    /** Whether the vendor's connection is closed; one that does not say is good for nothing more. */
    private boolean isGone() {
        try {
            return delegate.isClosed();
        } catch (SQLException | RuntimeException broken) {
            LOG.debug("A driver does not say whether a connection is closed", broken);
            return true;
        }
    }

    @Override
    public final void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        clientInfo.set(delegate(), name, value);
    }

    @Override
    public final void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
        clientInfo.set(delegate(), properties);
    }

    @Override
    public final @Nullable String getClientInfo(String name) throws SQLException {
        return ClientInfo.isOurs(name) ? clientInfo.get(name) : delegate().getClientInfo(name);
    }

    @Override
    public final @Nullable Properties getClientInfo() throws SQLException {
        return clientInfo.addTo(delegate().getClientInfo());
    }
}
