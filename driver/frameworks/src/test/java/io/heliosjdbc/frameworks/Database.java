package io.heliosjdbc.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A new PostgreSQL database and the way there: straight, or through Helios. A database of its own has a workload manager of its own,
 * so that what is counted there is the test's and nobody else's; it lives as long as this. Immutable.
 *
 * @param prefix what a URL begins with
 * @param location the rest of it
 * @param keeper an idle connection, without which a workload manager would end a minute after the test's last one
 */
record Database(String prefix, String location, Connection keeper) implements AutoCloseable {
    static final String STRAIGHT = "jdbc:";
    static final String HELIOS = "jdbc:helios:";

    static Database open(String prefix, String location) {
        try {
            return new Database(prefix, location, DriverManager.getConnection(prefix + location));
        } catch (SQLException e) {
            throw new IllegalStateException("no connection could be opened", e);
        }
    }

    /** As JUnit does when the test is over. */
    @Override
    public void close() throws SQLException {
        keeper.close();
    }

    String url() {
        return prefix + location;
    }

    /** For those who do not ask the driver manager. */
    String driver() {
        return isHelios() ? "io.heliosjdbc.driver.HeliosDriver" : "org.postgresql.Driver";
    }

    boolean isHelios() {
        return prefix.equals(HELIOS);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** Runs statements past Helios, where the test is not about them. */
    void prepare(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(STRAIGHT + location);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** What is in the database, whoever asks and whoever may be in the middle of a transaction. */
    long count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(STRAIGHT + location);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Holds that slots were granted, that with them a statement ran that begins so, for each of these (literals are parameters here), and that all slots were given
     * back. Straight there is nothing to hold.
     */
    void assertScheduled(String... beginnings) throws SQLException {
        if (!isHelios()) {
            return;
        }
        List<String> texts = decisions("success");
        for (String beginning : beginnings) {
            assertThat(texts)
                    .as("statements that Helios scheduled")
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).startsWith(beginning.toLowerCase(Locale.ROOT)));
        }
        assertThat(classes("admitted"))
                .isPositive()
                .isLessThanOrEqualTo(decisions().size());
        assertSlotsHeld(0);
    }

    /** Holds that so many transactions hold a slot, lent or not. Straight there is nothing to hold. */
    void assertSlotsHeld(int count) throws SQLException {
        if (isHelios()) {
            assertThat(classes("active") + classes("lent")).as("slots held").isEqualTo(count);
        }
    }

    /** The statements that Helios decided upon, the earliest first; with outcomes given, those that ended so. */
    List<String> decisions(String... outcomes) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS DECISIONS")) {
            while (rows.next()) {
                if (outcomes.length == 0 || Arrays.asList(outcomes).contains(rows.getString("outcome"))) {
                    texts.add(0, rows.getString("statement"));
                }
            }
        }
        return texts;
    }

    private long classes(String column) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS CLASSES")) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(column);
            }
            return sum;
        }
    }

    /** Ends a connection as a restart or a firewall does: whoever holds it finds out when it is used. */
    void kill(int backend) throws SQLException {
        assertThat(count("SELECT pg_terminate_backend(" + backend + ", 60000)::int"))
                .isEqualTo(1);
    }

    /** As the report names the run. */
    @Override
    public String toString() {
        return prefix;
    }
}
