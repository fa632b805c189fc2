package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.admin.LoadStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that outlive their workload manager. Checkpoints come only where a test asks for one. */
@Timeout(60)
class LastingAccountsTest {
    private static final String UPDATE = "UPDATE stock SET quantity = quantity - 1 WHERE id = 7";

    @TempDir
    Path directory;

    private volatile Instant today = Instant.parse("2026-03-10T09:00:00Z");
    private final Registry registry = new Registry(System::nanoTime, () -> today);

    @AfterEach
    void closeAll() {
        registry.closeIdle();
    }

    @Test
    void whatWasBookedIsThereAgain() throws Exception {
        ManagedSession before = open();
        run(before, UPDATE);
        before.manager().bookkeeping().checkpoint();
        run(before, "/* priority=high */ " + UPDATE);
        end(before);

        ManagedSession after = open();

        assertThat(load(after, "medium").transactions()).isEqualTo(1);
        assertThat(load(after, "high").transactions()).isEqualTo(1);
        assertThat(Files.readString(books()))
                .startsWith("helios-accounts 1 written 2026-03-10T09:00:00Z\n")
                .contains("statement \"UPDATE stock SET quantity = quantity - ? WHERE id = ?\"");
        run(after, UPDATE);
        assertThat(load(after, "medium").transactions()).isEqualTo(2);
        end(after);
    }

    @Test
    void whatNoAgreementDescribesIsCountedOnToo() throws Exception {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("agreements", "classpath:configuration/agreements/back-office.xml");
        ManagedSession before = registry.open("jdbc:test:one", settings, "app", null);
        run(before, UPDATE);
        run(before, "/* load='back-office' */ " + UPDATE);
        end(before);

        ManagedSession after = registry.open("jdbc:test:one", settings, "app", null);
        assertThat(load(after, "default").transactions()).isEqualTo(1);
        assertThat(load(after, "back-office").transactions()).isEqualTo(1);
        end(after);

        // Without that agreement the load is gone; with the built-in one, what it does not describe is not needed.
        ManagedSession without = open();
        assertThat(without.manager().loads())
                .extracting(LoadStatus::userLoad)
                .containsExactly("default", "high", "low", "medium");
        end(without);
    }

    /** A copy of the file is what a process leaves that is killed: its last checkpoint. */
    @Test
    void whatWasBookedBeforeTheLastCheckpointSurvivesAKill() throws Exception {
        ManagedSession before = open();
        run(before, UPDATE);
        before.manager().bookkeeping().checkpoint();
        byte[] left = Files.readAllBytes(books());
        run(before, UPDATE);
        end(before);
        Files.write(books(), left);

        ManagedSession after = open();

        assertThat(load(after, "medium").transactions()).isEqualTo(1);
        end(after);
    }

    @Test
    void anIntervalThatEndedWhileNobodyWasThereIsSettledOnce() throws Exception {
        ManagedSession before = open();
        run(before, UPDATE);
        end(before);
        byte[] left = Files.readAllBytes(books());

        today = Instant.parse("2026-05-02T00:00:00Z");
        ManagedSession after = open();
        assertThat(load(after, "medium").transactions()).isZero();
        String line = "{\"user_load\":\"medium\",\"account\":null,\"from\":\"2026-03-10T09:00:00Z\","
                + "\"until\":\"2026-04-01T00:00:00Z\",\"transactions\":1,\"late\":0,\"conformance\":1.0,"
                + "\"promised_percent\":90.0,\"promised_within\":\"PT5S\",\"points_per_step\":10.0,"
                + "\"value_per_step\":200,\"maximum\":200,\"steps\":0,\"due\":0,\"unit\":\"USD\","
                + "\"why\":\"1 transactions, 0 late, conformance 1.0; promised: 90.0 percent within PT5S;"
                + " 0 started steps of 10.0 points at 200, at most 200; due 0 USD\"}";
        assertThat(settlements()).hasContent(line + "\n");
        end(after);

        // As if the process had ended when the statement of account was written and the books were not.
        Files.write(books(), left);
        end(open());
        assertThat(settlements()).hasContent(line + "\n");
        // Or in the middle of that.
        Files.write(books(), left);
        Files.writeString(settlements(), line.substring(0, 100));
        end(open());
        assertThat(settlements()).hasContent(line.substring(0, 100) + "\n" + line + "\n");
    }

