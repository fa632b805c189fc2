package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.heliosjdbc.driver.wrapper.ConnectionWrapper;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HikariCP keeps a connection that is bound late whatever late binding refuses it: the checkout goes on. */
@ExtendWith(PostgresServer.class)
class HikariOverLateTest {
    private static final AtomicInteger MANAGERS = new AtomicInteger();
    private static final String LATE = "helios.connections=late;helios.max_concurrency=1;helios.pool.reserve=1"
            + ";helios.pool.connection_timeout_ms=250;helios.idle_in_transaction_lend_ms=0";

    private final String postgres;

    HikariOverLateTest(String location) {
        this.postgres = "jdbc:helios:" + location + "&helios.manager=hikari-over-late-" + MANAGERS.incrementAndGet()
                + "&" + LATE.replace(';', '&');
    }

    /** Something that is refused. */
    @FunctionalInterface
    private interface Refused {
        void on(Connection connection) throws SQLException;
    }

    /** What it is refused with; the connection goes on all the same. */
    private static String refusal(String url, Refused refused) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(1);
        config.setExceptionOverrideClassName("io.heliosjdbc.driver.HikariExceptionOverride");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Connection physical;
            SQLException refusal;
            try (Connection connection = pool.getConnection()) {
                physical = connection.unwrap(ConnectionWrapper.class);
                refusal = catchThrowableOfType(SQLException.class, () -> refused.on(connection));
                assertThat(connection.isClosed()).isFalse();
                assertThat(connection.getAutoCommit()).isTrue();
            }
            try (Connection again = pool.getConnection()) {
                assertThat(again.unwrap(ConnectionWrapper.class)).isSameAs(physical);
                LateBindingFixture.execute(again, "SELECT 1");
            }
            return refusal.getSQLState();
        }
    }

    @Test
    void afterTheLastKeyWasRefused() throws SQLException {
        assertThat(refusal(postgres, connection -> {
                    LateBindingFixture.execute(connection, "DROP TABLE IF EXISTS keyed");
                    LateBindingFixture.execute(connection, "CREATE TABLE keyed (id serial)");
                    LateBindingFixture.execute(connection, "INSERT INTO keyed DEFAULT VALUES");
                    LateBindingFixture.execute(connection, "SELECT lastval()");
                }))
                .isEqualTo("0A000");
    }

    @Test
    void afterAStreamThatWasReadWasRefused() throws SQLException {
        assertThat(refusal("jdbc:helios:h2:mem:hikari_over_late;" + LATE, connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS VARCHAR)")) {
                        statement.setCharacterStream(1, new StringReader("once"));
                        assertThat(statement.execute()).isTrue();
                        boolean unused = statement.execute();
                    }
                }))
                .isEqualTo("0A000");
    }

    @Test
    void afterAWaitForAPhysicalConnection() throws SQLException {
        try (Connection one = DriverManager.getConnection(postgres);
                Connection other = DriverManager.getConnection(postgres)) {
            assertThat(refusal(postgres, connection -> {
                        LateBindingFixture.execute(one, "LISTEN one");
                        LateBindingFixture.execute(other, "LISTEN other");
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("SELECT 1");
                        } finally {
                            LateBindingFixture.execute(one, "UNLISTEN one");
                        }
                    }))
                    .isEqualTo("53H05");
        }
    }
}
