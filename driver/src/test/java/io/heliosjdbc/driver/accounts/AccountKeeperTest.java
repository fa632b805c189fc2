package io.heliosjdbc.driver.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes accounts down. */
@Timeout(60)
class AccountKeeperTest {
    @TempDir
    Path directory;

    @Test
    void whatGoesWrongOnceKeepsNobodyFromWritingTheNextTime() throws Exception {
        Path file = directory.resolve("accounts");
        AtomicInteger times = new AtomicInteger();
        CountDownLatch again = new CountDownLatch(1);
        try (AccountKeeper keeper = AccountKeeper.inFile(file, InstantSource.system())) {
            assertThat(keeper.begin(List.of(), List::of)).isEmpty();
            keeper.start(1, () -> {
                if (times.incrementAndGet() == 1) {
                    throw new NoClassDefFoundError("gone with its jar");
                }
                again.countDown();
            });
            again.await();
        }
        assertThat(Files.exists(file)).isTrue();
    }
}
