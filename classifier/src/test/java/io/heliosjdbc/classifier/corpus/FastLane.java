package io.heliosjdbc.classifier.corpus;

import io.heliosjdbc.classifier.corpus.Column.Kind;
import io.heliosjdbc.classifier.corpus.Pen.Joined;
import io.heliosjdbc.classifier.corpus.Schema.Dialect;
import java.util.ArrayList;
import java.util.List;

/** What transactions and pages are made of: a few rows, found by key. Stateless. */
final class FastLane {
    static final List<Pattern> PATTERNS = List.of(
            new Pattern("select by key", 14, FastLane::byKey),
            new Pattern("select by unique column", 7, FastLane::byUnique),
            new Pattern("children of a key", 9, FastLane::children),
            new Pattern("several keys", 4, FastLane::byKeys),
            new Pattern("a page of a scope", 6, FastLane::page),
            new Pattern("the newest", 4, FastLane::newest),
            new Pattern("entity with its relations", 7, FastLane::eager),
            new Pattern("page with relations", 5, FastLane::pageWithRelations),
            new Pattern("existence", 4, FastLane::exists),
            new Pattern("aggregate of a key", 7, FastLane::aggregateOfKey),
            new Pattern("stock level", 2, FastLane::stockLevel),
            new Pattern("extreme of a column", 1, FastLane::extreme),
            new Pattern("insert", 14, FastLane::insert),
            new Pattern("insert a few", 3, FastLane::insertFew),
            new Pattern("upsert", 5, FastLane::upsert),
            new Pattern("update by key", 14, FastLane::update),
            new Pattern("update by reference", 3, FastLane::updateByReference),
            new Pattern("delete by key", 6, FastLane::delete),
            new Pattern("lock", 4, FastLane::lock),
            new Pattern("queue", 3, FastLane::queue),
            new Pattern("session", 9, Conversation::session),
            new Pattern("catalog", 5, Conversation::catalog),
            new Pattern("call", 9, FastLane::call),
            new Pattern("several keys with relations", 2, FastLane::keysWithRelations),
            new Pattern("keyed steps", 2, FastLane::keyedSteps),
            new Pattern("transaction", 2, FastLane::transaction),
            new Pattern("update by name", 4, FastLane::updateByName),
            new Pattern("plan of a short one", 1, FastLane::plan),
            new Pattern("search by beginning", 2, FastLane::search),
            new Pattern("next page by key", 2, FastLane::keyset),
            new Pattern("single values", 2, FastLane::singleValues),
            new Pattern("copy of a key", 2, FastLane::copyOfKey),
            new Pattern("status of one", 2, FastLane::pendingOfKey),
            new Pattern("tree from a key", 1, FastLane::tree),
            new Pattern("small list", 2, FastLane::smallList),
            new Pattern("document by key", 2, FastLane::document),
            new Pattern("overlap", 1, FastLane::overlap),
            new Pattern("a few keys in a row", 3, FastLane::keysInARow),
            new Pattern("page by row number", 2, FastLane::pageByRowNumber),
            new Pattern("page of a search", 2, FastLane::pageOfSearch),
            new Pattern("look-up", 3, Conversation::lookUp),
            new Pattern("nested as JSON", 2, FastLane::nested),
            new Pattern("one of several", 3, FastLane::oneOfSeveral));

    private FastLane() {}

    private static String select(Pen pen, Source source, int most) {
        return "SELECT " + pen.columns(source, most) + " FROM " + source.text();
    }

    private static String byKey(Pen pen) {
        Source source = pen.alone(pen.keyed());
        String sql = select(pen, source, 8) + " WHERE " + pen.byKey(source);
        if (pen.chance(0.12) && source.table().has(Kind.FLAG, Kind.DATE)) {
            Column more = pen.some(source.table(), Kind.FLAG, Kind.DATE);
            sql += " AND "
                    + (pen.chance(0.5) && more.kind() == Kind.DATE
                            ? pen.column(source, more) + " IS NULL"
                            : pen.equals(source, more));
        }
        return pen.chance(0.15) ? pen.limited(sql, 1) : sql;
    }

    private static String byUnique(Pen pen) {
        Source source = pen.alone(pen.with(Kind.UNIQUE));
        Column unique = pen.some(source.table(), Kind.UNIQUE);
        String name = pen.column(source, unique);
        String sql = select(pen, source, 6) + " WHERE "
                + (pen.chance(0.15)
                        ? "LOWER(" + name + ") = LOWER(" + pen.value(unique) + ")"
                        : name + " = " + pen.value(unique));
        if (pen.chance(0.3) && source.table().has(Kind.FLAG, Kind.CATEGORY, Kind.SCOPE)) {
            sql += " AND " + pen.equals(source, pen.some(source.table(), Kind.FLAG, Kind.CATEGORY, Kind.SCOPE));
        }
        return pen.chance(0.3) ? pen.limited(sql, 1) : sql;
    }

