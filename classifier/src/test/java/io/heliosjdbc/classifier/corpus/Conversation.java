package io.heliosjdbc.classifier.corpus;

/** What applications, drivers and tools say to a database beside their work: sessions, catalogs, look-ups. Stateless. */
final class Conversation {
    private Conversation() {}

    static String session(Pen pen) {
        if (pen.chance(0.15)) {
            return sessionElsewhere(pen);
        }
        String sequence = pen.raw(pen.keyed().name().toLowerCase(java.util.Locale.ROOT) + "_seq");
        return switch (pen.dialect()) {
            case POSTGRESQL ->
                pen.oneOf(
                        "SELECT 1",
                        "SELECT VERSION()",
                        "SET search_path TO app, public",
                        "SET statement_timeout = 5000",
                        "BEGIN",
                        "COMMIT",
                        "ROLLBACK",
                        "SELECT NEXTVAL('" + sequence + "')",
                        "SELECT PG_ADVISORY_XACT_LOCK(" + pen.between(1, 99999) + ")",
                        "SHOW server_version",
                        "SELECT CURRENT_SCHEMA()",
                        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
                        "SELECT PG_TRY_ADVISORY_LOCK($1)",
                        "DISCARD ALL",
                        "SELECT NOW()",
                        "SELECT pg_backend_pid()",
                        "SELECT pg_is_in_recovery()",
                        "SELECT current_user",
                        "SELECT txid_current()",
                        "SELECT last_value FROM " + sequence,
                        "SELECT setval('" + sequence + "', 1000)",
                        "SELECT pg_catalog.set_config('search_path', '', false)",
                        "SELECT inet_server_addr()",
                        "RESET ALL",
                        "RESET ROLE",
                        "SET ROLE app_user",
                        "ROLLBACK TO SAVEPOINT sp_1",
                        "NOTIFY " + pen.raw("events") + ", '42'",
                        "LISTEN " + pen.raw("events"),
                        "SAVEPOINT sp_1",
                        "DEALLOCATE ALL",
                        "SELECT CURRENT_SETTING('server_version_num')",
                        "RELEASE SAVEPOINT sp_1",
                        "BEGIN READ WRITE",
                        "SELECT pg_advisory_unlock(" + pen.between(1, 99999) + ")",
                        "SELECT pg_try_advisory_xact_lock(" + pen.between(1, 99999) + ")",
                        "SELECT pg_notify('events', $1)",
                        "FETCH NEXT FROM " + pen.raw("cur1"),
                        "FETCH 100 FROM " + pen.raw("cur1"),
                        "CLOSE " + pen.raw("cur1"),
                        "SET LOCAL work_mem = '64MB'",
                        "PREPARE TRANSACTION 'tx1'",
                        "SELECT pg_cancel_backend(" + pen.between(100, 9999) + ")",
                        "UNLISTEN *",
                        "SELECT SET_CONFIG('app.tenant', $1, false)");
            case MYSQL ->
                pen.oneOf(
                        "SELECT 1",
                        "SELECT @@version_comment LIMIT 1",
                        "SET NAMES utf8mb4",
                        "SET autocommit=0",
                        "SHOW VARIABLES LIKE 'sql_mode'",
                        "COMMIT",
                        "SELECT LAST_INSERT_ID()",
                        "SELECT CONNECTION_ID()",
                        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
                        "SELECT DATABASE()",
                        "START TRANSACTION",
                        "SHOW WARNINGS",
                        "SELECT @@session.tx_isolation",
                        "USE app",
                        "SELECT ROW_COUNT()",
                        "SELECT next_val AS id_val FROM " + sequence + " FOR UPDATE",
                        "UPDATE " + sequence + " SET next_val = ? WHERE next_val = ?",
                        "SELECT SLEEP(1)",
                        "SELECT USER()",
                        "SHOW MASTER STATUS",
                        "SHOW DATABASES",
                        "SHOW ENGINE INNODB STATUS",
                        "SELECT UUID()",
                        "SHOW STATUS LIKE 'Threads%'",
                        "SELECT GET_LOCK('job', 10)",
                        "SET SESSION sql_mode = 'STRICT_ALL_TABLES'",
                        "SHOW FULL COLUMNS FROM " + sequence,
                        "SHOW PROCESSLIST",
                        "SHOW GRANTS FOR CURRENT_USER",
                        "KILL " + pen.between(1, 9999),
                        "SHOW FULL PROCESSLIST");
            case ORACLE ->
                pen.oneOf(
                        "SELECT 1 FROM DUAL",
                        "SELECT SYSDATE FROM DUAL",
                        "SELECT " + sequence + ".NEXTVAL FROM DUAL",
                        "COMMIT",
                        "ROLLBACK",
                        "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD'",
                        "SELECT USER FROM DUAL",
                        "ALTER SESSION SET TIME_ZONE = 'UTC'",
                        "ALTER SESSION SET OPTIMIZER_MODE = FIRST_ROWS",
                        "ALTER SESSION SET NLS_TERRITORY = 'GERMANY'",
                        "SELECT SYS_CONTEXT('USERENV', 'SID') FROM DUAL",
                        "ALTER SESSION SET CURRENT_SCHEMA = APP",
                        "SET TRANSACTION READ ONLY",
                        "SELECT SYS_GUID() FROM DUAL",
                        "SELECT " + sequence + ".CURRVAL FROM DUAL");
            case SQLSERVER ->
                pen.oneOf(
                        "SELECT 1",
                        "SELECT @@IDENTITY",
                        "SELECT SCOPE_IDENTITY()",
                        "SET NOCOUNT ON",
                        "BEGIN TRANSACTION",
                        "COMMIT TRANSACTION",
                        "SELECT @@TRANCOUNT",
                        "SELECT GETDATE()",
                        "SET TRANSACTION ISOLATION LEVEL SNAPSHOT",
                        "SELECT DB_NAME()",
                        "SELECT NEXT VALUE FOR dbo." + sequence,
                        "IF @@TRANCOUNT > 0 COMMIT TRAN",
                        "SELECT @@VERSION",
                        "SET LOCK_TIMEOUT 5000",
                        "FETCH NEXT FROM " + pen.raw("cur1"),
                        "CLOSE " + pen.raw("cur1"),
                        "SET XACT_ABORT ON");
            case GENERIC ->
                pen.oneOf(
                        "SELECT 1",
                        "VALUES 1",
                        "COMMIT",
                        "SELECT CURRENT_TIMESTAMP",
                        "CALL NEXT VALUE FOR " + sequence,
                        "SET SCHEMA app");
        };
    }

