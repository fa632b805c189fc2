package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.accounts.AccountKeeper;
import io.heliosjdbc.driver.admin.LoadStatus;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Workload managers whose accounts outlive them in tables of their database. Checkpoints come only where a test asks for one. */
@Timeout(60)
class AccountsInDatabaseTest {
    private static final String UPDATE = "UPDATE stock SET quantity = quantity - 1 WHERE id = 7";
    private static final String URL = "jdbc:h2:mem:managed";
    private static final Map<String, String> SETTINGS =
            Map.of("accounts", "jdbc", "accounts_checkpoint_ms", "1000000000");

    /** Keeps it in memory. */
    private @Nullable Connection database;

    private final List<Connection> opened = new ArrayList<>();
    private boolean down;
    private volatile Instant today = Instant.parse("2026-03-10T09:00:00Z");
    private final Registry registry = new Registry(System::nanoTime, () -> today);
    private final Logger log = (Logger) LoggerFactory.getLogger(AccountKeeper.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() throws SQLException {
        database = h2("sa");
        logged.start();
        log.setLevel(Level.INFO);
        log.addAppender(logged);
    }

    @AfterEach
    void closeAll() throws SQLException {
        registry.closeIdle();
        log.detachAppender(logged);
        log.setLevel(null);
        for (Connection each : opened) {
            each.close();
        }
        Objects.requireNonNull(database).close();
    }

    /** Not by the driver manager, from which other tests take what they want to see go. */
    private static Connection h2(String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", user.equals("sa") ? "" : user);
        return new org.h2.Driver().connect(URL, properties);
    }

    @Test
    void whatWasBookedIsThereAgainAndNoConnectionStaysOpen() throws Exception {
        ManagedSession before = open();
        run(before, UPDATE);
        before.manager().bookkeeping().checkpoint();
        run(before, "/* priority=high */ " + UPDATE);
        end(before);

        ManagedSession after = open();

        assertThat(load(after, "medium").transactions()).isEqualTo(1);
        assertThat(load(after, "high").transactions()).isEqualTo(1);
        run(after, UPDATE);
        assertThat(load(after, "medium").transactions()).isEqualTo(2);
        end(after);
        for (Connection each : opened) {
            assertThat(each.isClosed()).isTrue();
        }
        assertThat(opened).hasSize(2);
    }

    @Test
    void anIntervalThatEndedWhileNobodyWasThereIsSettledOnce() throws Exception {
        ManagedSession before = open();
        run(before, UPDATE);
        end(before);
        today = Instant.parse("2026-05-02T00:00:00Z");

        end(open());
        end(open());

        assertThat(statements())
                .singleElement()
                .asString()
                .startsWith("{\"user_load\":\"medium\",\"account\":null,\"from\":\"2026-03-10T09:00:00Z\","
                        + "\"until\":\"2026-04-01T00:00:00Z\",\"transactions\":1,\"late\":0,")
                .contains("\"why\":\"1 transactions, 0 late, conformance 1.0; promised: 90.0 percent within PT5S;");
    }

    @Test
    void whatCannotBeWrittenIsKeptSaidOnceAndWrittenLater() throws Exception {
        ManagedSession session = open();
        run(session, UPDATE);
        opened.get(0).close();
        down = true;
        today = today.plus(Duration.ofDays(30));
        assertThat(load(session, "medium").transactions()).isZero();
        session.manager().bookkeeping().checkpoint();
        run(session, UPDATE);
        session.manager().bookkeeping().checkpoint();
        down = false;

        session.manager().bookkeeping().checkpoint();

        assertThat(logged.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.INFO);
        assertThat(logged.list.get(0).getFormattedMessage())
                .isEqualTo("Accounts cannot be written to table helios_accounts of jdbc:test:one; it is tried again and"
                        + " again");
        assertThat(statements()).hasSize(1);
        end(session);
        ManagedSession after = open();
        assertThat(load(after, "medium").transactions()).isEqualTo(1);
        end(after);
    }

    @Test
    void aDatabaseThatIsNotThereSaysSoItself() {
        down = true;
        assertThatThrownBy(this::open)
                .isExactlyInstanceOf(SQLTransientConnectionException.class)
                .hasMessage("away");
        assertThat(registry.size()).isZero();
    }

    @Test
    void aUserWhoMayNotMakeTablesIsToldWhatToExecute() throws Exception {
        try (Connection connection = h2("sa");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS guest PASSWORD 'guest'");
        }
        assertThatThrownBy(() -> open(() -> h2("guest")))
                .isExactlyInstanceOf(SQLNonTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "F0000")
                .hasMessageStartingWith(
                        "Configuration or agreement refused: helios_accounts: accounts cannot be kept in"
                                + " this table, and it cannot be made: ")
                .hasMessageContaining("SQLState 90096; make it, and allow the database user to use it: CREATE TABLE"
                        + " helios_accounts (manager VARCHAR(190) NOT NULL, line INTEGER NOT NULL,");
    }

    @Test
    void behindAnotherDataSourceItIsRefused() {
        assertThatThrownBy(() -> open(null))
                .isExactlyInstanceOf(SQLNonTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "F0000")
                .hasMessageContaining("accounts = \"jdbc\" needs a connection of its own");
        assertThat(registry.size()).isZero();
    }

    @Test
    void damagedRowsAreRefusedAndLeftAsTheyAre() throws Exception {
        ManagedSession before = open();
        run(before, UPDATE);
        end(before);
        try (Connection connection = h2("sa");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(
                            "UPDATE helios_accounts SET line_text = REPLACE(line_text, 'transactions 1', 'transactions 7')"
                                    + " WHERE line_text LIKE 'account%'"))
                    .isEqualTo(1);
        }
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::open)
                    .isExactlyInstanceOf(SQLNonTransientException.class)
                    .hasMessageContaining(
                            "number of lines and checksum are not those of the file; put a copy in its place,"
                                    + " or delete the rows of this manager in it to begin with empty accounts");
        }
    }

    private List<String> statements() throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Connection connection = h2("sa");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT statement_text FROM helios_settlements")) {
            while (rows.next()) {
                statements.add(rows.getString(1));
            }
        }
        return statements;
    }

    private ManagedSession open() throws SQLException {
        return open(() -> {
            if (down) {
                throw new SQLTransientConnectionException("away", "08001");
            }
            Connection connection = h2("sa");
            opened.add(connection);
            return connection;
        });
    }

    private ManagedSession open(@Nullable ConnectionSource connections) throws SQLException {
        return registry.open("jdbc:test:one", SETTINGS, "app", null, connections);
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
