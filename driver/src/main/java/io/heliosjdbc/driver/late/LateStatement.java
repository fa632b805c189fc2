package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a logical connection. It has one of the vendor's from an execution until the physical connection is given back, and
 * keeps what it was told and what came of the execution. As thread-safe as its connection.
 */
class LateStatement implements Statement {
    private static final int UNKNOWN = Integer.MIN_VALUE;
    private static final String QUERY_TIMEOUT = "queryTimeout";
    private static final String FETCH_SIZE = "fetchSize";

    private final LateConnection connection;
    private final Preparation preparation;
    /** What the vendor's statement is to be told, by name. */
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();

    private final List<String> batch = new ArrayList<>();
    private boolean attributesChanged;
    /** What the vendor's statement had before it was told. */
    private int formerTimeout = UNKNOWN;

    private int formerFetchSize = UNKNOWN;
    private volatile @Nullable Attached attached;
    private @Nullable ResultSet result;
    /** What the application may read yet, for all that it knows. */
    private final List<ResultSet> given = new ArrayList<>();

    private long updateCount = -1;
    private @Nullable SQLWarning warnings;
    /** Whether the last execution failed. */
    private boolean failed;

    private boolean closed;
    private boolean closesOnCompletion;
    /** Who has asked for a physical connection, and does not have it yet. */
    private volatile @Nullable Thread asking;

    private volatile boolean cancelled;

    /** Something to tell a statement. */
    @FunctionalInterface
    interface Setter<S> {
        void on(S statement) throws SQLException;
    }

    /** The vendor's statement, and for how long it is this one's. */
    private record Attached(Binding binding, Statement statement) {}

    private record Attribute(Object value, Setter<Statement> setter) {}

    /** One of the vendor's execute methods. */
    @FunctionalInterface
    interface Execution<T> {
        @Nullable
        T on(Statement statement, Binding binding) throws SQLException;
    }

    LateStatement(LateConnection connection, Preparation preparation) {
        this.connection = connection;
        this.preparation = preparation;
    }

    final LateConnection connection() {
        return connection;
    }

    final Binder binder() {
        return connection.binder();
    }

    final Preparation preparation() {
        return preparation;
    }

    final void checkOpen() throws SQLException {
        if (closed) {
            throw PoolFailures.statementClosed();
        }
        connection.binder().checkOpen();
    }

    /** Does what gives something. */
    final <T> T run(StatementProfile profile, Execution<T> execution) throws SQLException {
        return Objects.requireNonNull(ask(profile, execution));
    }

    /** Binds, executes, and lets go of the physical connection where nothing holds it. */
    final <T> @Nullable T ask(StatementProfile profile, Execution<T> execution) throws SQLException {
        checkOpen();
        cancelled = false;
        asking = Thread.currentThread();
        try {
            return binder().ask(bound -> {
                asking = null;
                if (cancelled) {
                    throw PoolFailures.cancelled();
                }
                binder().before(bound, profile);
                forgetOutcome(bound);
                Statement vendors = statement(bound);
                failed = true;
                try {
                    T done = execution.on(vendors, bound);
                    failed = false;
                    return done;
                } finally {
                    if (failed) {
                        updateCount = countOf(vendors);
                    }
                }
            });
        } finally {
            asking = null;
        }
    }

    /** After a failure or a batch, of which drivers differ in what they say. */
    static long countOf(Statement vendors) {
        try {
            return vendors.getUpdateCount();
        } catch (SQLException closed) {
            return -1;
        }
    }

    /** Whether a result set is one that it gave, and that nothing has followed. */
    final boolean gave(ResultSet rows) {
        return given.contains(rows);
    }

    private void forgetOutcome(Binding bound) {
        given.clear();
        if (result != null) {
            binder().drop(bound, result);
        }
        binder().drop(bound, this);
        result = null;
        updateCount = -1;
        warnings = null;
    }

    /** The vendor's statement on a physical connection, told everything; the caller has entered. */
    final Statement statement(Binding bound) throws SQLException {
        Statement known = attachedTo(bound);
        if (known == null) {
            known = open(bound.physical());
            attached = new Attached(bound, known);
            attributesChanged = !attributes.isEmpty();
            binder().attach(bound, this);
        }
        if (attributesChanged) {
            tell(known);
            attributesChanged = false;
        }
        return known;
    }

