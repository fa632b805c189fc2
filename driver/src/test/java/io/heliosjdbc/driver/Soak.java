package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Two hundred threads on ten slots, with all that clients do to each other: cancels, interrupts, timeouts, connections closed and
 * aborted by somebody else. How many statements are in the database at once is counted there, not by Helios.
 *
 * <p>Five seconds in every build; longer with {@code -Dhelios.soak=PT5M}.
 */
abstract class Soak {
    static final int THREADS = 200;
    static final int SLOTS = 10;
    private static final Duration LENGTH = Duration.parse(System.getProperty("helios.soak", "PT5S"));
    private static final long SEED = Long.getLong("helios.soak.seed", 42);

    private final String url;
    private final boolean othersMayClose;
    private final Map<String, AtomicLong> counts = new ConcurrentSkipListMap<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final long end = System.nanoTime() + LENGTH.toNanos();
    private final ScheduledExecutorService others = Executors.newScheduledThreadPool(2);

    /**
     * A soak that has not begun.
     *
     * @param url with ten slots in all and lending switched off
     * @param othersMayClose whether a statement has left the database when its closed connection says so
     */
    Soak(String url, boolean othersMayClose) {
        this.url = url;
        this.othersMayClose = othersMayClose;
    }

    /**
     * A query that stays in the database for so many milliseconds, and tells how many were there when it came, itself
     * included, as the database counted them.
     */
    abstract String work(int millis);

    final void run() throws Exception {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            Thread worker = new Thread(() -> work(random), "soak-" + i);
            workers.add(worker);
            worker.start();
        }
        for (Thread worker : workers) {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 60_000));
            assertThat(worker.isAlive())
                    .as("%s waits for ever", worker.getName())
                    .isFalse();
        }
        others.shutdownNow();
        assertThat(others.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).isEmpty();
        int most = mostAtOnce.get();
        System.out.printf(
                "soak of %s on %s: %s, most at once %d, longest call %d ms%n",
                LENGTH, url.replaceAll("[?;].*", ""), counts, most, TimeUnit.NANOSECONDS.toMillis(longestNanos.get()));
        assertThat(most).isPositive().isLessThanOrEqualTo(SLOTS);
        assertThat(counts.getOrDefault("done", new AtomicLong()).get()).isPositive();
        nothingIsLost();
    }

    /** Everybody is gone: no slot is taken, and all ten can be taken at once. */
    private void nothingIsLost() throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            while (classes.next()) {
                assertThat(classes.getInt("active")).isZero();
                assertThat(classes.getInt("queued")).isZero();
                assertThat(classes.getInt("lent")).isZero();
            }
        }
        CyclicBarrier allInside = new CyclicBarrier(SLOTS);
        List<Thread> holders = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            Thread holder = new Thread(() -> {
                try (Connection connection = DriverManager.getConnection(url);
                        Statement statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    statement.execute("SELECT 1");
                    allInside.await(120, TimeUnit.SECONDS);
                    connection.rollback();
                } catch (Exception e) {
                    faults.add(e);
                }
            });
            holders.add(holder);
            holder.start();
        }
        for (Thread holder : holders) {
            holder.join();
        }
        assertThat(faults).isEmpty();
    }

    private void work(SplittableRandom random) {
        @Nullable Connection connection = null;
        try {
            while (System.nanoTime() < end) {
                if (connection == null || connection.isClosed()) {
                    connection = DriverManager.getConnection(url);
                }
                long began = System.nanoTime();
                boolean reusable = step(connection, random);
                longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
                if (!reusable || random.nextInt(50) == 0) {
                    connection.close();
                    connection = null;
                }
            }
        } catch (Throwable e) {
            faults.add(e);
        } finally {
            close(connection);
        }
    }

    private void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException alreadyBroken) {
            count("database's own");
        }
    }

    private void count(String outcome) {
        counts.computeIfAbsent(outcome, absent -> new AtomicLong()).incrementAndGet();
    }

    /** One thing that a client does; whether its connection can be used further. */
    private boolean step(Connection connection, SplittableRandom random) {
        int kind = random.nextInt(100);
        try (Statement statement = connection.createStatement()) {
            if (kind < 12) {
                transaction(connection, statement, random);
            } else {
                if (kind < 24) {
                    later(random, statement::cancel);
                } else if (kind < 36) {
                    Thread self = Thread.currentThread();
                    later(random, self::interrupt);
                } else if (kind < 40) {
                    statement.setQueryTimeout(1);
                } else if (kind < 44 && othersMayClose) {
                    later(random, connection::close);
                } else if (kind < 48 && othersMayClose) {
                    later(random, () -> connection.abort(Runnable::run));
                }
                stay(statement, random.nextInt(200) == 0 ? 1500 : random.nextInt(6));
            }
            count("done");
            return true;
        } catch (SQLException e) {
            return count(e);
        } finally {
            boolean wasInterrupted = Thread.interrupted();
            assertThat(wasInterrupted || !Thread.currentThread().isInterrupted())
                    .isTrue();
        }
    }

    private void stay(Statement statement, int millis) throws SQLException {
        try (ResultSet rows = statement.executeQuery(work(millis))) {
            rows.next();
            mostAtOnce.accumulateAndGet(rows.getInt(1), Math::max);
        }
    }

    private void transaction(Connection connection, Statement statement, SplittableRandom random) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                stay(statement, random.nextInt(4));
            }
            if (random.nextBoolean()) {
                connection.commit();
            }
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Something that another thread does in a moment, whatever this one is doing then. */
    private void later(SplittableRandom random, Action action) {
        Future<?> unused = others.schedule(
                () -> {
                    try {
                        action.run();
                    } catch (SQLException tooLate) {
                        count("database's own");
                    }
                },
                random.nextInt(60_000),
                TimeUnit.MICROSECONDS);
    }

    private interface Action {
        void run() throws SQLException;
    }

    private boolean count(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String message = String.valueOf(e.getMessage());
        if (state.startsWith("53H")) {
            count("refused");
            return true;
        }
        if (state.equals("57014") && message.contains("user load")) {
            count("cancelled");
            return true;
        }
        count(othersMayClose ? "ended by others" : "database's own");
        return false;
    }
}
