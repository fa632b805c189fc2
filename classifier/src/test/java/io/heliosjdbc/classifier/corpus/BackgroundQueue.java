package io.heliosjdbc.classifier.corpus;

import io.heliosjdbc.classifier.corpus.Column.Kind;
import io.heliosjdbc.classifier.corpus.Schema.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What nightly jobs and administrators do: whole tables loaded, rewritten, cleaned, reorganised. Stateless. */
final class BackgroundQueue {
    static final List<Pattern> PATTERNS = List.of(
            new Pattern("insert from a query", 12, BackgroundQueue::insertSelect),
            new Pattern("table from a query", 8, BackgroundQueue::tableFromQuery),
            new Pattern("update of everything", 5, BackgroundQueue::updateAll),
            new Pattern("update from a table", 6, BackgroundQueue::updateFrom),
            new Pattern("update by another table", 3, BackgroundQueue::updateBySubquery),
            new Pattern("administration", 3, BackgroundQueue::administration),
            new Pattern("update of a range", 6, BackgroundQueue::updateRange),
            new Pattern("clean up by age", 9, BackgroundQueue::purge),
            new Pattern("delete by another table", 5, BackgroundQueue::deleteJoined),
            new Pattern(
                    "truncate",
                    3,
                    pen -> "TRUNCATE " + pen.oneOf("TABLE ", "TABLE ", "") + pen.table(pen.history())
                            + pen.oneOf("", "", " CASCADE", " RESTART IDENTITY")),
            new Pattern("maintenance", 14, BackgroundQueue::maintenance),
            new Pattern("index", 7, BackgroundQueue::index),
            new Pattern("load and unload", 10, BackgroundQueue::load),
            new Pattern("insert many", 3, BackgroundQueue::insertMany),
            new Pattern("merge", 7, BackgroundQueue::merge),
            new Pattern("batch procedure", 8, BackgroundQueue::procedure),
            new Pattern("definition", 7, BackgroundQueue::definition),
            new Pattern("partitions", 3, BackgroundQueue::partitions),
            new Pattern("move", 4, BackgroundQueue::move),
            new Pattern("script", 3, BackgroundQueue::script),
            new Pattern("block", 4, BackgroundQueue::block));

    private BackgroundQueue() {}

    private static String query(Pen pen) {
        List<Pattern> queries = ParallelLanes.PATTERNS.stream()
                .filter(pattern -> switch (pattern.name()) {
                    case "group by category",
                            "group by period",
                            "star join",
                            "named steps",
                            "window",
                            "conditional aggregates",
                            "joined detail" -> true;
                    default -> false;
                })
                .toList();
        return pen.pick(queries).writer().apply(pen);
    }

    private static String plainQuery(Pen pen, Table from) {
        Source source = pen.alone(from);
        String sql = "SELECT " + pen.oneOf("*", pen.columns(source, 6)) + " FROM " + source.text();
        if (from.has(Kind.DATE) && pen.chance(0.5)) {
            sql += " WHERE " + (pen.chance(0.5) ? pen.before(pen.date(source)) : pen.during(pen.date(source)));
        } else if (from.has(Kind.CATEGORY) && pen.chance(0.3)) {
            sql += " WHERE " + pen.equals(source, pen.some(from, Kind.CATEGORY));
        }
        return sql;
    }

    private static String target(Pen pen, Table table) {
        return pen.derived(
                table,
                "_daily",
                "_archive",
                "_summary",
                "_history",
                "_agg",
                "stg_",
                "fct_",
                "dim_",
                "_monthly",
                "rpt_",
                "mart.",
                "dwh.",
                "staging.",
                "_stats",
                "_backup",
                "_snapshot",
                "archive.");
    }