    @Test
    void anAccountIsSettledAfterSoManyTransactionsAndOnceWhereAProcessEndsInBetween() throws Exception {
        String agreement = Files.readString(
                Path.of(Objects.requireNonNull(getClass().getResource("/configuration/agreements/back-office.xml"))
                        .toURI()));
        Path counted = Files.writeString(
                directory.resolve("counted.xml"),
                agreement.replaceFirst("assessmentInterval=\"[^\"]*\"", "assessmentTransactions=\"3\""));
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("agreements", counted.toString());
        String update = "/* load='back-office' */ " + UPDATE;
        ManagedSession before = registry.open("jdbc:test:one", settings, "app", null);
        run(before, update);
        run(before, update);
        before.manager().bookkeeping().checkpoint();
        byte[] left = Files.readAllBytes(books());
        assertThat(new String(left, StandardCharsets.UTF_8))
                .contains("penalty every 3 transactions ")
                .containsPattern(
                        "account - transactions 2 late 0 refused 0 response_ns \\S+ from 2026-03-10T09:00:00Z");
        run(before, update);
        assertThat(load(before, "back-office").transactions()).isZero();
        before.manager().bookkeeping().checkpoint();
        assertThat(Files.readAllLines(settlements()))
                .singleElement()
                .asString()
                .contains("\"from\":\"2026-03-10T09:00:00Z\"", "\"transactions\":3,");
        run(before, update);
        end(before);

        ManagedSession after = registry.open("jdbc:test:one", settings, "app", null);
        assertThat(load(after, "back-office").transactions()).isEqualTo(1);
        end(after);
        // As if the process had ended when the statement of account was written and the books were not.
        Files.write(books(), left);
        today = today.plus(Duration.ofMinutes(1));
        ManagedSession again = registry.open("jdbc:test:one", settings, "app", null);
        assertThat(load(again, "back-office").transactions()).isZero();
        for (int i = 0; i < 3; i++) {
            run(again, update);
        }
        end(again);
        assertThat(Files.readAllLines(settlements())).hasSize(2);
    }

    @Test
    void anIntervalThatEndsIsSettledAtTheNextCheckpointOrBefore() throws Exception {
        ManagedSession session = open();
        run(session, UPDATE);
        run(session, "/* priority=high */ " + UPDATE);
        today = today.plus(Duration.ofDays(30));
        assertThat(load(session, "medium").transactions()).isZero();
        assertThat(settlements()).doesNotExist();

        session.manager().bookkeeping().checkpoint();

        assertThat(Files.readAllLines(settlements()))
                .satisfiesExactly(
                        high -> assertThat(high).startsWith("{\"user_load\":\"high\",\"account\":null,"),
                        medium -> assertThat(medium).startsWith("{\"user_load\":\"medium\",\"account\":null,"));
        assertThat(Files.readString(books())).doesNotContain("account ");
        end(session);
        assertThat(Files.readAllLines(settlements())).hasSize(2);
    }

    @Test
    void whatCannotBeWrittenIsWrittenLater() throws Exception {
        ManagedSession session = open();
        run(session, UPDATE);
        session.manager().bookkeeping().checkpoint();
        today = today.plus(Duration.ofDays(30));
        Files.createDirectory(settlements());
        assertThat(load(session, "medium").transactions()).isZero();

        session.manager().bookkeeping().checkpoint();
        assertThat(Files.readString(books())).as("is not ahead of what is owed").contains("account - transactions 1 ");
        Files.delete(settlements());
        session.manager().bookkeeping().checkpoint();

        assertThat(Files.readAllLines(settlements())).hasSize(1);
        assertThat(Files.readString(books())).doesNotContain("account ");
        end(session);
    }

