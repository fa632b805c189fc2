package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** By what a request is known, each of the ways in which an application or a tool may say it, in front of a real database. */
@ExtendWith(PostgresServer.class)
class AttributesOnPostgresTest {
    /** A load that pays much, to be reached by a comment; one by tenant; and each account somebody's own. */
    private static final String SHOP = """
            <Agreement xmlns="urn:helios:agreement:1" id="shop">
              <Name>Shop</Name>
              <Context/>
              <Terms>
                <ServiceDescriptionTerm name="checkout">
                  <UserLoad name="checkout" accountPer="client">
                    <Match application="shop-web" transaction="NewOrder"/>
                  </UserLoad>
                </ServiceDescriptionTerm>
                <ServiceDescriptionTerm name="big">
                  <UserLoad name="big"><Match tenant="bigco"/></UserLoad>
                </ServiceDescriptionTerm>
                <ServiceDescriptionTerm name="everything">
                  <UserLoad name="everything" accountPer="client"><Match priority="medium"/></UserLoad>
                </ServiceDescriptionTerm>
                <GuaranteeTerm name="checkout latency" userLoad="checkout">
                  <ServiceLevelObjective><PercentileObjective percent="90" responseTime="PT5S"/></ServiceLevelObjective>
                  <BusinessValueList>
                    <Penalty assessmentInterval="P1M" valueUnit="USD" perPercentagePoints="10" value="1000" maximum="2000"/>
                  </BusinessValueList>
                </GuaranteeTerm>
              </Terms>
            </Agreement>
            """;

    /** The account says whom a request is taken to be from. */
    private static final String AGREEMENT = """
            <Agreement xmlns="urn:helios:agreement:1" id="applications">
              <Name>Every application</Name>
              <Context/>
              <Terms>
                <ServiceDescriptionTerm name="everything">
                  <UserLoad name="everything" accountPer="application"><Match priority="medium"/></UserLoad>
                </ServiceDescriptionTerm>
              </Terms>
            </Agreement>
            """;

    @TempDir
    Path directory;

    private String parameters = "";

    @BeforeEach
    void write() throws Exception {
        Path agreement = Files.writeString(directory.resolve("applications.xml"), AGREEMENT);
        parameters = "&helios.manager=" + directory.getFileName() + "&helios.agreements=" + agreement;
    }

    private static void holdsAgainstForgery(Connection connection, String alone, String... comments)
            throws SQLException {
        for (String comment : comments) {
            for (String sql : new String[] {"/* " + comment + " */ SELECT 6", "SELECT 6 /*" + comment + "*/"}) {
                StringBuilder forged = new StringBuilder();
                for (String property :
                        new String[] {"user_load", "account", "tenant", "tier", "service_class", "estimate_ms"}) {
                    forged.append(explained(connection, sql, property)).append(' ');
                }
                assertThat(forged.toString().strip()).as(sql).isEqualTo(alone);
            }
        }
    }

    @Test
    void whoIsNotInTheListForgesNothing(String location) throws Exception {
        Path agreement = Files.writeString(directory.resolve("shop.xml"), SHOP);
        parameters = "&helios.manager=forged-" + directory.getFileName() + "&helios.agreements=" + agreement
                + "&helios.classifier.hints_allowed_for=boss";
        try (Connection connection = open(location, "")) {
            String[] comments = {
                "client='other', application='shop-web', transaction='NewOrder'",
                "client='other',application='shop-web',transaction='NewOrder'",
                "load=checkout, estimate_ms=1",
                "tenant='bigco',tier='enterprise'",
                "class=parallel_lanes, deadline_ms=1",
            };
            holdsAgainstForgery(connection, "everything null null standard fast_lane null", comments);
            connection.setClientInfo("helios.client", "me");
            holdsAgainstForgery(connection, "everything me null standard fast_lane null", comments);
            connection.setClientInfo("helios.application", "shop-web");
            connection.setClientInfo("helios.transaction", "NewOrder");
            assertThat(explained(connection, "SELECT 6", "user_load")).isEqualTo("checkout");
        }
    }

    @Test
    void noCommentTakesALoadOrATierOfAnotherTenant(String location) throws Exception {
        Path agreement = Files.writeString(directory.resolve("shop.xml"), SHOP);
        parameters = "&helios.manager=tiers-" + directory.getFileName() + "&helios.agreements=" + agreement
                + "&helios.sla_policies.tenant_overrides.enterprise.tenants=bigco"
                + "&helios.sla_policies.tenant_overrides.enterprise.priority_boost=10";
        try (Connection connection = open(location, "")) {
            assertThat(explained(connection, "/* tenant=bigco */ SELECT 6", "tier"))
                    .isEqualTo("enterprise");
            connection.setClientInfo("helios.tenant", "acme");
            connection.setClientInfo("helios.client", "me");
            holdsAgainstForgery(
                    connection,
                    "everything me acme standard fast_lane null",
                    "tier=enterprise",
                    "load=big",
                    "tenant='bigco',tier='enterprise',load='big',client='other'");
            connection.setClientInfo("helios.tier", "enterprise");
            connection.setClientInfo("helios.load", "big");
            holdsAgainstForgery(connection, "big null acme enterprise fast_lane null", "priority=low");
        }
    }

