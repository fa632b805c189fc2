package io.heliosjdbc.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** Agroal, the pool of Quarkus, which names the driver's class. */
class AgroalTest {
    private static AgroalDataSource pool(Database database, AgroalDataSourceListener... listeners) throws SQLException {
        database.prepare("CREATE TABLE book (id BIGSERIAL, title TEXT UNIQUE)");
        return AgroalDataSource.from(configuration(database), listeners);
    }

    private static AgroalDataSourceConfigurationSupplier configuration(Database database) {
        return new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled()
                .connectionPoolConfiguration(pool -> pool.maxSize(1)
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .validateOnBorrow(true)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(database.url())
                                .connectionProviderClassName(database.driver())
                                .initialSql("SET search_path = public")));
    }

    private static void insert(Connection connection, String title) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO book (title) VALUES (?)")) {
            insert.setString(1, title);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private static int backend(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    @BothWays
    void aConnectionComesBackAsItWas(Database database) throws Exception {
        try (AgroalDataSource pool = pool(database)) {
            int backend;
            try (Connection connection = pool.getConnection()) {
                backend = backend(connection);
                connection.setAutoCommit(false);
                insert(connection, "kept");
                connection.commit();
                insert(connection, "lost");
                database.assertSlotsHeld(1);
                connection.rollback();
                database.assertSlotsHeld(0);
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(backend(connection)).isEqualTo(backend);
                assertThat(connection.getAutoCommit()).isTrue();
                assertThatThrownBy(() -> insert(connection, "kept"))
                        .isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("23505");
            }
            assertThat(pool.isHealthy(true)).isTrue();
            assertThat(pool.getMetrics().activeCount()).isZero();
            assertThat(database.count("SELECT count(*) FROM book")).isEqualTo(1);
        }
        database.assertScheduled("insert into book");
    }

    @BothWays
    void objectsKnowTheirConnectionAndLeftOnesAreClosed(Database database) throws Exception {
        try (AgroalDataSource pool = pool(database)) {
            Statement left;
            try (Connection connection = pool.getConnection()) {
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO book (title) VALUES ('one')", Statement.RETURN_GENERATED_KEYS);
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getLong("id")).isEqualTo(1);
                }
                assertThat(insert.getConnection()).isSameAs(connection);
                left = insert;
            }
            assertThat(left.isClosed()).isTrue();
        }
        database.assertScheduled("insert into book");
    }

    @BothWays
    void aDeadConnectionIsReplaced(Database database) throws Exception {
        try (AgroalDataSource pool = pool(database)) {
            int first;
            try (Connection connection = pool.getConnection()) {
                first = backend(connection);
            }
            database.kill(first);
            try (Connection connection = pool.getConnection()) {
                assertThat(backend(connection)).isNotEqualTo(first);
                insert(connection, "after the restart");
            }
            assertThat(pool.getMetrics().invalidCount()).isEqualTo(1);
            assertThat(pool.getMetrics().creationCount()).isEqualTo(2);
        }
        database.assertScheduled("insert into book");
    }

    @BothWays
    void aConnectionThatDiesInATransactionLeavesNoSlotBehind(Database database) throws Exception {
        // The pool closes it in a thread of its own.
        CountDownLatch closed = new CountDownLatch(1);
        AgroalDataSourceListener listener = new AgroalDataSourceListener() {
            @Override
            public void onConnectionDestroy(Connection connection) {
                closed.countDown();
            }
        };
        try (AgroalDataSource pool = pool(database, listener)) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                insert(connection, "lost");
                database.assertSlotsHeld(1);
                database.kill(backend(connection));
                assertThatThrownBy(() -> insert(connection, "nobody is there"))
                        .isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("57P01");
            }
            try (Connection connection = pool.getConnection()) {
                insert(connection, "kept");
            }
            assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
            database.assertSlotsHeld(0);
            assertThat(database.count("SELECT count(*) FROM book")).isEqualTo(1);
        }
        database.assertScheduled("insert into book");
    }
}
