package io.heliosjdbc.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.overhead.fake.FakeConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

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
