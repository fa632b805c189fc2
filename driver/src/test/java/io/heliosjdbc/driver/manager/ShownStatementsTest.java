package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.Inputs;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements as they are shown: without literals, whatever their database quotes them by, and without passwords. */
class ShownStatementsTest {
    private static final String CALL = "SELECT lower(\"Name\") FROM t";

    private final List<Session> sessions = new ArrayList<>();

    @AfterEach
    void close() {
        sessions.forEach(Session::close);
    }

    private ManagedSession open(String database, Map<String, String> settings) throws SQLException {
        ManagedSession session = (ManagedSession) WorkloadManagers.open(database, settings, "anna", null, null);
        sessions.add(session);
        return session;
    }

    private static String template(Session session) {
        return session.profile(CALL).template();
    }

    @Test
    void aColumnInACallRemainsWhereTheDatabaseQuotesNamesSo() throws SQLException {
        assertThat(template(open("jdbc:h2:mem:shown", Map.of()))).isEqualTo(CALL);
        assertThat(template(open("jdbc:postgresql://localhost/shown", Map.of())))
                .isEqualTo(CALL);
        assertThat(template(open("jdbc:mariadb://localhost/shown", Map.of()))).isEqualTo("SELECT lower(?) FROM t");
        assertThat(template(open("jdbc:sqlserver://localhost", Map.of()))).isEqualTo("SELECT lower(?) FROM t");
    }

    @Test
    void whereDatabasesOfTwoKindsShareAManagerNobodyKnows() throws SQLException {
        Map<String, String> named = Map.of("manager", "shown by both");
        Session first = open("jdbc:h2:mem:shown", named);
        assertThat(template(first)).isEqualTo(CALL);
        Session second = open("jdbc:mysql://localhost/shown", named);
        assertThat(template(second)).isEqualTo("SELECT lower(?) FROM t");
        assertThat(template(first)).isEqualTo("SELECT lower(?) FROM t");
        assertThat(second.profile("SELECT \"A\" FROM t").template()).isEqualTo("SELECT \"A\" FROM t");
    }

    @Test
    void aChangeOfTheConfigurationForgetsNothingOfIt() throws Exception {
        ManagedSession session = open("jdbc:h2:mem:shown later", Map.of());
        session.manager().inForce().reconfigure(HeliosConfiguration.load(Map.of(), new Inputs()));
        assertThat(template(session)).isEqualTo(CALL);
    }

    @Test
    void noPasswordIsShown() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:helios:h2:mem:passwords");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER one IDENTIFIED BY s3cret1");
            statement.execute("CREATE USER two PASSWORD 's3cret2'");
            statement.execute("ALTER USER one SET PASSWORD 's3cret3'");
            List<String> shown = new ArrayList<>();
            for (String topic : List.of("DECISIONS", "REPORT")) {
                try (ResultSet rows = statement.executeQuery("SHOW HELIOS " + topic)) {
                    while (rows.next()) {
                        shown.add(rows.getString(topic.equals("REPORT") ? "name" : "statement"));
                    }
                }
            }
            assertThat(shown)
                    .contains(
                            "CREATE user one identified BY ?",
                            "CREATE user two password ?",
                            "ALTER user one SET password ?")
                    .allSatisfy(
                            each -> assertThat(each.toLowerCase(Locale.ROOT)).doesNotContain("s3cret"));
        }
    }
}
