package io.heliosjdbc.driver.late.fuzz;

import java.util.List;

/** What is said to MariaDB. */
final class MariaDbGrammar extends Grammar {
    MariaDbGrammar() {
        VendorCalls.addTo(
                this,
                List.of(
                        org.mariadb.jdbc.Connection.class,
                        org.mariadb.jdbc.Statement.class,
                        java.sql.Connection.class,
                        java.sql.PreparedStatement.class,
                        String.class));
        work();
        settings();
        session();
        transactions();
        mistakes();
    }

    @Override
    Act toOwnSchema(Draw draw) {
        String schema = draw.tenant().name();
        return draw.chance(50)
                ? Act.tells("setCatalog(\"" + schema + "\")", connection -> connection.setCatalog(schema))
                : Texts.executed("USE " + schema, draw);
    }

    @Override
    String sessionNumber() {
        return "SELECT connection_id()";
    }

    @Override
    String end(String number) {
        return "KILL " + number;
    }

    @Override
    String find(String number) {
        return "SELECT id FROM information_schema.processlist WHERE id = " + number;
    }

    @Override
    String whoExecutes(String text) {
        return "SELECT id FROM information_schema.processlist WHERE info LIKE '" + text + "%'";
    }

    @Override
    boolean executionsCloseResults() {
        return false;
    }

    @Override
    String endless(Draw draw) {
        return "SELECT count(*) FROM information_schema.columns a, information_schema.columns b,"
                + " information_schema.columns c WHERE sleep(1) = " + (2 + draw.client());
    }

    @Override
    Prepared prepared(Draw draw) {
        String table = draw.table();
        return switch (draw.number(0, 9)) {
            case 0, 1 -> new Prepared("INSERT INTO " + table + " (note) VALUES (?)", List.of(draw.text()));
            case 2 -> new Prepared("UPDATE " + table + " SET note = ? WHERE id = ?", List.of(draw.text(), draw.id()));
            case 3 -> new Prepared("SELECT id, note FROM " + table + " WHERE id > ? ORDER BY id", List.of(draw.id()));
            case 4, 8, 9 -> new Prepared("SELECT name FROM whose", List.of());
            case 5 -> new Prepared("SELECT @who", List.of());
            case 6 -> new Prepared("SELECT 1 / ?", List.of(draw.number(0, 1)));
            default -> new Prepared("SELECT note FROM mine WHERE note <> ?", List.of("x"));
        };
    }

    private void work() {
        text(12, draw -> "INSERT INTO " + draw.table() + " (note) VALUES ('" + draw.text() + "')");
        text(2, draw -> "INSERT INTO " + draw.table() + " (note) VALUES ('" + draw.text() + "') RETURNING id, note");
        text(4, draw -> "UPDATE " + draw.table() + " SET note = '" + draw.text() + "' WHERE id <= " + draw.id());
        text(2, draw -> "DELETE FROM " + draw.table() + " WHERE id = " + draw.id());
        text(
                1,
                draw -> "REPLACE INTO " + draw.table() + " (id, note) VALUES (" + draw.id() + ", '" + draw.text()
                        + "')");
        text(8, draw -> "SELECT id, note FROM " + draw.table() + " ORDER BY id");
        text(8, draw -> "SELECT name FROM whose");
        text(2, draw -> "SELECT database()");
    }

