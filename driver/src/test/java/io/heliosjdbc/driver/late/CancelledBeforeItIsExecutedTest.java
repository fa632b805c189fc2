package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.driver.configuration.PoolSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement is cancelled while something else is asked or made for it: then it is not executed. */
class CancelledBeforeItIsExecutedTest {
    private static final Classifier CLASSIFIER =
            new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), Agreements.builtIn());
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String url = "jdbc:h2:mem:cancelled_before_" + DATABASES.incrementAndGet() + ";LOCK_TIMEOUT=77";
    private PhysicalPool pool;
    private LateConnection connection;
    /** What is cancelled in the next of the vendor's methods of that name, as another thread does. */
    private @Nullable Statement cancelled;

    private String within = "";
    private int cancelsOfVendors;

    private @Nullable Object answer(Object vendors, Method method, Object[] arguments) throws Throwable {
        Statement statement = cancelled;
        if (method.getName().equals("cancel")) {
            cancelsOfVendors++;
        }
        if (statement != null && method.getName().equals(within)) {
            cancelled = null;
            statement.cancel();
        }
        try {
            Object answer = method.invoke(vendors, arguments);
            return answer instanceof Statement made ? watched(Statement.class, made) : answer;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private <T> T watched(Class<T> type, T vendors) {
        return type.cast(Proxy.newProxyInstance(
                CancelledBeforeItIsExecutedTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer(vendors, method, arguments)));
    }

    @BeforeEach
    void openAll() throws SQLException {
        PoolSettings settings = new PoolSettings(1, 0, 2_000, 600_000, 1_800_000, 500, 0);
        pool = new PhysicalPool(
                "test",
                settings,
                () -> watched(Connection.class, DriverManager.getConnection(url)),
                news -> {},
                shortage -> {});
        connection = new LateConnection(pool, CLASSIFIER::profile);
    }

    @AfterEach
    void closeAll() {
        connection.close();
        pool.close();
    }

    private static int lockTimeout(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT LOCK_TIMEOUT()")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private void isNotExecuted(Statement statement) throws SQLException {
        cancelled = statement;
        assertThatThrownBy(() -> statement.execute("SET LOCK_TIMEOUT 5"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cancelled");
        assertThat(cancelled).isNull();
        assertThat(cancelsOfVendors).isZero();
        try (Statement other = connection.createStatement()) {
            assertThat(lockTimeout(other)).isEqualTo(77);
        }
        assertThat(statement.execute("SET LOCK_TIMEOUT 6")).isFalse();
        assertThat(lockTimeout(statement)).isEqualTo(6);
        assertThat(connection.status().state()).isNotEqualTo("pinned");
    }

    @Test
    void whileItIsAskedWhatASettingWas() throws SQLException {
        within = "executeQuery";
        isNotExecuted(connection.createStatement());
    }

    /** The vendor's would be told, and would end the question. */
    @Test
    void whileItIsAskedWhatASettingWasForOneThatHasExecuted() throws SQLException {
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        assertThat(lockTimeout(statement)).isEqualTo(77);
        within = "executeQuery";
        isNotExecuted(statement);
    }

    @Test
    void whileTheVendorsIsMade() throws SQLException {
        // Else the first one made is the question's.
        try (Statement other = connection.createStatement()) {
            assertThat(other.execute("SET LOCK_TIMEOUT 77")).isFalse();
        }
        within = "createStatement";
        isNotExecuted(connection.createStatement());
    }
}
