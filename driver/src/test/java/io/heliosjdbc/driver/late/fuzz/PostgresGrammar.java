package io.heliosjdbc.driver.late.fuzz;

import java.util.List;

/** What is said to PostgreSQL. */
final class PostgresGrammar extends Grammar {
    PostgresGrammar() {
        PostgresVendorCalls.addTo(this);
        work();
        settings();
        roles();
        session();
        transactions();
        mistakes();
    }

    @Override
    Act toOwnSchema(Draw draw) {
        String schema = draw.tenant().name();
        return draw.chance(50)
                ? Act.tells("setSchema(\"" + schema + "\")", connection -> connection.setSchema(schema))
                : Texts.executed("SET search_path = " + schema + draw.one("", ", public"), draw);
    }

    @Override
    String sessionNumber() {
        return "SELECT pg_backend_pid()";
    }

    @Override
    String end(String number) {
        return "SELECT pg_terminate_backend(" + number + ")";
    }

    @Override
    String find(String number) {
        return "SELECT pid FROM pg_stat_activity WHERE pid = " + number;
    }

    @Override
    String whoExecutes(String text) {
        return "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query = '" + text + "'";
    }

    @Override
    String endless(Draw draw) {
        return "SELECT pg_sleep(6" + draw.client() + ")";
    }

    @Override
    Prepared prepared(Draw draw) {
        String table = draw.table();
        return switch (draw.number(0, 10)) {
            case 0 -> new Prepared("INSERT INTO " + table + " (note) VALUES (?)", List.of(draw.text()));
            case 1 -> new Prepared("INSERT INTO " + table + " (note) VALUES (?) RETURNING id", List.of(draw.text()));
            case 2 -> new Prepared("UPDATE " + table + " SET note = ? WHERE id = ?", List.of(draw.text(), draw.id()));
            case 3 -> new Prepared("SELECT id, note FROM " + table + " WHERE id > ? ORDER BY id", List.of(draw.id()));
            case 4, 9, 10 -> new Prepared("SELECT name FROM whose", List.of());
            case 5 -> new Prepared("SELECT current_setting(?, true)", List.of("app.who"));
            case 6 -> new Prepared("SELECT 1 / ?", List.of(draw.number(0, 1)));
            case 7 -> new Prepared("SELECT ?::int, ?", List.of(draw.id(), draw.text()));
            default -> new Prepared("SELECT note FROM mine WHERE note <> ?", List.of("x"));
        };
    }

    private void work() {
        text(10, draw -> "INSERT INTO " + draw.table() + " (note) VALUES ('" + draw.text() + "')");
        text(2, draw -> "INSERT INTO " + draw.table() + " (note) VALUES ('" + draw.text() + "') RETURNING id, note");
        text(4, draw -> "UPDATE " + draw.table() + " SET note = '" + draw.text() + "' WHERE id <= " + draw.id());
        text(2, draw -> "DELETE FROM " + draw.table() + " WHERE id = " + draw.id());
        text(8, draw -> "SELECT id, note FROM " + draw.table() + " ORDER BY id");
        text(8, draw -> "SELECT name FROM whose");
        text(3, draw -> "SELECT generate_series(1, " + draw.number(0, 7) + ")");
        text(
                1,
                draw -> "SELECT nextval('" + draw.tenant().name() + ".ticks_"
                        + (draw.table().endsWith("0") ? 0 : 1) + "')");
        text(1, draw -> "SELECT ARRAY[1, 2], '{x}'::text[]");
        text(1, draw -> "SELECT 1; SELECT 2");
        text(
                1,
                draw -> "WITH gone AS (DELETE FROM " + draw.table()
                        + " WHERE id = 1 RETURNING note) SELECT note FROM gone");
    }

    private void settings() {
        rule(3, this::toOwnSchema);
        text(3, draw -> "SHOW search_path");
        text(2, draw -> draw.one("RESET search_path", "SET search_path TO DEFAULT", "SET SCHEMA 'public'"));
        text(5, draw -> "SET app.who = '" + draw.text() + "'");
        text(2, draw -> "SELECT set_config('app.who', '" + draw.text() + "', " + draw.one("true", "false") + ")");
        text(
                1,
                draw -> "SELECT set_config("
                        + draw.one("'app.' || 'who'", "E'app.wh\\x6f'", "setting_name => 'app.who'")
                        + ", new_value => '" + draw.text() + "', is_local => false)");
        text(1, draw -> "SELECT starts_with(1, '" + draw.text() + "')");
        text(1, draw -> "SET LOCAL app.who = '" + draw.text() + "'");
        text(1, draw -> "RESET app.who");
        text(6, draw -> "SELECT current_setting('app.who', true)");
        text(
                3,
                draw -> "SET " + draw.one("TIME ZONE '", "timezone = '", "SESSION TimeZone TO '")
                        + draw.tenant().zone() + "'");
        text(1, draw -> draw.one("SET TIME ZONE DEFAULT", "SET TIME ZONE LOCAL", "RESET TIME ZONE"));
        text(3, draw -> draw.one("SHOW timezone", "SHOW TIME ZONE"));
        text(3, draw -> "SET application_name = '" + draw.text() + "'");
        text(3, draw -> "SHOW application_name");
        text(
                3,
                draw -> "SET " + draw.one("", "LOCAL ", "SESSION ") + "statement_timeout = "
                        + draw.tenant().number());
        text(3, draw -> "SHOW statement_timeout");
        text(
                2,
                draw -> "SET " + draw.one("lock_timeout", "work_mem", "idle_in_transaction_session_timeout") + " = "
                        + draw.tenant().number());
        text(2, draw -> "SHOW " + draw.one("lock_timeout", "work_mem", "idle_in_transaction_session_timeout"));
        text(
                2,
                draw -> "SET "
                        + draw.one("xmloption = 'document'", "bytea_output = 'escape'", "IntervalStyle = 'iso_8601'"));
        text(2, draw -> "SELECT DATE '2024-02-29'::text, '\\x01'::bytea::text, INTERVAL '1 day'::text");
        text(
                2,
                draw -> "SET default_transaction_"
                        + draw.one("read_only = on", "read_only = off", "isolation = 'serializable'"));
        text(
                2,
                draw -> "SHOW "
                        + draw.one("transaction_isolation", "transaction_read_only", "default_transaction_read_only"));
        text(
                1,
                draw -> "SET SESSION CHARACTERISTICS AS TRANSACTION "
                        + draw.one("READ ONLY", "ISOLATION LEVEL SERIALIZABLE"));
        text(1, draw -> draw.one("RESET ALL", "DISCARD ALL", "DISCARD TEMP", "DISCARD PLANS"));
    }

