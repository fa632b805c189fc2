package io.heliosjdbc.driver.late.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** What is said to MariaDB. */
final class MariaDbGrammar extends Grammar {
    /** Set to numbers as large as anybody likes. */
    private static final List<String> NUMBERS = List.of(
            "group_concat_max_len",
            "sort_buffer_size",
            "join_buffer_size",
            "tmp_table_size",
            "lock_wait_timeout",
            "innodb_lock_wait_timeout",
            "net_read_timeout",
            "net_write_timeout",
            "wait_timeout",
            "idle_transaction_timeout",
            "max_statement_time",
            "max_recursive_iterations");

    private static final List<String> SWITCHES = List.of(
            "foreign_key_checks",
            "unique_checks",
            "check_constraint_checks",
            "sql_notes",
            "sql_safe_updates",
            "sql_quote_show_create",
            "explicit_defaults_for_timestamp",
            "updatable_views_with_limit");

    private static final List<String> OTHERS = List.of(
            "time_zone",
            "sql_mode",
            "default_week_format",
            "div_precision_increment",
            "optimizer_search_depth",
            "lc_time_names",
            "optimizer_switch",
            "default_storage_engine",
            "collation_connection",
            "character_set_client",
            "character_set_results");

    /** All of them. */
    private static final List<String> NAMES =
            Stream.of(NUMBERS, SWITCHES, OTHERS).flatMap(List::stream).toList();

    private static final List<String> MODES = List.of(
            "", "PIPES_AS_CONCAT", "STRICT_TRANS_TABLES", "HIGH_NOT_PRECEDENCE", "ONLY_FULL_GROUP_BY", "NO_ZERO_DATE");

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
        return "SELECT @@pseudo_thread_id";
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
        text(12, MariaDbGrammar::set);
        text(6, MariaDbGrammar::told);
        text(6, MariaDbGrammar::outcome);
        text(2, draw -> "UPDATE " + draw.table() + " SET note = '" + draw.text() + "' WHERE note = 'x'");
        text(1, draw -> "INSERT INTO " + draw.table() + " (id, note) VALUES ('7x', '" + draw.text() + "')");
        text(
                2,
                draw -> "SET STATEMENT " + assignment(draw, "") + " FOR "
                        + draw.one("SELECT " + everything(), outcome(draw)));
        SettingCalls.addTo(
                this, 8, MariaDbGrammar::set, draw -> draw.chance(60) ? "SELECT " + everything() : told(draw));
    }

    /** Sets one or two variables in one of the ways to say so. */
    private static String set(Draw draw) {
        String scope = draw.one("", "SESSION ", "LOCAL ", "@@", "@@session.", "@@local.");
        String first = assignment(draw, scope);
        return "SET " + (draw.chance(25) ? first + ", " + assignment(draw, scope) : first);
    }

    private static String assignment(Draw draw, String scope) {
        String number = String.valueOf(draw.tenant().number());
        String name;
        String value;
        switch (draw.number(0, 9)) {
            case 0, 1, 2 -> {
                name = draw.one(NUMBERS);
                value = draw.one(number, number, "20000");
            }
            case 3 -> {
                name = draw.one(SWITCHES);
                value = draw.one("0", "1", "ON", "OFF");
            }
            case 4 -> {
                name = "time_zone";
                value = "'+0" + (1 + Tenant.ALL.indexOf(draw.tenant())) + ":00'";
            }
            case 5 -> {
                name = "sql_mode";
                value = '\'' + String.join(",", draw.one(MODES), draw.one(MODES)) + '\'';
            }
            case 6 -> {
                name = draw.one("default_week_format", "div_precision_increment", "optimizer_search_depth");
                value = String.valueOf(draw.number(0, 7));
            }
            case 7 -> {
                name = draw.one("group_concat_max_len", "max_recursive_iterations");
                value = draw.one("5", "7", number);
            }
            case 8 -> {
                name = "lc_time_names";
                value = draw.one("de_DE", "'ja_JP'", "es_PE");
            }
            default -> {
                name = draw.one("optimizer_switch", "default_storage_engine", "collation_connection");
                value = switch (name) {
                    case "optimizer_switch" -> draw.one("'mrr=on'", "'index_merge=off,mrr_sort_keys=on'");
                    case "default_storage_engine" -> draw.one("MyISAM", "'MEMORY'");
                    default -> draw.one("utf8mb4_bin", "'latin1_bin'");
                };
            }
        }
        return scope + name + draw.one(" = ", "=", " := ") + (draw.chance(15) ? "DEFAULT" : value);
    }

    /** What a variable is, or some are, in one of the ways to ask. */
    private static String told(Draw draw) {
        String name = draw.one(NAMES);
        return switch (draw.number(0, 3)) {
            case 0 -> "SELECT @@" + draw.one("", "session.", "local.") + name;
            case 1 -> "SHOW " + draw.one("", "SESSION ", "LOCAL ") + "VARIABLES LIKE '" + name + "'";
            case 2 -> "SHOW VARIABLES WHERE variable_name IN ('" + name + "', '" + draw.one(NAMES) + "')";
            default ->
                "SELECT variable_value FROM information_schema.session_variables WHERE variable_name = '" + name + "'";
        };
    }

    private static String everything() {
        return "@@" + String.join(", @@", NAMES) + ", @@tx_isolation, @@tx_read_only";
    }

    /** What is answered otherwise with other settings. */
    private static String outcome(Draw draw) {
        return draw.one(
                "SELECT from_unixtime(0), date_format('2026-03-01', '%M'), week('2008-02-20'), 1 / 3",
                "SELECT NOT 1 BETWEEN -5 AND 5, 'a' || 'b', 'a' = 'A', collation('a')",
                "SELECT length(group_concat(repeat('x', 9))) FROM (SELECT 1 UNION SELECT 2) n",
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT count(*) FROM n",
                "SHOW CREATE TABLE " + draw.tenant().name() + ".whose");
    }

    @Override
    Act look(Draw draw) {
        return Texts.executed(
                draw.chance(20)
                        ? draw.one("SELECT note FROM mine", "SELECT @who")
                        : draw.chance(20) ? outcome(draw) : "SELECT " + everything(),
                draw);
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
