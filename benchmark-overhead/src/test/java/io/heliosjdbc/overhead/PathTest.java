package io.heliosjdbc.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.overhead.fake.FakeConnection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import java.io.PrintWriter;
import java.io.Writer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PathTest {

    @Test
    void rawIsTheFakeDriverItself() throws SQLException {
        try (Connection connection = Path.RAW.open().connect()) {
            assertThat(connection).isInstanceOf(FakeConnection.class);
        }
    }

    @Test
    void heliosWrapsTheFakeDriverAndSchedulesItsStatements() throws SQLException {
        try (Connection connection = Path.HELIOS.open().connect();
                Statement statement = connection.createStatement()) {
            assertThat(connection).isNotInstanceOf(FakeConnection.class);
            assertThat(connection.isWrapperFor(FakeConnection.class)).isTrue();
            long before = admitted(statement);
            statement.executeQuery("SELECT 1").close();
            assertThat(admitted(statement)).isEqualTo(before + 1);
        }
    }

    @Test
    void aLateConnectionTakesAPhysicalOneForEachStatementAndGivesItBack() throws SQLException {
        try (Connection connection = Path.HELIOS_LATE.open().connect();
                PreparedStatement statement = connection.prepareStatement("SELECT balance FROM account WHERE id = ?")) {
            double binds = counted("helios.connections.binds");
            double discarded = counted("helios.connections.discarded");
            for (int i = 0; i < 3; i++) {
                statement.setLong(1, 7);
                statement.executeQuery().close();
            }
            assertThat(counted("helios.connections.binds")).isEqualTo(binds + 3);
            assertThat(counted("helios.connections.discarded")).isEqualTo(discarded);
        }
    }

    private static double counted(String meter) {
        return Metrics.globalRegistry.find(meter).functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    @ParameterizedTest
    @EnumSource
    void eachLeadsToTheFakeDriver(Path path) throws SQLException {
        try (Connection connection = path.open().connect();
                PreparedStatement statement = connection.prepareStatement("SELECT balance FROM account WHERE id = ?")) {
            assertThat(connection.unwrap(FakeConnection.class)).isInstanceOf(FakeConnection.class);
            if (path != Path.RAW) {
                assertThat(connection).isNotInstanceOf(FakeConnection.class);
                assertThat(statement.getClass().getName()).doesNotContain("fake");
            }
        }
    }

    /** Each operation is a trial of its own. */
    @Test
    void twoThreadsShareOnePoolPerTrialAndOneRegistry() {
        int pools = pools();
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        assertThat(Main.commandLine()
                        .setOut(nowhere)
                        .setErr(nowhere)
                        .execute("--effort", "once", "--threads", "2", "--path", "hikaricp,helios"))
                .isZero();
        assertThat(pools() - pools).isEqualTo(Operation.values().length);
        assertThat(Metrics.globalRegistry.getRegistries()).hasSize(1);
    }

    /** How many HikariCP has numbered. */
    private static int pools() {
        return Integer.getInteger("com.zaxxer.hikari.pool_number", 0);
    }

    @Test
    void aPoolThatIsClosedGivesNothingMore() throws SQLException {
        Path.ConnectionSource pool = Path.HIKARICP.open();
        pool.connect().close();
        pool.close();
        assertThatThrownBy(pool::connect).isInstanceOf(SQLException.class).hasMessageContaining("has been closed");
    }

    @ParameterizedTest
    @CsvSource({"HELIOS, 2", "HELIOS_LATE, 2", "HELIOS_APART, 1"})
    void threadsShareTheirManagerUnlessTheyAreApart(Path path, int connected) throws Exception {
        Path.ConnectionSource database = path.open();
        try (Connection connection = database.connect();
                Connection another =
                        CompletableFuture.supplyAsync(() -> connected(database)).join();
                Statement statement = connection.createStatement()) {
            assertThat(another.isClosed()).isFalse();
            assertThat(rows(statement, "SHOW HELIOS CONNECTIONS")).isEqualTo(connected);
        }
    }

    private static Connection connected(Path.ConnectionSource database) {
        try {
            return database.connect();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static int rows(Statement statement, String sql) throws SQLException {
        int rows = 0;
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows++;
            }
        }
        return rows;
    }

    private static long admitted(Statement statement) throws SQLException {
        long admitted = 0;
        try (ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            while (classes.next()) {
                admitted += classes.getLong("admitted");
            }
        }
        return admitted;
    }
}
