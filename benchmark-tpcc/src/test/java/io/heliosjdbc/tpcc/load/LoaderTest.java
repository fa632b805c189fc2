package io.heliosjdbc.tpcc.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heliosjdbc.tpcc.Consistency;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Schema;
import io.heliosjdbc.tpcc.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    private static final Load LOAD = new Load(7, Population.SMALL, 3);
    private static final String KILL_ON_POSTGRES =
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
                    + " AND backend_type = 'client backend'";

    @TempDir
    Path directory;

    private Target h2() throws Exception {
        return Target.open("jdbc:h2:file:" + directory.resolve("tpcc"), null, null, 8);
    }

    @Test
    void onH2ItDoesNotMatterHowManyLoadNorWhatInterruptsThem() throws Exception {
        try (Target target = h2()) {
            // Not SHUTDOWN IMMEDIATELY: H2's own store does not always survive that while others write.
            verify(
                    target,
                    "SELECT ABORT_SESSION(session_id) FROM information_schema.sessions WHERE session_id <> SESSION_ID()");
        }
    }

    @Test
    void onPostgresItDoesNotMatterHowManyLoadNorWhatInterruptsThem() throws Exception {
        try (Target target = Target.embeddedPostgres("jdbc:", 8)) {
            verify(target, KILL_ON_POSTGRES);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
    void onMariaDbItDoesNotMatterHowManyLoadNorWhatInterruptsThem() throws Exception {
        try (Target target = Target.embeddedMariaDb("jdbc:", 8)) {
            verify(target, "KILL USER root");
        }
    }

    private static void verify(Target target, String kill) throws Exception {
        assertThat(load(target, 1, false, line -> {}))
                .contains("loaded warehouse 3, 3 of 3")
                .anyMatch(line -> line.matches("loaded 1000 items; about [0-9]+ s left"))
                .last()
                .isEqualTo("made indexes and statistics");
        Map<String, String> rows = rows(target);
        assertThat(rows).hasSize(Schema.TABLES.size());

        load(target, 4, true, line -> {});
        assertThat(rows(target)).isEqualTo(rows);

        interruptWithinWarehouseTwo(target);
        refuseAnother(target);
        assertThat(load(target, 2, false, line -> {}))
                .startsWith("going on with an interrupted load: 2 of 4 parts, the items and each warehouse, are there")
                .noneMatch(line -> line.startsWith("loaded warehouse 1,"))
                .last()
                .isEqualTo("made indexes and statistics");
        assertThat(rows(target)).isEqualTo(rows);
        consistent(target);

        killAfterTheFirstWarehouse(target, kill);
        assertThat(load(target, 2, false, line -> {})).first().asString().startsWith("going on");
        assertThat(rows(target)).isEqualTo(rows);
        assertThat(loader(target, LOAD, 1, line -> {}).interrupted()).isFalse();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> load(target, 2, false, line -> {}))
                .withMessageContaining("the database has tables warehouse, district")
                .withMessageContaining("--replace");

        interruptBetweenIndexes(target);
        assertThat(rows(target)).isEqualTo(rows);
    }

    /** The stock and the customers of warehouse 2 are written by then, but not committed. */
    private static void interruptWithinWarehouseTwo(Target target) throws Exception {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> load(target, 1, true, line -> {
                    if (line.startsWith("loaded warehouse 1,")) {
                        execute(target, "ALTER TABLE order_line ADD CONSTRAINT not_two CHECK (ol_w_id <> 2)");
                    }
                }));
        assertThat(number(target, "SELECT COUNT(*) FROM stock WHERE s_w_id <> 1"))
                .isZero();
        assertThat(number(target, "SELECT COUNT(*) FROM stock WHERE s_w_id = 1"))
                .isPositive();
        execute(target, "ALTER TABLE order_line DROP CONSTRAINT not_two");
    }

    private static void refuseAnother(Target target) throws SQLException {
        for (Load other : List.of(
                new Load(8, Population.SMALL, 3), new Load(7, Population.FULL, 3), new Load(7, Population.SMALL, 2))) {
            Loader loader = loader(target, other, 2, line -> {});
            assertThat(loader.interrupted()).isFalse();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> loader.load(false))
                    .withMessage(
                            "the database has an interrupted load; give its --warehouses 3 --population small --seed 7"
                                    + " to go on with it, or --replace to drop it");
        }
    }

    /** When one of two is done with the first warehouse, nobody has begun the third. */
    private static void killAfterTheFirstWarehouse(Target target, String kill) throws Exception {
        List<String> killed = new CopyOnWriteArrayList<>();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> load(target, 2, true, line -> {
                    if (line.startsWith("loaded warehouse") && killed.isEmpty()) {
                        killed.add(line);
                        kill(target, kill);
                    }
                }));
        assertThat(killed).hasSize(1);
        assertThat(loader(target, LOAD, 1, line -> {}).interrupted()).isTrue();
    }

    private static void interruptBetweenIndexes(Target target) throws Exception {
        load(target, 1, true, line -> {
            if (line.startsWith("loaded warehouse 3,")) {
                execute(target, "CREATE INDEX customer_by_name ON customer (c_w_id, c_d_id, c_last, c_first)");
            }
        });
        // Both are there, or these would fail.
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> run(target, "CREATE INDEX customer_by_name ON customer (c_id)"));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> run(target, "CREATE INDEX orders_by_customer ON orders (o_id)"));
    }

    private static void consistent(Target target) throws SQLException {
        try (Connection connection = target.straight()) {
            assertThat(new Consistency(Population.SMALL).check(connection, true))
                    .hasSize(12)
                    .allSatisfy((number, state) -> assertThat(state).isEqualTo("ok"));
        }
    }

    private static Loader loader(Target target, Load load, int loaders, Consumer<String> listener) {
        return new Loader(target, load, loaders, listener);
    }

    /** What it said. */
    private static List<String> load(Target target, int loaders, boolean replace, Consumer<String> listener)
            throws SQLException, InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        Loader.Loaded loaded = loader(target, LOAD, loaders, line -> {
                    lines.add(line);
                    listener.accept(line);
                })
                .load(replace);
        assertThat(loaded.loaders()).isEqualTo(loaders);
        assertThat(loaded.resumed()).isEqualTo(lines.get(0).startsWith("going on"));
        return lines;
    }

    /** How many rows each table has, and a digest of them. */
    private static Map<String, String> rows(Target target) throws SQLException {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = target.straight();
                Statement statement = connection.createStatement()) {
            for (String table : Schema.TABLES) {
                List<String> lines = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        StringBuilder line = new StringBuilder();
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            line.append(rows.getString(i)).append('|');
                        }
                        lines.add(line.toString());
                    }
                }
                Collections.sort(lines);
                tables.put(table, lines.size() + " rows, " + lines.hashCode());
            }
        }
        return tables;
    }

    private static void run(Target target, String sql) throws SQLException {
        try (Connection connection = target.straight();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void execute(Target target, String sql) {
        try {
            run(target, sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Whoever kills all may be among them. */
    private static void kill(Target target, String sql) {
        try {
            run(target, sql);
        } catch (SQLException e) {
            assertThat(sql).isNotEqualTo(KILL_ON_POSTGRES);
        }
    }

    private static long number(Target target, String sql) throws SQLException {
        try (Connection connection = target.straight();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
