package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An abort or a close that the vendor ignores, refuses or puts off: what goes on working goes on being scheduled. */
@ExtendWith(PostgresServer.class)
class RefusedEndTest {
    private static final String INSERT = "INSERT INTO kept VALUES (1)";

    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
    }

    @TempDir
    Path directory;

    private final String postgres;

    private enum Vendor {
        SQLITE,
        DUCKDB,
        H2,
        DERBY,
        POSTGRESQL
    }

    RefusedEndTest(String location) {
        this.postgres = location;
    }

    /** One slot, which is lent to nobody. */
    private Connection open(Vendor vendor) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("helios.manager", "refused-end-" + vendor);
        settings.setProperty("helios.fast_lane.max_concurrency", "1");
        settings.setProperty("helios.idle_in_transaction_lend_ms", "0");
        settings.setProperty("helios.admission_control.queue_timeout_ms", "0");
        String location = switch (vendor) {
            case SQLITE -> "sqlite:" + directory.resolve("refused_end.db");
            case DUCKDB -> "duckdb:" + directory.resolve("refused_end.duck");
            case H2 -> "h2:mem:refused_end;DB_CLOSE_DELAY=-1";
            case DERBY -> "derby:memory:refused_end;create=true";
            case POSTGRESQL -> postgres;
        };
        return DriverManager.getConnection("jdbc:helios:" + location, settings);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** DuckDB refuses it, the others do nothing. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException refused) {
            assertThat((Throwable) refused).isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    private static long active(Connection connection) throws SQLException {
        return DatabaseContract.status(connection, "active");
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "DUCKDB", "H2"})
    void whatAnAbortLeavesOpenKeepsItsSlotAndItsManager(Vendor vendor) throws SQLException {
        try (Connection connection = open(vendor)) {
            execute(connection, "DROP TABLE IF EXISTS kept");
            execute(connection, "CREATE TABLE kept (n INTEGER)");
            connection.setAutoCommit(false);
            execute(connection, INSERT);
            abort(connection);
            assertThat(connection.isClosed()).isFalse();
            assertThat(active(connection)).isEqualTo(1);
            execute(connection, INSERT);
            connection.commit();
            assertThat(active(connection)).isZero();
            WorkloadManagers.closeIdle();
            execute(connection, INSERT);
            assertThat(active(connection)).isEqualTo(1);
            connection.rollback();
        }
    }

    @Test
    void aTransactionInWhichACloseIsRefusedKeepsItsSlot() throws SQLException {
        try (Connection connection = open(Vendor.DERBY);
                Connection observer = open(Vendor.DERBY)) {
            execute(connection, "CREATE TABLE kept (n INTEGER)");
            connection.setAutoCommit(false);
            execute(connection, INSERT);
            assertThatThrownBy(connection::close).hasFieldOrPropertyWithValue("SQLState", "25001");
            assertThat(active(observer)).isEqualTo(1);
            execute(connection, INSERT);
            connection.rollback();
            assertThat(active(observer)).isZero();
        }
    }

    @Test
    void anAbortEndsTheWaitThoughTheVendorIgnoresIt() throws Exception {
        try (Connection holder = open(Vendor.H2);
                Connection waiting = open(Vendor.H2);
                Statement statement = waiting.createStatement()) {
            holder.setAutoCommit(false);
            execute(holder, "SELECT 1");
            FutureTask<Boolean> wait = new FutureTask<>(() -> statement.execute("SELECT 2"));
            new Thread(wait, "waits").start();
            DatabaseContract.untilQueued(holder, 1, wait);
            abort(waiting);
            assertThatThrownBy(wait::get).cause().hasFieldOrPropertyWithValue("SQLState", "57014");
            holder.rollback();
            assertThat(statement.execute("SELECT 3")).isTrue();
        }
    }

    @Test
    void anAbortThatClosesGivesTheSlotBackAtOnce() throws SQLException {
        try (Connection connection = open(Vendor.POSTGRESQL);
                Connection observer = open(Vendor.POSTGRESQL)) {
            connection.setAutoCommit(false);
            execute(connection, "SELECT 1");
            connection.abort(Runnable::run);
            assertThat(active(observer)).isZero();
        }
    }

    @Test
    void anAbortThatClosesLaterGivesTheSlotBackByTheClose() throws SQLException {
        List<Runnable> later = new ArrayList<>();
        try (Connection observer = open(Vendor.POSTGRESQL)) {
            try (Connection connection = open(Vendor.POSTGRESQL)) {
                connection.setAutoCommit(false);
                execute(connection, "SELECT 1");
                connection.abort(later::add);
                assertThat(connection.isClosed()).isFalse();
                assertThat(active(observer)).isEqualTo(1);
                later.forEach(Runnable::run);
                assertThat(connection.isClosed()).isTrue();
            }
            assertThat(active(observer)).isZero();
        }
    }
}
