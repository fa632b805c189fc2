package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection with which a pool was opened is cut before the pool has used it. */
class BrokenFirstConnectionTest {
    private static final int ATTEMPTS = 5;

    @Test
    void thePoolOpensAnotherOne(@TempDir Path directory) throws Exception {
        try (RestartableServer server = new RestartableServer(directory.resolve("data"));
                CuttingProxy proxy = new CuttingProxy(server.port());
                Connection connection = DriverManager.getConnection(
                        "jdbc:helios:" + RestartableServer.location(proxy.port())
                                + "&helios.manager=broken-first&helios.connections=late&helios.pool.connection_timeout_ms=20000")) {
            assertThat(proxy.cut(new Random(1))).isTrue();
            assertThat(answer(connection)).isEqualTo(1);
        }
    }

    /** The first attempts may meet the broken one. */
    private static int answer(Connection connection) throws SQLException {
        SQLException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT 1")) {
                assertThat(row.next()).isTrue();
                return row.getInt(1);
            } catch (SQLException broken) {
                last = broken;
            }
        }
        throw new AssertionError("it never recovers", last);
    }
}
