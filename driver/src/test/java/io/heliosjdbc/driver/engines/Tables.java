package io.heliosjdbc.driver.engines;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;

/** The tables that the questions use. */
final class Tables {
    private static final List<String> NAMES = List.of("parts", "things", "kinds", "holders", "large", "numbers", "one");

    private Tables() {}

    /** Makes them anew, as if nobody had been there. */
    static void create(Connection connection, Dialect dialect) throws SQLException {
        for (String name : NAMES) {
            attempt(connection, "DROP TABLE " + name);
        }
        for (String text : dialect.before()) {
            attempt(connection, text);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE one (x INTEGER)");
            statement.execute("INSERT INTO one VALUES (1)");
            statement.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)");
            statement.execute("CREATE TABLE things (id " + dialect.key()
                    + ", name VARCHAR(40) UNIQUE NOT NULL, amount DECIMAL(10, 2), CHECK (amount >= 0))");
            statement.execute("CREATE TABLE parts (id INTEGER PRIMARY KEY, thing INTEGER REFERENCES things (id))");
            statement.execute("CREATE TABLE holders (id INTEGER PRIMARY KEY, v VARCHAR(200))");
            statement.execute(
                    "CREATE TABLE large (id INTEGER PRIMARY KEY, c " + dialect.text() + ", b " + dialect.blob() + ")");
            statement.execute("CREATE TABLE kinds (i INTEGER PRIMARY KEY, l BIGINT, s SMALLINT, d DECIMAL(12, 3),"
                    + " f DOUBLE PRECISION, t VARCHAR(80), o BOOLEAN, da DATE, ti TIME, ts TIMESTAMP, bi "
                    + dialect.bytes() + ", empty_one VARCHAR(10))");
            for (String text : dialect.after()) {
                statement.execute(text);
            }
        }
        fill(connection);
    }

    /** With a statement of its own: some engines close one that has failed. */
    private static void attempt(Connection connection, String text) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException notThere) {
            assert notThere.getMessage() != null;
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO numbers VALUES (?)")) {
            for (int n = 1; n <= 20; n++) {
                insert.setInt(1, n);
                insert.executeUpdate();
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setLong(2, 1L << 40);
            insert.setShort(3, (short) -3);
            insert.setBigDecimal(4, new java.math.BigDecimal("1234.500"));
            insert.setDouble(5, 0.25);
            insert.setString(6, "17");
            insert.setBoolean(7, true);
            insert.setDate(8, Date.valueOf("2024-02-29"));
            insert.setTime(9, Time.valueOf("12:34:56"));
            insert.setTimestamp(10, Timestamp.valueOf("2024-02-29 12:34:56.5"));
            insert.setBytes(11, new byte[] {1, 2, 3});
            insert.setNull(12, Types.VARCHAR);
            insert.executeUpdate();
        }
    }

    /** Ends what a connection may have left open, and closes it. */
    static void leave(Connection connection) throws SQLException {
        try {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } finally {
            connection.close();
        }
    }
}
