package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that switches autocommit means what the call means: what holds locks keeps its slot. On H2, one to one and bound late. */
class AutoCommitByTextTest {
    private static Connection open(String database, String connections) throws SQLException {
        return DriverManager.getConnection("jdbc:helios:h2:mem:" + database + "_by_text_" + connections
                + ";DB_CLOSE_DELAY=-1;helios.idle_in_transaction_lend_ms=0;helios.connections=" + connections);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void whatFollowsKeepsItsSlotToTheEndOfTheTransaction(String connections) throws SQLException {
        try (Connection one = open("single", connections);
                Connection observer = open("single", connections);
                Statement statement = one.createStatement()) {
            statement.execute("SET AUTOCOMMIT FALSE");
            statement.execute("CREATE TABLE t (id INT)");
            assertThat(active(observer)).isEqualTo(1);
            one.commit();
            assertThat(active(observer)).isZero();
            statement.execute("INSERT INTO t VALUES (1)");
            assertThat(active(observer)).isEqualTo(1);
            statement.execute("SET AUTOCOMMIT TRUE");
            assertThat(active(observer)).isZero();
            statement.execute("INSERT INTO t VALUES (2)");
            assertThat(active(observer)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void inABatchAndBeforeWorkInTheSameText(String connections) throws SQLException {
        try (Connection one = open("mixed", connections);
                Connection observer = open("mixed", connections);
                Statement statement = one.createStatement()) {
            statement.execute("CREATE TABLE t (id INT)");
            statement.addBatch("SET AUTOCOMMIT OFF");
            statement.addBatch("INSERT INTO t VALUES (1)");
            statement.executeBatch();
            assertThat(active(observer)).isEqualTo(1);
            one.setAutoCommit(true);
            assertThat(active(observer)).isZero();
            statement.execute("SET AUTOCOMMIT OFF; INSERT INTO t VALUES (2)");
            assertThat(active(observer)).isEqualTo(1);
            statement.execute("INSERT INTO t VALUES (3); SET AUTOCOMMIT ON");
            assertThat(active(observer)).isZero();
        }
    }

    private static long active(Connection observer) throws SQLException {
        return DatabaseContract.status(observer, "active");
    }
}