    private static String children(Pen pen) {
        Source source = pen.alone(pen.with(Kind.REFERENCE));
        List<String> conditions = new ArrayList<>();
        conditions.add(pen.equals(source, pen.some(source.table(), Kind.REFERENCE)));
        if (pen.chance(0.3) && source.table().has(Kind.CATEGORY, Kind.FLAG)) {
            conditions.add(pen.equals(source, pen.some(source.table(), Kind.CATEGORY, Kind.FLAG)));
        }
        boolean dated = source.table().has(Kind.DATE);
        if (dated && pen.chance(0.25)) {
            conditions.add(pen.during(pen.date(source)));
        }
        String sql = select(pen, source, 8) + Pen.where(conditions);
        if (pen.chance(0.6)) {
            sql += " ORDER BY "
                    + (dated
                            ? pen.date(source)
                            : pen.column(source, source.table().columns().get(0))) + pen.oneOf("", " DESC", " ASC");
            return pen.chance(0.4) ? pen.page(sql, pen.between(1, 10) * 10) : sql;
        }
        return sql;
    }

    private static String byKeys(Pen pen) {
        Source source = pen.alone(pen.keyed());
        Column key = pen.some(source.table(), Kind.KEY, Kind.REFERENCE);
        String name = pen.column(source, key);
        if (pen.is(Dialect.POSTGRESQL) && pen.chance(0.3)) {
            return select(pen, source, 6) + " WHERE " + name + " = ANY(" + pen.parameter("ids") + ")";
        }
        List<String> values = new ArrayList<>();
        for (int i = pen.between(2, 12); i > 0; i--) {
            values.add(pen.value(key));
        }
        return select(pen, source, 6) + " WHERE " + name + " IN (" + String.join(", ", values) + ")";
    }

    private static String page(Pen pen) {
        Source source = pen.alone(pen.with(Kind.CATEGORY, Kind.SCOPE, Kind.FLAG));
        Table table = source.table();
        List<String> conditions = new ArrayList<>();
        if (table.has(Kind.SCOPE)) {
            conditions.add(pen.equals(source, pen.some(table, Kind.SCOPE)));
        }
        if (conditions.isEmpty() || pen.chance(0.5)) {
            conditions.add(pen.equals(source, pen.some(table, Kind.CATEGORY, Kind.FLAG)));
        }
        String order = table.has(Kind.DATE)
                ? pen.date(source) + " DESC"
                : pen.column(source, table.columns().get(0));
        return pen.page(select(pen, source, 8) + Pen.where(conditions) + " ORDER BY " + order, pen.between(1, 5) * 10);
    }

    private static String newest(Pen pen) {
        Source source = pen.alone(pen.with(Kind.DATE));
        String sql = select(pen, source, 7);
        boolean keyed = source.table().has(Kind.REFERENCE) && pen.chance(0.6);
        if (keyed) {
            sql += " WHERE " + pen.equals(source, pen.some(source.table(), Kind.REFERENCE));
        }
        return pen.limited(sql + " ORDER BY " + pen.date(source) + " DESC", pen.chance(0.6) ? 1 : pen.between(5, 50));
    }

    private static String eager(Pen pen) {
        Joined joined = pen.joined(pen.with(Kind.REFERENCE, Kind.KEY), pen.between(2, 6));
        List<String> columns = new ArrayList<>();
        for (Source source : joined.sources()) {
            columns.add(pen.columns(source, 5));
        }
        List<String> conditions = new ArrayList<>(joined.conditions());
        conditions.add(pen.byKey(joined.first()));
        return "SELECT " + String.join(", ", columns) + " FROM " + joined.from() + Pen.where(conditions);
    }

    private static String pageWithRelations(Pen pen) {
        Joined joined = pen.joined(pen.with(Kind.REFERENCE), pen.between(2, 3));
        Source first = joined.first();
        List<String> conditions = new ArrayList<>(joined.conditions());
        conditions.add(pen.equals(first, pen.some(first.table(), Kind.REFERENCE, Kind.SCOPE)));
        String order = first.table().has(Kind.DATE)
                ? pen.date(first) + " DESC"
                : pen.column(first, first.table().columns().get(0));
        String sql = "SELECT " + pen.columns(first, 6) + ", " + pen.columns(joined.last(), 3) + " FROM " + joined.from()
                + Pen.where(conditions) + " ORDER BY " + order;
        return pen.chance(0.75) ? pen.page(sql, pen.between(1, 5) * 10) : sql;
    }

    private static String exists(Pen pen) {
        Source source = pen.alone(pen.with(Kind.UNIQUE, Kind.REFERENCE));
        String condition = pen.equals(source, pen.some(source.table(), Kind.UNIQUE, Kind.REFERENCE));
        return switch (pen.between(0, 3)) {
            case 0 -> pen.limited("SELECT 1 AS one FROM " + source.text() + " WHERE " + condition, 1);
            case 1 -> "SELECT EXISTS(SELECT 1 FROM " + source.text() + " WHERE " + condition + ")";
            case 2 -> "SELECT COUNT(*) > 0 FROM " + source.text() + " WHERE " + condition;
            default ->
                pen.limited("SELECT (1) AS " + pen.name("a") + " FROM " + source.text() + " WHERE " + condition, 1);
        };
    }

