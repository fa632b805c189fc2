package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two tables that accounts are kept in. Stateless.
 *
 * <p>Only {@code INTEGER} and {@code VARCHAR}, only texts of plain ASCII, and nothing but inserts, updates and deletes by key: so
 * they are the same in any database and any encoding.
 */
final class Schema {
    static final String ACCOUNTS = "helios_accounts";
    static final String SETTLEMENTS = "helios_settlements";

    /** As long as an index of any of them takes, four bytes to a character. */
    static final int LONGEST_NAME = 190;

    /** Longer ones are cut into several rows. */
    static final int LONGEST_TEXT = 2_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(Schema.class);

    private static final List<String> STATEMENTS = List.of(
            "CREATE TABLE " + ACCOUNTS + " (manager VARCHAR(" + LONGEST_NAME + ") NOT NULL, line INTEGER NOT NULL,"
                    + " line_text VARCHAR(" + LONGEST_TEXT + ") NOT NULL, PRIMARY KEY (manager, line))",
            "CREATE TABLE " + SETTLEMENTS + " (manager VARCHAR(" + LONGEST_NAME
                    + ") NOT NULL, settlement_number INTEGER NOT NULL, part INTEGER NOT NULL, statement_text VARCHAR("
                    + LONGEST_TEXT + ") NOT NULL, PRIMARY KEY (manager, settlement_number, part))");

    private Schema() {}

    /**
     * Makes the tables where they are not there.
     *
     * @param connection in autocommit
     * @throws RefusedInputException if they cannot be made; it says what to execute
     */
    static void make(Connection connection) throws RefusedInputException {
        make(connection, ACCOUNTS, STATEMENTS.get(0));
        make(connection, SETTLEMENTS, STATEMENTS.get(1));
    }

    private static void make(Connection connection, String table, String sql) throws RefusedInputException {
        if (isThere(connection, table)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        } catch (SQLException cause) {
            // Somebody else may have been quicker.
            if (!isThere(connection, table)) {
                throw new RefusedInputException(List.of(new Fault(
                        table,
                        0,
                        0,
                        "accounts cannot be kept in this table, and it cannot be made: " + code(cause),
                        "make it, and allow the database user to use it: " + sql)));
            }
        }
    }

    /** No catalog is asked: each looks for names in its own way, and may show what its user cannot read. */
    private static boolean isThere(Connection connection, String table) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT manager FROM " + table + " WHERE 1 = 0")) {
            return !rows.next();
        } catch (SQLException absent) {
            LOGGER.debug("Table {} cannot be read: {}", table, code(absent));
            return false;
        }
    }

    /** What went wrong, without the driver's words: they may name addresses, texts and secrets. */
    static String code(Exception cause) {
        return cause.getClass().getSimpleName()
                + (cause instanceof SQLException sql ? ", SQLState " + sql.getSQLState() : "");
    }
}
