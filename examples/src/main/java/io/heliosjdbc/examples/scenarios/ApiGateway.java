package io.heliosjdbc.examples.scenarios;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * A gateway that looks up an API key for every call. The statement is the same for everybody; what was promised is not, so the
 * gateway says in a comment who asks. Stateless.
 */
public final class ApiGateway {

    /** What a customer pays for, and the priority that the gateway asks for in its name. */
    private enum Tier {
        ENTERPRISE("high"),
        PRO("medium"),
        FREE("low");

        private final String priority;

        Tier(String priority) {
            this.priority = priority;
        }
    }

    private ApiGateway() {}

    /** Runs the scenario's statements and says where they went. */
    public static List<Step> run(PrintStream out) throws SQLException {
        try (Connection database = tables();
                Connection connection = Walk.application(database, "api-gateway")) {
            Walk walk = new Walk(out);
            for (Tier tier : Tier.values()) {
                String name = tier.name().toLowerCase(Locale.ROOT);
                walk.run(
                        connection,
                        "key of a customer: " + name,
                        "/* priority=" + tier.priority
                                + " */ SELECT customer, calls_per_minute, calls_left FROM api_key"
                                + " WHERE code = ? AND enabled",
                        "key-of-" + name);
            }
            walk.run(connection, "analytics: calls by hour", """
                    /* priority=low, workload=analytics */
                    SELECT DATE_TRUNC('hour', called_at) AS hour_of_call, COUNT(*) AS calls, AVG(millis) AS average,
                           COUNT(*) FILTER (WHERE status >= 500) AS failures
                    FROM api_call WHERE called_at > CURRENT_TIMESTAMP - INTERVAL '24' HOUR
                    GROUP BY DATE_TRUNC('hour', called_at) ORDER BY hour_of_call DESC""");
            return walk.end(connection);
        }
    }

    private static Connection tables() throws SQLException {
        return Walk.database(
                "gateway",
                "CREATE TABLE api_key (code VARCHAR(40) PRIMARY KEY, customer BIGINT, calls_per_minute INT, calls_left INT,"
                        + " enabled BOOLEAN)",
                "CREATE TABLE api_call (called_at TIMESTAMP, millis INT, status INT)",
                "INSERT INTO api_key VALUES ('key-of-enterprise', 1, 60000, 59000, TRUE), ('key-of-pro', 2, 6000, 12, TRUE),"
                        + " ('key-of-free', 3, 60, 3, TRUE)",
                "INSERT INTO api_call VALUES (CURRENT_TIMESTAMP, 12, 200), (CURRENT_TIMESTAMP, 2100, 503)");
    }
}
