package io.heliosjdbc.driver.late.fuzz;

import java.util.List;

/** What is said to H2. */
final class H2Grammar extends Grammar {
    H2Grammar() {
        VendorCalls.addTo(
                this,
                List.of(
                        org.h2.jdbc.JdbcConnection.class,
                        org.h2.jdbc.JdbcStatement.class,
                        java.sql.Connection.class,
                        java.sql.PreparedStatement.class,
                        String.class));
        work();
        session();
        transactions();
        mistakes();
    }

    @Override
    Act toOwnSchema(Draw draw) {
        String schema = draw.tenant().name();
        return draw.chance(50)
                ? Act.tells("setSchema(\"" + schema + "\")", connection -> connection.setSchema(schema))
                : Texts.executed("SET SCHEMA \"" + schema + "\"", draw);
    }

    @Override
    String sessionNumber() {
        return "SELECT SESSION_ID()";
    }

    @Override
    String end(String number) {
        return "SELECT ABORT_SESSION(" + number + ")";
    }

    @Override
    String find(String number) {
        return "SELECT SESSION_ID FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = " + number;
    }

    @Override
    String whoExecutes(String text) {
        return "SELECT SESSION_ID FROM INFORMATION_SCHEMA.SESSIONS WHERE EXECUTING_STATEMENT = '" + text + "'";
    }

    @Override
    boolean takesEarlyCancels() {
        return true;
    }

    @Override
    boolean endsAlike() {
        return false;
    }

    @Override
    String endless(Draw draw) {
        return "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 100000), SYSTEM_RANGE(1, 100000), SYSTEM_RANGE(" + draw.client()
                + ", 100000)";
    }

    @Override
    Prepared prepared(Draw draw) {
        String table = quoted(draw.table());
        return switch (draw.number(0, 9)) {
            case 0, 1 -> new Prepared("INSERT INTO " + table + " (note) VALUES (?)", List.of(draw.text()));
            case 2 -> new Prepared("UPDATE " + table + " SET note = ? WHERE id = ?", List.of(draw.text(), draw.id()));
            case 3 -> new Prepared("SELECT id, note FROM " + table + " WHERE id > ? ORDER BY id", List.of(draw.id()));
            case 4, 8, 9 -> new Prepared("SELECT name FROM whose", List.of());
            case 5 -> new Prepared("SELECT @who", List.of());
            case 6 -> new Prepared("SELECT 1 / CAST(? AS INT)", List.of(draw.number(0, 1)));
            default -> new Prepared("SELECT note FROM mine WHERE note <> ?", List.of("x"));
        };
    }

    @Override
    String named(String table) {
        return quoted(table);
    }

    private static String quoted(String table) {
        return '"' + table.replace(".", "\".\"") + '"';
    }

    private void work() {
        text(12, draw -> "INSERT INTO " + quoted(draw.table()) + " (note) VALUES ('" + draw.text() + "')");
        text(
                4,
                draw -> "UPDATE " + quoted(draw.table()) + " SET note = '" + draw.text() + "' WHERE id <= "
                        + draw.id());
        text(2, draw -> "DELETE FROM " + quoted(draw.table()) + " WHERE id = " + draw.id());
        text(8, draw -> "SELECT id, note FROM " + quoted(draw.table()) + " ORDER BY id");
        text(
                1,
                draw -> "SELECT id, note FROM FINAL TABLE (INSERT INTO " + quoted(draw.table()) + " (note) VALUES ('"
                        + draw.text() + "'))");
        text(8, draw -> "SELECT name FROM whose");
        text(3, draw -> "SELECT x FROM SYSTEM_RANGE(1, " + draw.number(0, 7) + ")");
        text(1, draw -> "SELECT NEXT VALUE FOR \"" + draw.tenant().name() + "\".ticks_0");
        text(1, draw -> "SELECT CURRENT VALUE FOR \"" + draw.tenant().name() + "\".ticks_0");
        text(1, draw -> "SELECT ARRAY[1, 2]");
        text(
                1,
                draw -> "MERGE INTO " + quoted(draw.table()) + " (id, note) KEY (id) VALUES (" + draw.id() + ", '"
                        + draw.text() + "')");
    }

    private void session() {
        rule(3, this::toOwnSchema);
        text(4, draw -> "SELECT CURRENT_SCHEMA");
        text(1, draw -> draw.one("SET SCHEMA PUBLIC", "SET SCHEMA INITIAL_USER"));
        text(1, draw -> "SET SCHEMA_SEARCH_PATH PUBLIC, \"" + draw.tenant().name() + "\"");
        text(2, draw -> "SET @who = '" + draw.text() + "'");
        text(3, draw -> "SELECT @who");
        text(2, draw -> "SET TIME ZONE '" + draw.tenant().zone() + "'");
        text(2, draw -> setting("TIME ZONE"));
        text(1, draw -> "SET LOCK_TIMEOUT " + draw.tenant().number());
        text(2, draw -> setting("LOCK_TIMEOUT"));
        text(1, draw -> "SET QUERY_TIMEOUT " + draw.tenant().number());
        text(2, draw -> setting("QUERY_TIMEOUT"));
        text(1, draw -> "SET VARIABLE_BINARY " + draw.one("TRUE", "FALSE"));
        text(
                2,
                draw -> "CREATE LOCAL TEMPORARY TABLE mine (note VARCHAR)"
                        + draw.one("", " ON COMMIT DELETE ROWS", " TRANSACTIONAL"));
        text(2, draw -> "INSERT INTO mine VALUES ('" + draw.text() + "')");
        text(3, draw -> "SELECT note FROM mine");
        text(1, draw -> "DROP TABLE " + draw.one("", "IF EXISTS ") + "mine");
        text(2, draw -> "SELECT LOCK_TIMEOUT(), CURRENT_USER");
    }

    private static String setting(String name) {
        return "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = '" + name + "'";
    }

    private void transactions() {
        text(1, draw -> draw.one("BEGIN", "SET AUTOCOMMIT FALSE", "SET AUTOCOMMIT TRUE"));
        text(2, draw -> draw.one("COMMIT", "ROLLBACK"));
        text(1, draw -> "SAVEPOINT mine");
        text(1, draw -> "ROLLBACK TO SAVEPOINT mine");
        text(
                1,
                draw -> "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL "
                        + draw.one("SERIALIZABLE", "READ COMMITTED"));
        text(2, draw -> "SELECT ISOLATION_LEVEL FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()");
    }

    private void mistakes() {
        text(2, draw -> "SELECT nothing FROM " + quoted(draw.table()));
        text(1, draw -> "SELEC 1");
        text(2, draw -> "SELECT 1 / 0");
        text(2, draw -> "INSERT INTO " + quoted(draw.table()) + " (id, note) VALUES (" + draw.id() + ", 'twice')");
        text(1, draw -> "SET TIME ZONE 'nowhere'");
        text(1, draw -> "");
        text(1, draw -> "SELECT ?");
    }
}
