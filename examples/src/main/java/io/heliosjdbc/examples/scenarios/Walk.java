package io.heliosjdbc.examples.scenarios;

import io.heliosjdbc.examples.Rows;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A walk through the statements of a scenario: asks where each goes, runs it, and says so. Not thread-safe. */
final class Walk {
    private final PrintStream out;
    private final List<Step> steps = new ArrayList<>();

    Walk(PrintStream out) {
        this.out = out;
    }

    /** Fills an H2 database in memory, past Helios: the scenarios begin where their tables are there. It ends with its last connection. */
    static Connection database(String name, String... statements) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + name + ";MODE=PostgreSQL");
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
        return connection;
    }

    /** The application's connection: the same database through Helios, with the configuration of the scenario. */
    static Connection application(Connection database, String scenario) throws SQLException {
        String url = database.getMetaData().getURL().replace("jdbc:", "jdbc:helios:");
        return DriverManager.getConnection(
                url + ";MODE=PostgreSQL;helios.config=classpath:scenarios/" + scenario + "/helios.toml");
    }

    /** Explains and executes a statement. */
    void run(Connection connection, String what, String sql, Object... parameters) throws SQLException {
        Step step = explain(connection, what, sql);
        steps.add(step);
        out.printf(
                "%s%n    %s, user load %s%n    because %s%n",
                what, step.serviceClass(), step.userLoad(), step.reason());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    private static Step explain(Connection connection, String what, String sql) throws SQLException {
        Map<String, String> said = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN HELIOS " + sql)) {
            while (rows.next()) {
                said.put(rows.getString("property"), String.valueOf(rows.getString("value")));
            }
        }
        return new Step(
                what,
                said.getOrDefault("service_class", ""),
                said.getOrDefault("user_load", ""),
                said.getOrDefault("reason", ""));
    }

    /** Shows what classes and accounts say afterwards. */
    List<Step> end(Connection connection) throws SQLException {
        for (String question : List.of("SHOW HELIOS CLASSES", "SHOW HELIOS LOADS")) {
            out.printf("%n%s%n", question);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(question)) {
                Rows.print(rows, out);
            }
        }
        out.printf(
                "%nEach load has had one transaction, in a JVM that had just begun: the first may be late for that alone.%n");
        return List.copyOf(steps);
    }
}
