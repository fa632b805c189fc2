package io.heliosjdbc.driver.late.fuzz;

import io.heliosjdbc.driver.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** MariaDB, where there are binaries for this machine. */
class MariaDbFuzzTest extends LateBindingFuzz {
    private static @Nullable MariaDbServer server;
    private static String url = "";

    MariaDbFuzzTest() {
        super(new MariaDbGrammar());
    }

    @BeforeAll
    static void start() throws Exception {
        server = MariaDbServer.start();
        url = server.url().replace("jdbc:", "jdbc:helios:") + "&helios.manager=fuzz";
        try (Connection connection = open(server.url())) {
            execute(connection, "SET GLOBAL innodb_flush_log_at_trx_commit = 0");
            for (int client = 0; client < 6; client++) {
                String tenant = Tenant.of(client).name();
                execute(connection, "CREATE DATABASE IF NOT EXISTS " + tenant);
                execute(
                        connection,
                        "CREATE TABLE " + tenant + ".notes_" + client / Tenant.ALL.size()
                                + " (id INT AUTO_INCREMENT PRIMARY KEY, note TEXT, data LONGBLOB, doc LONGTEXT, tags JSON)");
                execute(connection, "CREATE OR REPLACE TABLE " + tenant + ".whose AS SELECT '" + tenant + "' AS name");
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    Connection direct() throws SQLException {
        return open(url);
    }

    @Override
    Connection late() throws SQLException {
        return open(url + "-late&helios.connections=late&helios.max_concurrency=4&helios.pool.reserve=3"
                + "&helios.pool.connection_timeout_ms=30000&helios.pool.validate_after_ms=0");
    }

    @Override
    void reset(Connection connection, Program program) throws SQLException {
        for (int client = 0; client < program.clients(); client++) {
            execute(connection, "TRUNCATE TABLE " + Tenant.of(client).name() + ".notes_" + client / Tenant.ALL.size());
            String lock = "'mine " + Draw.lock(program.seed(), client) + "'";
            execute(connection, "SELECT get_lock(" + lock + ", 60), release_lock(" + lock + ")");
        }
    }
}
