package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heliosjdbc.tpcc.Anchor;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Schema;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.Transactions;
import io.heliosjdbc.tpcc.run.Measurements.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EndToEndTest {
    @Test
    void h2StaysConsistentAndEverythingOfferedIsCounted() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 20)) {
            verify(target, Runs.settings(2, 20, Isolation.READ_COMMITTED));
            verifySerializable(target);
        }
    }

    @Test
    void postgresStaysConsistentAndEverythingOfferedIsCounted() throws Exception {
        try (Target target = Target.embeddedPostgres("jdbc:", 20)) {
            verify(target, Runs.settings(2, 20, Isolation.READ_COMMITTED));
            verifySerializable(target);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
    void mariaDbStaysConsistentAndEverythingOfferedIsCounted() throws Exception {
        try (Target target = Target.embeddedMariaDb("jdbc:", 20)) {
            verify(target, Runs.settings(2, 20, Isolation.READ_COMMITTED));
            drop(target);
            verify(target, Runs.settings(1, 20, Isolation.REPEATABLE_READ));
            verifySerializable(target);
        }
    }

    /** A database that has no dialect here. */
    @Test
    void derbyStaysConsistentAndEverythingOfferedIsCounted() throws Exception {
        try (Target target = Target.open("jdbc:derby:memory:tpcc;create=true", null, null, 20)) {
            verify(target, Runs.settings(1, 10, Isolation.READ_COMMITTED));
        }
    }

    @Test
    void twoHundredTerminalsRun() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 200)) {
            verify(target, Runs.settings(4, 200, Isolation.READ_COMMITTED));
        }
    }

    @Test
    void allOrdersAreLocalWithOneWarehouse() throws Exception {
        String url = Target.embeddedH2("jdbc:");
        try (Target target = Target.open(url, null, null, 10);
                Connection anchor = target.straight()) {
            verify(target, Runs.settings(1, 10, Isolation.READ_COMMITTED));
            assertThat(number(anchor, "SELECT COUNT(*) FROM orders WHERE o_all_local <> 1"))
                    .isZero();
            assertThat(number(anchor, "SELECT COUNT(*) FROM orders")).isGreaterThan(1_200);
        }
    }

    @Test
    void tablesThatAreThereAlreadyAreLeftAlone() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Connection anchor = target.straight();
                Statement statement = anchor.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER)");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Runs.run(target, Runs.settings(1, 1, Isolation.READ_COMMITTED)))
                    .withMessageContaining("orders")
                    .withMessageContaining("--replace");
        }
    }

    private static void drop(Target target) throws SQLException {
        try (Connection connection = target.straight()) {
            connection.setAutoCommit(false);
            Schema.drop(connection, Schema.present(connection, Schema.TABLES));
        }
    }

    /** All at one warehouse's row, where they collide: whatever the database says then is known for a collision, and fails nobody. */
    private static void verifySerializable(Target target) throws Exception {
        drop(target);
        verify(target, Runs.settings(1, 20, Isolation.SERIALIZABLE, Duration.ofSeconds(1)));
    }

    private static Benchmark.Result verify(Target target, Settings settings) throws Exception {
        // A database in memory lives as long as somebody is connected.
        try (Anchor anchor = new Anchor(target)) {
            assertThat(anchor.connection().isValid(10)).isTrue();
            Benchmark.Result result = Runs.run(target, settings);
            committable(target);
            return verify(target, settings, result);
        }
    }

    private static Benchmark.Result verify(Target target, Settings settings, Benchmark.Result result) {
        assertThat(result.faults()).isSubsetOf(Runs.NOTHING_COMMITTED);
        assertThat(result.consistency())
                .hasSize(12)
                .allSatisfy((number, state) ->
                        assertThat(state).as("condition " + number).isEqualTo("ok"));
        Figures measured = result.figures();
        assertThat(measured.failures()).isEmpty();
        for (TransactionType type : TransactionType.values()) {
            ByType each = measured.type(type);
            assertThat(each.offered())
                    .isEqualTo(each.count(Outcome.COMMITTED)
                            + each.count(Outcome.USER_ABORTED)
                            + each.count(Outcome.FAILED)
                            + each.unfinished());
        }
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(new Report(
                                target.url(),
                                null,
                                settings,
                                0.0005,
                                result,
                                new Provenance(Map.of("java", "17"), Map.of()))
                        .json());
        assertThat(json.at("/circumstances/java").asString()).isEqualTo("17");
        assertThat(json.at("/consistency/passed").asBoolean()).isTrue();
        assertThat(json.at("/consistency/conditions").size()).isEqualTo(12);
        assertThat(json.at("/terminals").asInt()).isEqualTo(settings.terminals());
        assertThat(json.at("/accounts/total").asInt()).isEqualTo(5 * settings.terminals());
        assertThat(json.at("/accounts/unit").asString()).isEqualTo("USD");
        assertThat(json.at("/tpmC").asDouble())
                .isEqualTo(json.at("/transactions/NewOrder/committed").asLong()
                        * 60.0
                        / settings.phases().duration().toSeconds());
        return result;
    }

    /** Each kind of transaction, however few the terminals came to. */
    private static void committable(Target target) throws SQLException {
        SplittableRandom random = new SplittableRandom(11);
        Inputs inputs = Inputs.ofTerminal(0, random, NuRand.draw(random), Population.SMALL, 1);
        Set<TransactionType> left = EnumSet.allOf(TransactionType.class);
        try (Connection connection = target.straight()) {
            connection.setAutoCommit(false);
            Transactions transactions = new Transactions(connection);
            while (!left.isEmpty()) {
                Input input = inputs.next();
                if (left.contains(input.type()) && transactions.run(input)) {
                    left.remove(input.type());
                }
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
