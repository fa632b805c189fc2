package io.heliosjdbc.overhead.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.junit.jupiter.api.Test;

class FakeDriverTest {

    @Test
    void aStatementAnswersOneRowWhoseColumnsHoldTheirNumbers() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:fake:any");
                PreparedStatement statement = connection.prepareStatement("SELECT anything");
                ResultSet result = statement.executeQuery()) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(3)).isEqualTo(3);
            assertThat(result.next()).isFalse();
            assertThatThrownBy(() -> result.getLong(3)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aResultSetIsNotTheOneBefore() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:fake:any");
                PreparedStatement statement = connection.prepareStatement("SELECT anything")) {
            assertThat(statement.executeQuery()).isNotSameAs(statement.executeQuery());
        }
    }

    @Test
    void whatIsNotThereSaysSo() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:fake:any")) {
            assertThatThrownBy(() -> connection.prepareCall("{call anything}"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    @Test
    void executingAllocatesNothing() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:fake:any");
                PreparedStatement statement = connection.prepareStatement("SELECT anything")) {
            read(statement, 1);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadAllocatedBytes();
            read(statement, 100_000);
            // The smallest object has 16 bytes; what the JVM itself allocates once is far below one byte per execution.
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        }
    }

    private static void read(PreparedStatement statement, int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            statement.setLong(1, i);
            ResultSet result = statement.executeQuery();
            result.next();
            result.getLong(1);
            result.close();
        }
    }
}