    private void tell(Statement vendors) throws SQLException {
        if (formerTimeout == UNKNOWN && attributes.containsKey(QUERY_TIMEOUT)) {
            formerTimeout = vendors.getQueryTimeout();
        }
        if (formerFetchSize == UNKNOWN && attributes.containsKey(FETCH_SIZE)) {
            formerFetchSize = vendors.getFetchSize();
        }
        for (Map.Entry<String, Attribute> each : List.copyOf(attributes.entrySet())) {
            boolean taken = false;
            try {
                each.getValue().setter().on(vendors);
                taken = true;
            } finally {
                if (!taken) {
                    // What the vendor refuses holds for nobody, and not a second time.
                    attributes.remove(each.getKey());
                }
            }
        }
    }

    /** Of H2 the query timeout is the session's: the next one to use it must not have it. */
    private void untell(Statement vendors) throws SQLException {
        if (formerTimeout != UNKNOWN) {
            vendors.setQueryTimeout(formerTimeout);
            formerTimeout = UNKNOWN;
        }
        if (formerFetchSize != UNKNOWN) {
            vendors.setFetchSize(formerFetchSize);
            formerFetchSize = UNKNOWN;
        }
    }

    private @Nullable Statement attachedTo(Binding bound) {
        Attached known = attached;
        return known != null && known.binding() == bound ? known.statement() : null;
    }

    /** Makes a statement of the vendor's. */
    Statement open(Physical physical) throws SQLException {
        Connection vendors = physical.raw();
        if (preparation.holdability() != Preparation.UNSAID) {
            return vendors.createStatement(preparation.type(), preparation.concurrency(), preparation.holdability());
        }
        return preparation.type() == Preparation.UNSAID
                ? vendors.createStatement()
                : vendors.createStatement(preparation.type(), preparation.concurrency());
    }

    /** The physical connection is given back: keeps what came of the last execution, and lets go of the vendor's statement. */
    final void detach() throws SQLException {
        Attached had = attached;
        attached = null;
        if (had != null) {
            if (!had.binding().broken) {
                warnings = had.statement().getWarnings();
                untell(had.statement());
            }
            putAway(had.binding(), had.statement());
        }
    }

    /** What becomes of a vendor's statement that is not needed here any more. */
    void putAway(Binding from, Statement had) throws SQLException {
        had.close();
    }

    /** Whether a statement of the vendor's has been told something that was not taken back. */
    final boolean hasAttributes() {
        return !attributes.isEmpty()
                && attributes.keySet().stream()
                        .anyMatch(name -> !name.equals(QUERY_TIMEOUT) && !name.equals(FETCH_SIZE));
    }

    final boolean hasFailed() {
        return failed;
    }

    final @Nullable ResultSet getResultSetIfAny() {
        return result;
    }

    /** Its result set was closed. */
    final void resultClosed() throws SQLException {
        if (closesOnCompletion) {
            close();
        }
    }

    /** Keeps the physical connection until a result set is read. */
    final @Nullable ResultSet held(@Nullable ResultSet rows, Binding bound) {
        if (rows != null) {
            given.add(rows);
            binder().hold(bound, rows, this, isForward());
        }
        return rows;
    }

    private boolean isForward() {
        return (preparation.type() == Preparation.UNSAID || preparation.type() == ResultSet.TYPE_FORWARD_ONLY)
                && (preparation.concurrency() == Preparation.UNSAID
                        || preparation.concurrency() == ResultSet.CONCUR_READ_ONLY);
    }

    final @Nullable ResultSet queried(@Nullable ResultSet rows, Binding bound) {
        result = held(rows, bound);
        return rows;
    }

    final boolean executed(boolean hasRows, Statement vendors, Binding bound, boolean wantsKeys) throws SQLException {
        if (hasRows) {
            ResultSet unused = queried(vendors.getResultSet(), bound);
        } else {
            updated(vendors.getUpdateCount(), bound, wantsKeys);
        }
        return hasRows;
    }

    /** Where keys are asked for, they are to be read yet. */
    final void updated(long count, Binding bound, boolean wantsKeys) {
        updateCount = count;
        if (wantsKeys) {
            binder().hold(bound, this, this, false);
        }
    }

    private int count(int count, Binding bound, boolean wantsKeys) {
        updated(count, bound, wantsKeys);
        return count;
    }

    private long largeCount(long count, Binding bound, boolean wantsKeys) {
        updated(count, bound, wantsKeys);
        return count;
    }

    private StatementProfile profile(@Nullable String sql) {
        return connection.profile(sql == null ? "" : sql);
    }

