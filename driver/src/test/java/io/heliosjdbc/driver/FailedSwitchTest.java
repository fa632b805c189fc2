package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Switching autocommit on fails, and the driver tells what has become of the transaction. */
class FailedSwitchTest {
    /** What the driver says of the transaction, as PostgreSQL's does. */
    public enum State {
        IDLE,
        OPEN
    }

    /** An H2 that does not switch autocommit on. */
    public static final class Unwilling extends JdbcConnection {
        private final State state;

        Unwilling(State state) throws SQLException {
            super("jdbc:h2:mem:", new Properties(), null, null, false);
            this.state = state;
        }

        /** Found by its name. */
        public State getTransactionState() {
            return state;
        }

        @Override
        public synchronized void setAutoCommit(boolean on) throws SQLException {
            if (on) {
                throw new SQLException("not now");
            }
            super.setAutoCommit(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsOverUnlessTheDriverSaysThatItIsOpen(State state) throws SQLException {
        Driver vendor = new TestVendor("jdbc:unwilling:") {
            @Override
            public @Nullable Connection connect(String url, Properties info) throws SQLException {
                return acceptsURL(url) ? new Unwilling(state) : null;
            }
        };
        DriverManager.registerDriver(vendor);
        String url = "jdbc:helios:unwilling:" + state;
        try (Connection connection = DriverManager.getConnection(url);
                Connection observer = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE t (id INT)");
            assertThatThrownBy(() -> connection.setAutoCommit(true)).hasMessage("not now");
            assertThat(DatabaseContract.status(observer, "active")).isEqualTo(state == State.OPEN ? 1 : 0);
            connection.rollback();
            assertThat(DatabaseContract.status(observer, "active")).isZero();
        } finally {
            DriverManager.deregisterDriver(vendor);
        }
    }
}
