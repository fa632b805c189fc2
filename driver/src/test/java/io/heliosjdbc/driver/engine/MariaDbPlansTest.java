package io.heliosjdbc.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.statement.Plannable;
import io.heliosjdbc.driver.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What MariaDB tells, the real server, where there are binaries for this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDbPlansTest {
    private @Nullable MariaDbServer server;
    private String url = "";

    @BeforeAll
    void start() throws Exception {
        server = MariaDbServer.start();
        url = server.url();
        try (Connection connection = DriverManager.getConnection(url)) {
            Catalog.execute(
                    connection,
                    "CREATE TABLE item(id INT PRIMARY KEY, name VARCHAR(20))",
                    "INSERT INTO item SELECT seq, 'name' FROM seq_1_to_1000",
                    "ANALYZE TABLE item");
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void itTellsCostsAndRowsAndOnlyReads() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            DatabaseEngine engine = DatabaseEngine.of(connection.getMetaData());
            engine.limit(connection);

            assertThat(engine.name()).isEqualTo("MariaDB");
            assertThat(Objects.requireNonNull(engine.rowCount(connection, "item")))
                    .isBetween(900L, 1100L);
            assertThat(engine.rowCount(connection, "test.item")).isNotNull();
            assertThat(engine.rowCount(connection, "missing")).isNull();
            DatabasePlan all = Objects.requireNonNull(
                    engine.plan(connection, new Plannable("SELECT name FROM item WHERE name <> 'x'", 0)));
            assertThat(Objects.requireNonNull(all.cost())).isPositive();
            assertThat(all.scans())
                    .hasEntrySatisfying("item", rows -> assertThat(rows).isBetween(900.0, 1100.0));
            assertThat(engine.plan(connection, new Plannable("SELECT name FROM item WHERE id = $1", 1)))
                    .isNull();
            assertThat(engine.plan(connection, new Plannable("UPDATE item SET name = 'x' WHERE id < 10", 0)))
                    .isNull();
            assertThatThrownBy(() -> Catalog.execute(connection, "DELETE FROM item"))
                    .hasMessageContaining("READ ONLY");
            assertThatThrownBy(() -> Catalog.execute(
                            connection,
                            "SELECT COUNT(*) FROM item a, item b, item c, item d WHERE a.id <> b.id + c.id * d.id"))
                    .isInstanceOf(SQLException.class);
        }
    }
}
