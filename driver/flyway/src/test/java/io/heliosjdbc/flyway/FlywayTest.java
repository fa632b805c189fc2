package io.heliosjdbc.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flyway with the URL changed and this jar beside it: the migrations that it does straight. */
class FlywayTest {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        // Ten seconds are too short on a machine that does much else.
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(3))
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Flyway flyway(String url) {
        return Flyway.configure()
                .dataSource(url, "postgres", "")
                .cleanDisabled(false)
                .load();
    }

    private static String postgres(String prefix) {
        return prefix + "postgresql://localhost:" + server.getPort() + "/postgres";
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:", "jdbc:helios:"})
    void migratesPostgres(String prefix) throws SQLException {
        migrates(postgres(prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:", "jdbc:helios:"})
    void migratesH2(String prefix) throws SQLException {
        migrates(prefix + "h2:mem:" + prefix.length() + ";DB_CLOSE_DELAY=-1");
    }

    private static void migrates(String url) throws SQLException {
        Flyway flyway = flyway(url);
        flyway.clean();
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        flyway.validate();
        assertThat(Arrays.stream(flyway.info().applied()).map(MigrationInfo::getDescription))
                .contains("shop", "totals");
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT total FROM orders WHERE id = 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBigDecimal(1)).isEqualByComparingTo("12.50");
        }
        flyway.clean();
        assertThat(flyway.info().applied()).isEmpty();
    }

    @Test
    void itsStatementsAreScheduled() throws SQLException {
        String url = "jdbc:helios:h2:mem:scheduled;DB_CLOSE_DELAY=-1";
        flyway(url).migrate();
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS DECISIONS")) {
            StringBuilder templates = new StringBuilder();
            while (rows.next()) {
                templates.append(rows.getString("statement")).append('\n');
            }
            assertThat(templates).containsIgnoringCase("alter table orders add column total");
        }
    }

    @Test
    void aFaultOfTheUrlIsToldAndNoPassword() {
        assertThatThrownBy(() -> flyway("jdbc:helios:nosuchdatabase:thing?password=secret")
                        .migrate())
                .isInstanceOf(FlywayException.class)
                .hasStackTraceContaining("No JDBC driver accepts")
                .satisfies(fault -> assertThat(fault.toString()).doesNotContain("secret"));
    }
}
