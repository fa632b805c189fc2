package io.heliosjdbc.driver.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.slo.AccountState;
import io.heliosjdbc.slo.BooksCopy;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Settlement;
import io.heliosjdbc.slo.SloComponent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What accounts in tables of a database keep to, whichever it is. */
@Timeout(120)
abstract class AccountsTableContract {
    static final Instant NOW = Instant.parse("2026-03-20T09:00:00Z");
    private static final String NAME = "jdbc:test:Größe";
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Connection> opened = new ArrayList<>();
    private boolean down;

    /** A connection of the vendor's. */
    abstract Connection straight() throws SQLException;

    /** Not by the driver manager, from which other tests take what they want to see go. */
    static Connection straight(String url) throws SQLException {
        for (Driver driver : ServiceLoader.load(Driver.class)) {
            if (driver.acceptsURL(url)) {
                return driver.connect(url, new Properties());
            }
        }
        throw new IllegalArgumentException(url);
    }

    private Connection connect() throws SQLException {
        if (down) {
            throw new SQLException("the secret is 4711", "08001");
        }
        Connection connection = straight();
        opened.add(connection);
        return connection;
    }

    @AfterEach
    void leaveNothing() throws SQLException {
        for (Connection each : opened) {
            each.close();
        }
        try (Connection connection = straight();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE helios_accounts");
            statement.execute("DROP TABLE helios_settlements");
        }
    }

    private AccountsTable open() throws Exception {
        return AccountsTable.open(this::connect, NAME, SHORT);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        List<LoadState> last = List.of();
        for (int round = 0; round < 3; round++) {
            try (AccountsTable table = open()) {
                assertThat(table.read()).isEqualTo(last);
                for (int seed = 0; seed < 10; seed++) {
                    last = new RandomBooks(10 * round + seed).loads(6);
                    table.write(new ArrayList<>(), last, NOW);
                }
                assertThat(table.read()).isEqualTo(last);
            }
        }
    }

    /** Each account of the first load comes before what follows it in the text. */
    @Test
    void aNewAccountAmongThousandsIsARowOrTwo() throws Exception {
        UserLoad first = RandomBooks.perClient("first");
        UserLoad second = RandomBooks.perClient("second");
        SloComponent books = new SloComponent(List.of(first, second), 6, NOW);
        for (int i = 0; i < 3_000; i++) {
            books.account(first, "client " + i).book(1);
            books.account(second, "client " + i).book(1);
        }
        BooksCopy copy = new BooksCopy();
        try (AccountsTable table = open()) {
            for (String client : List.of("at first", "another", "a third")) {
                copy.take(books.takeChanged());
                table.write(new ArrayList<>(), copy.loads(), NOW);
                Set<String> before = rows();
                books.account(first, client).book(1);
                books.account(first, "client 7").book(1);
                copy.take(books.takeChanged());
                table.write(new ArrayList<>(), copy.loads(), NOW);
                // Both accounts, and the end with the number of lines and the checksum.
                assertThat(rows()).filteredOn(each -> !before.contains(each)).hasSize(3);
            }
            copy.take(books.amended(List.of(second), 6, NOW).books().takeChanged());
            table.write(new ArrayList<>(), copy.loads(), NOW);
            assertThat(rows()).hasSizeLessThan(3_010);
            assertThat(table.read()).isEqualTo(copy.loads());
        }
    }

    private Set<String> rows() throws SQLException {
        Set<String> rows = new HashSet<>();
        try (Connection connection = straight();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT line, line_text FROM helios_accounts WHERE line > 0")) {
            while (found.next()) {
                rows.add(found.getInt(1) + " " + found.getString(2));
            }
        }
        return rows;
    }

    @Test
    void anotherManagerHasRowsOfItsOwn() throws Exception {
        List<LoadState> books = new RandomBooks(1).loads(4);
        try (AccountsTable table = open();
                AccountsTable other = AccountsTable.open(this::connect, "another", SHORT)) {
            table.write(new ArrayList<>(), books, NOW);
            other.write(settlements(2), List.of(), NOW);

            assertThat(table.read()).isEqualTo(books);
            assertThat(other.read()).isEmpty();
            assertThat(table.missing(settlements(2))).hasSize(2);
            assertThat(other.missing(settlements(3))).hasSize(1);
        }
    }

    @Test
    void whatIsOwedIsAddedOnceAndCanBeRead() throws Exception {
        List<Settlement> two = settlements(2);
        try (AccountsTable table = open()) {
            table.write(two, List.of(), NOW);
            assertThat(two).isEmpty();
            table.write(new ArrayList<>(table.missing(settlements(4))), List.of(), NOW);
        }

        List<String> expected = new ArrayList<>();
        settlements(4).forEach(each -> expected.add(Quoted.ascii(StatementOfAccount.json(each))));
        assertThat(statements()).containsExactlyElementsOf(expected);
    }

