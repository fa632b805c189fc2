package io.heliosjdbc.driver.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.PostgresServer;
import io.heliosjdbc.driver.manager.WorkloadManagers;
import io.heliosjdbc.slo.AccountState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that books on PostgreSQL, keeps its accounts there, and is killed in the middle of it; then what its successors find. */
@Timeout(300)
@ExtendWith(PostgresServer.class)
class KilledOnPostgresTest {
    private static final String MANAGER = "killed";

    @TempDir
    Path directory;

    private final String location;

    KilledOnPostgresTest(String location) {
        this.location = location;
    }

    @Test
    void atMostWhatWasBookedSinceTheLastCheckpointIsLost() throws Exception {
        long kept = 0;
        for (int round = 0; round < 2; round++) {
            Path printed = directory.resolve("printed" + round);
            Process process = start(printed);
            Instant last;
            try {
                while (transactions(text()) < kept + 200) {
                    assertThat(process.isAlive()).isTrue();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                }
                assertThatThrownBy(() -> DriverManager.getConnection(url()))
                        .isExactlyInstanceOf(SQLNonTransientException.class)
                        .hasFieldOrPropertyWithValue("SQLState", "F0000")
                        .hasMessageContaining("helios_accounts: accounts of workload manager killed are kept there by"
                                + " another process; ");
                last = written();
                while (written().equals(last)) {
                    assertThat(process.isAlive()).isTrue();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            List<Instant> booked = Files.readAllLines(printed).stream()
                    .filter(line -> line.endsWith("Z"))
                    .map(Instant::parse)
                    .toList();
            // The copy is taken some time before the text says when, but after the checkpoint before it.
            long certain = booked.stream().filter(last::isAfter).count();

            long found = found();

            // The child's own CREATE TABLE, and the one that it had booked and not yet printed.
            assertThat(found).isBetween(kept + certain, kept + booked.size() + 2);
            kept = found;
        }
        assertThat(kept).isGreaterThanOrEqualTo(400);
    }

    private String url() {
        return "jdbc:helios:" + location + "&helios.manager=" + MANAGER
                + "&helios.accounts=jdbc&helios.accounts_checkpoint_ms=100";
    }

    private Process start(Path printed) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.heliosjdbc.application.Bookings",
                        url(),
                        Long.toString(Long.MAX_VALUE))
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What stands in the table; empty before there is one. */
    private String text() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = AccountsTableContract.straight("jdbc:" + location);
                Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("SELECT to_regclass('helios_accounts')")) {
                there.next();
                if (there.getString(1) == null) {
                    return "";
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT line_text FROM helios_accounts WHERE manager = '"
                    + MANAGER + "' AND line > 0 ORDER BY line")) {
                while (rows.next()) {
                    text.append(rows.getString(1));
                }
            }
        }
        return text.toString();
    }

    private Instant written() throws SQLException {
        String header = text().lines().findFirst().orElseThrow();
        return Instant.parse(header.substring(header.lastIndexOf(' ') + 1));
    }

    private static long transactions(String text) throws Exception {
        return text.isEmpty()
                ? 0
                : AccountsText.read("table", text.getBytes(StandardCharsets.UTF_8), "").stream()
                        .flatMap(load -> load.accounts().stream())
                        .mapToLong(AccountState::transactions)
                        .sum();
    }

    /** What a successor finds, which it then gives up. */
    private long found() throws SQLException {
        long found = 0;
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet loads = statement.executeQuery("SHOW HELIOS LOADS")) {
            while (loads.next()) {
                found += loads.getLong("transactions");
            }
        }
        WorkloadManagers.closeIdle();
        return found;
    }
}
