package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A forecast, and the same clients with limits in earnest: who is in the database together is arranged, not timed. */
@Timeout(60)
class ForecastOnH2Test {
    private static final int CLIENTS = 5;
    private static final int MPL = 2;

    private static volatile CountDownLatch inside = new CountDownLatch(0);
    private static volatile CountDownLatch goOn = new CountDownLatch(0);

    /** What H2 can call. */
    public static final class Function {
        private Function() {}

        /** Stays in the database until it is let go. */
        public static int stay() throws InterruptedException {
            inside.countDown();
            goOn.await();
            return 1;
        }
    }

    private interface Arranged {
        void await(Statement admin) throws Exception;
    }

    /** Each client runs one statement that stays until what is arranged has come about. */
    private static long[] run(String name, String settings, Arranged arranged, String answer, String... columns)
            throws Exception {
        String url = "jdbc:helios:h2:mem:" + name + ";helios.fast_lane.max_concurrency=" + MPL
                + ";helios.fast_lane.queue_timeout_ms=0;" + settings;
        inside = new CountDownLatch(CLIENTS);
        goOn = new CountDownLatch(1);
        try (Connection administrator = DriverManager.getConnection(url);
                Statement admin = administrator.createStatement()) {
            admin.execute("CREATE ALIAS STAY FOR \"" + Function.class.getName() + ".stay\"");
            List<FutureTask<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                FutureTask<Boolean> client = new FutureTask<>(() -> client(url));
                clients.add(client);
                new Thread(client, "client " + i).start();
            }
            try {
                arranged.await(admin);
            } finally {
                goOn.countDown();
            }
            for (FutureTask<Boolean> client : clients) {
                assertThat(client.get()).isTrue();
            }
            return row(admin, answer, columns);
        }
    }

    private static boolean client(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            try (ResultSet stayed = statement.executeQuery("CALL STAY()")) {
                return stayed.next() && stayed.getInt(1) == 1;
            }
        }
    }

    /** The columns of the first row that is of the statement or of its class. */
    private static long[] row(Statement admin, String answer, String... columns) throws SQLException {
        boolean report = answer.endsWith("REPORT");
        try (ResultSet rows = admin.executeQuery(answer)) {
            while (rows.next()) {
                if (report
                        ? rows.getString("name").equals("CALL stay()")
                        : rows.getString(1).equals("fast_lane")) {
                    long[] values = new long[columns.length];
                    for (int i = 0; i < columns.length; i++) {
                        values[i] = rows.getLong(columns[i]);
                    }
                    return values;
                }
            }
        }
        throw new AssertionError(answer + " does not tell");
    }

    @Test
    void whatIsForecastHappens() throws Exception {
        long[] forecast = run(
                "forecast-dry",
                "helios.dry_run=true",
                admin -> inside.await(),
                "SHOW HELIOS REPORT",
                "replayed",
                "would_have_waited",
                "would_have_been_refused");
        long[] happened = run(
                "forecast-enforced",
                "",
                admin -> {
                    while (row(admin, "SHOW HELIOS CLASSES", "queued")[0] < CLIENTS - MPL) {
                        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
                    }
                },
                "SHOW HELIOS CLASSES",
                "waited",
                "refused");

        assertThat(forecast).containsExactly(CLIENTS, CLIENTS - MPL, 0);
        assertThat(happened).containsExactly(CLIENTS - MPL, 0);
    }
}
