package io.heliosjdbc.driver.late.fuzz;

import io.heliosjdbc.driver.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
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
        url = server.url().replace("jdbc:", "jdbc:helios:");
        try (Connection connection = open(server.url())) {
            execute(connection, "SET GLOBAL innodb_flush_log_at_trx_commit = 0");
            // A table's own file takes longer to be emptied than all programs do to fill it.
            execute(connection, "SET GLOBAL innodb_file_per_table = OFF");
            for (int client = 0; client < 6; client++) {
                String tenant = Tenant.of(client).name();
                execute(connection, "CREATE DATABASE IF NOT EXISTS " + tenant);
                execute(
                        connection,
                        "CREATE TABLE " + tenant + ".notes_" + client / Tenant.ALL.size()
                                + " (id INT AUTO_INCREMENT PRIMARY KEY, note TEXT, data LONGBLOB, doc LONGTEXT, tags JSON)");
                execute(connection, "CREATE OR REPLACE SEQUENCE " + tenant + ".ticks");
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
        return open(url + "&helios.manager=fuzz");
    }

    @Override
    Connection late(String manager) throws SQLException {
        return open(url + "&helios.manager=" + manager + "&" + String.join("&", LATE));
    }

    @Override
    void reset(Connection connection, Program program) throws SQLException {
        StringJoiner locks = new StringJoiner(", ", "SELECT ", "");
        for (int client = 0; client < program.clients(); client++) {
            String lock = "'mine " + Draw.lock(program.seed(), client) + "'";
            locks.add("get_lock(" + lock + ", 60), release_lock(" + lock + ")");
        }
        execute(connection, locks.toString());
        for (String table : written(connection)) {
            execute(connection, "TRUNCATE TABLE " + table);
        }
        for (Tenant tenant : Tenant.ALL) {
            execute(connection, "ALTER SEQUENCE " + tenant.name() + ".ticks RESTART");
        }
    }

    /** Where a number of a row was given out, whatever became of the row. */
    private static List<String> written(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT concat(table_schema, '.', table_name)"
                        + " FROM information_schema.tables WHERE table_name LIKE 'notes%' AND auto_increment > 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