    private static String aggregateOfKey(Pen pen) {
        Source source = pen.alone(pen.with(Kind.REFERENCE));
        String number = source.table().has(Kind.NUMBER) ? pen.number(source) : "*";
        String counted = pen.oneOf(
                "COUNT(*)",
                "COUNT(1)",
                "COUNT(" + pen.column(source, source.table().columns().get(0)) + ")");
        String what = number.equals("*") || pen.chance(0.5)
                ? counted
                : pen.oneOf(
                        "SUM(" + number + ")",
                        "COALESCE(SUM(" + number + "), 0)",
                        "MAX(" + number + ")",
                        "MIN(" + number + ")",
                        "AVG(" + number + ")");
        String sql = "SELECT " + what + pen.oneOf("", " AS " + pen.name("total"), " AS " + pen.name("col_0_0_"))
                + " FROM " + source.text();
        List<String> conditions = new ArrayList<>();
        for (Column each : pen.some(source.table().of(Kind.REFERENCE), 2)) {
            conditions.add(pen.equals(source, each));
        }
        if (pen.chance(0.35) && source.table().has(Kind.CATEGORY, Kind.FLAG)) {
            conditions.add(pen.equals(source, pen.some(source.table(), Kind.CATEGORY, Kind.FLAG)));
        }
        if (pen.chance(0.15) && source.table().has(Kind.DATE)) {
            conditions.add(pen.during(pen.date(source)));
        }
        return sql + Pen.where(conditions);
    }

    private static String stockLevel(Pen pen) {
        Joined joined = pen.joined(pen.with(Kind.REFERENCE), 2);
        List<String> conditions = new ArrayList<>(joined.conditions());
        conditions.add(pen.byKey(joined.first()));
        if (joined.last().table().has(Kind.NUMBER)) {
            conditions.add(pen.number(joined.last()) + " < " + pen.parameter("threshold"));
        }
        return "SELECT COUNT(DISTINCT "
                + pen.column(joined.first(), pen.some(joined.first().table(), Kind.REFERENCE)) + ") FROM "
                + joined.from() + Pen.where(conditions);
    }

    private static String extreme(Pen pen) {
        Source source = pen.alone(pen.keyed());
        return "SELECT " + pen.oneOf("MAX(", "MIN(") + pen.column(source, pen.some(source.table(), Kind.KEY))
                + ") FROM " + source.text();
    }

    static String inserted(Pen pen, Table table, List<Column> columns) {
        return pen.table(table) + " ("
                + String.join(
                        ", ",
                        columns.stream().map(column -> pen.name(column.name())).toList()) + ")";
    }

    static String row(Pen pen, List<Column> columns) {
        List<String> values = new ArrayList<>();
        for (Column column : columns) {
            values.add(
                    column.kind() == Kind.DATE && pen.chance(0.3)
                            ? pen.now()
                            : pen.chance(0.04) ? pen.oneOf("NULL", "DEFAULT") : pen.value(column));
        }
        return "(" + String.join(", ", values) + ")";
    }

    private static String insert(Pen pen) {
        Table table = pen.other(pen.keyed());
        List<Column> columns = pen.chance(0.6) ? table.columns() : pen.some(table.columns(), 9);
        if (pen.is(Dialect.MYSQL) && pen.chance(0.08)) {
            return "INSERT INTO " + pen.table(table) + " SET " + assignments(pen, table, 5);
        }
        boolean output = pen.is(Dialect.SQLSERVER) && pen.chance(0.4);
        String key = pen.name(table.columns().get(0).name());
        String sql = "INSERT INTO " + inserted(pen, table, columns) + (output ? " OUTPUT INSERTED." + key : "")
                + " VALUES " + row(pen, columns);
        return switch (pen.dialect()) {
            case POSTGRESQL -> sql + pen.oneOf("", "", " RETURNING " + key, " RETURNING *");
            case SQLSERVER ->
                sql
                        + (output
                                ? ""
                                : pen.oneOf("", "; SELECT SCOPE_IDENTITY()", ";SELECT CAST(SCOPE_IDENTITY() AS INT)"));
            case ORACLE -> sql + (pen.chance(0.2) ? " RETURNING " + key + " INTO " + pen.raw(":out") : "");
            case MYSQL, GENERIC -> sql + (pen.chance(0.05) ? "; SELECT LAST_INSERT_ID()" : "");
        };
    }

    private static String insertFew(Pen pen) {
        Table table = pen.other(pen.keyed());
        List<Column> columns = pen.some(table.columns(), 6);
        List<String> rows = new ArrayList<>();
        for (int i = pen.between(2, 12); i > 0; i--) {
            rows.add(row(pen, columns));
        }
        return "INSERT INTO " + inserted(pen, table, columns) + " VALUES " + String.join(", ", rows);
    }

