package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.driver.configuration.PoolSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who connects with ever other passwords, or other objects among the properties. */
class PhysicalPoolsTest {
    private static final Classifier CLASSIFIER =
            new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), Agreements.builtIn());
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String url = "jdbc:h2:mem:pools_" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
    /** By password. */
    private final Map<String, List<Connection>> opened = new ConcurrentHashMap<>();
    /** How far ahead the clock is, in nanoseconds. */
    private final AtomicLong ahead = new AtomicLong();
    /** What others do while a connection is opened. */
    private Runnable meanwhile = () -> {};

    /** Names of pools that are no more. */
    private final List<String> gone = new CopyOnWriteArrayList<>();

    private final PhysicalPools pools = new PhysicalPools(
            "test",
            new PoolSettings(2, 0, 2_000, 600_000, 1_800_000, 500, 0),
            news -> {},
            gone::add,
            shortage -> {},
            () -> System.nanoTime() + ahead.get(),
            Runnable::run);

    private Connection login(String password) throws SQLException {
        if (password.equals("wrong")) {
            throw new SQLException("no such password", "28000");
        }
        meanwhile.run();
        Connection connection = DriverManager.getConnection(url);
        opened.computeIfAbsent(password, first -> new CopyOnWriteArrayList<>()).add(connection);
        return connection;
    }

    private LateConnection open(@Nullable String user, String password) throws SQLException {
        return pools.open(() -> login(password), user + "/" + password, user, CLASSIFIER::profile);
    }

    private static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS t (id INT)");
        }
    }

    private boolean isOpen(String password) throws SQLException {
        for (Connection each : opened.getOrDefault(password, List.of())) {
            if (!each.isClosed()) {
                return true;
            }
        }
        return false;
    }

    private void passes(long minutes) {
        ahead.addAndGet(TimeUnit.MINUTES.toNanos(minutes));
    }

    @AfterEach
    void closeAll() {
        pools.close();
    }

    @Test
    void aPoolThatNobodyUsesIsClosedForTheNextPassword() throws SQLException {
        for (int i = 0; i < 5; i++) {
            try (Connection connection = open("app", "password " + i)) {
                use(connection);
            }
            passes(1);
            assertThat(pools.status()).hasSize(1);
            assertThat(isOpen("password " + i)).as("the last one stays").isTrue();
            assertThat(isOpen("password " + (i - 1))).isFalse();
        }
        try (Connection again = open("app", "password 0")) {
            use(again);
            assertThat(isOpen("password 0")).isTrue();
        }
    }

    @Test
    void aPoolWithAConnectionStays() throws SQLException {
        try (Connection connection = open("app", "old")) {
            passes(60);
            try (Connection other = open("app", "new")) {
                use(other);
                use(connection);
            }
        }
        passes(1);
        open("app", "newer").close();
        assertThat(pools.status()).hasSize(1);
        assertThat(isOpen("old")).isFalse();
    }

    @Test
    void soDoesOneThatWasUsedAMomentAgo() throws SQLException {
        open("app", "old").close();
        open("app", "new").close();
        assertThat(pools.status()).hasSize(2);
        passes(1);
        open("app", "newer").close();
        assertThat(pools.status()).hasSize(1);
        assertThat(gone).isEmpty();
    }

    /** Where credentials are made anew each hour, so are users. */
    @Test
    void aPoolThatNobodyUsesIsClosedForTheNextUser() throws SQLException {
        open("v-app-1", "old").close();
        open("v-app-1", "old, with options").close();
        passes(1);
        Connection stays = open("other", "a");
        assertThat(pools.status()).extracting(PoolStatus::name).containsExactly("other at test");
        assertThat(isOpen("old")).isFalse();
        assertThat(gone).containsExactly("v-app-1 at test");
        passes(1);
        open("v-app-2", "new").close();
        assertThat(pools.status())
                .extracting(PoolStatus::name)
                .containsExactlyInAnyOrder("other at test", "v-app-2 at test");
        assertThat(gone).hasSize(1);
        stays.close();
    }

    @Test
    void aWrongPasswordClosesNothing() throws SQLException {
        open("app", "old").close();
        passes(1);
        assertThatThrownBy(() -> open("app", "wrong")).hasMessage("no such password");
        assertThat(isOpen("old")).isTrue();
        assertThat(pools.status()).hasSize(1);
    }

    @Test
    void howeverAConnectionEndsItIsNotCountedAnyMore() throws SQLException {
        LateConnection closed = open("app", "old");
        LateConnection aborted = open("app", "old");
        LateConnection dropped = open("app", "old");
        for (int i = 0; i < 2; i++) {
            closed.close();
            aborted.abort(Runnable::run);
            dropped.drop();
        }
        LateConnection last = open("app", "old");
        passes(1);
        open("app", "new").close();
        assertThat(pools.status()).hasSize(2);
        last.close();
        passes(1);
        open("app", "newer").close();
        assertThat(pools.status()).hasSize(1);
    }

    @Test
    void whatWasCountedGoesOnBeingCounted() throws SQLException {
        List<Long> binds = new ArrayList<>();
        for (String password : List.of("old", "new")) {
            try (Connection connection = open("app", password)) {
                use(connection);
            }
            binds.add(pools.status().stream().mapToLong(PoolStatus::binds).sum());
            passes(1);
        }
        assertThat(pools.status()).hasSize(1);
        assertThat(binds.get(1)).isEqualTo(2 * binds.get(0));
    }

    @Test
    void aPoolThatIsBeingOpenedFollowsTheMpls() throws SQLException {
        meanwhile = () -> pools.resize(new PoolSettings(7, 0, 2_000, 600_000, 1_800_000, 500, 0));
        open("app", "new").close();
        assertThat(pools.status())
                .singleElement()
                .extracting(PoolStatus::maximum)
                .isEqualTo(7);
    }

    @Test
    void aPoolThatIsBeingOpenedIsClosedWithTheOthers() throws SQLException {
        meanwhile = pools::close;
        assertThatThrownBy(() -> open("app", "new")).hasFieldOrPropertyWithValue("SQLState", "08003");
        assertThat(isOpen("new")).isFalse();
    }
}
