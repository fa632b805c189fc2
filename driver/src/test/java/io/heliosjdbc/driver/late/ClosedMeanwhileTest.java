package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement is closed while it executes: what comes of the execution holds nothing. */
class ClosedMeanwhileTest {
    private static final Classifier CLASSIFIER =
            new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), Agreements.builtIn());
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String url = "jdbc:h2:mem:closed_meanwhile_" + DATABASES.incrementAndGet();
    /** What is closed in the vendor's next execution, as another thread does: when the rows are there already, or before. */
    private @Nullable Statement closing;

    private boolean rowsFirst;
    private PhysicalPool pool;
    private LateConnection connection;

    private @Nullable Object answer(Object vendors, Method method, Object[] arguments) throws Throwable {
        Statement closed = closing;
        boolean executes = method.getName().startsWith("execute") && closed != null;
        if (executes) {
            closing = null;
        }
        if (executes && !rowsFirst) {
            Objects.requireNonNull(closed).close();
        }
        try {
            // The vendor's is closed as far as it looks, and executes all the same.
            boolean isClose = method.getName().equals("close") && !rowsFirst;
            Object answer = isClose ? null : method.invoke(vendors, arguments);
            if (executes && rowsFirst) {
                Objects.requireNonNull(closed).close();
            }
            return answer instanceof Statement made ? watched(made) : answer;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private Statement watched(Statement vendors) {
        return (Statement) Proxy.newProxyInstance(
                ClosedMeanwhileTest.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                (proxy, method, arguments) -> answer(vendors, method, arguments));
    }

    private Connection open() throws SQLException {
        Connection vendors = DriverManager.getConnection(url);
        return (Connection) Proxy.newProxyInstance(
                ClosedMeanwhileTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> answer(vendors, method, arguments));
    }

    @BeforeEach
    void openAll() throws SQLException {
        rowsFirst = true;
        PoolSettings settings = new PoolSettings(1, 0, 2_000, 600_000, 1_800_000, 500, 0);
        pool = new PhysicalPool("test", settings, this::open, news -> {}, shortage -> {});
        connection = new LateConnection(pool, CLASSIFIER::profile);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY, x INT)");
        }
    }

    @AfterEach
    void closeAll() {
        connection.close();
        pool.close();
    }

    @Test
    void keysThatNobodyReadsHoldNothing() throws SQLException {
        for (boolean each : new boolean[] {true, false}) {
            rowsFirst = each;
            Statement statement = connection.createStatement();
            closing = statement;
            assertThat(statement.executeUpdate("INSERT INTO t (x) VALUES (1)", Statement.RETURN_GENERATED_KEYS))
                    .isEqualTo(1);
            assertThat(statement.isClosed()).isTrue();
            assertThat(connection.isBound()).isFalse();
        }
    }

    @Test
    void rowsThatNobodyReadsAreClosed() throws SQLException {
        for (boolean each : new boolean[] {true, false}) {
            rowsFirst = each;
            Statement statement = connection.createStatement();
            closing = statement;
            ResultSet rows = statement.executeQuery("SELECT 1");
            assertThat(rows.isClosed()).isTrue();
            assertThat(connection.isBound()).isFalse();
        }
    }
}