    private static String upsert(Pen pen) {
        Table table = pen.keyed();
        List<Column> columns = pen.some(table.columns(), 6);
        Column key = table.columns().get(0);
        Column set = pen.some(table, Kind.NUMBER, Kind.CATEGORY, Kind.TEXT, Kind.DATE);
        String name = pen.name(set.name());
        String insert = "INSERT INTO " + inserted(pen, table, columns) + " VALUES " + row(pen, columns);
        return switch (pen.dialect()) {
            case POSTGRESQL, GENERIC ->
                insert + " ON CONFLICT "
                        + (pen.chance(0.25)
                                ? "DO NOTHING"
                                : "(" + pen.name(key.name()) + ") DO "
                                        + pen.oneOf(
                                                "NOTHING",
                                                "UPDATE SET " + name + " = EXCLUDED." + name,
                                                "UPDATE SET " + name + " = EXCLUDED." + name + " RETURNING *"));
            case MYSQL ->
                switch (pen.between(0, 2)) {
                    case 0 -> insert.replaceFirst("INSERT", "REPLACE");
                    case 1 -> insert.replaceFirst("INSERT", "INSERT IGNORE");
                    default ->
                        insert + " ON DUPLICATE KEY UPDATE " + name + " = "
                                + pen.oneOf("VALUES(" + name + ")", name + " + 1");
                };
            case ORACLE, SQLSERVER -> {
                String source = pen.is(Dialect.ORACLE)
                        ? "(SELECT " + pen.value(key) + " AS " + key.name() + " FROM DUAL) s"
                        : pen.oneOf(
                                "(VALUES (" + pen.value(key) + ")) AS s (" + key.name() + ")",
                                "(SELECT " + pen.value(key) + " AS " + key.name() + ") AS s");
                yield "MERGE INTO " + pen.table(table) + " t USING " + source + " ON (t." + pen.name(key.name())
                        + " = s." + pen.name(key.name())
                        + ") WHEN MATCHED THEN UPDATE SET t." + name + " = " + pen.value(set)
                        + " WHEN NOT MATCHED THEN INSERT (" + pen.name(key.name())
                        + ", " + name + ") VALUES (s." + pen.name(key.name()) + ", " + pen.value(set) + ")";
            }
        };
    }

    static String assignments(Pen pen, Table table, int most) {
        List<Column> settable = table.of(Kind.NUMBER, Kind.CATEGORY, Kind.TEXT, Kind.FLAG, Kind.DATE);
        List<String> out = new ArrayList<>();
        for (Column column : pen.some(settable.isEmpty() ? table.columns() : settable, most)) {
            String name = pen.name(column.name());
            boolean counted = column.kind() == Kind.NUMBER && pen.chance(0.4);
            out.add(name + " = "
                    + (counted
                            ? name + pen.oneOf(" + ", " - ") + pen.value(column)
                            : column.kind() == Kind.DATE && pen.chance(0.5) ? pen.now() : pen.value(column)));
        }
        return String.join(", ", out);
    }

    private static String update(Pen pen) {
        Table table = pen.keyed();
        Source source = new Source(table, pen.table(table), "");
        boolean unique = table.has(Kind.UNIQUE) && pen.chance(0.15);
        String sql = "UPDATE " + pen.table(table) + " SET " + assignments(pen, table, 5) + " WHERE "
                + (unique ? pen.equals(source, pen.some(table, Kind.UNIQUE)) : pen.byKey(source));
        return switch (pen.between(0, 7)) {
            case 0 -> sql + " AND " + pen.name("version") + " = " + pen.parameter("version");
            case 1 ->
                table.has(Kind.CATEGORY) ? sql + " AND " + pen.equals(source, pen.some(table, Kind.CATEGORY)) : sql;
            case 2 ->
                table.has(Kind.NUMBER)
                        ? sql + " AND " + pen.name(pen.some(table, Kind.NUMBER).name()) + " >= "
                                + pen.parameter("least")
                        : sql;
            case 3 ->
                pen.is(Dialect.POSTGRESQL)
                        ? sql + " RETURNING "
                                + pen.oneOf("*", pen.name(table.columns().get(0).name()))
                        : sql;
            default -> sql;
        };
    }

    private static String updateByReference(Pen pen) {
        Table table = pen.with(Kind.REFERENCE);
        Source source = new Source(table, pen.table(table), "");
        String sql = "UPDATE " + pen.table(table) + " SET " + assignments(pen, table, 2) + " WHERE "
                + pen.equals(source, pen.some(table, Kind.REFERENCE));
        if (pen.chance(0.6) && table.has(Kind.FLAG, Kind.CATEGORY, Kind.DATE)) {
            Column more = pen.some(table, Kind.FLAG, Kind.CATEGORY, Kind.DATE);
            sql += " AND " + (more.kind() == Kind.DATE ? pen.name(more.name()) + " IS NULL" : pen.equals(source, more));
        }
        return sql;
    }

