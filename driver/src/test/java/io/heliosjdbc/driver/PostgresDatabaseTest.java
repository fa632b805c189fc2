package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;

/** The contract on PostgreSQL, and what only its driver has. */
@ExtendWith(PostgresServer.class)
class PostgresDatabaseTest extends DatabaseContract {
    private final String location;

    PostgresDatabaseTest(String location) {
        this.location = location;
    }

    @Override
    String location() {
        return location;
    }

    @Override
    String with(String location, String... parameters) {
        String joined = String.join("&", parameters);
        return parameters.length == 0 ? location : location + (location.contains("?") ? "&" : "?") + joined;
    }

    @Test
    void castsToTheVendorsInterfacesHold() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(((PGConnection) connection).getBackendPID()).isPositive();
            assertThat(((PGStatement) statement).isUseServerPrepare()).isFalse();
            assertThat(new CopyManager((BaseConnection) connection)).isNotNull();
            assertThat(connection.isWrapperFor(PgConnection.class)).isTrue();
            assertThat(connection.unwrap(PgConnection.class)).isNotNull();
        }
    }
}
