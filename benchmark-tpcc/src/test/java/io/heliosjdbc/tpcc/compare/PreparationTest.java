package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import io.heliosjdbc.tpcc.measure.Circumstances;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PreparationTest {
    private static final Load LOAD = new Load(7, Population.SMALL, 1);

    private static void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void loadedAgainItIsAsItWas() throws Exception {
        try (Target target = Target.open("h2", null, null, 1);
                Connection connection = target.straight()) {
            Preparation database = new Preparation(target, 1, false);
            database.load(LOAD, line -> {});
            long orders = database.orders();
            assertThat(orders).isPositive();
            execute(connection, "DELETE FROM orders WHERE o_id > 1");
            execute(connection, "UPDATE supplier SET su_acctbal = -1");
            assertThat(database.orders()).isNotEqualTo(orders);
            database.load(LOAD, line -> {});
            assertThat(database.orders()).isEqualTo(orders);
            assertThat(number(connection, "SELECT COUNT(*) FROM supplier WHERE su_acctbal < 0"))
                    .isZero();
            assertThat(database.checkpoints()).as("H2 is asked for none").isEmpty();
        }
    }

    @Test
    void whatSomebodyHasIsDroppedOnlyWhenToldSo() throws Exception {
        for (String table : List.of("nation", "stock")) {
            try (Target target = Target.open("h2", null, null, 1);
                    Connection connection = target.straight()) {
                execute(connection, "CREATE TABLE " + table + " AS SELECT 1 AS somebodys");
                Preparation careful = new Preparation(target, 1, false);
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> careful.load(LOAD, line -> {}))
                        .withMessage("the database has tables " + table
                                + " already; give --replace to drop them, or use an empty database");
                assertThat(number(connection, "SELECT somebodys FROM " + table)).isOne();
                new Preparation(target, 1, true).load(LOAD, line -> {});
                assertThat(number(connection, "SELECT COUNT(*) FROM nation")).isEqualTo(62);
            }
        }
    }

    /** A reload is interrupted like a first load, and whoever comes next may not drop what is not his either. */
    @Test
    void anInterruptedReloadIsGoneOnWith() throws Exception {
        try (Target target = Target.open("h2", null, null, 1);
                Connection connection = target.straight()) {
            Preparation interrupted = new Preparation(target, 1, false);
            interrupted.load(LOAD, line -> {});
            long orders = interrupted.orders();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> interrupted.load(LOAD, line -> {
                        throw new IllegalStateException("interrupted after " + line);
                    }));
            connection.setAutoCommit(true);
            Preparation next = new Preparation(target, 1, false);
            assertThat(next.goesOn(LOAD)).isTrue();
            List<String> lines = new ArrayList<>();
            next.load(LOAD, lines::add);
            assertThat(lines.get(0)).startsWith("going on with an interrupted load: 1 of 2 parts");
            assertThat(next.orders()).isEqualTo(orders);
            assertThat(number(connection, "SELECT COUNT(*) FROM supplier")).isEqualTo(10_000);
        }
    }

    /** Hours of loading may be behind it by then. */
    @Test
    void whatIsInterruptedAtTheSuppliersIsGoneOnWith() throws Exception {
        try (Target target = Target.open("h2", null, null, 1);
                Connection connection = target.straight()) {
            Preparation interrupted = new Preparation(target, 1, false);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> interrupted.load(LOAD, line -> {
                        if (line.startsWith("loaded warehouse")) {
                            execute(connection, "CREATE SYNONYM nation FOR item");
                        }
                    }));
            execute(connection, "DROP SYNONYM nation");
            execute(connection, "CREATE TABLE region AS SELECT 1 AS began_before_it_was_interrupted");
            Preparation next = new Preparation(target, 1, false);
            assertThat(next.goesOn(LOAD)).isTrue();
            List<String> lines = new ArrayList<>();
            next.load(LOAD, lines::add);
            assertThat(lines.get(0)).startsWith("going on with an interrupted load: 2 of 2 parts");
            assertThat(number(connection, "SELECT COUNT(*) FROM supplier")).isEqualTo(10_000);
            assertThat(number(connection, "SELECT COUNT(*) FROM region")).isEqualTo(5);
        }
    }

    @Test
    void besideAnInterruptedLoadWithoutSuppliersTheyAreSomebodyElses() throws Exception {
        try (Target target = Target.open("h2", null, null, 1);
                Connection connection = target.straight()) {
            execute(connection, "CREATE TABLE nation AS SELECT 1 AS somebodys");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> new Loader(target, LOAD, 1, line -> {
                                throw new IllegalStateException("interrupted after " + line);
                            })
                            .load(false));
            Preparation careful = new Preparation(target, 1, false);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> careful.load(LOAD, line -> {}))
                    .withMessage(
                            "the database has tables nation already; give --replace to drop them, or use an empty database");
            assertThat(number(connection, "SELECT somebodys FROM nation")).isOne();
        }
    }

    @Test
    void whoMayNotAskForACheckpointIsPreparedWithoutOne() throws Exception {
        try (Target server = Target.embeddedPostgres("jdbc:", 4)) {
            try (Connection superuser = server.straight()) {
                execute(superuser, "CREATE ROLE clerk LOGIN");
                execute(superuser, "CREATE DATABASE shop OWNER clerk");
            }
            String url = server.straightUrl().replaceFirst("/postgres$", "/shop");
            try (Target target = Target.open(url, "clerk", null, 1)) {
                Preparation database = new Preparation(target, 1, false);
                database.load(LOAD, line -> {});
                database.settle();
                assertThat(database.checkpoints())
                        .hasValueSatisfying(
                                when -> assertThat(when).startsWith("as the server likes, for it gave none: 42501 "));
            }
            String last = "SELECT checkpoint_lsn - '0/0'::pg_lsn FROM pg_control_checkpoint()";
            try (Connection superuser = server.straight()) {
                long before = number(superuser, last);
                Preparation database = new Preparation(server, 1, false);
                database.settle();
                assertThat(database.checkpoints()).hasValue("before each part");
                assertThat(number(superuser, last)).isGreaterThan(before);
                assertThat(Circumstances.of(superuser).get("server"))
                        .as("whatever the locale of whoever runs this")
                        .contains("lc_collate = C, ")
                        .as("as docs/benchmarks.md says")
                        .contains("fsync = off", "synchronous_commit = off");
            }
        }
    }

    @Test
    void whatIsPostgresByNameOnlyIsPreparedWithWhatItHas() throws Exception {
        PostgresByName driver = PostgresByName.register();
        try (Target target = Target.open(PostgresByName.URL, null, null, 1)) {
            Preparation database = new Preparation(target, 1, false);
            List<String> lines = new ArrayList<>();
            database.load(LOAD, lines::add);
            assertThat(database.orders()).as("without COPY").isPositive();
            assertThat(lines)
                    .last()
                    .asString()
                    .startsWith("made indexes; the server makes statistics as it likes, for it gave none: 42");
            database.settle();
            assertThat(database.checkpoints()).hasValue("as the server likes, for it gave none: 0A000 there are none");
            assertThat(database.statistics())
                    .hasValueSatisfying(
                            when -> assertThat(when).startsWith("as the server likes, for it gave none: 42"));
        } finally {
            driver.deregister();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
    void everyTableOfMariaDbHasStatistics() throws Exception {
        try (Target target = Target.open("embedded-mariadb", null, null, 4);
                Connection connection = target.straight()) {
            Preparation database = new Preparation(target, 1, false);
            database.load(LOAD, line -> {});
            execute(connection, "DELETE FROM mysql.innodb_table_stats WHERE database_name = database()");
            database.settle();
            assertThat(number(
                            connection,
                            "SELECT COUNT(*) FROM mysql.innodb_table_stats WHERE database_name = database()"))
                    .isEqualTo(12);
        }
    }
}
