package io.heliosjdbc.tpcc.load;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which parts of a load are finished, in a table of the database itself: it is there from before the first of TPC-C's tables until the
 * last statement of the load is done, so whoever finds it finds an interrupted load. Stateless.
 */
final class LoadNotes {
    /** The number under which the annex is noted, as soon as its tables may be there. */
    static final int ANNEX = -1;

    private static final String TABLE = "tpcc_load";
    private static final String CREATE = "CREATE TABLE " + TABLE
            + " (l_part INTEGER NOT NULL, l_finished INTEGER NOT NULL, l_seed NUMERIC(19) NOT NULL,"
            + " l_population VARCHAR(20) NOT NULL, l_warehouses INTEGER NOT NULL, PRIMARY KEY (l_part))";

    private LoadNotes() {}

    /** The loads that the notes are of: none, or one. */
    static List<Load> interrupted(Connection connection) throws SQLException {
        List<Load> loads = new ArrayList<>();
        if (Schema.isThere(connection, TABLE)) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT DISTINCT l_seed, l_population, l_warehouses FROM " + TABLE)) {
                while (rows.next()) {
                    loads.add(new Load(rows.getLong(1), Population.named(rows.getString(2)), rows.getInt(3)));
                }
            }
            connection.rollback();
        }
        return loads;
    }

    /** Notes that nothing of the load is finished, and commits. */
    static void begin(Connection connection, Dialect dialect, Load load) throws SQLException {
        drop(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(dialect.create(CREATE));
        }
        note(connection, load, IntStream.rangeClosed(Load.ITEMS, load.warehouses()));
    }

    /** Notes that nothing of the annex is finished, and commits: whatever is there of it from now on is the load's. */
    static void beginAnnex(Connection connection, Load load) throws SQLException {
        note(connection, load, IntStream.of(ANNEX));
    }

    private static void note(Connection connection, Load load, IntStream parts) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, 0, ?, ?, ?)")) {
            for (int part : parts.toArray()) {
                insert.setInt(1, part);
                insert.setLong(2, load.seed());
                insert.setString(3, load.population().name());
                insert.setInt(4, load.warehouses());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    /** Of the annex: empty where it was not begun, else whether it is finished. There are notes. */
    static Optional<Boolean> annex(Connection connection) throws SQLException {
        Optional<Boolean> state;
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT l_finished FROM " + TABLE + " WHERE l_part = " + ANNEX)) {
            state = row.next() ? Optional.of(row.getInt(1) == 1) : Optional.empty();
        }
        connection.rollback();
        return state;
    }

    /** The parts that are not finished, in ascending order, without the annex. */
    static List<Integer> left(Connection connection) throws SQLException {
        List<Integer> left = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT l_part FROM " + TABLE + " WHERE l_finished = 0 AND l_part >= 0 ORDER BY l_part")) {
            while (rows.next()) {
                left.add(rows.getInt(1));
            }
        }
        connection.rollback();
        return left;
    }

    /** Notes that a part is finished, in the transaction that wrote its rows; the caller commits. */
    static void finish(Connection connection, int part) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE " + TABLE + " SET l_finished = 1 WHERE l_part = ?")) {
            update.setInt(1, part);
            update.executeUpdate();
        }
    }

    /** Drops the notes if there are any, and commits. */
    static void drop(Connection connection) throws SQLException {
        if (Schema.isThere(connection, TABLE)) {
            Schema.drop(connection, List.of(TABLE));
        }
    }
}
