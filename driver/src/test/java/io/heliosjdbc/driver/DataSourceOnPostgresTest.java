package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The data source on PostgreSQL, whose driver has a login timeout of its own and lets the URL's user win. */
@ExtendWith(PostgresServer.class)
class DataSourceOnPostgresTest {
    @Test
    void givenCredentialsWinOverTheUrls(String location) throws SQLException {
        HeliosDataSource source = new HeliosDataSource();
        source.setUrl("jdbc:helios:" + location);
        source.setLoginTimeout(20);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ROLE IF EXISTS somebody");
            statement.execute("CREATE ROLE somebody LOGIN PASSWORD 'se%20cr&t;='");
        }
        try (Connection connection = source.getConnection("somebody", "se%20cr&t;=");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("somebody");
        }
    }
}