    private static String insertSelect(Pen pen) {
        Table table = pen.history();
        boolean named = pen.chance(0.6);
        String list = named
                ? " ("
                        + String.join(
                                ", ",
                                pen.some(table.columns(), 5).stream()
                                        .map(column -> pen.name(column.name()))
                                        .toList())
                        + ")"
                : "";
        String into = pen.chance(0.8) ? target(pen, table) : pen.table(table);
        String query = pen.chance(0.6) ? query(pen) : plainQuery(pen, pen.chance(0.5) ? table : pen.fact());
        String hint = pen.is(Dialect.ORACLE) && pen.chance(0.4)
                ? " " + pen.oneOf("/*+ APPEND */", "/*+ APPEND PARALLEL(8) */")
                : "";
        String verb =
                pen.is(Dialect.MYSQL) && pen.chance(0.2) ? pen.oneOf("REPLACE", "INSERT IGNORE") : "INSERT" + hint;
        String tail = pen.is(Dialect.POSTGRESQL) && pen.chance(0.15) ? " ON CONFLICT DO NOTHING" : "";
        return verb + " INTO " + into + list + " " + query + tail;
    }

    private static String tableFromQuery(Pen pen) {
        Table table = pen.history();
        String name = target(pen, table);
        String query = pen.chance(0.6) ? query(pen) : plainQuery(pen, table);
        if (pen.is(Dialect.SQLSERVER)) {
            return query.startsWith("SELECT ") && !query.contains("UNION")
                    ? query.replaceFirst(
                            " FROM ",
                            " INTO " + java.util.regex.Matcher.quoteReplacement(pen.oneOf(name, pen.raw("#work")))
                                    + " FROM ")
                    : "SELECT * INTO " + name + " FROM " + pen.table(table);
        }
        return switch (pen.between(0, 4)) {
            case 0 -> "CREATE MATERIALIZED VIEW " + name + " AS " + query;
            case 1 -> "CREATE TEMPORARY TABLE " + name + " AS " + query;
            case 2 ->
                pen.is(Dialect.ORACLE)
                        ? "CREATE TABLE " + name + " NOLOGGING PARALLEL 4 AS " + query
                        : "CREATE TABLE " + name + " AS (" + query + ")";
            case 3 -> "CREATE TABLE IF NOT EXISTS " + name + " AS " + query;
            default -> "CREATE TABLE " + name + " AS " + query;
        };
    }

    private static String updateAll(Pen pen) {
        Table table = pen.with(Kind.NUMBER, Kind.CATEGORY, Kind.FLAG);
        if (pen.chance(0.4)) {
            Table child = pen.with(Kind.REFERENCE);
            String number = child.has(Kind.NUMBER)
                    ? "SUM(x." + pen.name(pen.some(child, Kind.NUMBER).name()) + ")"
                    : "COUNT(*)";
            return "UPDATE " + pen.table(table) + " SET "
                    + pen.name(pen.some(table, Kind.NUMBER).name()) + " = (SELECT "
                    + pen.oneOf(number, "COUNT(*)", "COALESCE(" + number + ", 0)") + " FROM " + pen.table(child)
                    + " x WHERE x." + pen.name(pen.some(child, Kind.REFERENCE).name()) + " = " + pen.name(table.name())
                    + "." + pen.name(table.columns().get(0).name()) + ")";
        }
        return "UPDATE " + pen.table(table) + " SET " + FastLane.assignments(pen, table, 2);
    }

    private static String updateFrom(Pen pen) {
        Table table = pen.with(Kind.NUMBER, Kind.CATEGORY);
        Table from = pen.other(table);
        String key = pen.name(table.columns().get(0).name());
        String set =
                pen.name(pen.some(table, Kind.NUMBER, Kind.CATEGORY, Kind.TEXT).name());
        String source = pen.chance(0.5) ? target(pen, table) : pen.table(from);
        String value = "s." + pen.name(pen.pick(from.columns()).name());
        return switch (pen.dialect()) {
            case MYSQL ->
                "UPDATE " + pen.table(table) + " t " + pen.oneOf("JOIN ", "INNER JOIN ") + source + " s ON s." + key
                        + " = t." + key + " SET t." + set + " = " + value;
            case SQLSERVER ->
                "UPDATE t SET t." + set + " = " + value + " FROM " + pen.table(table) + " t INNER JOIN " + source
                        + " s ON s." + key + " = t." + key;
            case ORACLE ->
                "UPDATE " + pen.table(table) + " t SET t." + set + " = (SELECT MAX(" + value + ") FROM " + source
                        + " s WHERE s." + key + " = t." + key + ") WHERE EXISTS (SELECT 1 FROM " + source
                        + " s WHERE s." + key + " = t." + key + ")";
            case POSTGRESQL, GENERIC ->
                "UPDATE " + pen.table(table) + " AS t SET " + set + " = " + value + " FROM "
                        + (pen.chance(0.4)
                                ? "(SELECT " + key + ", COUNT(*) AS n FROM " + source + " GROUP BY " + key + ") s"
                                : source + " s")
                        + " WHERE s." + key + " = t." + key;
        };
    }