    @Test
    void aTableHasOneOwner() throws Exception {
        AccountsTable first = open();
        // No interrupt ends it: HSQLDB waits on and forgets that there was one.
        AtomicBoolean ends = new AtomicBoolean();
        Thread beating = new Thread(() -> {
            try {
                while (!ends.get()) {
                    first.beat();
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            } catch (InterruptedException | IOException ended) {
                return;
            }
        });
        beating.start();
        try {
            assertThatExceptionOfType(RefusedInputException.class)
                    // So long that no pause of the machine lets the owner fall silent for it.
                    .isThrownBy(() -> AccountsTable.open(this::connect, NAME, TimeUnit.SECONDS.toNanos(60)))
                    .withMessage(
                            "helios_accounts: accounts of workload manager jdbc:test:Gr\\u00f6\\u00dfe are kept there"
                                    + " by another process; give each process a workload manager of its own by helios.manager");
        } finally {
            ends.set(true);
            beating.join();
        }
        first.beat();
        first.close();
        open().close();
    }

    @Test
    void anOwnerThatIsNotHeardOfLosesItAndWritesNothingMore() throws Exception {
        List<LoadState> books = new RandomBooks(2).loads(4);
        AccountsTable killed = open();
        killed.write(new ArrayList<>(), books, NOW);

        AccountsTable successor = open();

        assertThat(successor.read()).isEqualTo(books);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(DispossessedException.class)
                    .isThrownBy(() -> killed.write(settlements(1), List.of(), NOW));
        }
        killed.close();
        successor.beat();
        assertThat(successor.read()).isEqualTo(books);
        assertThat(successor.missing(settlements(1))).hasSize(1);
        successor.close();
    }

    @Test
    void aDatabaseThatWasAwayIsWrittenToAgainAndNothingTwice() throws Exception {
        List<Settlement> owed = settlements(2);
        List<LoadState> books = new RandomBooks(3).loads(4);
        AccountsTable table = open();
        table.write(new ArrayList<>(), new RandomBooks(4).loads(4), NOW);
        opened.get(opened.size() - 1).close();
        down = true;
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> table.write(owed, books, NOW))
                    .withMessageContaining("SQLState")
                    .withMessageNotContaining("4711")
                    .withNoCause();
        }
        assertThat(owed).hasSize(2);
        down = false;

        table.write(owed, books, NOW);
        // As if nobody had heard that it was committed.
        opened.get(opened.size() - 1).close();
        List<Settlement> again = settlements(3);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> table.write(again, books, NOW));
        table.write(again, books, NOW);

        assertThat(table.read()).isEqualTo(books);
        assertThat(statements()).hasSize(3);
        table.close();
    }

    /** As when an account's last transaction comes between the copy of the books and the handing over of what is owed. */
    @Test
    void anIntervalThatIsSettledDoesNotRunOn() throws Exception {
        UserLoad load = RandomBooks.settledAfterTwo("checkout \ud83d\ude00");
        SloComponent books = new SloComponent(List.of(load), 6, NOW);
        books.account(load, "ü").bookRefused();
        books.account(load, "ö").bookRefused();
        List<LoadState> copied = books.takeChanged();
        books.account(load, "ü").bookRefused();
        List<Settlement> owed = books.takeSettled();
        assertThat(owed).hasSize(1);
        try (AccountsTable table = open()) {
            table.write(new ArrayList<>(owed), copied, NOW);
        }

        try (AccountsTable table = open()) {
            assertThat(table.read().get(0).accounts())
                    .extracting(AccountState::owner, AccountState::transactions)
                    .containsExactlyInAnyOrder(tuple("ü", 0L), tuple("ö", 1L));
        }
    }

    /** The books remember what has changed until somebody takes it. */
    @Test
    void whoLosesTheTableGoesOnTakingWhatChanges() throws Exception {
        AccountKeeper keeper = AccountKeeper.inDatabase(this::connect, NAME, InstantSource.system());
        AtomicInteger taken = new AtomicInteger();
        keeper.begin(List.of(), () -> {
            taken.incrementAndGet();
            return List.of();
        });
        open().close();
        keeper.checkpoint();
        int before = taken.get();

        keeper.checkpoint();

        assertThat(taken).hasValue(before + 1);
        keeper.close();
    }

    @Test
    void namesThatAreTooLongAreRefused() throws Exception {
        open().close();
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> AccountsTable.open(this::connect, "x".repeat(191), SHORT))
                .withMessageContaining("give it a shorter one by helios.manager");
    }

    /** Of accounts with names as nobody would have them; each list begins with the last one's. */
    private static List<Settlement> settlements(int count) {
        List<Settlement> settlements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomBooks.Owing owing = RandomBooks.owing("checkout \ud83d\ude00", "x".repeat(i * 1_500) + "ü\"\\");
            SloComponent books = new SloComponent(List.of(owing.load()), 6, NOW);
            books.account(owing.load(), owing.owner()).bookRefused();
            settlements.addAll(books.settle(NOW.plusSeconds(3_600)));
        }
        return settlements;
    }

    private List<String> statements() throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Connection connection = straight();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT part, statement_text FROM helios_settlements ORDER BY manager, settlement_number, part")) {
            while (rows.next()) {
                if (rows.getInt(1) == 0) {
                    statements.add("");
                }
                int last = statements.size() - 1;
                statements.set(last, statements.get(last) + rows.getString(2));
            }
        }
        return statements;
    }
}
