package io.heliosjdbc.classifier.corpus;

import java.util.Locale;

/** What administrators and their jobs do to tables, indexes and servers. Stateless. */
final class Upkeep {
    private Upkeep() {}

    static String maintenance(Pen pen) {
        if (pen.chance(0.15)) {
            return elsewhere(pen);
        }
        Table of = pen.table(each -> true);
        String table = pen.table(of);
        String index = pen.raw("idx_" + of.name().toLowerCase(Locale.ROOT) + "_1");
        return switch (pen.dialect()) {
            case POSTGRESQL ->
                pen.oneOf(
                        "VACUUM",
                        "VACUUM ANALYZE",
                        "VACUUM " + table,
                        "VACUUM (VERBOSE, ANALYZE) " + table,
                        "VACUUM FULL " + table,
                        "VACUUM (FULL, FREEZE) " + table,
                        "ANALYZE " + table,
                        "ANALYZE VERBOSE",
                        "ANALYZE",
                        "REINDEX TABLE " + table,
                        "REINDEX INDEX CONCURRENTLY " + index,
                        "REINDEX DATABASE app",
                        "CLUSTER " + table + " USING " + index,
                        "REFRESH MATERIALIZED VIEW " + table,
                        "VACUUM ANALYZE " + table,
                        "REFRESH MATERIALIZED VIEW CONCURRENTLY " + BackgroundQueue.target(pen, of),
                        "REFRESH MATERIALIZED VIEW " + BackgroundQueue.target(pen, of) + " WITH DATA",
                        "CHECKPOINT",
                        "SELECT pg_start_backup('nightly')",
                        "SELECT pg_switch_wal()",
                        "ALTER TABLE " + table + " SET TABLESPACE slow",
                        "SELECT brin_summarize_new_values('" + index + "')",
                        "SELECT drop_chunks('" + table + "', INTERVAL '" + pen.between(3, 36) + " months')",
                        "SELECT add_retention_policy('" + table + "', INTERVAL '1 year')",
                        "SELECT add_compression_policy('" + table + "', INTERVAL '7 days')",
                        "SELECT compress_chunk(c) FROM show_chunks('" + table + "', older_than => INTERVAL '9 days') c",
                        "SELECT create_hypertable('" + table + "', 'ts')",
                        "CALL refresh_continuous_aggregate('" + table + "', NULL, now() - INTERVAL '1 week')",
                        "CALL run_job(" + pen.between(1000, 1100) + ")",
                        "SELECT cron.schedule('nightly', '0 3 * * *', 'VACUUM " + table + "')",
                        "SELECT partman.run_maintenance()",
                        "SELECT pg_stat_reset()",
                        "SELECT lo_unlink(l.oid) FROM pg_largeobject_metadata l",
                        "REINDEX SCHEMA public",
                        "VACUUM (ANALYZE, PARALLEL 4) " + table,
                        "ALTER TABLE " + table + " CLUSTER ON " + index,
                        "SELECT pg_repack_table('" + table + "')");
            case MYSQL ->
                pen.oneOf(
                        "OPTIMIZE TABLE " + table,
                        "ANALYZE TABLE " + table,
                        "CHECK TABLE " + table,
                        "REPAIR TABLE " + table,
                        "ALTER TABLE " + table + " ENGINE=InnoDB",
                        "OPTIMIZE LOCAL TABLE " + table,
                        "FLUSH TABLES WITH READ LOCK",
                        "CHECKSUM TABLE " + table,
                        "PURGE BINARY LOGS BEFORE '2025-01-01'",
                        "ALTER TABLE " + table + " FORCE",
                        "ANALYZE TABLE " + table + " UPDATE HISTOGRAM ON c WITH 32 BUCKETS",
                        "FLUSH TABLES",
                        "CHECK TABLE " + table + " EXTENDED",
                        "LOCK TABLES " + table + " READ",
                        "SET GLOBAL innodb_buffer_pool_size = 8589934592",
                        "SET GLOBAL max_connections = 500",
                        "ALTER TABLE " + table + " ROW_FORMAT=COMPRESSED");
            case ORACLE ->
                pen.oneOf(
                        "BEGIN DBMS_STATS.GATHER_TABLE_STATS('APP', '" + table + "', cascade => TRUE); END;",
                        "BEGIN DBMS_STATS.GATHER_SCHEMA_STATS('APP', degree => 8); END;",
                        "EXEC DBMS_STATS.GATHER_DATABASE_STATS",
                        "ALTER INDEX " + index + " REBUILD ONLINE",
                        "ALTER TABLE " + table + " MOVE COMPRESS",
                        "ALTER TABLE " + table + " SHRINK SPACE CASCADE",
                        "ANALYZE TABLE " + table + " COMPUTE STATISTICS",
                        "ALTER INDEX " + index + " REBUILD",
                        "BEGIN DBMS_MVIEW.REFRESH('" + table + "', 'C'); END;",
                        "CALL DBMS_STATS.GATHER_TABLE_STATS(USER, '" + table + "')",
                        "ALTER TABLE " + table + " ENABLE ROW MOVEMENT",
                        "PURGE RECYCLEBIN",
                        "ALTER TABLESPACE users COALESCE",
                        "EXEC DBMS_MVIEW.REFRESH('" + table + "')",
                        "ANALYZE INDEX " + index + " VALIDATE STRUCTURE");
            case SQLSERVER ->
                pen.oneOf(
                        "UPDATE STATISTICS " + table + " WITH FULLSCAN",
                        "EXEC sp_updatestats",
                        "ALTER INDEX ALL ON " + table + " REBUILD",
                        "ALTER INDEX " + index + " ON " + table + " REORGANIZE",
                        "DBCC CHECKDB WITH NO_INFOMSGS",
                        "DBCC CHECKTABLE ('" + table + "')",
                        "DBCC DBREINDEX ('" + table + "')",
                        "DBCC SHRINKDATABASE (app, 10)",
                        "BACKUP DATABASE app TO DISK = 'app.bak' WITH COMPRESSION",
                        "BACKUP LOG app TO DISK = 'app.trn'",
                        "DBCC SHRINKFILE (app_log, 1024)",
                        "UPDATE STATISTICS " + table,
                        "RESTORE DATABASE app FROM DISK = 'app.bak'",
                        "ALTER INDEX " + index + " ON " + table + " REBUILD WITH (ONLINE = ON)",
                        "EXEC sp_MSforeachtable 'UPDATE STATISTICS ?'",
                        "EXEC sp_MSforeachtable 'ALTER INDEX ALL ON ? REBUILD'",
                        "EXEC sp_configure 'max server memory', 8192",
                        "EXEC sp_delete_backuphistory '2025-01-01'",
                        "ALTER TABLE " + table + " REBUILD");
            case GENERIC ->
                pen.oneOf(
                        "ANALYZE " + table,
                        "ANALYZE TABLE " + table + " COMPUTE STATISTICS",
                        "OPTIMIZE TABLE " + table,
                        "SHUTDOWN COMPACT",
                        "VACUUM",
                        "CHECKPOINT DEFRAG",
                        "BACKUP TO 'backup.zip'",
                        "SCRIPT TO 'dump.sql'");
        };
    }