    static String catalog(Pen pen) {
        String table = pen.keyed().name();
        return switch (pen.dialect()) {
            case MYSQL ->
                pen.oneOf(
                        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '"
                                + pen.raw(table) + "'",
                        "SHOW CREATE TABLE " + pen.raw(table),
                        "DESCRIBE " + pen.raw(table),
                        "SHOW INDEX FROM " + pen.raw(table),
                        "SHOW TABLES",
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'app' ORDER BY table_name",
                        "SELECT * FROM information_schema.processlist",
                        "SELECT * FROM performance_schema.threads",
                        "SELECT * FROM information_schema.innodb_trx",
                        "SELECT table_name, engine, table_rows FROM information_schema.tables ORDER BY table_name");
            case ORACLE ->
                pen.oneOf(
                        "SELECT column_name, data_type, nullable FROM all_tab_columns WHERE table_name = '"
                                + pen.raw(table) + "' AND owner = USER",
                        "SELECT sid, serial#, status FROM v$session WHERE username = 'APP'",
                        "SELECT object_name FROM user_objects WHERE object_type = 'VIEW'",
                        "SELECT username, sid, serial#, status FROM v$session",
                        "SELECT sql_id, sql_text FROM v$sql ORDER BY last_active_time DESC",
                        "SELECT tablespace_name, file_name, bytes FROM dba_data_files ORDER BY 1",
                        "SELECT name, value FROM v$parameter WHERE name = 'processes'");
            case SQLSERVER ->
                pen.oneOf(
                        "SELECT name FROM sys.tables WHERE schema_id = SCHEMA_ID('dbo') ORDER BY name",
                        "SELECT c.name, t.name FROM sys.columns c JOIN sys.types t ON t.user_type_id = c.user_type_id WHERE c.object_id = OBJECT_ID('"
                                + pen.raw(table) + "')",
                        "EXEC sp_help '" + pen.raw(table) + "'",
                        "EXEC sp_columns '" + pen.raw(table) + "'",
                        "EXEC sp_who2",
                        "EXEC sp_spaceused '" + pen.raw(table) + "'",
                        "EXEC sp_helpindex '" + pen.raw(table) + "'",
                        "SELECT session_id, status FROM sys.dm_exec_requests WHERE session_id > 50",
                        "SELECT * FROM sys.dm_tran_locks",
                        "SELECT name, state_desc FROM sys.databases",
                        "SELECT * FROM sys.dm_exec_sessions");
            case POSTGRESQL, GENERIC ->
                pen.oneOf(
                        "SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE c.relname OPERATOR(pg_catalog.~) '^(" + pen.raw(table)
                                + ")$' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 2, 3",
                        "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_attribute a LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid"
                                + " AND a.attnum = d.adnum WHERE a.attrelid = '\"" + pen.raw(table)
                                + "\"'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
                        "SELECT pid, state, query FROM pg_stat_activity WHERE state <> 'idle'",
                        "SELECT t.typname, t.oid FROM pg_type t WHERE t.typname IN ('int4', 'text', 'hstore')",
                        "SELECT column_name FROM information_schema.columns WHERE table_name = '" + pen.raw(table)
                                + "' ORDER BY ordinal_position",
                        "SELECT tablename FROM pg_tables WHERE schemaname = ANY(current_schemas(false))",
                        "SELECT pg_catalog.pg_get_viewdef('16389'::pg_catalog.oid)",
                        "SELECT pg_catalog.format_type(a.atttypid, a.atttypmod) FROM pg_catalog.pg_attribute a WHERE a.attrelid = '16389'::pg_catalog.oid",
                        "SELECT pg_size_pretty(pg_database_size(current_database()))",
                        "SELECT setting FROM pg_settings WHERE name = 'max_connections'",
                        "SELECT pid, usename, state, query FROM pg_stat_activity",
                        "SELECT * FROM pg_stat_activity",
                        "SELECT * FROM pg_locks",
                        "SELECT * FROM pg_stat_replication",
                        "SELECT relname FROM pg_class WHERE relkind = 'r'",
                        "SELECT conname, contype FROM pg_constraint WHERE conrelid = '" + pen.raw(table)
                                + "'::regclass",
                        "SELECT name, setting, short_desc FROM pg_settings WHERE category ILIKE '%Memory%'",
                        "SELECT query, calls, total_exec_time FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 50",
                        "SELECT relname, n_live_tup, last_vacuum, last_analyze FROM pg_stat_user_tables ORDER BY n_live_tup DESC",
                        "SELECT l.relation::regclass, l.mode, a.query FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE NOT l.granted",
                        "SELECT datname, pg_size_pretty(pg_database_size(datname)) FROM pg_database ORDER BY pg_database_size(datname) DESC");
        };
    }