    private Connection open(String location, String more) throws SQLException {
        return DriverManager.getConnection("jdbc:helios:" + location + parameters + more);
    }

    private static String explained(Connection connection, String sql, String property) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN HELIOS " + sql)) {
            while (rows.next()) {
                if (rows.getString("property").equals(property)) {
                    return String.valueOf(rows.getString("value"));
                }
            }
        }
        throw new AssertionError(property);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void theApplicationIsNamedByUrlSessionClientInfoOrStatement(String location) throws SQLException {
        try (Connection connection = open(location, "&ApplicationName=from-url")) {
            assertThat(explained(connection, "SELECT 1", "account")).isEqualTo("from-url");

            execute(connection, "SET application_name = 'from-set'");
            assertThat(explained(connection, "SELECT 1", "account")).isEqualTo("from-set");
            execute(connection, "SET SESSION application_name TO \"from-set-to\"");
            assertThat(explained(connection, "SELECT 1", "account")).isEqualTo("from-set-to");

            execute(connection, "RESET application_name");
            assertThat(explained(connection, "SELECT 1", "account")).isEqualTo("from-url");

            connection.setClientInfo("ApplicationName", "from-client-info");
            assertThat(explained(connection, "SELECT 1", "account")).isEqualTo("from-client-info");
            connection.setClientInfo("helios.application", "from-ours");
            assertThat(explained(connection, "SELECT 1", "account")).isEqualTo("from-ours");

            String tagged = "SELECT 1 /*action='%2Fcart',application='from-tag',framework='spring',"
                    + "traceparent='00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01'*/";
            assertThat(explained(connection, tagged, "account")).isEqualTo("from-ours");
            assertThat(explained(connection, tagged, "reason"))
                    .endsWith("; overruled by the connection: hint application=from-tag");
        }
        try (Connection connection = open(location, "")) {
            String tagged = "SELECT 1 /*action='pay',application='from-tag'*/";
            assertThat(explained(connection, tagged, "account")).isEqualTo("from-tag");
            assertThat(explained(connection, tagged, "application")).isEqualTo("from-tag");
            assertThat(explained(connection, tagged, "features"))
                    .contains("application=from-tag", "action=pay", "transaction_context=false", "user=");
            execute(connection, tagged);
            assertThat(explained(connection, "SELECT 1", "account")).isEqualTo("null");
        }
    }

    @Test
    void whatHibernateAndJooqWriteIntoCommentsIsNoHint(String location) throws SQLException {
        try (Connection connection = open(location, "&ApplicationName=shop")) {
            for (String sql : new String[] {
                "/* load io.shop.Order */ select o1_0.id from pg_class o1_0 where o1_0.oid=1",
                "/* <criteria> */ select 1",
                "/* dynamic native SQL query */ select 1",
                "/* insert for io.shop.Order */select 1",
                "select 1 /* jOOQ: io.shop.OrderRepository.find(OrderRepository.java:42) */",
            }) {
                assertThat(explained(connection, sql, "account")).as(sql).isEqualTo("shop");
                assertThat(explained(connection, sql, "priority")).as(sql).isEqualTo("medium");
            }
        }
    }

    @Test
    void noStatementMakesAConnectionAnotherTenants(String location) throws SQLException {
        try (Connection connection = open(location, "")) {
            assertThat(explained(connection, "/* tenant=globex */ SELECT 1", "tenant"))
                    .isEqualTo("globex");

            connection.setClientInfo("helios.tenant", "acme");

            assertThat(explained(connection, "SELECT 1", "tenant")).isEqualTo("acme");
            for (String sql : new String[] {
                "/* tenant=globex */ SELECT 1", "SELECT 1 /*tenant='globex'*/", "SELECT 1 -- tenant=globex"
            }) {
                assertThat(explained(connection, sql, "tenant")).as(sql).isEqualTo("acme");
                assertThat(explained(connection, sql, "reason"))
                        .as(sql)
                        .contains("overruled by the connection: hint tenant=globex");
            }
            execute(connection, "SET helios.tenant = 'globex'");
            execute(connection, "SELECT set_config('helios.tenant', 'globex', false)");
            assertThat(explained(connection, "SELECT 1", "tenant")).isEqualTo("acme");
        }
    }

    @Test
    void whoMayNotRaiseHisPriorityMayNotByClientInfoEither(String location) throws SQLException {
        try (Connection connection = open(location, "&helios.classifier.hints_allowed_for=boss")) {
            String raised = "/* priority=high, tenant=globex, class=background_queue */ SELECT 1";
            assertThat(explained(connection, raised, "priority")).isEqualTo("medium");
            assertThat(explained(connection, raised, "tenant")).isEqualTo("null");
            assertThat(explained(connection, raised, "reason"))
                    .contains("not allowed to this user: hint priority=high, class=background_queue, tenant=globex");

            connection.setClientInfo("helios.priority", "critical");
            assertThat(explained(connection, "SELECT 1", "priority")).isEqualTo("medium");
            connection.setClientInfo("helios.priority", "low");
            assertThat(explained(connection, "SELECT 1", "priority")).isEqualTo("low");
        }
    }
}
