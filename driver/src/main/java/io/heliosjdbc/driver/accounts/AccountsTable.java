package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.accounts.RowChanges.Row;
import io.heliosjdbc.driver.engine.ConnectionSource;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Settlement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts in tables of the database that is managed, on a connection of the vendor's that nothing else uses and that asks for no slot.
 * Not thread-safe. What is owed and the books that no longer contain it are written in one transaction.
 *
 * <p>A connection on which something failed is given up, and the next attempt opens another one. Nobody knows then whether the last
 * transaction was committed: so the rows are read again, and of the settlements only those are added that are missing.
 */
final class AccountsTable implements AccountStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(AccountsTable.class);
    /** Nobody but the thread that writes waits for the database; that one should know by then. */
    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    private static final String ANEW = "delete the rows of this manager in it to begin with empty accounts";

    private final ConnectionSource source;
    private final String name;
    private final OwnerRow owner;
    private final TextRows rows;
    private final SettlementsTable settlementsTable;
    private @Nullable Connection connection;
    /** What stands in the table, null where that is not known. */
    private @Nullable List<Row> written;

    private boolean dispossessed;

    /** Works with the database in a transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException, IOException;
    }

    private AccountsTable(ConnectionSource source, String name, String manager) {
        this.source = source;
        this.name = name;
        this.owner = new OwnerRow(manager);
        this.rows = new TextRows(manager);
        this.settlementsTable = new SettlementsTable(manager);
    }

    /**
     * Takes a manager's rows into possession, and makes the tables where they are not there.
     *
     * @param name the workload manager's
     * @param patienceNanos how long an owner that is not heard of is waited for
     * @throws RefusedInputException if they have an owner, or the tables cannot be used
     * @throws SQLException where the database cannot be reached, as the vendor's driver says it
     */
    static AccountsTable open(ConnectionSource source, String name, long patienceNanos)
            throws RefusedInputException, SQLException {
        String manager = Quoted.ascii(name);
        if (manager.length() > Schema.LONGEST_NAME) {
            throw new RefusedInputException(List.of(new Fault(
                    Schema.ACCOUNTS,
                    0,
                    0,
                    "the workload manager's name is longer than " + Schema.LONGEST_NAME + " characters: " + name,
                    "give it a shorter one by helios.manager")));
        }
        AccountsTable table = new AccountsTable(source, name, manager);
        boolean opened = false;
        try {
            Connection connection = table.connect();
            Schema.make(connection);
            table.take(connection, patienceNanos);
            connection.setAutoCommit(false);
            opened = true;
            return table;
        } finally {
            if (!opened) {
                table.disconnect();
            }
        }
    }

    private void take(Connection from, long patienceNanos) throws RefusedInputException {
        try {
            owner.take(from, patienceNanos);
        } catch (SQLException cause) {
            throw new RefusedInputException(List.of(new Fault(
                    Schema.ACCOUNTS,
                    0,
                    0,
                    "accounts cannot be kept in this table: " + Schema.code(cause),
                    "allow the database user to read and write it")));
        }
    }

    private Connection connect() throws SQLException {
        Connection opened = source.open();
        connection = opened;
        try {
            opened.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        } catch (SQLException | RuntimeException without) {
            LOGGER.debug("This driver has no network timeout: {}", Schema.code(without));
        }
        return opened;
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        written = null;
        if (open != null) {
            try {
                if (!open.getAutoCommit()) {
                    open.rollback();
                }
            } catch (SQLException | RuntimeException broken) {
                LOGGER.debug("{}: what was begun ends by itself: {}", this, Schema.code(broken));
            }
            try {
                open.close();
            } catch (SQLException | RuntimeException broken) {
                LOGGER.debug("{}: a broken connection ends by itself: {}", this, Schema.code(broken));
            }
        }
    }

    @Override
    public List<LoadState> read() throws RefusedInputException {
        try {
            List<Row> found = transaction(rows::read);
            written = found;
            if (found.isEmpty()) {
                return List.of();
            }
            List<LoadState> books =
                    AccountsText.read(Schema.ACCOUNTS, TextRows.text(found).getBytes(StandardCharsets.UTF_8), ANEW);
            return transaction(on -> settlementsTable.unsettled(on, books));
        } catch (IOException cause) {
            throw new RefusedInputException(List.of(new Fault(
                    Schema.ACCOUNTS,
                    0,
                    0,
                    "the accounts cannot be read: " + cause.getMessage(),
                    "allow the database user to read and write it")));
        }
    }

    @Override
    public List<Settlement> missing(List<Settlement> settlements) throws IOException {
        return transaction(on -> settlementsTable.missing(on, settlements));
    }

    @Override
    public void write(List<Settlement> settlements, List<LoadState> books, Instant now) throws IOException {
        List<String> text = TextRows.cut(AccountsText.ascii(books, now));
        written = transaction(on -> {
            boolean unused = keepPossession(on);
            List<Row> before = written;
            List<Settlement> added = settlements;
            if (before == null) {
                before = rows.read(on);
                added = settlementsTable.missing(on, settlements);
            }
            settlementsTable.append(on, added);
            return rows.write(on, before, text);
        });
        settlements.clear();
    }

    @Override
    public long beatNanos() {
        return OwnerRow.BEAT_NANOS;
    }

    @Override
    public void beat() throws IOException {
        boolean unused = transaction(this::keepPossession);
    }

    private boolean keepPossession(Connection on) throws SQLException, IOException {
        if (dispossessed || !owner.beat(on)) {
            dispossessed = true;
            throw new DispossessedException();
        }
        return true;
    }

    private <T> T transaction(Work<T> work) throws IOException {
        boolean done = false;
        try {
            Connection open = connection;
            if (open == null) {
                open = connect();
                open.setAutoCommit(false);
            }
            T result = work.on(open);
            open.commit();
            done = true;
            return result;
        } catch (SQLException | RuntimeException cause) {
            throw new IOException(Schema.code(cause));
        } finally {
            if (!done) {
                disconnect();
            }
        }
    }

    @Override
    public void close() {
        try {
            if (!dispossessed && connection != null) {
                boolean unused = transaction(owner::giveUp);
            }
        } catch (IOException cause) {
            LOGGER.warn(
                    "{} could not be given up, and the next owner has to wait a moment: {}", this, cause.getMessage());
        } finally {
            disconnect();
        }
    }

    @Override
    public String toString() {
        return "table " + Schema.ACCOUNTS + " of " + name;
    }
}
