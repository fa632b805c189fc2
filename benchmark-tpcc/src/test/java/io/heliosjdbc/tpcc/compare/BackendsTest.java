package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Target;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who waits in a transaction for its next statement keeps a connection from all others. */
class BackendsTest {
    private static final int MOST_ATTEMPTS = 50;

    private static double inUse(Backends backends) throws SQLException {
        return backends.count(0).getOrDefault(Backends.IN_USE, Double.NaN);
    }

    /** Of a database without tables. */
    private static void openTransactionsAreInUse(Target target, String first) throws SQLException {
        try (Connection connection = target.straight();
                Statement statement = connection.createStatement();
                Backends backends = new Backends(new Lookout(target::straight), Dialect.of(connection))) {
            statement.execute("CREATE TABLE thing (x INTEGER)");
            connection.setAutoCommit(false);
            statement.execute(first);
            assertThat(backends.count(0)).containsEntry(Backends.OPEN, 1.0).containsEntry(Backends.IN_USE, 1.0);
            connection.commit();
            // MariaDB looks at its transactions only where nobody has asked for them for a tenth of a second.
            double inUse = 1;
            for (int attempt = 0; attempt < MOST_ATTEMPTS && inUse > 0; attempt++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                inUse = inUse(backends);
            }
            assertThat(inUse).isZero();
        }
    }

    @Test
    void onPostgresItIsInUse() throws Exception {
        try (Target target = Target.embeddedPostgres("jdbc:", 5)) {
            openTransactionsAreInUse(target, "SELECT * FROM thing");
        }
    }

    @Test
    void onH2ItIsInUseWhereItHasChangedSomething() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 5)) {
            openTransactionsAreInUse(target, "INSERT INTO thing VALUES (1)");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
    void onMariaDbItIsInUseWhereTheUserMayKnow() throws Exception {
        try (Target target = Target.embeddedMariaDb("jdbc:", 5)) {
            openTransactionsAreInUse(target, "SELECT * FROM thing");
            try (Connection connection = target.straight();
                    Statement statement = connection.createStatement()) {
                // The embedded one asks nobody who he is until it is told to.
                statement.execute("FLUSH PRIVILEGES");
                for (String host : List.of("localhost", "%")) {
                    statement.execute("CREATE USER clerk@'" + host + "' IDENTIFIED BY 'x'");
                    statement.execute("GRANT SELECT ON " + connection.getCatalog() + ".* TO clerk@'" + host + "'");
                }
            }
            Lookout.Opening clerk = () -> DriverManager.getConnection(target.straightUrl(), "clerk", "x");
            try (Connection other = clerk.open();
                    Backends backends = new Backends(new Lookout(clerk), Dialect.of(other))) {
                assertThat(backends.count(0)).containsOnlyKeys(Backends.OPEN).containsEntry(Backends.OPEN, 1.0);
                assertThat(backends.count(0)).containsOnlyKeys(Backends.OPEN);
            }
        }
    }
}
