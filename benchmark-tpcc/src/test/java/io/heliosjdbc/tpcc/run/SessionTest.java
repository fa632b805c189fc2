package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.pace.DueClock;
import io.heliosjdbc.tpcc.pace.Phases;
import io.heliosjdbc.tpcc.run.Measurements.Outcome;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Terminal.Profile WHO = new Terminal.Profile("terminal-1", PriorityClass.HIGH);

    /** Of a target; whoever is told of fails to hear it. */
    private record Deaf(Target target) implements Session.Door {
        @Override
        public Connection open() throws SQLException {
            Connection connection = target.straight();
            connection.setAutoCommit(false);
            return connection;
        }

        @Override
        public void tell(Connection connection, Terminal.Profile who) {
            throw new IllegalStateException("deaf");
        }
    }

    /** Of a target, whose connections tell nobody who they are. */
    private record Open(Target target, Isolation isolation) implements Session.Door {
        @Override
        public Connection open() throws SQLException {
            Connection connection = target.straight();
            connection.setTransactionIsolation(isolation.level());
            connection.setAutoCommit(false);
            return connection;
        }

        @Override
        public void tell(Connection connection, Terminal.Profile who) {}
    }

    private static Measurements measurements(long length) throws Exception {
        Measurements measurements = new Measurements(new Figures(length, Promises.read(List.of()), false, true));
        measurements.terminal(WHO);
        return measurements;
    }

    @Test
    void whatRanWhenItsTerminalDiedIsUnfinished() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1)) {
            long length = TimeUnit.HOURS.toNanos(1);
            Measurements measurements = measurements(length);
            Clock clock = new Clock(length, () -> 0);
            clock.start(0);
            Session session = new Session(new Deaf(target), clock, measurements, new SplittableRandom(1));
            assertThatThrownBy(() -> terminal(clock, session, measurements).run())
                    .hasMessage("deaf");
            Figures figures = measurements.close();
            long offered = Arrays.stream(TransactionType.values())
                    .mapToLong(type -> figures.type(type).offered())
                    .sum();
            assertThat(offered).isEqualTo(1);
            assertThat(unfinished(figures)).isEqualTo(1);
        }
    }

    @Test
    void whatCollidedIsTriedAgainAndCountsOnce() throws Exception {
        try (Target target = Target.embeddedPostgres("jdbc:", 5);
                Connection other = target.straight();
                Statement elsewhere = other.createStatement()) {
            Runs.load(target);
            long length = TimeUnit.HOURS.toNanos(1);
            Measurements measurements = measurements(length);
            AtomicInteger begun = new AtomicInteger();
            other.setAutoCommit(false);
            Session.Door door = new Open(target, Isolation.SERIALIZABLE);
            Clock clock = new Clock(length, begun::getAndIncrement);
            clock.start(0);
            Session session = new Session(door, clock, measurements, new SplittableRandom(1));
            elsewhere.executeUpdate("UPDATE warehouse SET w_ytd = w_ytd WHERE w_id = 1");
            Input.Customer customer = new Input.Customer(1, 1, 1, null);
            Thread thread = new Thread(() -> {
                try {
                    session.run(WHO, new Input.Payment(1, 1, customer, BigDecimal.ONE), 0);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            try (Connection third = target.straight();
                    Statement look = third.createStatement()) {
                while (!look.executeQuery("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                        .next()) {
                    Thread.onSpinWait();
                }
            }
            other.commit();
            thread.join();
            session.close();
            Figures figures = measurements.close();
            assertThat(figures.type(TransactionType.PAYMENT).retries()).isEqualTo(1);
            assertThat(figures.type(TransactionType.PAYMENT).count(Outcome.COMMITTED))
                    .isEqualTo(1);
            assertThat(figures.type(TransactionType.PAYMENT).offered()).isEqualTo(1);
        }
    }

    /** Its only connection is broken, and the interval ends before there is another one. */
    private static final class Outage implements Session.Door {
        private final AtomicLong ticks = new AtomicLong();
        private final Target target;
        private final Clock clock;
        private boolean opened;

        Outage(Target target, long length) {
            this.target = target;
            this.clock = new Clock(length, ticks::get);
            clock.start(0);
            ticks.set(5);
        }

        Clock clock() {
            return clock;
        }

        @Override
        public Connection open() throws SQLException {
            if (opened) {
                ticks.set(clock.length());
                clock.end();
                throw new SQLException("the server is gone", "08001");
            }
            opened = true;
            Connection connection = target.straight();
            connection.setAutoCommit(false);
            return connection;
        }

        @Override
        public void tell(Connection connection, Terminal.Profile who) throws SQLException {
            connection.close();
        }
    }

    @Test
    void whatBreaksItsConnectionHasFailedWhenItBroke() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1)) {
            long length = TimeUnit.HOURS.toNanos(1);
            Measurements measurements = measurements(length);
            Outage outage = new Outage(target, length);
            Session session = new Session(outage, outage.clock(), measurements, new SplittableRandom(1));
            Session.Done done = session.run(WHO, new Input.StockLevel(1, 1, 15), 0);
            assertThat(done).isEqualTo(new Session.Done(RawData.Outcome.FAILED, 5, 5, false));
            session.close();
            ByType figures = measurements.close().type(TransactionType.STOCK_LEVEL);
            assertThat(figures.count(Outcome.FAILED)).isEqualTo(1);
            assertThat(figures.offered()).isEqualTo(1);
        }
    }

    @Test
    void whatIsDueWhileThereIsNoConnectionIsUnfinished() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1)) {
            long length = TimeUnit.HOURS.toNanos(1);
            Measurements measurements = measurements(length);
            Outage outage = new Outage(target, length);
            Clock clock = outage.clock();
            Session session = new Session(outage, clock, measurements, new SplittableRandom(1));
            terminal(clock, session, measurements).run();
            Figures figures = measurements.close();
            assertThat(figures.failed()).isEqualTo(1);
            assertThat(unfinished(figures)).isEqualTo(1);
        }
    }

    /** One that does not pause. */
    private static Terminal terminal(Clock clock, Session session, Measurements measurements) {
        SplittableRandom random = new SplittableRandom(1);
        Inputs inputs = Inputs.ofTerminal(0, random, NuRand.draw(random), Population.SMALL, 1);
        DueClock due = new DueClock(Phases.constant(0, Duration.ofHours(1)), 0);
        return new Terminal(WHO, inputs, due, clock, session, new DeliveryQueue<>(1, clock), measurements);
    }

    private static long unfinished(Figures figures) {
        return Arrays.stream(TransactionType.values())
                .mapToLong(type -> figures.type(type).unfinished())
                .sum();
    }

    /** H2, whose connections run out. */
    private static final class Scarce implements Driver {
        private static final String PREFIX = "jdbc:scarce:";
        private final int most;
        private final List<Connection> given = new ArrayList<>();

        Scarce(int most) {
            this.most = most;
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith(PREFIX);
        }

        @Override
        public @Nullable Connection connect(String url, Properties properties) throws SQLException {
            if (!acceptsURL(url)) {
                return null;
            }
            long open = 0;
            for (Connection each : given) {
                open += each.isClosed() ? 0 : 1;
            }
            if (open == most) {
                throw new SQLTransientConnectionException("too many connections", "53300");
            }
            Connection connection = DriverManager.getConnection("jdbc:h2:" + url.substring(PREFIX.length()));
            given.add(connection);
            return connection;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }
    }

    @Test
    void whereOneTerminalCannotConnectTheOthersAreClosed() throws Exception {
        Scarce driver = new Scarce(6);
        DriverManager.registerDriver(driver);
        try (Target target = Target.open("jdbc:scarce:mem:scarce;LOCK_TIMEOUT=10000", null, null, 10)) {
            assertThatThrownBy(() -> Runs.run(target, Runs.settings(1, 10, Isolation.READ_COMMITTED)))
                    .hasMessage("too many connections");
            assertThat(driver.given).hasSizeGreaterThan(6).allMatch(each -> {
                try {
                    return each.isClosed();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        } finally {
            DriverManager.deregisterDriver(driver);
        }
    }
}