    private static String delete(Pen pen) {
        Table table = pen.chance(0.6) ? pen.keyed() : pen.with(Kind.REFERENCE, Kind.UNIQUE);
        Source source = new Source(table, pen.table(table), "");
        boolean several = pen.chance(0.12);
        Column column = pen.some(table, Kind.REFERENCE, Kind.UNIQUE, Kind.KEY);
        String condition = several
                ? pen.name(column.name()) + " IN (" + pen.value(column) + ", " + pen.value(column) + ", "
                        + pen.value(column) + ")"
                : pen.chance(0.6) ? pen.byKey(source) : pen.equals(source, column);
        return "DELETE FROM " + pen.table(table) + " WHERE " + condition;
    }

    private static String lock(Pen pen) {
        Source source = pen.alone(pen.keyed());
        String select = "SELECT " + pen.columns(source, 5) + " FROM " + source.text();
        String where = " WHERE " + pen.byKey(source);
        return pen.is(Dialect.SQLSERVER)
                ? select + " WITH (" + pen.oneOf("UPDLOCK", "UPDLOCK, ROWLOCK", "NOLOCK") + ")" + where
                : select
                        + where
                        + pen.oneOf(
                                " FOR UPDATE", " FOR UPDATE", " FOR UPDATE NOWAIT", " FOR SHARE", " FOR NO KEY UPDATE");
    }

    private static String queue(Pen pen) {
        Table table = pen.with(Kind.CATEGORY, Kind.DATE);
        Source source = new Source(table, pen.table(table), "");
        Column state = pen.some(table, Kind.CATEGORY);
        Column date = pen.some(table, Kind.DATE);
        String key = pen.name(table.columns().get(0).name());
        String condition = pen.equals(source, state)
                + (pen.chance(0.5) ? " AND " + pen.name(date.name()) + " <= " + pen.now() : "");
        String order = " ORDER BY " + pen.oneOf(key, pen.name(date.name()));
        if (pen.is(Dialect.SQLSERVER)) {
            return "UPDATE TOP (1) " + pen.table(table) + " WITH (ROWLOCK, READPAST) SET " + assignments(pen, table, 2)
                    + " OUTPUT INSERTED." + key + " WHERE " + condition;
        }
        String poll = "SELECT " + pen.oneOf("*", key) + " FROM " + pen.table(table) + " WHERE " + condition + order
                + " LIMIT " + pen.between(1, 20) + pen.oneOf(" FOR UPDATE SKIP LOCKED", " FOR UPDATE");
        return pen.chance(0.5)
                ? poll
                : "UPDATE " + pen.table(table) + " SET " + assignments(pen, table, 2) + " WHERE " + key + " = (SELECT "
                        + key + " FROM " + pen.table(table) + " WHERE " + condition + order
                        + " LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *";
    }

