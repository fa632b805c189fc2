package io.heliosjdbc.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.statement.Plannable;
import io.heliosjdbc.driver.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the connection that asks PostgreSQL can do no more. */
@ExtendWith(PostgresServer.class)
@Timeout(60)
class LimitsTest {
    private final String location;

    LimitsTest(String location) {
        this.location = location;
    }

    @Test
    void itOnlyReadsAndNotForLong() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + location)) {
            DatabaseEngine engine = DatabaseEngine.of(connection.getMetaData());
            engine.limit(connection);

            assertThat(engine.name()).isEqualTo("PostgreSQL");
            engine.begin(connection);
            assertThatThrownBy(() -> Catalog.execute(connection, "CREATE TABLE limits_test(id INT)"))
                    .hasFieldOrPropertyWithValue("SQLState", "25006");
            engine.end(connection);
            engine.begin(connection);
            assertThatThrownBy(() -> Catalog.execute(connection, "SELECT pg_sleep(50)"))
                    .hasFieldOrPropertyWithValue("SQLState", "57014");
            engine.end(connection);
            assertThat(connection.isValid(30)).isTrue();
        }
    }

    /** As behind a pooler, where the next one that works on the connection is somebody else. */
    @Test
    void nothingOfAQuestionStaysOnTheConnection() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + location)) {
            DatabaseEngine engine = DatabaseEngine.of(connection.getMetaData());
            String before = session(connection);
            engine.limit(connection);

            engine.begin(connection);
            assertThat(session(connection)).isNotEqualTo(before);
            assertThat(engine.plan(connection, new Plannable("SELECT * FROM pg_class WHERE oid = $1", 1)))
                    .isNotNull();
            engine.end(connection);
            assertThat(session(connection)).isEqualTo(before);
            connection.rollback();

            engine.begin(connection);
            // Whose plan takes a value that there is none of.
            Plannable failing = new Plannable("SELECT 1 / 0 FROM pg_class WHERE oid = $1", 1);
            assertThatThrownBy(() -> engine.plan(connection, failing)).hasFieldOrPropertyWithValue("SQLState", "22012");
            engine.end(connection);
            assertThat(session(connection)).isEqualTo(before);
        }
    }

    private static String session(Connection connection) throws SQLException {
        return Catalog.text(connection, """
                SELECT name || '=' || setting FROM pg_settings
                WHERE name IN ('default_transaction_read_only', 'statement_timeout', 'lock_timeout', 'plan_cache_mode',
                    'transaction_read_only', 'application_name')
                UNION ALL SELECT name FROM pg_prepared_statements WHERE name = 'helios_estimate' ORDER BY 1
                """);
    }
}
