package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.driver.configuration.PoolSettings;
import io.heliosjdbc.driver.manager.Session;
import io.heliosjdbc.driver.wrapper.ConnectionWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool of one connection to H2. */
@Timeout(60)
class PhysicalPoolTest {
    private static final Classifier CLASSIFIER =
            new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), Agreements.builtIn());
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String url = "jdbc:h2:mem:pool_" + DATABASES.incrementAndGet();
    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    /** Whether nobody can be asked whether he works. */
    private volatile boolean broken;
    /** What happens where it is asked whether one works; then none does. */
    private volatile @Nullable Runnable whenValidated;
    /** Whether the database takes no more connections. */
    private volatile boolean full;
    /** Whether no connection can be made ready for another use. */
    private volatile boolean stubborn;
    /** What happens where somebody is told of the pool, or that it is short. */
    private volatile Runnable whenTold = () -> {};
    /** For how many seconds each was asked. */
    private final List<Object> validations = new CopyOnWriteArrayList<>();
    /** How far ahead the pool's clock is, in nanoseconds. */
    private final AtomicLong ahead = new AtomicLong();
    /** What the pool does after five seconds, which come when a test says so. */
    private final Deque<Runnable> sweeps = new ArrayDeque<>();

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable what, long delay, TimeUnit unit) {
            boolean isSweep = unit.toSeconds(delay) == 5;
            if (isSweep) {
                sweeps.add(what);
            }
            return super.schedule(isSweep ? () -> {} : what, delay, unit);
        }
    };

    private Connection open() throws SQLException {
        if (full) {
            throw new SQLException("no more", "53300");
        }
        Connection vendors = DriverManager.getConnection(url);
        opened.add(vendors);
        return (Connection) Proxy.newProxyInstance(
                PhysicalPoolTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (broken && method.getName().equals("isValid")) {
                        throw new IllegalStateException("no answer");
                    }
                    Runnable validated = whenValidated;
                    if (validated != null && method.getName().equals("isValid")) {
                        validations.add(arguments[0]);
                        validated.run();
                        return false;
                    }
                    if (stubborn && method.getName().equals("clearWarnings")) {
                        throw new IllegalStateException("not ready");
                    }
                    try {
                        return method.invoke(vendors, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private PhysicalPool pool() throws SQLException {
        return pool(1);
    }

    private PhysicalPool pool(int size) throws SQLException {
        return pool(new PoolSettings(size, 0, 60_000, 600_000, 1_800_000, 0, 0));
    }

    /** Of one, which is waited for two seconds. */
    private PhysicalPool impatientPool() throws SQLException {
        return pool(new PoolSettings(1, 0, 2_000, 600_000, 1_800_000, 0, 0));
    }

    private PhysicalPool pool(PoolSettings settings) throws SQLException {
        return new PhysicalPool(
                "test",
                settings,
                this::open,
                news -> whenTold.run(),
                shortage -> whenTold.run(),
                timer,
                () -> System.nanoTime() + ahead.get());
    }

    private void sweepAfter(long seconds) {
        ahead.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        sweeps.remove().run();
    }

    /** A session that has each statement wait for that long. */
    private static Session session(AtomicInteger waitedMillis) {
        return (Session) Proxy.newProxyInstance(
                PhysicalPoolTest.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "before" -> waitedMillis.get() * 1_000_000L;
                    case "profile" -> CLASSIFIER.profile((String) arguments[0]);
                    default -> method.getReturnType() == boolean.class ? false : null;
                });
    }

    /** In milliseconds. */
    private static int timeoutOf(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'QUERY_TIMEOUT'")) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }

    /** Now and then, for a second may pass on a machine that has no time just then. */
    private static void assertTimeout(Statement statement, int millis) throws SQLException {
        for (int attempt = 0; attempt < 10 && timeoutOf(statement) != millis; attempt++) {
            Thread.onSpinWait();
        }
        assertThat(timeoutOf(statement)).isEqualTo(millis);
    }

    @Test
    void whoseAnswerIsAnExceptionLeavesItsPlaceToAnother() throws SQLException {
        try (PhysicalPool pool = pool()) {
            pool.give(pool.take("any", Asking.FOR_EVER));
            broken = true;
            assertThatThrownBy(() -> pool.take("any", Asking.FOR_EVER)).hasMessage("no answer");
            broken = false;
            Physical another = pool.take("any", Asking.FOR_EVER);
            assertThat(pool.isShort()).isFalse();
            pool.give(another);
        }
    }

    private void toldInVain() {
        whenTold = () -> {
            throw new IllegalStateException("told in vain");
        };
    }

    @Test
    void whoCannotTellThatHeWaitsDoesNotWait() throws SQLException {
        try (PhysicalPool pool = pool()) {
            Physical only = pool.take("any", Asking.FOR_EVER);
            toldInVain();
            assertThatThrownBy(() -> pool.take("any", Asking.FOR_EVER)).hasMessage("told in vain");
            whenTold = () -> {};
            pool.give(only);
            Physical again = pool.take("any", Asking.FOR_EVER);
            assertThat(pool.isShort()).isFalse();
            pool.give(again);
        }
    }

    @Test
    void whatCannotBeMadeReadyForAnotherIsReplaced() throws SQLException {
        try (PhysicalPool pool = pool()) {
            Physical taken = pool.take("any", Asking.FOR_EVER);
            // Longer than anybody keeps one from HikariCP.
            ahead.addAndGet(TimeUnit.SECONDS.toNanos(11));
            stubborn = true;
            pool.give(taken);
            stubborn = false;
            Physical another = pool.take("any", Asking.FOR_EVER);
            assertThat(another).isNotSameAs(taken);
            pool.give(another);
        }
    }

    /** As a burst leaves it when the server vanishes. */
    private static void useAll(PhysicalPool pool, int size) throws SQLException {
        List<Physical> taken = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            taken.add(pool.take("any", Asking.FOR_EVER));
        }
        taken.forEach(pool::give);
    }

    @Test
    void whoWaitsNoLongerThanAQueryTimeoutAsksNoLongerWhoWorks() throws SQLException {
        try (PhysicalPool pool = pool(3)) {
            useAll(pool, 3);
            whenValidated = () -> {};
            assertThatThrownBy(() -> pool.take("any", System.nanoTime())).isInstanceOf(SQLTimeoutException.class);
            assertThat(validations).containsExactly(1);
        }
    }

    /** It would be waited for ten minutes else. */
    @Test
    void forAnotherNobodyWaitsLongerThanTheFirstHasLeft() throws SQLException {
        try (PhysicalPool pool = pool(new PoolSettings(1, 0, 600_000, 600_000, 1_800_000, 0, 0))) {
            useAll(pool, 1);
            full = true;
            whenValidated = () -> ahead.addAndGet(TimeUnit.MILLISECONDS.toNanos(599_900));
            assertThatThrownBy(() -> pool.take("any", Asking.FOR_EVER)).isInstanceOf(SQLException.class);
            assertThat(validations).hasSize(1);
        }
    }

    @Test
    void whatPinsForAMomentIsNotRemembered() throws SQLException {
        try (PhysicalPool pool = pool(new PoolSettings(1, 0, 2_000, 600_000, 1_800_000, 0, 60_000))) {
            int before = timer.getQueue().size();
            for (int i = 0; i < 10_000; i++) {
                pool.pins().begin("LISTEN").end();
            }
            assertThat(timer.getQueue()).hasSizeLessThan(before + 100);
        }
    }

    @Test
    void whoIsInterruptedAsksNobodyElse() throws SQLException {
        try (PhysicalPool pool = pool(3)) {
            useAll(pool, 3);
            whenValidated = () -> Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.take("any", Asking.FOR_EVER)).isInstanceOf(SQLException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(validations).hasSize(1);
        }
    }

    @Test
    void whetherOneWorksIsAskedForNoLongerThanThePoolWaits() throws SQLException {
        try (PhysicalPool pool = impatientPool()) {
            useAll(pool, 1);
            whenValidated = () -> whenValidated = null;
            pool.give(pool.take("any", Asking.FOR_EVER));
            assertThat(validations).containsExactly(1);
        }
    }

    @Test
    void whoCameBackToHikariAMomentAgoIsAskedThoughHikariDidNot() throws SQLException {
        try (PhysicalPool pool = pool(new PoolSettings(1, 0, 2_000, 600_000, 1_800_000, 500, 0))) {
            useAll(pool, 1);
            sweepAfter(4);
            sweepAfter(5);
            whenValidated = () -> whenValidated = null;
            pool.give(pool.take("any", Asking.FOR_EVER));
            assertThat(validations).isNotEmpty();
        }
    }

    @Test
    void whomHikariHasAskedIsNotAskedAgain() throws SQLException {
        try (PhysicalPool pool = pool(new PoolSettings(1, 0, 2_000, 600_000, 1_800_000, 500, 0))) {
            useAll(pool, 1);
            sweepAfter(4);
            sweepAfter(5);
            ahead.addAndGet(TimeUnit.SECONDS.toNanos(2));
            whenValidated = () -> whenValidated = null;
            pool.give(pool.take("any", Asking.FOR_EVER));
            // HikariCP, whose clock is the machine's, gives five seconds for the answer.
            assertThat(validations).doesNotContain(1);
        }
    }

    @Test
    void whatHikariGoesByFollowsTheMpls() throws SQLException {
        try (PhysicalPool pool = pool(new PoolSettings(2, 2, 2_000, 600_000, 1_800_000, 0, 0))) {
            assertThat(pool.hikari().inForce().getIdleTimeout()).isZero();
            pool.resize(new PoolSettings(3, 2, 2_000, 600_000, 1_800_000, 0, 0));
            assertThat(pool.hikari().inForce().getMaximumPoolSize()).isEqualTo(3);
            assertThat(pool.hikari().inForce().getMinimumIdle()).isEqualTo(2);
            assertThat(pool.hikari().inForce().getIdleTimeout()).isEqualTo(600_000);
            pool.resize(new PoolSettings(1, 2, 2_000, 600_000, 1_800_000, 0, 0));
            assertThat(pool.hikari().inForce().getMinimumIdle()).isEqualTo(1);
            assertThat(pool.hikari().inForce().getIdleTimeout()).isZero();
        }
    }

    @Test
    void ofAPoolThatCannotBeOpenedNothingStaysOpen() throws SQLException {
        broken = true;
        assertThatThrownBy(this::impatientPool).isInstanceOf(SQLException.class);
        for (Connection each : opened) {
            assertThat(each.isClosed()).isTrue();
        }
        assertThat(opened).hasSizeGreaterThan(1);
    }

    @Test
    void norOfOneThatNobodyCouldBeToldOf() throws SQLException {
        toldInVain();
        assertThatThrownBy(this::impatientPool).hasMessage("told in vain");
        for (Connection each : opened) {
            assertThat(each.isClosed()).isTrue();
        }
        assertThat(opened).isNotEmpty();
        assertThat(timer.isShutdown()).isTrue();
    }

    @Test
    void whatTheWaitHasLeftOfAQueryTimeoutIsTheVendors() throws SQLException {
        AtomicInteger waitedMillis = new AtomicInteger();
        try (PhysicalPool pool = pool();
                Connection connection =
                        ConnectionWrapper.wrap(new LateConnection(pool, CLASSIFIER::profile), session(waitedMillis));
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(10);
            assertTimeout(statement, 10_000);
            waitedMillis.set(2_001);
            assertTimeout(statement, 8_000);
            assertThat(statement.getQueryTimeout()).isEqualTo(10);
            waitedMillis.set(0);
            assertTimeout(statement, 10_000);
            connection.setAutoCommit(false);
            assertTimeout(statement, 10_000);
            waitedMillis.set(30_000);
            assertTimeout(statement, 1_000);
            waitedMillis.set(0);
            assertTimeout(statement, 10_000);
        }
    }
}
