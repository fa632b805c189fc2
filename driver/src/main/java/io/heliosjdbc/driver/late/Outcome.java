package io.heliosjdbc.driver.late;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a statement's last execution, as far as it outlasts the vendor's statement: a count, warnings, rows and keys. What of it is
 * to be read yet holds the physical connection. As thread-safe as the connection.
 */
final class Outcome {
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final LateStatement statement;
    private @Nullable ResultSet result;
    /** What the application may read yet, for all that it knows. */
    private final List<ResultSet> given = new ArrayList<>();

    private long updateCount = UNKNOWN;
    /** Whether the keys may be waited for. */
    private boolean awaitsKeys;

    private @Nullable SQLWarning warnings;
    /** Whether the execution has failed, or goes on. */
    private boolean failed;

    Outcome(LateStatement statement) {
        this.statement = statement;
    }

    /** Another execution begins: what came of the last one is nobody's any more. */
    void forget(Binding bound) {
        for (ResultSet each : given) {
            drop(bound, each);
        }
        given.clear();
        if (awaitsKeys) {
            drop(bound, statement);
        }
        awaitsKeys = false;
        result = null;
        updateCount = UNKNOWN;
        warnings = null;
    }

    private void drop(Binding bound, Object what) {
        statement.binder().drop(bound, what);
    }

    /** The vendor is about to execute: that has failed until it has succeeded. */
    void begins() {
        failed = true;
    }

    void succeeds() {
        failed = false;
    }

    /** Whether nothing of it is to come: it has succeeded, and nobody waits for its keys. */
    boolean isComplete() {
        return !failed && !awaitsKeys;
    }

    /** Of some drivers there is a count after a failure. */
    void failed(Attachment on) {
        if (statement.isOver()) {
            updateCount = UNKNOWN;
        } else if (on.isForeign()) {
            nothingCame();
        } else {
            updateCount = countOf(on);
            unexpectedRows(on);
        }
    }

    /** Of an empty batch; the vendor's statement may tell what came of another execution, of another connection's even. */
    void nothingCame() {
        updateCount = -1;
    }

    @Nullable
    ResultSet queried(@Nullable ResultSet rows, Attachment on) throws SQLException {
        came(-1, on);
        result = held(rows, on.binding());
        return rows;
    }

    boolean executed(boolean hasRows, Attachment on, boolean wantsKeys) throws SQLException {
        if (hasRows) {
            ResultSet unused = queried(on.vendors().getResultSet(), on);
        } else {
            updated(on.vendors().getUpdateCount(), on, wantsKeys);
        }
        return hasRows;
    }

    /** What an update that succeeds has done: it may have rows all the same, as SHOW on PostgreSQL where keys are asked for. */
    long changed(long count, Attachment on, boolean wantsKeys) {
        updated(count, on, wantsKeys);
        if (count == -1) {
            unexpectedRows(on);
        }
        return count;
    }

    /** A batch has succeeded, of which only the vendor knows what it tells of it afterwards. */
    void batched(Attachment on) {
        unexpectedRows(on);
        came(countOf(on), on);
    }

    /** Where keys are asked for, they are to be read yet. */
    private void updated(long count, Attachment on, boolean wantsKeys) {
        came(count, on);
        if (wantsKeys) {
            awaitKeys(on.binding());
        }
    }

    private void came(long count, Attachment on) {
        updateCount = count;
        on.hasExecuted();
    }

    /** After a failure or a batch, of which drivers differ in what they say. */
    private static long countOf(Attachment on) {
        try {
            return on.vendors().getUpdateCount();
        } catch (SQLException | RuntimeException none) {
            return UNKNOWN;
        }
    }

    /** Rows that nobody has expected are there all the same: of an update that failed for them, or of a query in a batch. */
    private void unexpectedRows(Attachment on) {
        try {
            ResultSet rows = on.vendors().getResultSet();
            if (rows != null && !rows.isClosed()) {
                ResultSet unused = queried(rows, on);
            }
        } catch (SQLException | RuntimeException none) {
            // Some drivers are not asked after a failure.
        }
    }

    /** Keeps the physical connection until a result set is read. */
    private @Nullable ResultSet held(@Nullable ResultSet rows, Binding bound) throws SQLException {
        if (rows != null) {
            given.add(rows);
            statement.binder().hold(bound, rows, statement, statement.givesNothingAfterLastRow());
            if (statement.isOver()) {
                // Closed by another thread, maybe before there were any to close.
                rows.close();
            }
        }
        return rows;
    }

    /** From now on the keys are to be read. */
    void awaitKeys(Binding bound) {
        awaitsKeys = true;
        statement.binder().hold(bound, statement, statement, false);
    }

    /** The keys are there, and hold no longer than they are read. */
    @Nullable
    ResultSet keys(@Nullable ResultSet rows, Binding bound) throws SQLException {
        ResultSet keys = held(rows, bound);
        awaitsKeys = false;
        drop(bound, statement);
        return keys;
    }

    @Nullable
    ResultSet result() {
        return result;
    }

    /** How many rows were changed, -1 for none that were counted; null where only the vendor's statement can say. */
    @Nullable
    Integer count() {
        return updateCount == UNKNOWN ? null : (Integer) (int) updateCount;
    }

    /** Likewise. */
    @Nullable
    Long largeCount() {
        return updateCount == UNKNOWN ? null : (Long) updateCount;
    }

    /** Those that were kept. */
    @Nullable
    SQLWarning warnings() {
        return warnings;
    }

    void keepWarnings(@Nullable SQLWarning vendors) {
        warnings = vendors;
    }

    /** Whether a result set is one that it gave, and that nothing has followed. */
    boolean gave(ResultSet rows) {
        return given.contains(rows);
    }

    /**
     * Goes on to the next result.
     *
     * @param current which of its result sets are past, as in {@link Statement#getMoreResults(int)}
     * @return those
     */
    List<ResultSet> next(int current) {
        ResultSet last = result;
        result = null;
        updateCount = -1;
        List<ResultSet> past = current == Statement.CLOSE_ALL_RESULTS
                ? List.copyOf(given)
                : current == Statement.CLOSE_CURRENT_RESULT && last != null ? List.of(last) : List.of();
        given.removeAll(past);
        return past;
    }

    /** The vendor has gone on to the next result, and may have closed some on the way. */
    void dropClosed(Binding bound) throws SQLException {
        for (ResultSet each : List.copyOf(given)) {
            if (each.isClosed()) {
                given.remove(each);
                drop(bound, each);
            }
        }
    }

    /** What was read from a statement that is not closed, which some drivers would leave open, and its next owner's connection in reach. */
    void closeGiven() throws SQLException {
        if (given.isEmpty()) {
            return;
        }
        // Another thread may be executing it, and be given more.
        for (ResultSet each : new ArrayList<>(given)) {
            each.close();
        }
    }
}