    private static String updateRange(Pen pen) {
        Table table = pen.table(each -> each.has(Kind.DATE) && each.size() != Table.Size.SMALL);
        Source source = new Source(table, pen.table(table), "");
        List<String> conditions = new ArrayList<>();
        switch (pen.between(0, 4)) {
            case 0 ->
                conditions.add(
                        pen.name(pen.some(table, Kind.CATEGORY, Kind.TEXT).name()) + " IS NULL");
            case 1 -> conditions.add(pen.equals(source, pen.some(table, Kind.CATEGORY, Kind.FLAG)));
            case 2 -> {
                conditions.add(pen.before(pen.date(source)));
                conditions.add(pen.equals(source, pen.some(table, Kind.CATEGORY, Kind.FLAG)));
            }
            default -> conditions.add(pen.before(pen.date(source)));
        }
        return "UPDATE " + pen.table(table) + " SET " + FastLane.assignments(pen, table, 3) + Pen.where(conditions);
    }

    private static String purge(Pen pen) {
        Table table = pen.history();
        Source source = new Source(table, pen.table(table), "");
        String condition = pen.before(pen.date(source));
        if (pen.chance(0.25) && table.has(Kind.CATEGORY, Kind.FLAG)) {
            condition += " AND " + pen.equals(source, pen.some(table, Kind.CATEGORY, Kind.FLAG));
        }
        String from = pen.table(table);
        return switch (pen.between(0, 6)) {
            case 0 ->
                pen.is(Dialect.SQLSERVER)
                        ? "DELETE TOP (" + pen.between(1, 50) * 1000 + ") FROM " + from + " WHERE " + condition
                        : "DELETE FROM " + from + " WHERE " + condition + (pen.is(Dialect.MYSQL) ? " LIMIT 10000" : "");
            case 1 -> "DELETE FROM " + from;
            case 2 -> {
                String key = pen.name(table.columns().get(0).name());
                yield "DELETE FROM " + from + " WHERE " + key + " IN (SELECT " + key + " FROM " + from + " WHERE "
                        + condition + (pen.is(Dialect.POSTGRESQL) ? " LIMIT 10000" : "") + ")";
            }
            default -> "DELETE FROM " + from + " WHERE " + condition;
        };
    }

    private static String deleteJoined(Pen pen) {
        Table table = pen.with(Kind.REFERENCE);
        Column reference = pen.some(table, Kind.REFERENCE);
        Table other = pen.table(each -> each.name().equals(reference.references()));
        String link = pen.name(reference.name());
        String key = pen.name(other.columns().get(0).name());
        String condition = other.has(Kind.DATE)
                ? "o." + pen.name(pen.some(other, Kind.DATE).name()) + " < " + pen.ago(pen.between(30, 900))
                : "o." + pen.name(pen.some(other, Kind.CATEGORY, Kind.TEXT).name()) + " = " + pen.raw("'closed'");
        return switch (pen.between(0, 3)) {
            case 0 ->
                "DELETE FROM " + pen.table(table) + " WHERE " + link + " NOT IN (SELECT " + key + " FROM "
                        + pen.table(other) + ")";
            case 1 ->
                "DELETE FROM " + pen.table(table) + " t WHERE NOT EXISTS (SELECT 1 FROM " + pen.table(other)
                        + " o WHERE o." + key + " = t." + link + ")";
            case 2 ->
                pen.is(Dialect.MYSQL) || pen.is(Dialect.SQLSERVER)
                        ? "DELETE t FROM " + pen.table(table) + " t JOIN " + pen.table(other) + " o ON o." + key
                                + " = t." + link + " WHERE " + condition
                        : "DELETE FROM " + pen.table(table) + " t USING " + pen.table(other) + " o WHERE o." + key
                                + " = t." + link + " AND " + condition;
            default ->
                "DELETE FROM " + pen.table(table) + " WHERE " + link + " IN (SELECT o." + key + " FROM "
                        + pen.table(other) + " o WHERE " + condition + ")";
        };
    }