    private static String call(Pen pen) {
        Table table = pen.keyed();
        String thing = singular(table.name());
        String verb = pen.oneOf(
                "get",
                "create",
                "update",
                "add",
                "find",
                "place",
                "cancel",
                "close",
                "new",
                "check",
                "reserve",
                "authenticate",
                "save",
                "transfer",
                "log",
                "validate",
                "post",
                "register",
                "lookup",
                "book",
                "set",
                "delete",
                "approve",
                "assign",
                "confirm",
                "pay",
                "submit",
                "accept",
                "calc",
                "do",
                "apply",
                "is",
                "has",
                "quote",
                "insert",
                "fetch",
                "login");
        String snake = pen.raw(verb + "_" + thing.toLowerCase(java.util.Locale.ROOT));
        String pascal = pen.raw(
                pen.oneOf("usp_", "sp_", "") + Character.toUpperCase(verb.charAt(0)) + verb.substring(1) + thing);
        String one = pen.parameter("id");
        String two = pen.parameter("value");
        return switch (pen.dialect()) {
            case POSTGRESQL, GENERIC ->
                pen.oneOf(
                        "SELECT " + snake + "(" + one + ", " + two + ")",
                        "SELECT * FROM " + snake + "(" + one + ")",
                        "SELECT " + snake + "()",
                        "SELECT " + snake + "(p_id => " + one + ", p_value => " + two + ")",
                        "CALL " + snake + "(" + one + ", " + two + ")");
            case MYSQL ->
                pen.oneOf("CALL ", "{call ").equals("CALL ")
                        ? "CALL " + snake + "(" + one + ", " + two + ")"
                        : "{call " + snake + "(?, ?)}";
            case ORACLE ->
                pen.oneOf(
                        "BEGIN " + pen.raw("pkg_" + thing.toLowerCase(java.util.Locale.ROOT)) + "." + snake + "(" + one
                                + ", " + two + "); END;",
                        "{ call " + snake + "(?, ?) }",
                        "SELECT " + snake + "(" + one + ") FROM DUAL");
            case SQLSERVER ->
                pen.oneOf(
                        "EXEC " + pen.oneOf("dbo.", "[dbo].", "") + pascal + " @Id = " + one,
                        "EXEC dbo." + pascal,
                        "EXECUTE " + pascal + " " + one + ", " + two,
                        "{call dbo." + pascal + "(?, ?)}");
        };
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private static String search(Pen pen) {
        Source source = pen.alone(pen.with(Kind.TEXT, Kind.UNIQUE));
        String name = pen.column(source, pen.some(source.table(), Kind.TEXT, Kind.UNIQUE));
        String like = pen.is(Dialect.POSTGRESQL) ? pen.oneOf(" LIKE ", " ILIKE ") : " LIKE ";
        return pen.limited(
                select(pen, source, 4) + " WHERE " + name + like
                        + pen.oneOf(pen.raw("'ann%'"), pen.raw("'sm%'"), pen.parameter("beginning")) + " ORDER BY "
                        + name,
                pen.between(5, 25));
    }

    private static String keyset(Pen pen) {
        Source source = pen.alone(pen.keyed());
        Column key = pen.some(source.table(), Kind.KEY);
        String name = pen.column(source, key);
        return pen.limited(
                select(pen, source, 6) + " WHERE " + name + " > " + pen.value(key) + " ORDER BY " + name
                        + pen.oneOf("", " ASC"),
                pen.between(2, 40) * 25);
    }

    private static String singleValues(Pen pen) {
        Source source = pen.source(pen.keyed());
        Table child = pen.with(Kind.REFERENCE);
        String key = pen.column(source, source.table().columns().get(0));
        return "SELECT " + pen.columns(source, 3) + ", (SELECT COUNT(*) FROM " + pen.table(child) + " ch WHERE ch."
                + pen.name(pen.some(child, Kind.REFERENCE).name()) + " = " + key + ") AS cnt FROM " + source.text()
                + " WHERE " + pen.byKey(source);
    }

    private static String copyOfKey(Pen pen) {
        Table from = pen.with(Kind.REFERENCE);
        Table into = pen.other(from);
        List<Column> columns = pen.some(into.columns(), 3);
        Source source = new Source(from, pen.table(from), "");
        List<String> values = new ArrayList<>();
        columns.forEach(column -> values.add(
                pen.chance(0.4)
                        ? pen.value(column)
                        : pen.name(pen.pick(from.columns()).name())));
        return "INSERT INTO " + inserted(pen, into, columns) + " SELECT " + String.join(", ", values) + " FROM "
                + source.text() + " WHERE "
                + (pen.chance(0.5) ? pen.byKey(source) : pen.equals(source, pen.some(from, Kind.REFERENCE)));
    }

    private static String pendingOfKey(Pen pen) {
        Source source = pen.alone(pen.with(Kind.REFERENCE));
        Table child = pen.other(source.table());
        return select(pen, source, 5) + " WHERE " + pen.equals(source, pen.some(source.table(), Kind.REFERENCE))
                + " AND " + pen.oneOf("NOT EXISTS", "EXISTS") + " (SELECT 1 FROM " + pen.table(child) + " x WHERE x."
                + pen.name(pen.pick(child.columns()).name()) + " = "
                + pen.name(source.table().columns().get(0).name()) + ")";
    }

    private static String tree(Pen pen) {
        Table table = pen.with(Kind.REFERENCE);
        String name = pen.table(table);
        Column key = table.columns().get(0);
        String parent = pen.name(pen.some(table, Kind.REFERENCE).name());
        return "WITH RECURSIVE tree AS (SELECT * FROM " + name + " WHERE " + pen.name(key.name()) + " = "
                + pen.value(key) + " UNION ALL SELECT c.* FROM " + name + " c JOIN tree p ON c." + parent + " = p."
                + pen.name(key.name()) + ") SELECT * FROM tree";
    }

    private static String smallList(Pen pen) {
        Table table = pen.table(each -> each.size() == Table.Size.SMALL);
        Source source = pen.alone(table);
        return select(pen, source, 3)
                + (table.size() == Table.Size.SMALL && pen.chance(0.6) ? "" : " WHERE " + pen.byKey(source))
                + " ORDER BY " + pen.column(source, pen.some(table, Kind.TEXT, Kind.CATEGORY, Kind.UNIQUE));
    }

    private static String document(Pen pen) {
        Source source = pen.alone(pen.keyed());
        String name = pen.column(source, pen.some(source.table(), Kind.TEXT, Kind.CATEGORY));
        String path = pen.is(Dialect.POSTGRESQL)
                ? name + pen.oneOf("->>", "->") + pen.raw("'theme'")
                : "JSON_VALUE(" + name + ", " + pen.raw("'$.theme'") + ")";
        return "SELECT " + path + " FROM " + source.text() + " WHERE " + pen.byKey(source);
    }

    private static String overlap(Pen pen) {
        Source source = pen.alone(pen.with(Kind.DATE, Kind.REFERENCE));
        String date = pen.date(source);
        return select(pen, source, 5) + " WHERE "
                + pen.equals(source, pen.some(source.table(), Kind.REFERENCE, Kind.KEY)) + " AND " + date + " <= "
                + pen.now() + " AND (" + pen.date(source) + " IS NULL OR " + date + " > " + pen.now() + ")";
    }

    private static String updateByName(Pen pen) {
        Table table = pen.with(Kind.CATEGORY, Kind.TEXT);
        String name = pen.name(
                pen.oneOf("name", "sched_name", "instance_name", "job_name", "setting", "k", "hostname", "lock_name"));
        Column text = pen.some(table, Kind.TEXT, Kind.UNIQUE, Kind.CATEGORY);
        String condition = name + " = " + pen.value(text);
        return switch (pen.between(0, 2)) {
            case 0 ->
                "SELECT * FROM " + pen.table(table) + " WHERE " + condition + " AND " + pen.name(text.name()) + " = "
                        + pen.value(text);
            case 1 ->
                "UPDATE " + pen.table(table) + " SET " + assignments(pen, table, 3) + " WHERE " + condition + " AND "
                        + pen.name("instance_name") + " = " + pen.value(text);
            default -> "UPDATE " + pen.table(table) + " SET " + assignments(pen, table, 2) + " WHERE " + condition;
        };
    }

    private static String plan(Pen pen) {
        return pen.oneOf("EXPLAIN ", "EXPLAIN ", "PREPARE q1 AS ") + (pen.chance(0.5) ? byKey(pen) : children(pen));
    }

    private static String transaction(Pen pen) {
        String body = update(pen) + "; " + (pen.chance(0.5) ? insert(pen) : update(pen));
        return switch (pen.dialect()) {
            case POSTGRESQL, GENERIC -> "BEGIN; " + body + "; COMMIT";
            case MYSQL -> "START TRANSACTION; " + body + "; COMMIT";
            case ORACLE -> "BEGIN " + body + "; COMMIT; END;";
            case SQLSERVER ->
                pen.chance(0.5)
                        ? "BEGIN TRAN; " + body + "; COMMIT TRAN"
                        : "DECLARE @id INT = " + pen.between(1, 900) + "; " + byKey(pen);
        };
    }

    private static String keysWithRelations(Pen pen) {
        Joined joined = pen.joined(pen.with(Kind.REFERENCE), pen.between(2, 4));
        Source at = pen.chance(0.6) ? joined.first() : joined.last();
        Column key = pen.some(at.table(), Kind.REFERENCE, Kind.KEY);
        List<String> values = new ArrayList<>();
        for (int i = pen.between(1, 8); i > 0; i--) {
            values.add(pen.value(key));
        }
        List<String> conditions = new ArrayList<>(joined.conditions());
        conditions.add(pen.column(at, key) + " IN (" + String.join(", ", values) + ")");
        return "SELECT " + pen.columns(joined.first(), 5) + ", " + pen.columns(joined.last(), 4) + " FROM "
                + joined.from() + Pen.where(conditions) + (pen.chance(0.5) ? " ORDER BY " + pen.column(at, key) : "");
    }

    private static String keyedSteps(Pen pen) {
        Table table = pen.keyed();
        Table child = pen.with(Kind.REFERENCE);
        Column key = table.columns().get(0);
        String name = pen.raw(pen.oneOf("found", "ins", "one", "u", "target"));
        String link = pen.name(pen.some(child, Kind.REFERENCE).name());
        Source source = new Source(table, pen.table(table), "");
        if (pen.is(Dialect.POSTGRESQL) && pen.chance(0.5)) {
            String first = pen.chance(0.5)
                    ? update(pen)
                    : "INSERT INTO " + inserted(pen, table, table.columns()) + " VALUES " + row(pen, table.columns());
            return "WITH " + name + " AS (" + first + " RETURNING " + pen.name(key.name()) + ") "
                    + pen.oneOf(
                            "SELECT * FROM " + name,
                            "INSERT INTO " + pen.table(child) + " (" + link + ") SELECT " + pen.name(key.name())
                                    + " FROM " + name);
        }
        if (pen.chance(0.25)) {
            return "WITH " + name + " AS (SELECT " + pen.name(key.name()) + " FROM " + source.text() + " WHERE "
                    + pen.byKey(source) + pen.oneOf("", " FOR UPDATE") + ") UPDATE " + source.text() + " SET "
                    + assignments(pen, table, 2) + " WHERE " + pen.name(key.name()) + pen.oneOf(" = ", " IN ")
                    + "(SELECT " + pen.name(key.name()) + " FROM " + name + ")";
        }
        return "WITH " + name + " AS (SELECT " + pen.name(key.name()) + " FROM " + source.text() + " WHERE "
                + (table.has(Kind.UNIQUE) ? pen.equals(source, pen.some(table, Kind.UNIQUE)) : pen.byKey(source))
                + ") SELECT c.* FROM "
                + pen.table(child) + " c JOIN " + name + " ON " + name + "." + pen.name(key.name()) + " = c." + link
                + pen.oneOf("", " LIMIT 20");
    }

    /** Some neighbouring keys: a leaf of an index, no table. */
    private static String keysInARow(Pen pen) {
        Source source = pen.alone(pen.keyed());
        Table table = source.table();
        Column key = pen.some(table, Kind.KEY);
        String name = pen.column(source, key);
        int from = pen.between(1, 90_000);
        boolean given = pen.chance(0.5);
        String low = given ? pen.parameter("low") : "" + from;
        String high = given ? pen.parameter("high") : "" + (from + pen.between(1, 200));
        String row = name + " BETWEEN " + low + " AND " + high;
        String of = pen.column(source, pen.pick(table.columns()));
        return switch (pen.between(0, 4)) {
            case 0 ->
                "SELECT " + pen.oneOf("SUM(", "COUNT(", "MAX(") + of + ") FROM " + source.text() + " WHERE " + row;
            case 1 -> "SELECT DISTINCT " + of + " FROM " + source.text() + " WHERE " + row + " ORDER BY " + of;
            case 2 -> select(pen, source, 4) + " WHERE " + row + " ORDER BY " + name;
            default -> select(pen, source, 4) + " WHERE " + row;
        };
    }

    /** How pages were asked for before OFFSET. */
    private static String pageByRowNumber(Pen pen) {
        Source source = pen.alone(pen.with(Kind.REFERENCE, Kind.SCOPE));
        String where = " WHERE " + pen.equals(source, pen.some(source.table(), Kind.REFERENCE, Kind.SCOPE));
        String order =
                " ORDER BY " + pen.column(source, source.table().columns().get(0)) + pen.oneOf("", " DESC");
        int rows = pen.between(1, 5) * 10;
        int skipped = rows * pen.between(0, 9);
        return pen.is(Dialect.ORACLE) || pen.chance(0.3)
                ? "SELECT * FROM (SELECT a.*, ROWNUM rn FROM (" + select(pen, source, 5) + where + order
                        + ") a WHERE ROWNUM <= " + (skipped + rows) + ") WHERE rn > " + skipped
                : "SELECT * FROM (SELECT " + pen.columns(source, 4) + ", ROW_NUMBER() OVER (" + order.substring(1)
                        + ") AS rn FROM " + source.text() + where + ") x WHERE rn BETWEEN " + (skipped + 1) + " AND "
                        + (skipped + rows);
    }

    private static String pageOfSearch(Pen pen) {
        Joined joined = pen.joined(pen.with(Kind.TEXT, Kind.UNIQUE), pen.between(1, 3));
        Source first = joined.first();
        List<String> conditions = new ArrayList<>(joined.conditions());
        conditions.add(pen.column(first, pen.some(first.table(), Kind.TEXT, Kind.UNIQUE)) + " LIKE "
                + pen.oneOf(pen.parameter("beginning"), pen.raw("'ab%'")));
        return pen.page(
                "SELECT " + pen.oneOf("", "DISTINCT ") + pen.columns(first, 5) + " FROM " + joined.from()
                        + Pen.where(conditions)
                        + (pen.chance(0.6)
                                ? " ORDER BY "
                                        + pen.column(
                                                first, first.table().columns().get(0))
                                : ""),
                pen.between(1, 5) * 10);
    }

    /** A row with what belongs to it, as tools write that answer requests with one statement. */
    private static String nested(Pen pen) {
        Source source = pen.source(pen.keyed());
        Table child = pen.with(Kind.REFERENCE);
        String inner = "SELECT ch.* FROM " + pen.table(child) + " ch WHERE ch."
                + pen.name(pen.some(child, Kind.REFERENCE).name()) + " = "
                + pen.column(source, source.table().columns().get(0));
        String field = switch (pen.between(0, 2)) {
            case 0 -> "(SELECT TO_JSON(obj) FROM (" + inner + ") AS obj)";
            case 1 -> "(SELECT COALESCE(JSON_AGG(agg), '[]') FROM (" + inner + ") AS agg)";
            default -> "(SELECT JSON_ARRAYAGG(x.k) FROM (" + inner + ") AS x)";
        };
        return "SELECT " + pen.columns(source, 4) + ", " + field + " AS " + pen.raw("related") + " FROM "
                + source.text() + " WHERE " + pen.byKey(source) + pen.oneOf("", " LIMIT 1");
    }

    /** A key, and beside it conditions of which one is enough. */
    private static String oneOfSeveral(Pen pen) {
        Source source = pen.alone(pen.with(Kind.REFERENCE));
        Table table = source.table();
        Column one = pen.some(table, Kind.CATEGORY, Kind.FLAG, Kind.TEXT, Kind.NUMBER);
        Column other = pen.some(table, Kind.CATEGORY, Kind.FLAG, Kind.TEXT, Kind.DATE);
        String either = "(" + pen.equals(source, one) + " OR "
                + (other.kind() == Kind.DATE
                        ? pen.column(source, other) + " > " + pen.now()
                        : pen.equals(source, other))
                + ")";
        String key = pen.equals(source, pen.some(table, Kind.REFERENCE, Kind.KEY));
        String where = " WHERE " + (pen.chance(0.7) ? key + " AND " + either : either + " AND " + key);
        return switch (pen.between(0, 4)) {
            case 0 -> "UPDATE " + pen.table(table) + " SET " + assignments(pen, table, 2) + where;
            case 1 -> pen.limited(select(pen, source, 5) + where, pen.between(1, 50));
            default -> select(pen, source, 5) + where;
        };
    }
}
