package io.heliosjdbc.driver.late;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text and how it is prepared. Immutable.
 *
 * @param sql the text
 * @param type the result sets' type, or {@link #UNSAID} for the driver's default
 * @param concurrency their concurrency, or {@link #UNSAID}
 * @param holdability their holdability, or {@link #UNSAID}
 * @param keys {@link Statement#RETURN_GENERATED_KEYS} or its opposite, or {@link #UNSAID}
 * @param indexes the columns whose keys are returned, or null
 * @param names their names, or null
 */
record Preparation(
        String sql,
        int type,
        int concurrency,
        int holdability,
        int keys,
        @Nullable List<Integer> indexes,
        @Nullable List<String> names) {
    /** Nothing that anybody could mean. */
    static final int UNSAID = Integer.MIN_VALUE;

    static Preparation plain(String sql, int type, int concurrency, int holdability) {
        return new Preparation(sql, type, concurrency, holdability, UNSAID, null, null);
    }

    static Preparation withKeys(String sql, int keys) {
        return new Preparation(sql, UNSAID, UNSAID, UNSAID, keys, null, null);
    }

    static Preparation withKeys(String sql, int[] indexes) {
        List<Integer> columns = Arrays.stream(indexes).boxed().toList();
        return new Preparation(sql, UNSAID, UNSAID, UNSAID, UNSAID, columns, null);
    }

    static Preparation withKeys(String sql, String[] names) {
        return new Preparation(sql, UNSAID, UNSAID, UNSAID, UNSAID, null, Arrays.asList(names.clone()));
    }

    /** How a statement is made: all but its text, and which keys it returns. */
    record Manner(
            boolean prepared, int type, int concurrency, int holdability, int keys, boolean byIndex, boolean byName) {}

    Manner manner(boolean prepared) {
        return new Manner(prepared, type, concurrency, holdability, keys, indexes != null, names != null);
    }

    /** Whether keys are asked for. */
    boolean wantsKeys() {
        return keys == Statement.RETURN_GENERATED_KEYS || indexes != null || names != null;
    }

    boolean isUpdatable() {
        return concurrency == ResultSet.CONCUR_UPDATABLE;
    }

    /** Whether what it gives is read from the first row to the last, and is only read. */
    boolean isForward() {
        return (type == UNSAID || type == ResultSet.TYPE_FORWARD_ONLY)
                && (concurrency == UNSAID || concurrency == ResultSet.CONCUR_READ_ONLY);
    }

    /** A statement that is given its texts later. */
    Statement plainOn(Connection connection) throws SQLException {
        if (holdability != UNSAID) {
            return connection.createStatement(type, concurrency, holdability);
        }
        return type == UNSAID ? connection.createStatement() : connection.createStatement(type, concurrency);
    }

    PreparedStatement on(Connection connection) throws SQLException {
        if (indexes != null) {
            return connection.prepareStatement(
                    sql, indexes.stream().mapToInt(Integer::intValue).toArray());
        }
        if (names != null) {
            return connection.prepareStatement(sql, names.toArray(String[]::new));
        }
        if (keys != UNSAID) {
            return connection.prepareStatement(sql, keys);
        }
        if (holdability != UNSAID) {
            return connection.prepareStatement(sql, type, concurrency, holdability);
        }
        return type == UNSAID ? connection.prepareStatement(sql) : connection.prepareStatement(sql, type, concurrency);
    }
}
