package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection without one of the vendor's: it takes one from a pool when something is executed, and gives it back when nothing needs
 * it any more. What it is told of its session it keeps, and tells each physical connection that differs. It does not schedule: what
 * wraps it asks for a slot before it executes. Thread-safe as far as the vendor's connections are.
 */
public final class LateConnection implements Connection, StandIn<Connection> {
    /** For the vendor to refuse; if it does not, that is its statement. */
    private static final String INCOMPLETE = "a statement of which something is missing";

    /** What MariaDB's driver executes a statement for where it is new. */
    private static final Set<Item> EXECUTED = EnumSet.of(Item.READ_ONLY, Item.ISOLATION, Item.CATALOG);

    /** Where names are looked up that say no place: of these alone a value may be gone that was there. */
    private static final Set<Item> PLACES = EnumSet.of(Item.SCHEMA, Item.CATALOG);

    /** What a statement goes on with that was prepared when it was there. */
    private static final Set<Item> PREPARED_WITH = EnumSet.of(Item.SCHEMA, Item.CATALOG, Item.HOLDABILITY);

    /** What PostgreSQL makes of a schema. */
    private static final String SEARCH_PATH = "search_path";

    private final PhysicalPool pool;
    private final Texts texts;
    private final SessionState session;
    private final Binder binder;
    private final LateClientInfo clientInfo;

    /** One that the pool has been told of. */
    LateConnection(PhysicalPool pool, Texts texts) {
        this.pool = pool;
        this.texts = texts;
        this.session = new SessionState(pool.defaults());
        this.binder = new Binder(pool, session);
        this.clientInfo = new LateClientInfo(pool, session, binder);
    }

    Binder binder() {
        return binder;
    }

    StatementProfile profile(String sql) {
        return texts.profile(sql);
    }

    Habits habits() {
        return pool.habits();
    }

    ClosedObjects closed() {
        return pool.closed();
    }

    /** Whether the driver reads a parameter that is a stream at the execution only. */
    boolean readsStreamsLate() {
        return pool.dialect() == Dialect.POSTGRESQL || pool.dialect() == Dialect.MARIADB;
    }

    /** Whether the vendor's driver takes any array by its text and its type's name. */
    boolean takesTextOfArrays() {
        return pool.dialect() == Dialect.POSTGRESQL;
    }

    /**
     * Whether what a result set asks its session is answered by that: it is read still, and the physical connection not given back.
     */
    public boolean isReadIn(ResultSet result) {
        return binder.isReadIn(result);
    }

    /** Whether a result set that is closed asks the session that it was read in for its warnings. */
    public boolean closedRowsAskForWarnings() {
        return pool.dialect() == Dialect.MARIADB;
    }

    /**
     * What the connection is warned of, where that is what each of its statements is: so MariaDB's driver has it. That of MySQL has those of a
     * statement with it, and none of the connection's.
     */
    @Nullable
    SQLWarning warningsOfStatements() throws SQLException {
        return pool.dialect() == Dialect.MARIADB ? getWarnings() : null;
    }

    /** Likewise, they are nobody's any more. */
    void clearWarningsOfStatements() throws SQLException {
        if (pool.dialect() == Dialect.MARIADB) {
            clearWarnings();
        }
    }

    /** Whether a statement of the driver has one result at most, and stays with it when it is told to keep it and go on. */
    boolean hasOneResult() {
        return pool.dialect() == Dialect.H2;
    }

    /** Whether the driver's statements have one query timeout among them. */
    boolean sharesQueryTimeout() {
        return pool.dialect() == Dialect.H2;
    }

    /** A statement, if it is a stand-in. */
    public static @Nullable StandIn<Statement> standIn(Statement statement) {
        return statement instanceof LateStatement late ? late : null;
    }

    /** A stand-in's next execution has waited for its slot, in nanoseconds: that counts against its query timeout. */
    public static void hasWaited(Statement statement, long nanos) {
        if (statement instanceof LateStatement late) {
            late.hasWaited(nanos);
        }
    }

    /** Whether a statement, if it is a stand-in, has a batch that it has given nothing of to a statement of the vendor's. */
    public static boolean keepsBatch(Statement statement) {
        return statement instanceof LateStatement late && late.hasBatch();
    }

