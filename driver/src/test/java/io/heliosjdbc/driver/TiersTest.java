package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tenants' tiers from the configuration to the database and back, on H2. */
@Timeout(60)
class TiersTest {
    private static final String CONFIGURATION = """
            [workload_routing]
            idle_in_transaction_lend_ms = 0
            [workload_routing.fast_lane]
            max_concurrency = 2
            starvation_bound_ms = 3000
            [workload_routing.admission_control]
            queue_timeout_ms = 50000
            [[workload_routing.sla_policies.tenant_overrides]]
            tenant_tier = "enterprise"
            tenants = ["acme"]
            priority_boost = 2
            guaranteed_fast_lane_slots = 1
            """;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path directory;

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private Connection connect() throws IOException, SQLException {
        Path file = Files.writeString(directory.resolve("helios.toml"), CONFIGURATION);
        Properties properties = new Properties();
        properties.setProperty("helios.config", file.toString());
        return DriverManager.getConnection("jdbc:helios:h2:mem:tiers;DB_CLOSE_DELAY=-1", properties);
    }

    private static int one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Map<String, String> explained(Connection connection, String sql) throws SQLException {
        Map<String, String> explained = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN HELIOS " + sql)) {
            while (rows.next()) {
                explained.put(rows.getString("property"), rows.getString("value"));
            }
        }
        return explained;
    }

    private static String fastLane(Connection connection, String column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS CLASSES")) {
            while (rows.next()) {
                if (rows.getString("service_class").equals("fast_lane")) {
                    return String.valueOf(rows.getObject(column));
                }
            }
        }
        throw new AssertionError("no fast_lane");
    }

    @Test
    void aTiersSlotIsThereWhileOthersWait() throws Exception {
        try (Connection holder = connect();
                Connection other = connect();
                Connection tenant = connect();
                Connection observer = connect()) {
            tenant.setClientInfo("helios.tenant", "acme");
            holder.setAutoCommit(false);
            assertThat(one(holder, "SELECT 1")).isEqualTo(1);
            Future<Integer> waiting = threads.submit(() -> one(other, "SELECT 2"));
            while (!fastLane(observer, "queued").equals("1")) {
                Thread.onSpinWait();
            }

            assertThat(threads.submit(() -> one(tenant, "SELECT 3")).get(30, TimeUnit.SECONDS))
                    .isEqualTo(3);
            assertThat(threads.submit(() -> one(observer, "/* tier=enterprise */ SELECT 4"))
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo(4);

            assertThat(waiting).isNotDone();
            assertThat(fastLane(observer, "kept")).isEqualTo("1");
            assertThat(fastLane(observer, "tiers"))
                    .isEqualTo(
                            "standard: 1 active, 0 guaranteed, 1 queued, enterprise: 0 active, 1 guaranteed, 0 queued");
            holder.commit();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(heldUpBy(observer)).isEqualTo("guaranteed slots");
        }
    }

    private static String heldUpBy(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS DECISIONS")) {
            while (rows.next()) {
                if (rows.getString("held_up_by") != null) {
                    return rows.getString("held_up_by");
                }
            }
        }
        return "nothing";
    }

    @Test
    void explainSaysWhatTheTierIsAndWhatItIsGiven() throws Exception {
        try (Connection connection = connect()) {
            assertThat(explained(connection, "SELECT 1"))
                    .containsEntry("tier", "standard")
                    .containsEntry("priority_boost", "1")
                    .containsEntry("guaranteed_slots", "0")
                    .containsEntry("starvation_bound_ms", "3000");
            assertThat(explained(connection, "/* tenant=acme */ SELECT 1"))
                    .containsEntry("tenant", "acme")
                    .containsEntry("tier", "enterprise")
                    .containsEntry("priority_boost", "2")
                    .containsEntry("guaranteed_slots", "1")
                    .hasEntrySatisfying(
                            "reason", reason -> assertThat(reason).endsWith("; tier enterprise: tenant acme"));
            assertThat(explained(connection, "/* tier=platinum, tenant=nobody */ SELECT 1"))
                    .containsEntry("tier", "standard");
            connection.setClientInfo("helios.tier", "enterprise");
            assertThat(explained(connection, "SELECT 1")).containsEntry("tier", "enterprise");
            assertThat(one(connection, "/* tier=platinum */ SELECT 5")).isEqualTo(5);
        }
    }

    @Test
    void noCommentTakesTheTierOfAnotherTenant() throws Exception {
        try (Connection connection = connect()) {
            connection.setClientInfo("helios.tenant", "globex");
            for (String sql : new String[] {
                "/* tier=enterprise */ SELECT 1",
                "SELECT 1 /*tier='enterprise',tenant='acme'*/",
                "/* load=high */ SELECT 1",
            }) {
                assertThat(explained(connection, sql))
                        .as(sql)
                        .containsEntry("tier", "standard")
                        .containsEntry("priority_boost", "1")
                        .containsEntry("guaranteed_slots", "0")
                        .containsEntry("tenant", "globex")
                        .containsEntry("user_load", "medium")
                        .hasEntrySatisfying(
                                "reason",
                                reason -> assertThat(reason).contains("; overruled by the connection: hint "));
            }
        }
    }

    @Test
    void aTenantThatIsRefusedLeavesItToNoCommentToNameAnother() throws Exception {
        try (Connection connection = connect()) {
            for (String refused : new String[] {"x".repeat(257), "ac\u0007me"}) {
                connection.setClientInfo("helios.tenant", "globex");
                connection.setClientInfo("helios.tenant", refused);

                assertThat(explained(connection, "/* tenant=acme, tier=enterprise, load=high */ SELECT 1"))
                        .containsEntry("tenant", "(refused)")
                        .containsEntry("tier", "standard")
                        .containsEntry("user_load", "medium");
            }
            connection.setClientInfo("helios.tenant", "globex");
            assertThat(explained(connection, "/* tenant=acme */ SELECT 1")).containsEntry("tenant", "globex");

            connection.setClientInfo("helios.tenant", "x".repeat(257));
            connection.setClientInfo("helios.tenant", null);
            assertThat(explained(connection, "/* tenant=acme */ SELECT 1")).containsEntry("tenant", "acme");
        }
    }

    @Test
    void whoIsNotInTheListReachesNoLoadNoTierAndNoEstimateByAComment() throws Exception {
        Properties properties = new Properties();
        properties.setProperty(
                "helios.config",
                Files.writeString(
                                directory.resolve("listed.toml"),
                                CONFIGURATION + "[workload_routing.classifier]\nhints_allowed_for = [\"boss\"]\n")
                        .toString());
        try (Connection connection = DriverManager.getConnection("jdbc:helios:h2:mem:listed;USER=sa", properties)) {
            connection.setClientInfo("helios.client", "me");
            for (String comment : new String[] {
                "tenant=acme", "tier=enterprise", "load=high", "estimate_ms=1", "client='other',priority='critical'"
            }) {
                assertThat(explained(connection, "/* " + comment + " */ SELECT 6"))
                        .as(comment)
                        .containsEntry("user_load", "medium")
                        .containsEntry("client", "me")
                        .containsEntry("user", "sa")
                        .containsEntry("tenant", null)
                        .containsEntry("tier", "standard")
                        .containsEntry("estimate_ms", null)
                        .containsEntry("expected_by", "default_estimate_ms");
            }
            assertThat(explained(connection, "/* priority=low */ SELECT 6")).containsEntry("user_load", "low");
        }
    }
}
