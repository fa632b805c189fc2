package io.heliosjdbc.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.overhead.fake.FakeConnection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