    /** Whether a transaction is open on a connection, a stand-in or not, by its driver's word; null where it does not say. */
    public static @Nullable Boolean inTransaction(Connection connection) throws SQLException {
        return connection instanceof LateConnection late
                ? late.binder.askIfBound(false, bound -> bound.physical().inTransaction())
                : Physical.inTransaction(connection, Physical.transactionState(connection));
    }

    @Override
    public Connection face() {
        if (!binder.isClosedByApplication()) {
            return this;
        }
        try {
            return pool.closed().connection();
        } catch (SQLException nobodyToAsk) {
            return this;
        }
    }

    @Override
    public Connection vendors() throws SQLException {
        return pinned("unwrap", raw -> raw);
    }

    @Override
    public Class<?> vendorsClass() {
        return pool.connectionClass();
    }

    /** The pool that it takes connections from, for the administrator. */
    public String pool() {
        return pool.name();
    }

    /** What it has to do with a physical connection: {@code unbound}, {@code bound}, {@code pinned} or {@code closed}. */
    public BindingStatus status() {
        return binder.status();
    }

    /** Where its physical connections come from. */
    public Supply supply() {
        return pool;
    }

    /** How long it has waited for physical connections since it was opened, in nanoseconds; waits that go on are not in here. */
    public long waitedNanos() {
        return binder.waitedNanos();
    }

    /** Whether it has a physical connection; it may lose it in the next moment. */
    public boolean isBound() {
        return binder.isBound();
    }

    /**
     * The next physical connection is best one that was used for the same lately.
     *
     * @param purpose one of few words, such as the name of a service class
     */
    public void prefers(String purpose) {
        binder.prefers(purpose);
    }

    /**
     * A result set was read to its end, or closed: whether nothing more comes from it. The physical connection may be another one's
     * when this returns.
     */
    public boolean ended(ResultSet result, boolean byClose) throws SQLException {
        return binder.ended(result, byClose);
    }

    /** Rows are about to be changed through a result set, which works in the transaction as a statement does. */
    public void changesThrough(ResultSet result) {
        binder.worksThrough(result);
    }

    /** Whether a statement has something else to give by now than a result set that it gave. */
    public boolean isPast(Statement statement, ResultSet result) {
        return statement instanceof LateStatement given && !given.gave(result);
    }

    /**
     * A value that was read from a result set, or what stands for it where it reaches for the physical connection: that stays to the end of
     * the transaction, or until the result set is closed.
     *
     * @param type what the value is to be
     */
    public @Nullable Object valueOf(@Nullable Object value, ResultSet from, Class<?> type) throws SQLException {
        if (value instanceof Array read) {
            Array copy = LateArray.copy(this, read);
            if (copy != null) {
                return copy;
            }
        }
        if (value instanceof ResultSet rows) {
            Binding home = binder.keepFor(from);
            if (home == null) {
                binder.pin("a result set that was a value");
            } else {
                binder.hold(home, rows, null, rows.getType() == ResultSet.TYPE_FORWARD_ONLY);
            }
            return rows;
        }
        if (value == null || !Locator.isOne(value)) {
            return value;
        }
        Object standIn = Locator.read(this, value, binder.keepFor(from));
        if (!type.isInstance(standIn)) {
            binder.pin(Locator.REASON);
            return value;
        }
        return standIn;
    }

    /** The application has something in its hands that needs the physical connection, nobody knows for how long. */
    public void pin(String reason) {
        binder.pin(reason);
    }

    /** A result set's metadata, which are there for as long as the result set is, or what it was read in. */
    public @Nullable ResultSetMetaData metaDataOf(ResultSet result) throws SQLException {
        ResultSetMetaData vendors = result.getMetaData();
        Binding readIn = binder.holdToClose(result);
        return vendors == null
                ? null
                : ForCall.of(ResultSetMetaData.class, vendors.getClass(), this, bound -> {
                    if (bound != readIn && result.isClosed()) {
                        throw new SQLNonTransientException("The result set of these metadata has been closed", "24000");
                    }
                    return vendors;
                });
    }

    @Override
    public Statement createStatement() throws SQLException {
        return statement(Preparation.UNSAID, Preparation.UNSAID, Preparation.UNSAID);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return statement(type, concurrency, Preparation.UNSAID);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return statement(type, concurrency, holdability);
    }

