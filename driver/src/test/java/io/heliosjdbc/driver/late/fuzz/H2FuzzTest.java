package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;

/** H2, whose driver does not tell whether a transaction is open. */
class H2FuzzTest extends LateBindingFuzz {
    private static final String URL = "jdbc:helios:h2:mem:fuzz;DB_CLOSE_DELAY=-1";

    H2FuzzTest() {
        super(new H2Grammar());
    }

    @BeforeAll
    static void create() throws SQLException {
        try (Connection connection = open(URL)) {
            for (int client = 0; client < 6; client++) {
                String schema = '"' + Tenant.of(client).name() + '"';
                int nth = client / Tenant.ALL.size();
                execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
                execute(connection, H2Grammar.made(Tenant.of(client).name() + ".notes_" + nth));
                execute(connection, "CREATE SEQUENCE IF NOT EXISTS " + schema + ".ticks_0");
                execute(
                        connection,
                        "CREATE TABLE IF NOT EXISTS " + schema + ".whose AS SELECT '"
                                + Tenant.of(client).name() + "' AS name");
            }
        }
    }

    @Override
    Connection direct() throws SQLException {
        return open(URL + ";helios.manager=fuzz");
    }

    @Override
    Connection late(String manager) throws SQLException {
        return open(URL + ";helios.manager=" + manager + ";" + String.join(";", LATE));
    }

    @Override
    void reset(Connection connection, Program program) throws SQLException {
        for (int client = 0; client < program.clients(); client++) {
            String schema = '"' + Tenant.of(client).name() + '"';
            String table = schema + ".\"notes_" + client / Tenant.ALL.size() + '"';
            execute(connection, "DELETE FROM " + table);
            execute(connection, "ALTER TABLE " + table + " ALTER COLUMN id RESTART WITH 1");
            execute(connection, "ALTER SEQUENCE " + schema + ".ticks_0 RESTART WITH 1");
        }
    }
}
