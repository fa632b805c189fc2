package io.heliosjdbc.driver.late.fuzz;

import io.heliosjdbc.driver.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL, the real server. */
@ExtendWith(PostgresServer.class)
class PostgresFuzzTest extends LateBindingFuzz {
    private final String url;

    PostgresFuzzTest(String location) {
        super(new PostgresGrammar());
        url = "jdbc:helios:" + location;
    }

    @BeforeAll
    static void create(String location) throws SQLException {
        try (Connection connection = open("jdbc:" + location)) {
            execute(
                    connection,
                    "CREATE FUNCTION public.sets_app(who text) RETURNS text"
                            + " AS 'SELECT set_config(''app.who'', who, false)' LANGUAGE sql");
            // Called like one of the database's own.
            execute(
                    connection,
                    "CREATE FUNCTION public.starts_with(int, who text) RETURNS text"
                            + " AS 'SELECT set_config(''app.who'', who, false)' LANGUAGE sql");
            for (Tenant tenant : Tenant.ALL) {
                execute(connection, "CREATE ROLE role_" + tenant.name());
                execute(connection, PostgresGrammar.made(tenant));
            }
        }
    }

    @Override
    Connection direct() throws SQLException {
        return open(url + "&helios.manager=fuzz");
    }

    @Override
    Connection late(String manager) throws SQLException {
        return open(url + "&helios.manager=" + manager + "&" + String.join("&", LATE));
    }

    @Override
    void reset(Connection connection, Program program) throws SQLException {
        StringBuilder texts = new StringBuilder("SET lock_timeout = 20000;");
        for (int client = 0; client < program.clients(); client++) {
            String schema = Tenant.of(client).name();
            int nth = client / Tenant.ALL.size();
            texts.append("DELETE FROM " + schema + ".notes_" + nth + ";SELECT setval('" + schema + ".notes_" + nth
                    + "_id_seq', 1, false), setval('" + schema + ".ticks_" + nth + "', 1, false);");
            long lock = Draw.lock(program.seed(), client);
            texts.append("SELECT pg_advisory_lock(" + lock + "), pg_advisory_unlock(" + lock + ");");
        }
        execute(connection, texts.toString());
    }
}