    private Statement statement(int type, int concurrency, int holdability) throws SQLException {
        binder.checkOpen();
        LateStatement made = new LateTextStatement(this, Preparation.plain("", type, concurrency, holdability));
        made.meet();
        return made;
    }

    private PreparedStatement prepared(Preparation preparation) throws SQLException {
        binder.checkOpen();
        if (preparation.sql() == null) {
            return pinned(INCOMPLETE, preparation::on);
        }
        LatePreparedStatement made = new LatePreparedStatement(this, preparation);
        made.meet();
        return made;
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepared(Preparation.plain(sql, Preparation.UNSAID, Preparation.UNSAID, Preparation.UNSAID));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepared(Preparation.plain(sql, type, concurrency, Preparation.UNSAID));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepared(Preparation.plain(sql, type, concurrency, holdability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepared(Preparation.withKeys(sql, autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return columnIndexes == null
                ? pinned(INCOMPLETE, raw -> raw.prepareStatement(sql, columnIndexes))
                : prepared(Preparation.withKeys(sql, columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return columnNames == null
                ? pinned(INCOMPLETE, raw -> raw.prepareStatement(sql, columnNames))
                : prepared(Preparation.withKeys(sql, columnNames));
    }

    /** Has the vendor make something that stays with the physical connection. */
    private <T> T pinned(String reason, Vendors<T> vendors) throws SQLException {
        return binder.work(bound -> {
            T made = vendors.of(bound.physical().raw());
            binder.pin(reason);
            return made;
        });
    }

    /** One of the vendor's methods. */
    @FunctionalInterface
    private interface Vendors<T> {
        T of(Connection raw) throws SQLException;
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return pinned("a callable statement", raw -> raw.prepareCall(sql));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return pinned("a callable statement", raw -> raw.prepareCall(sql, type, concurrency));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return pinned("a callable statement", raw -> raw.prepareCall(sql, type, concurrency, holdability));
    }

    /** Has the vendor make a value, which may reach for the physical connection. */
    @SuppressWarnings("unchecked")
    private <T> T made(Vendors<T> vendors) throws SQLException {
        return binder.work(
                bound -> (T) Locator.made(this, vendors.of(bound.physical().raw()), bound));
    }

    @Override
    public Blob createBlob() throws SQLException {
        return made(Connection::createBlob);
    }

    @Override
    public Clob createClob() throws SQLException {
        return made(Connection::createClob);
    }

    @Override
    public NClob createNClob() throws SQLException {
        return made(Connection::createNClob);
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        return made(Connection::createSQLXML);
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        return made(raw -> raw.createStruct(typeName, attributes == null ? null : Locator.on(attributes, this)));
    }

    @Override
    public @Nullable Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        binder.checkOpen();
        if (typeName == null || elements == null) {
            return pinned("an array", raw -> raw.createArrayOf(typeName, elements));
        }
        Class<?> vendors = habits().answerOf(
                        "array",
                        List.of(typeName, elements.getClass()),
                        () -> binder.ask(bound -> {
                            Array made = bound.physical().raw().createArrayOf(typeName, elements);
                            return made == null ? null : made.getClass();
                        }));
        return vendors == null ? null : new LateArray(this, typeName, elements);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        return binder.work(bound -> bound.physical().raw().nativeSQL(sql));
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        binder.checkOpen();
        Class<?> type = Objects.requireNonNull(habits().answer(
                        DatabaseMetaData.class,
                        () -> binder.work(
                                bound -> bound.physical().raw().getMetaData().getClass())));
        return ForCall.of(
                DatabaseMetaData.class,
                type,
                this,
                bound -> bound.physical().raw().getMetaData());
    }

    @Override
    public void setAutoCommit(boolean on) throws SQLException {
        binder.checkOpen();
        binder.autoCommit(on);
    }

    /** A text may have switched it where the connection is pinned. */
    @Override
    public boolean getAutoCommit() throws SQLException {
        binder.checkOpen();
        return binder.isPinned()
                ? binder.workIfBound(
                        session.autoCommit(), bound -> bound.physical().raw().getAutoCommit())
                : session.autoCommit();
    }

    @Override
    public void commit() throws SQLException {
        end(true, physical -> physical.raw().commit());
    }

    @Override
    public void rollback() throws SQLException {
        end(false, physical -> physical.raw().rollback());
    }

    /** With no physical connection there is nothing to end; some drivers refuse it under autocommit. */
    private void end(boolean commits, Binder.End end) throws SQLException {
        if (!binder.end(commits, end) && session.autoCommit()) {
            Boolean unused = habits().answer(
                            commits ? "commits under autocommit" : "rolls back under autocommit",
                            () -> binder.work(bound -> {
                                end.on(bound.physical());
                                return true;
                            }));
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return savepoint(Connection::setSavepoint);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return savepoint(raw -> raw.setSavepoint(name));
    }

    private Savepoint savepoint(Vendors<Savepoint> vendors) throws SQLException {
        return binder.work(bound -> {
            Savepoint raw = vendors.of(bound.physical().raw());
            binder.worked(bound);
            if (session.autoCommit()) {
                binder.pin("a savepoint under autocommit");
            }
            return new LateSavepoint(raw, bound);
        });
    }

    /**
     * A savepoint of an earlier transaction may have a namesake in this one, and that of another physical connection may be tied to it, which is
     * another one's by now; any other mistake is the vendor's to find.
     */
    private void with(@Nullable Savepoint savepoint, SavepointAct act) throws SQLException {
        boolean unused = binder.work(bound -> {
            if (savepoint instanceof LateSavepoint late && late.hasEnded(bound)) {
                throw new SQLNonTransientException("The savepoint's transaction has ended", "3B001");
            }
            act.on(bound.physical().raw(), savepoint instanceof LateSavepoint late ? late.raw() : savepoint);
            return true;
        });
    }

    /** What is done with a savepoint. */
    @FunctionalInterface
    private interface SavepointAct {
        void on(Connection raw, @Nullable Savepoint savepoint) throws SQLException;
    }

    /** The vendor's savepoint, and when it was set. */
    private record LateSavepoint(Savepoint raw, Binding binding) implements Savepoint {
        boolean hasEnded(Binding now) {
            return now != binding && (now.worked || now.physical() != binding.physical());
        }

        @Override
        public int getSavepointId() throws SQLException {
            return raw.getSavepointId();
        }

        @Override
        public String getSavepointName() throws SQLException {
            return raw.getSavepointName();
        }
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        with(savepoint, Connection::rollback);
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        with(savepoint, Connection::releaseSavepoint);
    }

    @Override
    public void close() {
        leftIf(binder.close());
    }

    /** The pool need not stay open for it any more. */
    private void leftIf(boolean wasOpen) {
        if (wasOpen) {
            pool.logical().left();
        }
    }

    /** Throws its physical connection away, if there is one; for an application that dropped it without closing it. */
    public void drop() {
        leftIf(binder.drop());
    }

    @Override
    public boolean isClosed() {
        return binder.isClosed();
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (executor != null || binder.isClosed()) {
            leftIf(binder.abort(executor));
            return;
        }
        boolean unused = binder.work(bound -> {
            bound.physical().raw().abort(executor);
            return true;
        });
    }

    /** Without a physical connection it is as good as any, unless none can be given its session. */
    @Override
    public boolean isValid(int timeout) throws SQLException {
        if (binder.isClosed()) {
            return false;
        }
        if (timeout < 0) {
            return binder.work(bound -> bound.physical().raw().isValid(timeout));
        }
        binder.warnings().vendorExecutesItself();
        if (binder.couldNotBeTold()) {
            return isValidBound(timeout);
        }
        return binder.workIfBound(true, bound -> bound.physical().raw().isValid(timeout));
    }

    /** The database has refused its session the last time, the role of somebody who is gone, say: a pool is to learn of that. */
    private boolean isValidBound(int timeout) {
        try {
            return binder.work(bound -> bound.physical().raw().isValid(timeout));
        } catch (SQLException refusedAgain) {
            return false;
        }
    }

    /**
     * Tells the session something, and the physical connection where there is one, though it were nothing new: in a transaction the driver
     * may refuse it. What no connection of the pool has taken yet is told one at once: what is refused is not kept, and what the vendor
     * makes something else of is kept as that.
     */
    private void put(Item item, Object value) throws SQLException {
        binder.checkOpen();
        if (!session.canBeUndone(item)) {
            boolean unused = binder.work(bound -> {
                item.set(bound.physical().raw(), value);
                binder.pin("a setting that cannot be undone");
                return true;
            });
        } else if (!binder.workIfBound(false, bound -> tell(bound, item, value))) {
            Object former = session.get(item);
            Object taken = Objects.requireNonNull(habits().answerOf(item, value, () -> taken(item, value)));
            if (EXECUTED.contains(item) && !taken.equals(former)) {
                binder.warnings().vendorExecutesItself();
            }
            session.put(item, taken);
        }
    }

    private boolean tell(Binding bound, Item item, Object value) throws SQLException {
        bound.moved |= PREPARED_WITH.contains(item);
        item.set(bound.physical().raw(), value);
        Object taken = Objects.requireNonNull(habits().answerOf(item, value, () -> madeOf(bound, item, value)));
        bound.physical().items().put(item, taken);
        session.put(item, taken);
        return true;
    }

    /**
     * A connection of the pool that has been told. Where the value is a place, it is not told the present one before, which somebody may have
     * dropped.
     */
    private Object taken(Item item, Object value) throws SQLException {
        Object former = session.get(item);
        if (former == null || !PLACES.contains(item)) {
            return binder.work(bound -> told(bound, item, value));
        }
        boolean taken = false;
        session.put(item, value);
        try {
            Object told = binder.work(bound -> told(bound, item, value));
            taken = true;
            return told;
        } finally {
            if (!taken) {
                session.put(item, former);
            }
        }
    }

    private Object told(Binding bound, Item item, Object value) throws SQLException {
        bound.moved |= PREPARED_WITH.contains(item);
        item.set(bound.physical().raw(), value);
        Object taken = madeOf(bound, item, value);
        bound.physical().items().put(item, taken);
        return taken;
    }

    /** What the vendor has made of a value that was set just now: to ask may open a transaction, which goes with the binding. */
    private static Object madeOf(Binding bound, Item item, Object value) throws SQLException {
        Object has = item.of(bound.physical().raw());
        return has == null ? value : has;
    }

    /** What the driver did not tell when the pool was opened it is asked now, if only to refuse. */
    private @Nullable Object get(Item item) throws SQLException {
        binder.checkOpen();
        Object own = session.get(item);
        return own != null
                ? own
                : habits().answer(
                                item,
                                () -> binder.ask(
                                        bound -> item.of(bound.physical().raw())));
    }

    /** In a transaction a text may have set it, which is read when it has ended. */
    private @Nullable String name(Item item) throws SQLException {
        return (String) binder.<Object>askIfBound(
                get(item), bound -> item.of(bound.physical().raw()));
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        put(Item.READ_ONLY, readOnly);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return Boolean.TRUE.equals(get(Item.READ_ONLY));
    }

    @Override
    public void setCatalog(@Nullable String catalog) throws SQLException {
        if (catalog != null && pool.dialect() != Dialect.POSTGRESQL) {
            put(Item.CATALOG, catalog);
        }
    }

    @Override
    public @Nullable String getCatalog() throws SQLException {
        // PostgreSQL's is that of its connection for ever, and its driver asks the server for it.
        return pool.dialect() == Dialect.POSTGRESQL ? (String) get(Item.CATALOG) : name(Item.CATALOG);
    }

    /** PostgreSQL's schema is the first of its search path, which a text may set as well. */
    @Override
    public void setSchema(@Nullable String schema) throws SQLException {
        binder.checkOpen();
        if (pool.dialect() != Dialect.POSTGRESQL) {
            if (schema == null) {
                // Most refuse it; who does not does nobody knows what.
                boolean unused = pinned("a schema that is null", raw -> {
                    raw.setSchema(null);
                    return true;
                });
            } else {
                put(Item.SCHEMA, schema);
            }
        } else if (!session.autoCommit() || schema == null) {
            // In a transaction, which it begins, it goes with a rollback.
            boolean unused = binder.work(bound -> setSearchPath(bound, schema));
        } else if (!binder.workIfBound(false, bound -> setSearchPath(bound, schema))) {
            String path = habits().answerOf(SEARCH_PATH, schema, () -> binder.work(bound -> searchPath(bound, schema)));
            session.setting(SEARCH_PATH, path);
        }
    }

    private boolean setSearchPath(Binding bound, @Nullable String schema) throws SQLException {
        binder.willSet(bound, SEARCH_PATH);
        bound.physical().raw().setSchema(schema);
        return true;
    }

    /** Which schemas there are is not asked, so it is the same for all of a pool: how the server writes the path down, with its quotes. */
    private String searchPath(Binding bound, String schema) throws SQLException {
        boolean unused = setSearchPath(bound, schema);
        try (Statement statement = bound.physical().raw().createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_catalog.current_setting('search_path')")) {
            if (!rows.next()) {
                throw new SQLException("The search path was not told");
            }
            return rows.getString(1);
        }
    }

    @Override
    public @Nullable String getSchema() throws SQLException {
        return pool.dialect() == Dialect.POSTGRESQL
                ? binder.<String>ask(bound -> bound.physical().raw().getSchema())
                : name(Item.SCHEMA);
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        put(Item.ISOLATION, level);
    }

    /** In a transaction it is that of the transaction, which a text may have set. */
    @Override
    public int getTransactionIsolation() throws SQLException {
        Object own = get(Item.ISOLATION);
        int level = own == null ? TRANSACTION_NONE : (Integer) own;
        binder.warnings().vendorExecutesItself();
        return binder.workIfBound(level, bound -> bound.physical().raw().getTransactionIsolation());
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        put(Item.HOLDABILITY, holdability);
    }

    @Override
    public int getHoldability() throws SQLException {
        return get(Item.HOLDABILITY) instanceof Integer holdability ? holdability : ResultSet.CLOSE_CURSORS_AT_COMMIT;
    }

    /** What it was told of holdability, or what is known of the vendor's. */
    Object saidOfHoldability() {
        Object known = session.get(Item.HOLDABILITY);
        return known == null ? "nothing" : known;
    }

    @Override
    public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
        if (executor == null) {
            boolean unused = binder.work(bound -> {
                bound.physical().raw().setNetworkTimeout(executor, milliseconds);
                Item.NETWORK_TIMEOUT.set(bound.physical().raw(), getNetworkTimeout());
                return true;
            });
        }
        put(Item.NETWORK_TIMEOUT, milliseconds);
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return get(Item.NETWORK_TIMEOUT) instanceof Integer timeout ? timeout : 0;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable Map<String, Class<?>> getTypeMap() throws SQLException {
        Object own = get(Item.TYPE_MAP);
        return own instanceof Map<?, ?> map ? new HashMap<>((Map<String, Class<?>>) map) : null;
    }

    @Override
    public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        put(Item.TYPE_MAP, map == null ? Item.NO_TYPE_MAP : new HashMap<>(map));
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        binder.checkOpen();
        return binder.<SQLWarning>askIfBound(binder.warnings().known(), binder.warnings()::on);
    }

    @Override
    public void clearWarnings() throws SQLException {
        binder.checkOpen();
        binder.warnings().clear();
        boolean unused = binder.workIfBound(false, bound -> {
            bound.physical().raw().clearWarnings();
            return true;
        });
    }

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        clientInfo.set(name, value);
    }

    @Override
    public void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
        clientInfo.set(properties == null ? new Properties() : properties);
    }

    @Override
    public @Nullable String getClientInfo(String name) throws SQLException {
        return clientInfo.of(name);
    }

    @Override
    public @Nullable Properties getClientInfo() throws SQLException {
        return clientInfo.all();
    }

    /** What is the vendor's own knows nothing of pools. */
    @Override
    public <T> @Nullable T unwrap(Class<T> type) throws SQLException {
        return binder.ask(bound -> {
            Connection raw = bound.physical().raw();
            T found = type.isInstance(raw) ? type.cast(raw) : raw.unwrap(type);
            binder.pin("unwrap");
            return found;
        });
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        binder.checkOpen();
        Binder.Work<Boolean> vendors = bound -> {
            Connection raw = bound.physical().raw();
            return type.isInstance(raw) || raw.isWrapperFor(type);
        };
        return type == null ? binder.work(vendors) : habits().isFor(type, () -> binder.work(vendors));
    }

    @Override
    public String toString() {
        return "a connection of " + pool.name();
    }
}