    private void roles() {
        text(3, draw -> "SET ROLE role_" + draw.tenant().name());
        text(2, draw -> draw.one("RESET ROLE", "SET ROLE NONE"));
        text(5, draw -> "SELECT current_user, session_user");
        text(1, draw -> "SET SESSION AUTHORIZATION role_" + draw.tenant().name());
        text(1, draw -> "RESET SESSION AUTHORIZATION");
    }

    private void session() {
        text(
                2,
                draw -> "CREATE TEMP" + draw.one("", "ORARY") + " TABLE mine (note text)"
                        + draw.one("", "", " ON COMMIT DROP", " ON COMMIT DELETE ROWS"));
        text(
                1,
                draw ->
                        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) CREATE TEMP TABLE mine AS SELECT '"
                                + draw.text() + "'::text AS note");
        text(2, draw -> "INSERT INTO mine VALUES ('" + draw.text() + "')");
        text(3, draw -> "SELECT note FROM " + draw.one("mine", "pg_temp.mine"));
        text(1, draw -> "DROP TABLE " + draw.one("", "IF EXISTS ") + "mine");
        text(1, draw -> draw.one("LISTEN ", "UNLISTEN ") + draw.tenant().name());
        text(1, draw -> draw.one("UNLISTEN *", "SELECT pg_advisory_unlock_all()", "CLOSE ALL"));
        text(1, draw -> "SELECT pg_listening_channels()");
        text(1, draw -> "SELECT pg_try_advisory_lock(" + draw.lock() + ")");
        text(1, draw -> "SELECT pg_try_advisory_xact_lock(" + draw.lock() + ")");
        text(2, draw -> "SELECT pg_advisory_unlock(" + draw.lock() + ")");
        text(1, draw -> "PREPARE mine AS SELECT '" + draw.text() + "'::text");
        text(2, draw -> "EXECUTE mine");
        text(1, draw -> "DEALLOCATE " + draw.one("mine", "ALL"));
        text(1, draw -> "DECLARE mine CURSOR " + draw.one("", "WITH HOLD ") + "FOR SELECT generate_series(1, 3)");
        text(2, draw -> "FETCH NEXT FROM mine");
        text(1, draw -> "CLOSE mine");
        text(1, draw -> "DO $$ BEGIN RAISE WARNING '" + draw.text() + "'; END $$");
        text(1, draw -> "SELECT public.sets_app('" + draw.text() + "')");
        text(
                1,
                draw -> "SELECT "
                        + draw.one("lastval()", "currval('" + draw.tenant().name() + ".ticks_0')"));
    }

    private void transactions() {
        rule(1, draw -> JdbcCalls.aborts());
        text(
                3,
                draw -> draw.one(
                        "BEGIN", "START TRANSACTION", "BEGIN ISOLATION LEVEL SERIALIZABLE", "BEGIN READ ONLY"));
        text(3, draw -> draw.one("COMMIT", "END"));
        text(2, draw -> "ROLLBACK");
        text(1, draw -> "COMMIT AND CHAIN");
        text(1, draw -> "SET TRANSACTION " + draw.one("READ ONLY", "ISOLATION LEVEL REPEATABLE READ"));
        text(1, draw -> "SAVEPOINT mine");
        text(1, draw -> draw.one("ROLLBACK TO mine", "RELEASE mine"));
        text(1, draw -> "SET CONSTRAINTS ALL DEFERRED");
    }

    private void mistakes() {
        text(2, draw -> "SELECT nothing FROM " + draw.table());
        text(1, draw -> "SELEC 1");
        text(2, draw -> "SELECT 1 / 0");
        text(2, draw -> "INSERT INTO " + draw.table() + " (id, note) VALUES (" + draw.id() + ", 'twice')");
        text(2, draw -> "DROP TABLE IF EXISTS never_was");
        text(1, draw -> "SET app.who.what = ");
        text(1, draw -> "SET TIME ZONE 'nowhere'");
        text(1, draw -> "");
        text(1, draw -> "/* nothing */");
    }
}
