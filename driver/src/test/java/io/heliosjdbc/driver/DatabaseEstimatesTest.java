package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code database_estimates} from the URL on, with the credentials of the connection and the thread that asks. */
@Timeout(60)
class DatabaseEstimatesTest {
    private static final String EXPLAIN = "EXPLAIN HELIOS SELECT * FROM item";

    @Test
    void whatTheDatabaseThinksShowsUp() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:helios:h2:mem:estimates;helios.classifier.database_estimates=true", "anna", "secret");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item(id INT PRIMARY KEY)");
            statement.execute("INSERT INTO item SELECT x FROM SYSTEM_RANGE(1, 70)");

            while (source(statement) == null) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }

            assertThat(source(statement)).isEqualTo("H2, catalog");
        }
    }

    @Test
    void behindAnotherDataSourceThereIsNoConnectionToAskOn() throws SQLException {
        JdbcDataSource target = new JdbcDataSource();
        target.setURL("jdbc:h2:mem:estimates-behind");
        HeliosDataSource source = new HeliosDataSource(target, Map.of("classifier.database_estimates", "true"));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item(id INT PRIMARY KEY)");

            assertThat(source(statement)).isNull();
        }
    }

    private static @Nullable String source(Statement statement) throws SQLException {
        try (ResultSet answer = statement.executeQuery(EXPLAIN)) {
            while (answer.next()) {
                if ("estimate_source".equals(answer.getString("property"))) {
                    return answer.getString("value");
                }
            }
        }
        throw new AssertionError("no estimate_source");
    }
}
