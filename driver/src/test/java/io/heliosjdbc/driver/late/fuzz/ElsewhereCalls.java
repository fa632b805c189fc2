package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What an administrator does meanwhile, from another connection, to what a client works with. Stateless. */
final class ElsewhereCalls {
    /** In words about what is done while there is no schema of the tenant's. */
    static final String GONE = "while its schema is called otherwise: ";

    private ElsewhereCalls() {}

    /** Tables that go and come back empty. */
    static void addRemakingTo(Grammar grammar) {
        grammar.rule(2, draw -> {
            String table = draw.tenant().name() + "." + draw.bareTable();
            return new Act(
                    "what has " + table + " is dropped by another, and made anew",
                    client -> client.ask(() -> done(client.administrator(), grammar.remake(draw.tenant(), table))));
        });
    }

    /** A schema that is not there for as long as the client does something. */
    static void addRenamingTo(Grammar grammar) {
        grammar.rule(2, draw -> {
            String schema = draw.tenant().name();
            boolean qualified = draw.chance(30);
            String sql = "SELECT name FROM " + (qualified ? grammar.named(schema + ".whose") : "whose");
            boolean commits = draw.chance(50);
            boolean prepared = draw.chance(30);
            return new Act(
                    (commits ? "commit(), " : "") + GONE + (prepared ? "p0.execute()" : "\"" + sql + "\""),
                    client -> client.tell(() -> {
                        Connection administrator = client.administrator();
                        if (commits) {
                            client.tell(client.connection()::commit);
                        }
                        done(administrator, grammar.rename(schema, "elsewhere"));
                        try {
                            if (prepared) {
                                client.ask(() -> client.prepared("p0").execute());
                            } else {
                                client.tell(() -> client.read(
                                        client.statement("s0").executeQuery(sql), Client.Reading.AND_CLOSED, "r0"));
                            }
                        } finally {
                            done(administrator, grammar.rename("elsewhere", schema));
                        }
                    }));
        });
    }

    /** Whether it was done, or somebody's transaction was in its way. */
    private static String done(Connection administrator, String sql) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            boolean unused = statement.execute(sql);
            return "done";
        }
    }
}
