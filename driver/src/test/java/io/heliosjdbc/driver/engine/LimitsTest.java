package io.heliosjdbc.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            assertThatThrownBy(() -> Catalog.execute(connection, "CREATE TABLE limits_test(id INT)"))
                    .hasFieldOrPropertyWithValue("SQLState", "25006");
            assertThatThrownBy(() -> Catalog.execute(connection, "SELECT pg_sleep(50)"))
                    .hasFieldOrPropertyWithValue("SQLState", "57014");
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
