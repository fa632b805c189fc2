package io.heliosjdbc.driver.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import io.heliosjdbc.slo.AccountState;
import java.io.IOException;
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
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that books on H2 and is killed in the middle of it, several times; then what its successors find. */
@Timeout(300)
class KilledProcessTest {
    private static final String CHECKPOINT_MILLIS = "100";

    @TempDir
    Path directory;

    @Test
    void atMostWhatWasBookedSinceTheLastCheckpointIsLost() throws Exception {
        Path books = directory.resolve("books");
        long kept = 0;
        for (int round = 0; round < 3; round++) {
            Path printed = directory.resolve("printed" + round);
            Process process = start(books, printed, CHECKPOINT_MILLIS, Long.MAX_VALUE);
            Instant last;
            try {
                // Some checkpoints later, in the middle of bookings.
                while (transactions(books) < kept + 200) {
                    assertThat(process.isAlive()).isTrue();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                assertThatThrownBy(() -> connect(books))
                        .isExactlyInstanceOf(SQLNonTransientException.class)
                        .hasFieldOrPropertyWithValue("SQLState", "F0000")
                        .hasMessageContaining(books + ": accounts are kept there by another process; ");
                last = written(books);
                while (written(books).equals(last)) {
                    assertThat(process.isAlive()).isTrue();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            List<Instant> booked = Files.readAllLines(printed).stream()
                    .filter(line -> line.endsWith("Z"))
                    .map(Instant::parse)
                    .toList();

            // The copy is taken some time before the file says when, but after the checkpoint before it.
            long certain = booked.stream().filter(last::isAfter).count();
            long found = found(books);
            // The child's own CREATE TABLE, and the one that it had booked and not yet printed.
            assertThat(found).isBetween(kept + certain, kept + booked.size() + 2);
            kept = found;
        }
        assertThat(kept).isGreaterThanOrEqualTo(600);
    }

    @Test
    void nothingIsLostWhenAProcessEndsByItself() throws Exception {
        Path books = directory.resolve("books");

        Process process = start(books, directory.resolve("printed"), "1000000000", 50);

        assertThat(process.waitFor()).isZero();
        assertThat(found(books)).isEqualTo(51);
    }

    private static Process start(Path books, Path printed, String checkpointMillis, long enough) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.heliosjdbc.application.Bookings",
                        "jdbc:helios:h2:mem:killed;helios.accounts=file:" + books + ";helios.accounts_checkpoint_ms="
                                + checkpointMillis,
                        Long.toString(enough))
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long transactions(Path books) throws Exception {
        if (!Files.exists(books)) {
            return 0;
        }
        return AccountsText.read("books", Files.readAllBytes(books), AccountsFile.ANEW).stream()
                .flatMap(load -> load.accounts().stream())
                .mapToLong(AccountState::transactions)
                .sum();
    }

    private static Instant written(Path books) throws IOException {
        String first = Files.readAllLines(books).get(0);
        return Instant.parse(first.substring(first.lastIndexOf(' ') + 1));
    }

    private static Connection connect(Path books) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("helios.accounts", "file:" + books);
        return DriverManager.getConnection("jdbc:helios:h2:mem:successor", properties);
    }

    /** What a successor finds in its books, which it then gives up. */
    private static long found(Path books) throws SQLException {
        long found = 0;
        try (Connection connection = connect(books);
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