    @Override
    public @Nullable ResultSet executeQuery(String sql) throws SQLException {
        return ask(profile(sql), (vendors, bound) -> queried(vendors.executeQuery(sql), bound));
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return run(profile(sql), (vendors, bound) -> count(vendors.executeUpdate(sql), bound, false));
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return run(profile(sql), (vendors, bound) -> executed(vendors.execute(sql), vendors, bound, false));
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        boolean keys = autoGeneratedKeys == RETURN_GENERATED_KEYS;
        return run(profile(sql), (vendors, bound) -> count(vendors.executeUpdate(sql, autoGeneratedKeys), bound, keys));
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return run(profile(sql), (vendors, bound) -> count(vendors.executeUpdate(sql, columnIndexes), bound, true));
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return run(profile(sql), (vendors, bound) -> count(vendors.executeUpdate(sql, columnNames), bound, true));
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        boolean keys = autoGeneratedKeys == RETURN_GENERATED_KEYS;
        return run(
                profile(sql),
                (vendors, bound) -> executed(vendors.execute(sql, autoGeneratedKeys), vendors, bound, keys));
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return run(
                profile(sql), (vendors, bound) -> executed(vendors.execute(sql, columnIndexes), vendors, bound, true));
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return run(profile(sql), (vendors, bound) -> executed(vendors.execute(sql, columnNames), vendors, bound, true));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return run(profile(sql), (vendors, bound) -> largeCount(vendors.executeLargeUpdate(sql), bound, false));
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        boolean keys = autoGeneratedKeys == RETURN_GENERATED_KEYS;
        return run(
                profile(sql),
                (vendors, bound) -> largeCount(vendors.executeLargeUpdate(sql, autoGeneratedKeys), bound, keys));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return run(
                profile(sql),
                (vendors, bound) -> largeCount(vendors.executeLargeUpdate(sql, columnIndexes), bound, true));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return run(
                profile(sql),
                (vendors, bound) -> largeCount(vendors.executeLargeUpdate(sql, columnNames), bound, true));
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw new SQLException("No text is given to add", "42000");
        }
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    /** The texts of a batch are several: each may do something to the session. */
    private <T> T runBatch(Execution<T> execution) throws SQLException {
        List<String> texts = List.copyOf(batch);
        batch.clear();
        if (texts.isEmpty()) {
            return run(profile(""), execution);
        }
        return run(profile(texts.get(0)), (vendors, bound) -> {
            for (String text : texts) {
                binder().before(bound, profile(text));
                vendors.addBatch(text);
            }
            T counts = execution.on(vendors, bound);
            updated(countOf(vendors), bound, false);
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
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return result;
    }

    @Override
    public int getUpdateCount() throws SQLException {
        checkOpen();
        return (int) updateCount;
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return updateCount;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    /** Of texts that may have several results the physical connection stays; any other has no more. */
    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        ResultSet last = result;
        result = null;
        updateCount = -1;
        if (current == CLOSE_ALL_RESULTS) {
            given.clear();
        } else if (current == CLOSE_CURRENT_RESULT && last != null) {
            given.remove(last);
        }
        return binder().workIfBound(false, bound -> {
            Statement vendors = attachedTo(bound);
            if (vendors == null) {
                return false;
            }
            boolean more = vendors.getMoreResults(current);
            if (last != null && current != KEEP_CURRENT_RESULT) {
                binder().drop(bound, last);
            }
            return executed(more, vendors, bound, false);
        });
    }

    @Override
    public @Nullable ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return binder().ask(bound -> {
            // Where the physical connection was given back, no keys were asked for: the vendor says it its way.
            ResultSet keys = held(statement(bound).getGeneratedKeys(), bound);
            binder().drop(bound, this);
            return keys;
        });
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        if (binder().isClosed()) {
            return;
        }
        boolean unused = binder().workIfBound(false, bound -> {
            if (attachedTo(bound) != null) {
                detach();
                binder().detached(bound, this);
            }
            return true;
        });
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || binder().isClosed();
    }

    /** Reaches the physical connection only while it is this one's; where it waits for one, the wait ends. */
    @Override
    public void cancel() throws SQLException {
        Thread waiter = asking;
        if (waiter != null) {
            cancelled = true;
            binder().breakOff(waiter);
            return;
        }
        Attached had = attached;
        if (had != null) {
            binder().whileBound(had.binding(), () -> had.statement().cancel());
        }
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return binder().<SQLWarning>askIfBound(warnings, bound -> {
            Statement vendors = attachedTo(bound);
            return vendors == null ? warnings : vendors.getWarnings();
        });
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
        Attached had = attached;
        if (had != null) {
            binder().whileBound(had.binding(), () -> had.statement().clearWarnings());
        }
    }

    /** Keeps something to tell each statement of the vendor's. */
    final void attribute(String name, Object value, Setter<Statement> setter) throws SQLException {
        checkOpen();
        Attribute known = attributes.get(name);
        if (known != null && known.value().equals(value)) {
            return;
        }
        attributes.put(name, new Attribute(value, setter));
        attributesChanged = true;
    }

    private int number(String name, int standard) throws SQLException {
        checkOpen();
        Attribute attribute = attributes.get(name);
        return attribute == null ? standard : (Integer) attribute.value();
    }

    private static void checkNotNegative(String what, long value) throws SQLException {
        if (value < 0) {
            throw new SQLException(what + " must not be negative: " + value, "22023");
        }
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        checkNotNegative("The field size", max);
        attribute("maxFieldSize", max, vendors -> vendors.setMaxFieldSize(max));
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        return number("maxFieldSize", 0);
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        checkNotNegative("The number of rows", max);
        attribute("maxRows", max, vendors -> vendors.setMaxRows(max));
    }

    @Override
    public int getMaxRows() throws SQLException {
        return number("maxRows", 0);
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        checkNotNegative("The number of rows", max);
        if (max <= Integer.MAX_VALUE) {
            setMaxRows((int) max);
        } else {
            attribute("largeMaxRows", max, vendors -> vendors.setLargeMaxRows(max));
        }
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        Attribute large = attributes.get("largeMaxRows");
        return large == null ? getMaxRows() : (Long) large.value();
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        attribute("escapeProcessing", enable, vendors -> vendors.setEscapeProcessing(enable));
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkNotNegative("The query timeout", seconds);
        attribute(QUERY_TIMEOUT, seconds, vendors -> vendors.setQueryTimeout(seconds));
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        return number(QUERY_TIMEOUT, 0);
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        attribute("cursorName", name, vendors -> vendors.setCursorName(name));
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        if (direction != ResultSet.FETCH_FORWARD
                && direction != ResultSet.FETCH_REVERSE
                && direction != ResultSet.FETCH_UNKNOWN) {
            throw new SQLException("There is no fetch direction " + direction, "22023");
        }
        attribute("fetchDirection", direction, vendors -> vendors.setFetchDirection(direction));
    }

    @Override
    public int getFetchDirection() throws SQLException {
        return number("fetchDirection", ResultSet.FETCH_FORWARD);
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        attribute(FETCH_SIZE, rows, vendors -> vendors.setFetchSize(rows));
    }

    @Override
    public int getFetchSize() throws SQLException {
        return number(FETCH_SIZE, connection.fetchSize());
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return preparation.concurrency() == Preparation.UNSAID ? ResultSet.CONCUR_READ_ONLY : preparation.concurrency();
    }

    @Override
    public int getResultSetType() throws SQLException {
        checkOpen();
        return preparation.type() == Preparation.UNSAID ? ResultSet.TYPE_FORWARD_ONLY : preparation.type();
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        checkOpen();
        return preparation.holdability() == Preparation.UNSAID
                ? connection.getHoldability()
                : preparation.holdability();
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        attribute("poolable", poolable, vendors -> vendors.setPoolable(poolable));
    }

    @Override
    public boolean isPoolable() throws SQLException {
        checkOpen();
        Attribute attribute = attributes.get("poolable");
        return attribute == null ? isPoolableByDefault() : (Boolean) attribute.value();
    }

    /** As JDBC has it: prepared statements are. */
    boolean isPoolableByDefault() {
        return false;
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        checkOpen();
        closesOnCompletion = true;
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        checkOpen();
        return closesOnCompletion;
    }

    @Override
    public Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) throws SQLException {
        checkOpen();
        return binder().ask(bound -> {
            Statement vendors = statement(bound);
            T found = type.isInstance(vendors) ? type.cast(vendors) : vendors.unwrap(type);
            binder().pin("unwrap");
            return found;
        });
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        checkOpen();
        return binder().work(bound -> {
            Statement vendors = statement(bound);
            return type.isInstance(vendors) || vendors.isWrapperFor(type);
        });
    }
}