    private void settings() {
        rule(3, this::toOwnSchema);
        text(2, draw -> "SET @who = '" + draw.text() + "'");
        text(1, draw -> "SELECT @" + draw.one("`who`", "'who'") + " := '" + draw.text() + "'");
        text(3, draw -> "SELECT @" + draw.one("who", "`who`"));
        text(1, draw -> "SET time_zone = '+0" + (1 + Tenant.ALL.indexOf(draw.tenant())) + ":00'");
        text(3, draw -> "SELECT @@time_zone, @@sql_mode, @@autocommit");
        text(
                2,
                draw -> "SET " + draw.one("SESSION ", "@@session.", "") + "sql_mode = '"
                        + draw.one("", "PIPES_AS_CONCAT", "STRICT_TRANS_TABLES", "ANSI_QUOTES") + "'");
        text(1, draw -> "SELECT 'a' || '" + draw.tenant().name() + "'");
        text(3, draw -> "SET group_concat_max_len = " + draw.tenant().number());
        text(
                1,
                draw -> "SET LOCAL sort_buffer_size = " + draw.tenant().number() + ", unique_checks = "
                        + draw.number(0, 1));
        text(
                2,
                draw -> "SET " + draw.one("group_concat_max_len", "time_zone", "sql_mode", "sort_buffer_size")
                        + " = DEFAULT");
        text(1, draw -> "SET time_zone = '" + draw.tenant().zone() + "'");
        text(
                3,
                draw -> "SELECT @@group_concat_max_len, @@sort_buffer_size, @@unique_checks, @@collation_connection,"
                        + " @@character_set_client, @@character_set_results");
        text(1, draw -> "SET NAMES utf8mb4 COLLATE " + draw.one("utf8mb4_bin", "utf8mb4_general_ci"));
        text(1, draw -> "SET collation_connection = " + draw.one("utf8mb4_bin", "latin1_bin"));
        text(1, draw -> "SET max_execution_time = " + draw.tenant().number());
        text(1, draw -> "SET SESSION max_join_size = " + draw.tenant().number());
        text(2, draw -> "SELECT @@max_join_size, @@tx_isolation, @@tx_read_only");
        text(
                1,
                draw -> "SET " + draw.one("SESSION ", "") + "TRANSACTION "
                        + draw.one("READ ONLY", "ISOLATION LEVEL SERIALIZABLE"));
        text(1, draw -> "SET NAMES " + draw.one("utf8mb4", "utf8mb3"));
        text(1, draw -> "SET autocommit = " + draw.number(0, 1));
    }

    private void session() {
        text(2, draw -> "CREATE TEMPORARY TABLE " + draw.tenant().name() + ".mine (note TEXT)");
        text(2, draw -> "INSERT INTO mine VALUES ('" + draw.text() + "')");
        text(3, draw -> "SELECT note FROM mine");
        text(1, draw -> "DROP TEMPORARY TABLE " + draw.one("", "IF EXISTS ") + "mine");
        text(1, draw -> "SELECT get_lock('mine " + draw.lock() + "', 0)");
        text(1, draw -> "SELECT release_lock('mine " + draw.lock() + "')");
        text(1, draw -> "PREPARE mine FROM 'SELECT ''" + draw.text() + "'''");
        text(2, draw -> "EXECUTE mine");
        text(1, draw -> "DEALLOCATE PREPARE mine");
        text(1, draw -> "LOCK TABLES " + draw.tenant().name() + "." + draw.bareTable() + " WRITE");
        text(1, draw -> "UNLOCK TABLES");
        text(1, draw -> "SELECT " + draw.one("last_insert_id()", "row_count()", "found_rows()"));
        text(2, draw -> "SELECT NEXTVAL(" + draw.tenant().name() + ".ticks)");
        text(1, draw -> "SELECT lastval(" + draw.tenant().name() + ".ticks)");
        text(1, draw -> "SET @who = last_insert_id()");
        text(1, draw -> "SHOW WARNINGS");
        text(1, draw -> "DO 1");
    }

    private void transactions() {
        rule(1, draw -> JdbcCalls.aborts());
        text(1, draw -> draw.one("BEGIN", "START TRANSACTION", "START TRANSACTION READ ONLY"));
        text(2, draw -> draw.one("COMMIT", "ROLLBACK"));
        text(1, draw -> "SAVEPOINT mine");
        text(1, draw -> draw.one("ROLLBACK TO SAVEPOINT mine", "RELEASE SAVEPOINT mine"));
    }

    private void mistakes() {
        text(2, draw -> "SELECT nothing FROM " + draw.table());
        text(1, draw -> "SELEC 1");
        text(2, draw -> "SELECT 1 / 0");
        text(2, draw -> "INSERT INTO " + draw.table() + " (id, note) VALUES (" + draw.id() + ", 'twice')");
        text(2, draw -> "DROP TABLE IF EXISTS never_was");
        text(1, draw -> "SET time_zone = 'nowhere'");
        text(1, draw -> "");
    }
}