    private static String maintenance(Pen pen) {
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
                        "REFRESH MATERIALIZED VIEW CONCURRENTLY " + target(pen, of),
                        "REFRESH MATERIALIZED VIEW " + target(pen, of) + " WITH DATA",
                        "CHECKPOINT",
                        "SELECT pg_start_backup('nightly')",
                        "SELECT pg_switch_wal()",
                        "ALTER TABLE " + table + " SET TABLESPACE slow",
                        "SELECT brin_summarize_new_values('" + index + "')",
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
                        "ALTER TABLE " + table + " REBUILD");
            case GENERIC ->
                pen.oneOf(
                        "ANALYZE " + table,
                        "ANALYZE TABLE " + table + " COMPUTE STATISTICS",
                        "OPTIMIZE TABLE " + table,
                        "SHUTDOWN COMPACT",
                        "CHECKPOINT DEFRAG",
                        "BACKUP TO 'backup.zip'",
                        "SCRIPT TO 'dump.sql'");
        };
    }

    private static String index(Pen pen) {
        Table table = pen.table(each -> true);
        String name = pen.raw("idx_" + table.name().toLowerCase(Locale.ROOT) + "_" + pen.between(1, 9));
        String columns = String.join(
                ", ",
                pen.some(table.columns(), 3).stream()
                        .map(column -> pen.name(column.name()) + pen.oneOf("", "", " DESC"))
                        .toList());
        String base = pen.table(table);
        return switch (pen.dialect()) {
            case POSTGRESQL ->
                "CREATE " + pen.oneOf("", "UNIQUE ") + "INDEX " + pen.oneOf("", "CONCURRENTLY ", "IF NOT EXISTS ")
                        + name + " ON " + base + pen.oneOf(" ", " USING btree ", " USING gin ", " USING brin ") + "("
                        + columns + ")"
                        + (pen.chance(0.2)
                                ? " WHERE " + pen.name(pen.pick(table.columns()).name()) + " IS NOT NULL"
                                : "");
            case MYSQL ->
                pen.oneOf(
                        "CREATE INDEX " + name + " ON " + base + " (" + columns + ")",
                        "ALTER TABLE " + base + " ADD INDEX " + name + " (" + columns + ")",
                        "CREATE UNIQUE INDEX " + name + " ON " + base + " (" + columns + ") ALGORITHM=INPLACE",
                        "ALTER TABLE " + base + " ADD FULLTEXT INDEX " + name + " (" + columns + ")");
            case ORACLE ->
                "CREATE " + pen.oneOf("", "UNIQUE ", "BITMAP ") + "INDEX " + name + " ON " + base + " (" + columns + ")"
                        + pen.oneOf("", " ONLINE", " PARALLEL 4 NOLOGGING");
            case SQLSERVER ->
                "CREATE " + pen.oneOf("NONCLUSTERED ", "CLUSTERED ", "", "NONCLUSTERED COLUMNSTORE ") + "INDEX " + name
                        + " ON " + base + " (" + columns + ")"
                        + pen.oneOf("", " WITH (ONLINE = ON)", " INCLUDE (" + columns + ")");
            case GENERIC -> "CREATE INDEX " + name + " ON " + base + "(" + columns + ")";
        };
    }

    private static String load(Pen pen) {
        Table of = pen.history();
        String table = pen.table(of);
        String columns = "("
                + String.join(
                        ", ",
                        of.columns().stream()
                                .map(column -> pen.name(column.name()))
                                .toList()) + ")";
        String file = pen.raw("'/data/" + of.name().toLowerCase(Locale.ROOT) + ".csv'");
        return switch (pen.dialect()) {
            case POSTGRESQL ->
                pen.oneOf(
                        "COPY " + table + " FROM " + file + " WITH (FORMAT csv, HEADER true)",
                        "COPY " + table + " " + columns + " FROM STDIN",
                        "COPY " + table + " " + columns + " TO STDOUT",
                        "COPY (" + query(pen) + ") TO STDOUT WITH CSV HEADER",
                        "COPY " + table + " TO " + file + " CSV",
                        "COPY " + table + " FROM STDIN WITH BINARY",
                        "DECLARE dump_cursor CURSOR FOR SELECT * FROM ONLY " + table,
                        "UNLOAD ('select * from " + table + "') TO 's3://bucket/x'",
                        "COPY (" + plainQuery(pen, of) + ") TO " + file);
            case MYSQL ->
                pen.oneOf(
                        "LOAD DATA INFILE " + file + " INTO TABLE " + table + " FIELDS TERMINATED BY ','",
                        "LOAD DATA LOCAL INFILE " + file + " INTO TABLE " + table
                                + " FIELDS TERMINATED BY ',' IGNORE 1 LINES " + columns,
                        "SELECT * INTO OUTFILE " + file + " FIELDS TERMINATED BY ',' FROM " + table,
                        "SELECT /*!40001 SQL_NO_CACHE */ * FROM " + table,
                        "LOAD DATA LOCAL INFILE " + file + " REPLACE INTO TABLE " + table);
            case ORACLE ->
                pen.oneOf(
                        "INSERT /*+ APPEND */ INTO " + table + " SELECT * FROM " + pen.raw("EXT_" + of.name()),
                        "BEGIN DBMS_DATAPUMP.START_JOB(h1); END;",
                        "INSERT ALL INTO " + target(pen, of) + " VALUES (a, b) INTO " + target(pen, of)
                                + " VALUES (a, c) SELECT a, b, c FROM " + table);
            case SQLSERVER ->
                pen.oneOf(
                        "BULK INSERT " + table + " FROM " + file
                                + " WITH (FIELDTERMINATOR = ',', ROWTERMINATOR = '\\n', BATCHSIZE = 50000)",
                        "BULK INSERT " + table + " FROM " + file,
                        "INSERT BULK " + table + " " + columns + " WITH (TABLOCK)",
                        "INSERT INTO " + table + " WITH (TABLOCK) SELECT * FROM OPENROWSET(BULK " + file
                                + ", FORMATFILE = 'f.fmt') AS r");
            case GENERIC ->
                pen.oneOf(
                        "INSERT INTO " + table + " SELECT * FROM CSVREAD(" + file + ")",
                        "CALL CSVWRITE(" + file + ", 'SELECT * FROM " + table + "')",
                        "RUNSCRIPT FROM 'load.sql'",
                        "COPY " + table + " FROM " + file);
        };
    }

    private static String insertMany(Pen pen) {
        Table table = pen.history();
        List<Column> columns = pen.some(table.columns(), 3);
        List<String> rows = new ArrayList<>();
        for (int i = pen.between(100, 180); i > 0; i--) {
            rows.add(FastLane.row(pen, columns));
        }
        return "INSERT INTO " + FastLane.inserted(pen, table, columns) + " VALUES " + String.join(", ", rows);
    }

    private static String merge(Pen pen) {
        Table table = pen.with(Kind.NUMBER, Kind.CATEGORY, Kind.TEXT);
        String key = pen.name(table.columns().get(0).name());
        String set = pen.name(pen.some(table, Kind.NUMBER, Kind.CATEGORY, Kind.TEXT, Kind.DATE)
                .name());
        String source = switch (pen.between(0, 2)) {
            case 0 -> pen.derived(table, "stg_", "staging.", "_staging", "_delta", "tmp_", "_updates", "raw.");
            case 1 ->
                "(SELECT " + key + ", MAX(" + set + ") AS " + set + " FROM "
                        + pen.derived(table, "stg_", "_staging", "_delta") + " GROUP BY " + key + ")";
            default -> pen.table(pen.other(table));
        };
        return "MERGE INTO " + pen.table(table)
                + pen.oneOf(" t", " AS t", " tgt").replace("tgt", "t") + " USING " + source + pen.oneOf(" s", " AS s")
                + " ON " + pen.oneOf("(t." + key + " = s." + key + ")", "t." + key + " = s." + key)
                + " WHEN MATCHED THEN UPDATE SET " + pen.oneOf("t.", "") + set + " = s." + set
                + " WHEN NOT MATCHED THEN INSERT (" + key + ", " + set + ") VALUES (s." + key + ", s." + set + ")"
                + (pen.is(Dialect.SQLSERVER) ? pen.oneOf(";", " WHEN NOT MATCHED BY SOURCE THEN DELETE;") : "");
    }

    private static String procedure(Pen pen) {
        String verb = pen.oneOf(
                "refresh",
                "rebuild",
                "purge",
                "archive",
                "load",
                "import",
                "export",
                "sync",
                "cleanup",
                "recalculate",
                "aggregate",
                "process_nightly",
                "run_daily",
                "generate_monthly",
                "etl_load",
                "batch",
                "consolidate",
                "migrate",
                "reindex",
                "backfill");
        String thing = pen.history().name().toLowerCase(Locale.ROOT);
        String name = pen.raw(verb + "_" + thing);
        StringBuilder camel = new StringBuilder();
        for (String part : (verb + "_" + thing).split("_", -1)) {
            camel.append(part.isEmpty() ? "" : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        String pascal = pen.raw(pen.oneOf("usp_", "sp_", "") + camel);
        String argument = pen.oneOf("", "", pen.between(7, 365) + "", "CURRENT_DATE");
        return switch (pen.dialect()) {
            case POSTGRESQL, GENERIC ->
                pen.oneOf(
                        "CALL " + name + "(" + argument + ")",
                        "SELECT " + name + "(" + argument + ")",
                        "SELECT * FROM " + name + "(" + argument + ")");
            case MYSQL -> "CALL " + name + "(" + argument + ")";
            case ORACLE ->
                pen.oneOf(
                        "BEGIN " + pen.raw("etl_pkg") + "." + name + "; END;",
                        "BEGIN " + name + "(SYSDATE - 1); END;",
                        "CALL " + name + "()",
                        "EXEC " + pen.raw("PKG_BATCH") + "." + name);
            case SQLSERVER ->
                pen.oneOf(
                        "EXEC dbo." + pascal,
                        "EXEC " + pen.raw("etl") + "." + pascal + " @BatchDate = '2025-03-01'",
                        "EXECUTE " + pascal,
                        "{call " + pascal + "}",
                        "EXEC msdb.dbo.sp_start_job @job_name = '" + pascal + "'");
        };
    }

    private static String type(Column column) {
        return switch (column.kind()) {
            case KEY, REFERENCE, SCOPE -> "BIGINT";
            case DATE -> "TIMESTAMP";
            case NUMBER -> "NUMERIC(12,2)";
            case FLAG -> "BOOLEAN";
            case UNIQUE, CATEGORY, TEXT -> "VARCHAR(80)";
        };
    }

    private static String definition(Pen pen) {
        Table table = pen.table(each -> true);
        String name = pen.table(table);
        Column column = pen.pick(table.columns());
        String plain = pen.name(column.name());
        return switch (pen.between(0, 9)) {
            case 0, 1 -> {
                List<String> columns = new ArrayList<>();
                table.columns()
                        .forEach(each -> columns.add(pen.name(each.name()) + " " + type(each)
                                + pen.oneOf("", " NOT NULL", each.primary() ? " PRIMARY KEY" : "")));
                yield "CREATE TABLE " + pen.oneOf("", "IF NOT EXISTS ") + name + " (" + String.join(", ", columns)
                        + ")";
            }
            case 2 -> "ALTER TABLE " + name + " ADD COLUMN " + pen.name("note") + " VARCHAR(200)";
            case 3 -> "ALTER TABLE " + name + " ADD COLUMN " + plain + "_new " + type(column) + " NOT NULL DEFAULT 0";
            case 4 ->
                "ALTER TABLE " + name
                        + pen.oneOf(
                                " DROP COLUMN " + plain,
                                " ALTER COLUMN " + plain + " TYPE BIGINT",
                                " MODIFY " + plain + " VARCHAR(400)",
                                " ALTER COLUMN " + plain + " SET NOT NULL");
            case 5 ->
                "ALTER TABLE " + name + " ADD CONSTRAINT " + pen.raw("fk_1") + " FOREIGN KEY (" + plain
                        + ") REFERENCES " + pen.table(pen.other(table)) + " (id)" + pen.oneOf("", " NOT VALID");
            case 6 -> "DROP TABLE " + pen.oneOf("", "IF EXISTS ") + name + pen.oneOf("", " CASCADE");
            case 7 -> "CREATE OR REPLACE VIEW " + target(pen, table) + " AS " + query(pen);
            case 8 -> "ALTER TABLE " + name + " VALIDATE CONSTRAINT " + pen.raw("fk_1");
            default -> "DROP INDEX " + pen.oneOf("", "IF EXISTS ", "CONCURRENTLY ") + pen.raw("idx_old");
        };
    }

    private static String partitions(Pen pen) {
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

    private static String move(Pen pen) {
        Table table = pen.history();
        String name = pen.table(table);
        String date = pen.name(pen.some(table, Kind.DATE).name());
        String archive = pen.derived(table, "_archive", "archive.", "_old", "_history");
        return pen.chance(0.6)
                ? "WITH moved AS (DELETE FROM " + name + " WHERE " + pen.before(date) + " RETURNING *) INSERT INTO "
                        + archive + " SELECT * FROM moved"
                : "INSERT INTO " + archive + " SELECT * FROM " + name + " WHERE " + pen.before(date);
    }

    private static String script(Pen pen) {
        Table table = pen.fact();
        String target = target(pen, table);
        return pen.oneOf(
                "BEGIN; TRUNCATE TABLE " + target + "; INSERT INTO " + target + " " + query(pen) + "; COMMIT",
                "DELETE FROM " + target + " WHERE " + pen.raw("load_date") + " = CURRENT_DATE; INSERT INTO " + target
                        + " " + query(pen),
                "DROP TABLE IF EXISTS " + target + "; CREATE TABLE " + target + " AS " + query(pen));
    }

    private static String block(Pen pen) {
        Table table = pen.history();
        String name = pen.table(table);
        String date = pen.name(pen.some(table, Kind.DATE).name());
        return switch (pen.dialect()) {
            case POSTGRESQL, GENERIC, MYSQL ->
                "DO $$ BEGIN LOOP DELETE FROM " + name + " WHERE " + date
                        + " < now() - interval '1 year'; EXIT WHEN NOT FOUND; END LOOP; END $$";
            case ORACLE ->
                pen.oneOf(
                        "DECLARE CURSOR c IS SELECT * FROM " + name + "; BEGIN FOR r IN c LOOP UPDATE "
                                + target(pen, table) + " SET n = n + 1 WHERE k = r.k; COMMIT; END LOOP; END;",
                        "BEGIN FOR r IN (SELECT rowid rid FROM " + name + " WHERE " + date
                                + " < SYSDATE - 365) LOOP DELETE FROM " + name
                                + " WHERE rowid = r.rid; END LOOP; COMMIT; END;",
                        "DECLARE TYPE t IS TABLE OF " + name + "%ROWTYPE; l t; BEGIN SELECT * BULK COLLECT INTO l FROM "
                                + name + "; FORALL i IN 1 .. l.COUNT INSERT INTO " + target(pen, table)
                                + " VALUES l(i); END;");
            case SQLSERVER ->
                "WHILE 1 = 1 BEGIN DELETE TOP (5000) FROM " + name + " WHERE " + date
                        + " < DATEADD(year, -2, GETDATE()); IF @@ROWCOUNT = 0 BREAK; END";
        };
    }

    private static String updateBySubquery(Pen pen) {
        Table table = pen.with(Kind.REFERENCE);
        Column reference = pen.some(table, Kind.REFERENCE);
        Table other = pen.table(each -> each.name().equals(reference.references()));
        Source source = new Source(other, pen.table(other), "");
        String condition = other.has(Kind.DATE) && pen.chance(0.5)
                ? pen.before(pen.date(source))
                : pen.equals(source, pen.some(other, Kind.CATEGORY, Kind.FLAG, Kind.TEXT));
        return "UPDATE " + pen.table(table) + " SET " + FastLane.assignments(pen, table, 2) + " WHERE "
                + pen.name(reference.name()) + pen.oneOf(" IN ", " IN ", " NOT IN ") + "(SELECT "
                + pen.name(other.columns().get(0).name()) + " FROM " + source.text()
                + (pen.chance(0.8) ? " WHERE " + condition : "") + ")";
    }

    private static String administration(Pen pen) {
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
}
