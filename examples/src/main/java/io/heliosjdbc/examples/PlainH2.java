package io.heliosjdbc.examples;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Plain JDBC on an H2 database in memory. Stateless. */
public final class PlainH2 {
    /** Without {@code helios:} this is H2's own URL, and everything but the two statements at the end works without Helios too. */
    private static final String URL = "jdbc:helios:h2:mem:bank";

    private PlainH2() {}

    /** Runs a few statements and shows where they went. */
    public static void run(PrintStream out) throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE account (id BIGINT PRIMARY KEY, owner VARCHAR(40), balance DECIMAL(12, 2))");
            statement.execute("INSERT INTO account VALUES (1, 'Ada', 1200), (2, 'Blaise', 80), (3, 'Carl', 310)");

            // A comment tells Helios what the database need not know. Nothing is hinted elsewhere, and nothing needs to
            // be.
            statement.executeUpdate("/* priority=high */ UPDATE account SET balance = balance - 10 WHERE id = 1");

            // GROUP BY and no hint: the built-in criteria take this for a report and keep it out of the fast lane.
            String report = "SELECT owner, SUM(balance) FROM account GROUP BY owner ORDER BY owner";
            try (ResultSet rows = statement.executeQuery(report)) {
                Rows.print(rows, out);
            }

            // The driver answers these itself: where would the report go and why, and what has each class done so far?
            for (String question : new String[] {"EXPLAIN HELIOS " + report, "SHOW HELIOS CLASSES"}) {
                out.println("\n" + question);
                try (ResultSet rows = statement.executeQuery(question)) {
                    Rows.print(rows, out);
                }
            }
        }
    }
}