    private static String sessionElsewhere(Pen pen) {
        String table = pen.table(pen.keyed());
        return pen.oneOf(
                "PRAGMA foreign_keys = ON",
                "PRAGMA journal_mode=WAL",
                "PRAGMA busy_timeout = 5000",
                "PRAGMA synchronous = NORMAL",
                "PRAGMA cache_size = -20000",
                "PRAGMA table_info(" + table + ")",
                "PRAGMA index_list(" + table + ")",
                "PRAGMA user_version",
                "SELECT last_insert_rowid()",
                "SELECT changes()",
                "SELECT sqlite_version()",
                "SELECT H2VERSION()",
                "SELECT sql FROM sqlite_master WHERE name = '" + table + "'",
                "SELECT CURRENT_SERVER FROM sysibm.sysdummy1",
                "VALUES IDENTITY_VAL_LOCAL()",
                "SET CURRENT SCHEMA app",
                "USE WAREHOUSE small",
                "ALTER SESSION SET QUERY_TAG = 'web'",
                "SELECT CURRENT_WAREHOUSE()",
                "DESCRIBE TABLE " + table);
    }

    /** A table that an application keeps its settings and lists to choose from in: read as a whole, and small. */
    static String lookUp(Pen pen) {
        String table = pen.raw(pen.oneOf("", "", "app_", "sys_", "ref_"))
                + pen.name(pen.oneOf(
                        "settings",
                        "config",
                        "configuration",
                        "options",
                        "feature_flags",
                        "flags",
                        "preferences",
                        "parameters",
                        "properties",
                        "roles",
                        "permissions",
                        "countries",
                        "currencies",
                        "languages",
                        "statuses",
                        "order_types",
                        "units",
                        "categories",
                        "tax_rates",
                        "plans",
                        "schema_migrations",
                        "flyway_schema_history"));
        String columns = pen.oneOf("*", "*", "id, name", "code, name", "name, value", "k, v", "id, label");
        String from = "SELECT " + columns + " FROM " + table;
        return switch (pen.between(0, 4)) {
            case 0 ->
                from + " WHERE " + pen.name(pen.oneOf("active", "enabled", "visible")) + " = "
                        + pen.oneOf("1", "TRUE", "'Y'");
            case 1 -> from + " ORDER BY " + pen.oneOf("name", "1", "sort_order", "code");
            case 2 ->
                from + " WHERE " + pen.name(pen.oneOf("name", "code", "key", "flag_key", "option_name")) + " = "
                        + pen.parameter("name");
            default -> from;
        };
    }
}
