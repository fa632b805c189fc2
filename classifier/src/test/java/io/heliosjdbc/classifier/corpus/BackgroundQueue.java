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
            new Pattern("administration", 3, Upkeep::administration),
            new Pattern("update of a range", 6, BackgroundQueue::updateRange),
            new Pattern("clean up by age", 9, BackgroundQueue::purge),
            new Pattern("delete by another table", 5, BackgroundQueue::deleteJoined),
            new Pattern(
                    "truncate",
                    3,
                    pen -> "TRUNCATE " + pen.oneOf("TABLE ", "TABLE ", "") + pen.table(pen.history())
                            + pen.oneOf("", "", " CASCADE", " RESTART IDENTITY")),
            new Pattern("maintenance", 14, Upkeep::maintenance),
            new Pattern("index", 7, BackgroundQueue::index),
            new Pattern("load and unload", 10, BackgroundQueue::load),
            new Pattern("insert many", 3, BackgroundQueue::insertMany),
            new Pattern("merge", 7, BackgroundQueue::merge),
            new Pattern("batch procedure", 10, BackgroundQueue::procedure),
            new Pattern("definition", 7, BackgroundQueue::definition),
            new Pattern("partitions", 3, Upkeep::partitions),
            new Pattern("move", 4, BackgroundQueue::move),
            new Pattern("script", 3, BackgroundQueue::script),
            new Pattern("block", 4, BackgroundQueue::block),
            new Pattern("a batch of many", 4, BackgroundQueue::batch),
            new Pattern("rows made up", 2, BackgroundQueue::generated),
            new Pattern("delete of a kind", 3, BackgroundQueue::deleteOfKind));

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

    static String target(Pen pen, Table table) {
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

    private static String loadElsewhere(Pen pen) {
        Table of = pen.history();
        String table = pen.table(of);
        return pen.oneOf(
                "COPY INTO " + table + " FROM @" + pen.raw("stage") + "/day/ FILE_FORMAT = (TYPE = CSV)",
                "COPY " + table + " FROM 's3://bucket/day/' IAM_ROLE 'r' FORMAT AS PARQUET",
                "UNLOAD ('" + plainQuery(pen, of) + "') TO 's3://bucket/x' PARQUET",
                "EXPORT DATA OPTIONS (uri = 'gs://bucket/*.csv', format = 'CSV') AS " + plainQuery(pen, of),
                "INSERT OVERWRITE TABLE " + target(pen, of) + " PARTITION (dt = '2025-02-01') " + query(pen),
                "INSERT OVERWRITE " + target(pen, of) + " " + query(pen),
                "UPSERT INTO " + target(pen, of) + " " + query(pen),
                "CREATE OR REPLACE TABLE " + target(pen, of) + " AS " + query(pen),
                "CREATE TABLE " + target(pen, of) + " AS TABLE " + table,
                "INSERT INTO " + target(pen, of) + " TABLE " + table,
                "IMPORT INTO " + table + " CSV DATA ('gs://bucket/day.csv')",
                "IMPORT FROM 'day.del' OF DEL INSERT INTO " + table,
                "EXPORT TO 'day.del' OF DEL " + plainQuery(pen, of));
    }

    private static String load(Pen pen) {
        if (pen.chance(0.15)) {
            return loadElsewhere(pen);
        }
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
                        "SELECT * FROM " + table + " INTO OUTFILE " + file,
                        plainQuery(pen, of) + " INTO OUTFILE " + file + " LINES TERMINATED BY '\\n'",
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
                "backfill",
                "monthly",
                "nightly",
                "daily",
                "month_end",
                "run_billing",
                "payroll",
                "settle");
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

    /** A step of a job that goes through a table: more than a page, no single row. */
    private static String batch(Pen pen) {
        Table table = pen.history();
        Source source = new Source(table, pen.table(table), "");
        String name = source.text();
        String key = pen.name(table.columns().get(0).name());
        String condition = pen.chance(0.5)
                ? pen.before(pen.date(source))
                : pen.name(pen.some(table, Kind.CATEGORY, Kind.TEXT, Kind.NUMBER, Kind.DATE)
                                .name()) + " IS NULL";
        String most = pen.oneOf("500", "1000", "5000", "10000", pen.parameter("batch_size"));
        String set = FastLane.assignments(pen, table, 2);
        if (pen.is(Dialect.SQLSERVER)) {
            return pen.oneOf(
                    "UPDATE TOP (" + most + ") " + name + " SET " + set + " WHERE " + condition,
                    "WITH batch AS (SELECT TOP (" + most + ") * FROM " + name + " WHERE " + condition
                            + ") DELETE FROM batch");
        }
        String step = pen.raw(pen.oneOf("batch", "chunk", "expired", "todo", "stale"));
        String steps = "WITH " + step + " AS (SELECT " + key + " FROM " + name + " WHERE " + condition
                + pen.oneOf("", " ORDER BY " + key + pen.oneOf("", " DESC")) + " LIMIT " + most + ")";
        return switch (pen.between(0, 3)) {
            case 3 -> {
                int from = pen.between(0, 90) * 10_000;
                String rows = " WHERE " + key + " BETWEEN " + from + " AND " + (from + pen.between(1, 50) * 10_000);
                yield pen.oneOf("DELETE FROM " + name, "UPDATE " + name + " SET " + set) + rows;
            }
            case 0 ->
                steps + " UPDATE " + name + " t SET " + set + " FROM " + step + " WHERE t." + key + " = " + step + "."
                        + key;
            case 1 ->
                steps + " DELETE FROM " + name + " USING " + step + " WHERE " + name + "." + key + " = " + step + "."
                        + key;
            default ->
                steps + pen.oneOf(" DELETE FROM " + name, " UPDATE " + name + " SET " + set) + " WHERE " + key
                        + " IN (SELECT " + key + " FROM " + step + ")";
        };
    }

    private static String generated(Pen pen) {
        Table table = pen.history();
        List<Column> columns = pen.some(table.columns(), 3);
        String into = "INSERT INTO " + FastLane.inserted(pen, table, columns) + " SELECT ";
        return switch (pen.between(0, 2)) {
            case 0 -> into + "g, MD5(g::text), NOW() FROM generate_series(1, " + pen.between(1, 90) * 100_000 + ") g";
            case 1 -> into + "generate_series(1, " + pen.between(1, 90) * 10_000 + ")";
            default ->
                into + "d, EXTRACT(YEAR FROM d), EXTRACT(MONTH FROM d) FROM generate_series(" + pen.day() + ", "
                        + pen.day() + ", '1 day') d";
        };
    }

    private static String deleteOfKind(Pen pen) {
        Table table = pen.with(Kind.CATEGORY, Kind.FLAG);
        Source source = new Source(table, pen.table(table), "");
        Column kind = pen.some(table, Kind.CATEGORY, Kind.FLAG);
        String condition = switch (pen.between(0, 3)) {
            case 0 -> pen.name(kind.name()) + " <> " + pen.literal(kind);
            case 1 ->
                table.has(Kind.TEXT, Kind.UNIQUE)
                        ? pen.name(pen.some(table, Kind.TEXT, Kind.UNIQUE).name()) + " LIKE " + pen.raw("'%test%'")
                        : pen.equals(source, kind);
            default -> pen.equals(source, kind);
        };
        return "DELETE FROM " + pen.table(table) + " WHERE " + condition;
    }
}