    static String partitions(Pen pen) {
        String table = pen.table(pen.history());
        return pen.oneOf(
                "ALTER TABLE " + table + " DROP PARTITION p202401",
                "ALTER TABLE " + table + " DETACH PARTITION " + pen.raw("part_2024_01") + " CONCURRENTLY",
                "CREATE TABLE " + pen.raw("part_2025_01") + " PARTITION OF " + table
                        + " FOR VALUES FROM ('2025-01-01') TO ('2025-02-01')",
                "ALTER TABLE " + table + " EXCHANGE PARTITION p1 WITH TABLE " + pen.raw("stage_1")
                        + " INCLUDING INDEXES",
                "ALTER TABLE " + table + " TRUNCATE PARTITION p202312",
                "ALTER TABLE " + table + " REORGANIZE PARTITION pmax INTO (PARTITION p1 VALUES LESS THAN (100))",
                "ALTER TABLE " + table + " ATTACH PARTITION " + pen.raw("part_new") + " FOR VALUES IN (4)",
                "ALTER TABLE " + table + " SWITCH PARTITION 3 TO " + pen.raw("archive_3"),
                "ALTER TABLE " + table + " ADD PARTITION (PARTITION p2026 VALUES LESS THAN (2027))");
    }

    static String administration(Pen pen) {
        String table = pen.table(pen.history());
        return pen.oneOf(
                "CREATE DATABASE " + pen.raw("reporting"),
                "CREATE SCHEMA IF NOT EXISTS " + pen.raw("archive"),
                "CREATE EXTENSION IF NOT EXISTS " + pen.raw("pg_stat_statements"),
                "DROP DATABASE " + pen.raw("old_copy"),
                "GRANT SELECT ON " + table + " TO " + pen.raw("reporting_role"),
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + pen.raw("reader"),
                "REVOKE ALL ON " + table + " FROM PUBLIC",
                "CREATE ROLE " + pen.raw("app_reader") + " LOGIN",
                "COMMENT ON TABLE " + table + " IS 'kept for a year'",
                "ALTER TABLE " + table + " OWNER TO " + pen.raw("dba"),
                "CREATE SEQUENCE " + pen.raw("new_seq") + " START 1000",
                "DROP VIEW IF EXISTS " + pen.raw("v_old"),
                "ALTER DATABASE " + pen.raw("app") + " SET work_mem = '64MB'",
                "LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE",
                "ALTER TABLE " + table + " RENAME TO " + pen.raw("old_copy"),
                "CREATE TABLESPACE " + pen.raw("cold") + " LOCATION '/srv/cold'",
                "ALTER SYSTEM SET max_wal_size = '4GB'");
    }

    private static String elsewhere(Pen pen) {
        String table = pen.table(pen.history());
        return pen.oneOf(
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "PRAGMA optimize",
                "PRAGMA integrity_check",
                "PRAGMA quick_check",
                "PRAGMA incremental_vacuum",
                "VACUUM INTO 'copy.db'",
                "RUNSTATS ON TABLE " + table + " WITH DISTRIBUTION AND DETAILED INDEXES ALL",
                "RUNSTATS ON TABLE " + table,
                "REORG TABLE " + table,
                "REORG INDEXES ALL FOR TABLE " + table,
                "OPTIMIZE TABLE " + table + " FINAL",
                "OPTIMIZE " + table + " ZORDER BY (id)",
                "ALTER TABLE " + table + " DELETE WHERE ts < now() - INTERVAL 90 DAY",
                "VACUUM DELETE ONLY " + table,
                "MSCK REPAIR TABLE " + table,
                "ANALYZE COMPRESSION " + table,
                "ANALYZE TABLE " + table + " COMPUTE STATISTICS FOR ALL COLUMNS",
                "ALTER TABLE " + table + " COMPACT 'major'");
    }
}