    @Test
    void aFileHasOneOwner() throws Exception {
        ManagedSession first = open();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> registry.open("jdbc:test:two", settings(), "app", null))
                    .isExactlyInstanceOf(SQLNonTransientException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "F0000")
                    .hasMessage("Configuration or agreement refused: " + books()
                            + ": accounts are kept there by another workload manager of this virtual machine; give"
                            + " each a file of its own, or within one virtual machine the same helios.manager");
        }
        assertThat(registry.size()).isEqualTo(1);
        end(first);

        ManagedSession second = registry.open("jdbc:test:two", settings(), "app", null);
        end(second);
    }

    @Test
    void aDamagedFileIsRefusedAndLeftAsItIs() throws Exception {
        ManagedSession before = open();
        run(before, UPDATE);
        end(before);
        byte[] whole = Files.readAllBytes(books());
        String damaged = Files.readString(books()).replace("transactions 1", "transactions 7");
        Files.writeString(books(), damaged);

        int last = (int) damaged.lines().count();
        assertThatThrownBy(this::open)
                .isExactlyInstanceOf(SQLNonTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "F0000")
                .hasMessage("Configuration or agreement refused: " + books() + ":" + last
                        + ":1: the accounts are damaged or cut off: number of lines and checksum are not those of the"
                        + " file; put a copy in its place, or move it away to begin with empty accounts");

        assertThat(books()).hasContent(damaged);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(books(), directory.resolve("books.lock"));
        }
        Files.write(books(), whole);
        ManagedSession after = open();
        assertThat(load(after, "medium").transactions()).isEqualTo(1);
        end(after);
    }

    @Test
    void whereAccountsCannotBeKeptIsSaidAtOnce() throws IOException {
        assertThatThrownBy(() -> registry.open(
                        "jdbc:test:one", Map.of("accounts", "file:" + directory.resolve("no/books")), "app", null))
                .isExactlyInstanceOf(SQLNonTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "F0000")
                .hasMessageContaining("accounts cannot be kept there")
                .hasMessageEndingWith("name a file in a directory that is there and can be written");
        assertThatThrownBy(() -> registry.open("jdbc:test:one", Map.of("accounts", "file:" + directory), "app", null))
                .hasMessageContaining("it is a directory");
        Files.createDirectory(directory.resolve("books.tmp"));
        assertThatThrownBy(this::open).hasMessageEndingWith("make it, and what is beside it, writable");
        Files.delete(directory.resolve("books.tmp"));
        assertThat(registry.size()).isZero();
    }

    @Test
    void anInterruptedThreadReadsAndWritesLikeAnyOther() throws Exception {
        ManagedSession session = open();
        run(session, UPDATE);
        Thread.currentThread().interrupt();
        try {
            end(session);
            ManagedSession again = open();
            assertThat(load(again, "medium").transactions()).isEqualTo(1);
            today = Instant.parse("2026-05-02T00:00:00Z");
            end(again);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Files.readAllLines(settlements())).hasSize(1);
    }

    @Test
    void aLinkStaysALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), books());
        end(open());
        ManagedSession session = registry.open("jdbc:test:one", Map.of("accounts", "file:" + link), "app", null);
        run(session, UPDATE);
        assertThatThrownBy(() -> registry.open("jdbc:test:two", settings(), "app", null))
                .hasMessageContaining("accounts are kept there by another workload manager");
        end(session);

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(books())).contains("account - transactions 1 ");
    }

    @Test
    void whereNothingIsManagedNothingIsKept() throws Exception {
        ManagedSession session =
                registry.open("jdbc:test:one", Map.of("accounts", "file:" + books(), "enabled", "false"), "app", null);
        session.close();
        assertThat(books()).doesNotExist();
    }

    /** Whoever comes while a manager is opened or closed waits, and finds the file free. */
    @Test
    @Timeout(300)
    void comingAndGoingNeverFindsTheFileTaken() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 50; n++) {
                        ManagedSession session = open();
                        run(session, UPDATE);
                        end(session);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        ManagedSession last = open();
        assertThat(load(last, "medium").transactions()).isEqualTo(200);
        end(last);
    }

    private Path books() {
        return directory.resolve("books");
    }

    private Path settlements() {
        return directory.resolve("books.settlements.jsonl");
    }

    private Map<String, String> settings() {
        return Map.of("accounts", "file:" + books(), "accounts_checkpoint_ms", "1000000000");
    }

    private ManagedSession open() throws SQLException {
        return registry.open("jdbc:test:one", settings(), "app", null);
    }

    private void end(ManagedSession session) {
        session.close();
        registry.closeIdle();
    }

    private static void run(ManagedSession session, String sql) throws SQLException {
        StatementProfile profile = session.profile(sql);
        session.before(session, profile, 0);
        session.after(session, profile, null);
    }

    private static LoadStatus load(ManagedSession session, String name) {
        return session.manager().loads().stream()
                .filter(each -> each.userLoad().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
