package io.heliosjdbc.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.DelegatingStatement;
import org.postgresql.PGConnection;

/** Apache DBCP with a pool of one connection, so that who comes next gets it. */
class DbcpTest {
    private static BasicDataSource pool(Database database) throws SQLException {
        database.prepare("CREATE TABLE book (title TEXT UNIQUE)");
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(database.url());
        pool.setMaxTotal(1);
        return pool;
    }

    private static void insert(Connection connection, String title) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO book VALUES (?)")) {
            insert.setString(1, title);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private static int backend(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    @BothWays
    void aConnectionComesBackAsItWas(Database database) throws Exception {
        try (BasicDataSource pool = pool(database)) {
            int backend;
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1")) {
                backend = backend(connection);
                assertThat(statement.getConnection()).isSameAs(connection);
                assertThat(rows.getStatement()).isSameAs(statement);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setAutoCommit(false);
                insert(connection, "given back without a commit");
                database.assertSlotsHeld(1);
            }
            database.assertSlotsHeld(0);
            try (Connection connection = pool.getConnection()) {
                assertThat(backend(connection)).isEqualTo(backend);
                assertThat(connection.getAutoCommit()).isTrue();
                assertThatThrownBy(() -> {
                            insert(connection, "one");
                            insert(connection, "one");
                        })
                        .isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("23505");
            }
            assertThat(database.count("SELECT count(*) FROM book")).isEqualTo(1);
        }
        database.assertScheduled("insert into book", "select");
    }

    @BothWays
    void aDeadConnectionIsReplaced(Database database) throws Exception {
        try (BasicDataSource pool = pool(database)) {
            pool.setTestOnBorrow(true);
            for (String validation : new String[] {"", "SELECT 'alive'"}) {
                pool.setValidationQuery(validation);
                pool.restart();
                int first;
                try (Connection connection = pool.getConnection()) {
                    first = backend(connection);
                }
                database.kill(first);
                try (Connection connection = pool.getConnection()) {
                    assertThat(backend(connection)).isNotEqualTo(first);
                    insert(connection, validation);
                }
                assertThat(pool.getNumIdle()).isEqualTo(1);
            }
        }
        database.assertScheduled("select ?", "insert into book");
    }

    @BothWays
    void anAbandonedConnectionIsTakenBackWithItsSlot(Database database) throws Exception {
        try (BasicDataSource pool = pool(database)) {
            pool.setRemoveAbandonedOnBorrow(true);
            pool.setRemoveAbandonedTimeout(Duration.ZERO);
            try (Connection forgotten = pool.getConnection()) {
                forgotten.setAutoCommit(false);
                insert(forgotten, "lost");
                database.assertSlotsHeld(1);
                try (Connection connection = pool.getConnection()) {
                    database.assertSlotsHeld(0);
                    insert(connection, "kept");
                }
                assertThatThrownBy(() -> insert(forgotten, "too late")).isInstanceOf(SQLException.class);
            }
            assertThat(pool.getNumActive()).isZero();
            assertThat(database.count("SELECT count(*) FROM book WHERE title = 'kept'"))
                    .isEqualTo(1);
            assertThat(database.count("SELECT count(*) FROM book")).isEqualTo(1);
        }
        database.assertScheduled("insert into book");
    }

    @BothWays
    void statementsArePooled(Database database) throws Exception {
        String select = "SELECT title FROM book WHERE title = ?";
        String insert = "INSERT INTO book VALUES (?)";
        try (BasicDataSource pool = pool(database)) {
            pool.setPoolPreparedStatements(true);
            pool.setMaxOpenPreparedStatements(2);
            pool.setDefaultQueryTimeout(Duration.ofSeconds(30));
            Statement first;
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(insert)) {
                first = ((DelegatingStatement) statement).getInnermostDelegate();
                statement.setString(1, "never sent");
                statement.addBatch();
            }
            // Often enough that PostgreSQL's driver prepares it on the server.
            for (int i = 0; i < 10; i++) {
                try (Connection connection = pool.getConnection();
                        PreparedStatement statement = connection.prepareStatement(insert)) {
                    assertThat(((DelegatingStatement) statement).getInnermostDelegate())
                            .isSameAs(first);
                    assertThat(statement.getConnection()).isSameAs(connection);
                    assertThat(statement.getQueryTimeout()).isEqualTo(30);
                    assertThat(statement.executeBatch()).isEmpty();
                    statement.setString(1, "book " + i);
                    statement.addBatch();
                    assertThat(statement.executeBatch()).containsExactly(1);
                }
                try (Connection connection = pool.getConnection();
                        PreparedStatement statement = connection.prepareStatement(select)) {
                    statement.setString(1, "book " + i);
                    try (ResultSet rows = statement.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                    }
                }
            }
            try (Connection connection = pool.getConnection();
                    PreparedStatement third = connection.prepareStatement("SELECT count(*) FROM book");
                    ResultSet rows = third.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(10);
                assertThat(first.isClosed()).isTrue();
            }
        }
        database.assertScheduled("insert into book", "select title", "select count");
    }
}
