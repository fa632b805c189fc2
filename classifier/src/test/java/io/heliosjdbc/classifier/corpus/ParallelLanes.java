package io.heliosjdbc.classifier.corpus;

import io.heliosjdbc.classifier.corpus.Column.Kind;
import io.heliosjdbc.classifier.corpus.Pen.Joined;
import io.heliosjdbc.classifier.corpus.Schema.Dialect;
import java.util.ArrayList;
import java.util.List;

/** What reports and people's questions are made of: many rows read, few written out. Stateless. */
final class ParallelLanes {
    static final List<Pattern> PATTERNS = List.of(
            new Pattern("group by category", 12, ParallelLanes::byCategory),
            new Pattern("group by period", 12, ParallelLanes::byPeriod),
            new Pattern("star join", 12, ParallelLanes::star),
            new Pattern("conditional aggregates", 7, ParallelLanes::conditional),
            new Pattern("window", 10, ParallelLanes::window),
            new Pattern("named steps", 10, ParallelLanes::steps),
            new Pattern("top of groups", 6, ParallelLanes::top),
            new Pattern("whole count", 6, ParallelLanes::count),
            new Pattern("joined detail", 4, ParallelLanes::detail),
            new Pattern("rollup", 3, ParallelLanes::rollup),
            new Pattern("having", 5, ParallelLanes::having),
            new Pattern("union of aggregates", 3, ParallelLanes::union),
            new Pattern("correlated", 6, ParallelLanes::correlated),
            new Pattern("what has none", 5, ParallelLanes::antiJoin),
            new Pattern("statistics", 4, ParallelLanes::statistics),
            new Pattern("retention", 3, ParallelLanes::retention),
            new Pattern("search inside", 3, ParallelLanes::scan),
            new Pattern("everything", 2, ParallelLanes::everything),
            new Pattern("similarity", 2, ParallelLanes::similarity),
            new Pattern("report of a tenant", 5, ParallelLanes::ofTenant),
            new Pattern("business intelligence tool", 7, ParallelLanes::tool),
            new Pattern("calendar", 2, ParallelLanes::calendar),
            new Pattern("distinct", 3, ParallelLanes::distinct),
            new Pattern("aggregate of aggregates", 5, ParallelLanes::nested),
            new Pattern("dashboard of counts", 3, ParallelLanes::counts),
            new Pattern("pivot", 2, ParallelLanes::pivot),
            new Pattern("self join", 2, ParallelLanes::pairs),
            new Pattern("duplicates", 2, ParallelLanes::duplicates),
            new Pattern("whole aggregates", 4, ParallelLanes::wholeAggregates),
            new Pattern("children counted for all", 2, ParallelLanes::countedForAll),
            new Pattern("measured plan", 1, ParallelLanes::measured),
            new Pattern("extremes of a wide join", 3, ParallelLanes::wideJoin),
            new Pattern("sum over a star", 3, ParallelLanes::sliced));

    private ParallelLanes() {}

    private static String aggregate(Pen pen, Source source) {
        String number = source.table().has(Kind.NUMBER) ? pen.number(source) : "1";
        String any = pen.column(source, pen.pick(source.table().columns()));
        return switch (pen.between(0, 8)) {
            case 0, 1, 2 -> "SUM(" + number + ")";
            case 3 -> "AVG(" + number + ")";
            case 4, 5 -> pen.oneOf("COUNT(*)", "COUNT(*)", "COUNT(1)");
            case 6 -> "COUNT(DISTINCT " + any + ")";
            case 7 -> pen.oneOf("MAX(", "MIN(") + number + ")";
            default -> "SUM(" + number + " * " + (source.table().has(Kind.NUMBER) ? pen.number(source) : "2") + ")";
        };
    }

    private static String aggregates(Pen pen, Source source, int most) {
        List<String> out = new ArrayList<>();
        for (int i = pen.between(1, most); i > 0; i--) {
            String alias = pen.raw(pen.oneOf("total", "cnt", "revenue", "n", "avg_value", "orders", "amount", "volume")
                    + (i > 1 ? "_" + i : ""));
            out.add(aggregate(pen, source) + pen.oneOf(" AS " + alias, " AS " + alias, " " + alias, ""));
        }
        return String.join(", ", out);
    }

    /** A condition that leaves many rows, or none at all. */
    private static String wide(Pen pen, Source source, List<String> joins) {
        List<String> conditions = new ArrayList<>(joins);
        if (source.table().has(Kind.DATE) && pen.chance(0.6)) {
            conditions.add(pen.during(pen.date(source)));
        }
        if (source.table().has(Kind.CATEGORY) && pen.chance(0.3)) {
            Column category = pen.some(source.table(), Kind.CATEGORY);
            conditions.add(
                    switch (pen.between(0, 3)) {
                        case 0 ->
                            pen.column(source, category) + " IN (" + pen.literal(category) + ", "
                                    + pen.literal(category) + ")";
                        case 1 -> pen.column(source, category) + pen.oneOf(" <> ", " != ") + pen.literal(category);
                        default -> pen.equals(source, category);
                    });
        }
        if (source.table().has(Kind.NUMBER) && pen.chance(0.12)) {
            conditions.add(pen.number(source) + " > " + pen.between(1, 100));
        }
        return Pen.where(conditions);
    }

    private static String ordered(Pen pen, int aggregate) {
        return switch (pen.between(0, 4)) {
            case 0, 1 -> "";
            case 2 -> " ORDER BY " + aggregate + " DESC";
            case 3 -> " ORDER BY 1";
            default -> " ORDER BY " + pen.oneOf("COUNT(*) DESC", pen.raw("total") + " DESC", "SUM(1) DESC", "1, 2");
        };
    }

    private static String byCategory(Pen pen) {
        Source source = pen.alone(pen.fact());
        String group = pen.category(source);
        String more = pen.chance(0.35) ? ", " + pen.category(source) : "";
        return "SELECT " + group + more + ", " + aggregates(pen, source, 4) + " FROM " + source.text()
                + wide(pen, source, List.of()) + " GROUP BY "
                + (pen.chance(0.15) ? (more.isEmpty() ? "1" : "1, 2") : group + more) + ordered(pen, 2);
    }

    private static String byPeriod(Pen pen) {
        Source source = pen.alone(pen.history());
        String period = pen.period(pen.date(source));
        String more = pen.chance(0.4) ? ", " + pen.category(source) : "";
        boolean ordinal = pen.is(Dialect.POSTGRESQL) && pen.chance(0.4);
        return "SELECT " + period + pen.oneOf("", " AS " + pen.raw("period"), " AS " + pen.raw("day")) + more + ", "
                + aggregates(pen, source, 4) + " FROM " + source.text()
                + wide(pen, source, List.of()) + " GROUP BY "
                + (ordinal ? (more.isEmpty() ? "1" : "1, 2") : period + more)
                + (pen.chance(0.7) ? " ORDER BY " + pen.oneOf("1", period) + pen.oneOf("", " DESC") : "");
    }

    private static String star(Pen pen) {
        Joined joined = pen.joined(pen.fact(), pen.between(2, 6));
        Source fact = joined.first();
        String group = pen.category(joined.last());
        String more = pen.chance(0.5) ? ", " + pen.category(pen.pick(joined.sources())) : "";
        String period = fact.table().has(Kind.DATE) && pen.chance(0.3) ? pen.period(pen.date(fact)) + ", " : "";
        return "SELECT " + period + group + more + ", " + aggregates(pen, fact, 4) + " FROM " + joined.from()
                + wide(pen, fact, joined.conditions()) + " GROUP BY " + period + group + more
                + (pen.chance(0.3) ? " HAVING " + aggregate(pen, fact) + " > " + pen.between(1, 1000) : "")
                + ordered(pen, 3);
    }

    private static String conditional(Pen pen) {
        Source source = pen.alone(pen.fact());
        List<String> out = new ArrayList<>();
        String group = pen.chance(0.7)
                ? (source.table().has(Kind.DATE) && pen.chance(0.5)
                        ? pen.period(pen.date(source))
                        : pen.category(source))
                : "";
        if (!group.isEmpty()) {
            out.add(group);
        }
        for (int i = pen.between(2, 6); i > 0; i--) {
            Column category = pen.some(source.table(), Kind.CATEGORY, Kind.FLAG, Kind.REFERENCE);
            String condition = pen.column(source, category) + " = " + pen.literal(category);
            out.add(
                    switch (pen.between(0, 3)) {
                        case 0 ->
                            pen.is(Dialect.POSTGRESQL)
                                    ? "COUNT(*) FILTER (WHERE " + condition + ")"
                                    : "COUNT(CASE WHEN " + condition + " THEN 1 END)";
                        case 1 -> "SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END) AS " + pen.raw("c" + i);
                        case 2 ->
                            "SUM(CASE WHEN " + condition + " THEN "
                                    + (source.table().has(Kind.NUMBER) ? pen.number(source) : "1") + " ELSE 0 END)";
                        default -> aggregate(pen, source);
                    });
        }
        return "SELECT " + String.join(", ", out) + " FROM " + source.text() + wide(pen, source, List.of())
                + (group.isEmpty() ? "" : " GROUP BY " + group);
    }

    private static String over(Pen pen, Source source) {
        String number = source.table().has(Kind.NUMBER) ? pen.number(source) : "1";
        String partition = "PARTITION BY " + pen.category(source);
        String order =
                "ORDER BY " + (source.table().has(Kind.DATE) ? pen.date(source) : number) + pen.oneOf("", " DESC");
        return switch (pen.between(0, 5)) {
            case 0 -> pen.oneOf("RANK", "DENSE_RANK", "ROW_NUMBER") + "() OVER (" + partition + " " + order + ")";
            case 1 -> pen.oneOf("LAG(", "LEAD(") + number + ") OVER (" + partition + " " + order + ")";
            case 2 ->
                "SUM(" + number + ") OVER (" + partition + " " + order + " ROWS BETWEEN "
                        + pen.oneOf("UNBOUNDED PRECEDING", "6 PRECEDING") + " AND CURRENT ROW)";
            case 3 -> "AVG(" + number + ") OVER (" + order + " ROWS BETWEEN 29 PRECEDING AND CURRENT ROW)";
            case 4 -> "NTILE(" + pen.between(4, 100) + ") OVER (" + order + ")";
            default -> "SUM(" + number + ") OVER (" + partition + ")";
        };
    }

    private static String window(Pen pen) {
        Source source = pen.alone(pen.fact());
        String inner = "SELECT " + pen.columns(source, 4) + ", " + over(pen, source) + " AS " + pen.raw("rn") + " FROM "
                + source.text() + wide(pen, source, List.of());
        return switch (pen.between(0, 2)) {
            case 0 -> inner;
            case 1 -> "SELECT * FROM (" + inner + ") ranked WHERE rn " + pen.oneOf("= 1", "<= 3", "<= 10");
            default -> "WITH ranked AS (" + inner + ") SELECT * FROM ranked WHERE rn = 1";
        };
    }

    private static String steps(Pen pen) {
        List<String> steps = new ArrayList<>();
        int many = pen.between(1, 4);
        String first = "";
        for (int i = 1; i <= many; i++) {
            String name = pen.raw(pen.oneOf(
                            "monthly", "base", "totals", "recent", "active", "per_customer", "cohort", "final", "stats")
                    + "_" + i);
            first = first.isEmpty() ? name : first;
            String body = switch (pen.between(0, 9)) {
                case 0, 1 -> window(pen);
                case 2 -> byPeriod(pen);
                case 3 -> byCategory(pen);
                default -> star(pen);
            };
            steps.add(name + " AS (" + body + ")");
        }
        String last = pen.raw("x");
        String out = switch (pen.between(0, 3)) {
            case 0 -> "SELECT * FROM " + first;
            case 1 -> "SELECT " + last + ".*, total - LAG(total) OVER (ORDER BY 1) AS delta FROM " + first + " " + last;
            case 2 -> "SELECT a.*, b.total FROM " + first + " a LEFT JOIN " + first + " b ON a.k = b.k ORDER BY 1";
            default ->
                "SELECT AVG(total), MAX(total) FROM " + first + " WHERE total > (SELECT AVG(total) FROM " + first + ")";
        };
        String most = pen.is(Dialect.POSTGRESQL) || pen.is(Dialect.MYSQL) ? pen.oneOf("", "", " LIMIT 100") : "";
        return "WITH " + String.join(", ", steps) + " " + out + most;
    }

    private static String top(Pen pen) {
        Joined joined = pen.joined(pen.fact(), pen.between(1, 4));
        Source fact = joined.first();
        String group = pen.oneOf(
                pen.category(joined.last()),
                pen.column(
                        joined.last(),
                        pen.some(joined.last().table(), Kind.TEXT, Kind.KEY, Kind.UNIQUE, Kind.REFERENCE)));
        String value = aggregate(pen, fact);
        return pen.limited(
                "SELECT " + group + ", " + value + " AS " + pen.raw("total") + " FROM " + joined.from()
                        + wide(pen, fact, joined.conditions()) + " GROUP BY " + group + " ORDER BY "
                        + pen.oneOf(value, pen.raw("total"), "2") + " DESC",
                pen.between(1, 10) * 10);
    }

    private static String count(Pen pen) {
        Source source = pen.alone(pen.chance(0.7) ? pen.history() : pen.with(Kind.CATEGORY));
        String what = pen.oneOf(
                "COUNT(*)",
                "COUNT(*)",
                "COUNT(*) AS " + pen.raw("count"),
                "COUNT(1)",
                "COUNT(DISTINCT " + pen.column(source, pen.pick(source.table().columns())) + ")");
        return "SELECT " + what + " FROM " + source.text() + (pen.chance(0.25) ? "" : wide(pen, source, List.of()));
    }

    private static String detail(Pen pen) {
        Joined joined = pen.joined(pen.history(), pen.between(4, 6));
        Source fact = joined.first();
        List<String> columns = new ArrayList<>();
        joined.sources().forEach(source -> columns.add(pen.columns(source, 3)));
        List<String> conditions = new ArrayList<>(joined.conditions());
        Source last = joined.last();
        conditions.add(
                pen.chance(0.35) && joined.sources().size() > 3
                        ? pen.equals(last, pen.some(last.table(), Kind.TEXT, Kind.CATEGORY))
                        : fact.table().has(Kind.DATE)
                                ? pen.during(pen.date(fact))
                                : pen.category(fact) + " IS NOT NULL");
        return "SELECT " + String.join(", ", columns) + " FROM " + joined.from() + Pen.where(conditions)
                + (pen.chance(0.6) ? " ORDER BY " + pen.category(joined.last()) : "");
    }

    private static String rollup(Pen pen) {
        Joined joined = pen.joined(pen.fact(), pen.between(1, 3));
        String one = pen.category(joined.last());
        String two = pen.category(joined.first());
        String group = switch (pen.between(0, 3)) {
            case 0 -> "ROLLUP(" + one + ", " + two + ")";
            case 1 -> "CUBE(" + one + ", " + two + ")";
            case 2 -> "GROUPING SETS ((" + one + "), (" + two + "), ())";
            default -> pen.is(Dialect.MYSQL) ? one + ", " + two + " WITH ROLLUP" : "ROLLUP (" + one + ", " + two + ")";
        };
        return "SELECT " + one + ", " + two + ", " + aggregates(pen, joined.first(), 3) + " FROM " + joined.from()
                + wide(pen, joined.first(), joined.conditions()) + " GROUP BY " + group;
    }

    private static String having(Pen pen) {
        Source source = pen.alone(pen.fact());
        String group = pen.column(source, pen.some(source.table(), Kind.REFERENCE, Kind.CATEGORY));
        return "SELECT " + group + ", " + aggregates(pen, source, 2) + " FROM " + source.text()
                + wide(pen, source, List.of()) + " GROUP BY " + group + " HAVING " + aggregate(pen, source)
                + pen.oneOf(" > ", " >= ", " < ") + pen.between(1, 500) + ordered(pen, 2);
    }

    private static String union(Pen pen) {
        String join = pen.oneOf(" UNION ALL ", " UNION ", " UNION ALL ");
        List<String> parts = new ArrayList<>();
        for (int i = pen.between(2, 4); i > 0; i--) {
            Source source = pen.alone(pen.fact());
            parts.add("SELECT " + pen.raw("'part " + i + "'") + ", " + aggregates(pen, source, 2) + " FROM "
                    + source.text() + wide(pen, source, List.of()));
        }
        return String.join(join, parts);
    }

    private static String correlated(Pen pen) {
        Table fact = pen.fact();
        Source outer = pen.source(fact);
        Source inner = new Source(fact, pen.table(fact) + " i2", "i2.");
        String number = fact.has(Kind.NUMBER)
                ? pen.some(fact, Kind.NUMBER).name()
                : pen.pick(fact.columns()).name();
        String link = pen.some(fact, Kind.REFERENCE, Kind.CATEGORY).name();
        String sub = "(SELECT " + pen.oneOf("AVG(", "MAX(", "0.2 * AVG(", "MIN(") + "i2." + pen.name(number) + ") FROM "
                + inner.text() + " WHERE i2." + pen.name(link) + " = " + outer.prefix() + pen.name(link) + ")";
        String list = pen.chance(0.5) ? aggregates(pen, outer, 2) : pen.columns(outer, 4);
        return "SELECT " + list + " FROM " + outer.text() + " WHERE " + outer.prefix() + pen.name(number)
                + pen.oneOf(" > ", " < ", " = ") + sub;
    }

    private static String antiJoin(Pen pen) {
        Table child = pen.with(Kind.REFERENCE);
        Column reference = pen.some(child, Kind.REFERENCE);
        Table parent = pen.table(each -> each.name().equals(reference.references()));
        Source outer = pen.source(parent);
        String key = pen.column(outer, parent.columns().get(0));
        String link = pen.name(reference.name());
        String dated = child.has(Kind.DATE) && pen.chance(0.5)
                ? " AND ch." + pen.name(pen.some(child, Kind.DATE).name()) + " > " + pen.ago(pen.between(10, 400))
                : "";
        return switch (pen.between(0, 2)) {
            case 0 ->
                "SELECT " + pen.columns(outer, 4) + " FROM " + outer.text() + " LEFT JOIN " + pen.table(child)
                        + " ch ON ch." + link + " = " + key + dated + " WHERE ch." + link + " IS NULL";
            case 1 ->
                "SELECT " + pen.columns(outer, 4) + " FROM " + outer.text() + " WHERE "
                        + pen.oneOf("NOT EXISTS", "NOT EXISTS", "EXISTS") + " (SELECT 1 FROM " + pen.table(child)
                        + " ch WHERE ch." + link + " = " + key + dated + ")";
            default ->
                "SELECT " + pen.columns(outer, 4) + " FROM " + outer.text() + " WHERE " + key
                        + pen.oneOf(" NOT IN", " NOT IN", " IN") + " (SELECT " + link + " FROM " + pen.table(child)
                        + (dated.isEmpty() ? "" : " ch WHERE " + dated.substring(5)) + ")";
        };
    }

    private static String statistics(Pen pen) {
        Source source = pen.alone(pen.fact());
        String number = source.table().has(Kind.NUMBER) ? pen.number(source) : "1";
        String group = pen.category(source);
        String statistic = switch (pen.between(0, 4)) {
            case 0 -> "PERCENTILE_CONT(0." + pen.oneOf("5", "95", "99") + ") WITHIN GROUP (ORDER BY " + number + ")";
            case 1 -> pen.oneOf("STDDEV(", "VARIANCE(", "STDDEV_SAMP(") + number + ")";
            case 2 -> "CORR(" + number + ", " + (source.table().has(Kind.NUMBER) ? pen.number(source) : "1") + ")";
            case 3 -> "MEDIAN(" + number + ")";
            default ->
                "APPROX_COUNT_DISTINCT("
                        + pen.column(source, pen.pick(source.table().columns())) + ")";
        };
        boolean grouped = pen.chance(0.7);
        return "SELECT " + (grouped ? group + ", " : "") + statistic + ", " + aggregates(pen, source, 2) + " FROM "
                + source.text() + wide(pen, source, List.of()) + (grouped ? " GROUP BY " + group : "");
    }

    private static String retention(Pen pen) {
        Table table =
                pen.table(each -> each.size() == Table.Size.ENDLESS && each.has(Kind.DATE) && each.has(Kind.REFERENCE));
        String name = pen.table(table);
        String who = pen.name(pen.some(table, Kind.REFERENCE).name());
        String date = pen.name(pen.some(table, Kind.DATE).name());
        return "WITH first_seen AS (SELECT " + who + " AS who, MIN(" + date + ") AS first_date FROM " + name
                + " GROUP BY " + who + "), later AS (SELECT e." + who + " AS who, " + pen.period("e." + date)
                + " AS period FROM " + name + " e GROUP BY 1, 2) SELECT " + pen.period("f.first_date")
                + " AS cohort, l.period, COUNT(DISTINCT l.who) AS retained FROM first_seen f JOIN later l ON l.who = f.who GROUP BY 1, 2 ORDER BY 1, 2";
    }

    private static String scan(Pen pen) {
        Source source = pen.alone(pen.table(
                each -> each.size() == Table.Size.ENDLESS && each.has(Kind.TEXT, Kind.UNIQUE, Kind.CATEGORY)));
        String text = pen.column(source, pen.some(source.table(), Kind.TEXT, Kind.UNIQUE, Kind.CATEGORY));
        String like = pen.is(Dialect.POSTGRESQL) ? pen.oneOf(" ILIKE ", " LIKE ", " ~* ") : " LIKE ";
        String pattern = like.contains("~")
                ? pen.raw("'time.?out'")
                : pen.raw("'%" + pen.oneOf("error", "timeout", "blue", "gmbh") + "%'");
        return "SELECT " + pen.columns(source, 5) + " FROM " + source.text() + " WHERE " + text + like + pattern
                + (source.table().has(Kind.DATE) && pen.chance(0.4) ? " AND " + pen.during(pen.date(source)) : "")
                + (source.table().has(Kind.DATE) && pen.chance(0.5) ? " ORDER BY " + pen.date(source) + " DESC" : "")
                + (pen.is(Dialect.POSTGRESQL) || pen.is(Dialect.MYSQL)
                        ? pen.oneOf("", "", " LIMIT 20", " LIMIT 100")
                        : "");
    }

    private static String everything(Pen pen) {
        Source source = pen.alone(pen.history());
        if (pen.is(Dialect.POSTGRESQL) && pen.chance(0.1)) {
            return "TABLE " + pen.table(source.table());
        }
        return "SELECT " + pen.oneOf("*", pen.columns(source, 6)) + " FROM " + source.text()
                + (pen.chance(0.4) ? " ORDER BY " + pen.date(source) + pen.oneOf("", " DESC") : "");
    }

    private static String similarity(Pen pen) {
        Table table = pen.with(Kind.TEXT);
        String name = pen.table(table);
        String key = pen.name(table.columns().get(0).name());
        String vector = pen.name(pen.oneOf("embedding", "vec", "features"));
        String distance = pen.oneOf("<->", "<=>", "<#>");
        String from = pen.name(pen.oneOf("user_embeddings", "profile_vectors"));
        if (pen.chance(0.3)) {
            return "SELECT " + key + ", 1 - (" + vector + " " + distance + " (SELECT " + vector + " FROM " + name
                    + " WHERE " + key + " = " + pen.parameter("id") + ")) AS score FROM " + name
                    + pen.oneOf("", " ORDER BY score DESC");
        }
        return "WITH me AS (SELECT " + vector + " FROM " + from + " WHERE user_id = " + pen.parameter("user")
                + "), scored AS (SELECT p." + key + ", 1 - (p." + vector + " " + distance + " me." + vector
                + ") AS score, " + pen.oneOf("(SELECT MAX(popularity) FROM " + name + ")", "LN(1 + p.popularity)")
                + " AS popularity FROM " + name + " p CROSS JOIN me) SELECT " + key
                + ", score * 0." + pen.between(3, 9)
                + " + popularity * 0.2 AS final_score FROM scored ORDER BY final_score DESC LIMIT "
                + pen.oneOf("20", "$2", "50");
    }

    private static String ofTenant(Pen pen) {
        Joined joined = pen.joined(pen.history(), pen.between(1, 3));
        Source fact = joined.first();
        String tenant = fact.prefix() + pen.name(pen.oneOf("tenant_id", "org_id", "account_id", "company_id"));
        List<String> conditions = new ArrayList<>(joined.conditions());
        conditions.add(tenant + " = " + pen.parameter("tenant"));
        String date = fact.table().has(Kind.DATE) ? pen.date(fact) : "";
        if (!date.isEmpty()) {
            conditions.add(pen.during(date));
        }
        String group = date.isEmpty() || pen.chance(0.4) ? pen.category(joined.last()) : pen.period(date);
        return "SELECT " + group + ", " + aggregates(pen, fact, 4) + " FROM " + joined.from() + Pen.where(conditions)
                + " GROUP BY " + group + ordered(pen, 2);
    }

    private static String tool(Pen pen) {
        Table table = pen.history();
        String mark = pen.is(Dialect.MYSQL) ? "`" : "\"";
        String name = pen.raw(mark + "public" + mark + "." + mark + table.name() + mark);
        String date = name + "." + pen.raw(mark + pen.some(table, Kind.DATE).name() + mark);
        String number = name + "."
                + pen.raw(mark + pen.some(table, Kind.NUMBER, Kind.REFERENCE).name() + mark);
        String category = name + "."
                + pen.raw(mark + pen.some(table, Kind.CATEGORY, Kind.REFERENCE).name() + mark);
        String period = pen.is(Dialect.MYSQL)
                ? "STR_TO_DATE(CONCAT(DATE_FORMAT(" + date + ", '%Y-%m'), '-01'), '%Y-%m-%d')"
                : "DATE_TRUNC('month', " + date + ")";
        return switch (pen.between(0, 3)) {
            case 0 ->
                "SELECT " + period + " AS " + pen.raw(mark + "created" + mark) + ", SUM(" + number + ") AS "
                        + pen.raw(mark + "sum" + mark) + " FROM " + name + " WHERE " + pen.during(date) + " GROUP BY "
                        + period + " ORDER BY " + period + " ASC";
            case 1 ->
                "SELECT " + category + " AS " + pen.raw(mark + "category" + mark) + ", COUNT(*) AS "
                        + pen.raw(mark + "count" + mark) + " FROM " + name + " GROUP BY " + category + " ORDER BY "
                        + pen.raw(mark + "count" + mark) + " DESC, " + category + " ASC LIMIT 500";
            case 2 ->
                "SELECT " + category + " AS " + pen.raw(mark + "dim.name" + mark) + ", COALESCE(SUM(" + number
                        + "), 0) AS " + pen.raw(mark + "measure.total" + mark) + ", COUNT(DISTINCT " + number + ") AS "
                        + pen.raw(mark + "measure.n" + mark) + " FROM " + name + " AS f WHERE ((( " + date
                        + " ) >= ((DATE_TRUNC('day', CURRENT_TIMESTAMP)))) AND (" + category
                        + " IS NOT NULL)) GROUP BY 1 ORDER BY 2 DESC LIMIT 5000";
            default ->
                "SELECT " + period + " AS time, AVG(" + number + ") AS value, " + category + " AS metric FROM " + name
                        + " WHERE " + pen.during(date) + " GROUP BY 1, 3 ORDER BY 1";
        };
    }

    private static String calendar(Pen pen) {
        Table table = pen.history();
        String date = pen.name(pen.some(table, Kind.DATE).name());
        String days = pen.is(Dialect.POSTGRESQL)
                ? "SELECT d FROM generate_series(" + pen.day() + ", CURRENT_DATE, '1 day') d"
                : "SELECT calendar_date AS d FROM " + pen.name("calendar") + " WHERE calendar_date > " + pen.ago(365);
        return "WITH days AS (" + days + ") SELECT days.d, COUNT(t." + date + ") FROM days LEFT JOIN "
                + pen.table(table) + " t ON CAST(t." + date + " AS DATE) = days.d GROUP BY days.d ORDER BY days.d";
    }

    private static String distinct(Pen pen) {
        Joined joined = pen.joined(pen.history(), pen.between(2, 4));
        Source fact = joined.first();
        return "SELECT DISTINCT " + pen.category(fact) + ", " + pen.category(joined.last()) + " FROM " + joined.from()
                + wide(pen, fact, joined.conditions()) + (pen.chance(0.5) ? " ORDER BY 1" : "");
    }

    private static String nested(Pen pen) {
        Source source = pen.alone(pen.fact());
        String group = pen.category(source);
        String inner = "SELECT " + group + " AS g, " + aggregate(pen, source) + " AS v FROM " + source.text()
                + wide(pen, source, List.of()) + " GROUP BY " + group;
        return switch (pen.between(0, 2)) {
            case 0 -> "SELECT AVG(s.v), MAX(s.v) FROM (" + inner + ") s";
            case 1 -> "SELECT s.v AS bucket, COUNT(*) AS n FROM (" + inner + ") s GROUP BY s.v ORDER BY n DESC";
            default ->
                "SELECT s.g, s.v, 100.0 * s.v / SUM(s.v) OVER () AS share FROM (" + inner + ") s ORDER BY share DESC";
        };
    }

    private static String counts(Pen pen) {
        List<String> parts = new ArrayList<>();
        for (int i = pen.between(2, 6); i > 0; i--) {
            Source source = pen.alone(pen.history());
            parts.add("(SELECT " + pen.oneOf("COUNT(*)", aggregate(pen, source)) + " FROM " + source.text()
                    + wide(pen, source, List.of()) + ") AS " + pen.raw("k" + i));
        }
        return "SELECT " + String.join(", ", parts) + (pen.is(Dialect.ORACLE) ? " FROM DUAL" : "");
    }

    private static String pivot(Pen pen) {
        Source source = pen.alone(pen.fact());
        String number = source.table().has(Kind.NUMBER) ? pen.number(source) : "1";
        return switch (pen.dialect()) {
            case SQLSERVER, ORACLE ->
                "SELECT * FROM (SELECT " + pen.category(source) + " AS k, " + pen.category(source) + " AS c, " + number
                        + " AS v FROM " + source.text() + ") src PIVOT (SUM(v) FOR c IN ("
                        + pen.oneOf("[A], [B], [C]", "'A', 'B', 'C'") + ")) p";
            case POSTGRESQL, MYSQL, GENERIC ->
                "SELECT " + pen.category(source) + ", " + pen.oneOf("STRING_AGG(", "GROUP_CONCAT(", "ARRAY_AGG(")
                        + pen.category(source) + "), SUM(" + number + ") FROM " + source.text()
                        + wide(pen, source, List.of()) + " GROUP BY 1";
        };
    }

    private static String pairs(Pen pen) {
        Table table = pen.table(each ->
                each.size() == Table.Size.ENDLESS && each.of(Kind.REFERENCE).size() > 1);
        String name = pen.table(table);
        String one = pen.name(
                table.of(Kind.REFERENCE, Kind.KEY, Kind.CATEGORY).get(0).name());
        String other = pen.name(pen.some(table, Kind.REFERENCE, Kind.CATEGORY).name());
        return "SELECT a." + other + ", b." + other + ", COUNT(*) AS together FROM " + name + " a JOIN " + name
                + " b ON a." + one + " = b." + one + " AND a." + other + " < b." + other + " GROUP BY a." + other
                + ", b." + other + pen.oneOf("", " HAVING COUNT(*) > 10", " ORDER BY together DESC");
    }

    private static String duplicates(Pen pen) {
        Source source = pen.alone(pen.with(Kind.UNIQUE, Kind.TEXT));
        String name = pen.column(source, pen.some(source.table(), Kind.UNIQUE, Kind.TEXT));
        return "SELECT " + name + ", COUNT(*) FROM " + source.text() + " GROUP BY " + name + " HAVING COUNT(*) > 1";
    }

    private static String wholeAggregates(Pen pen) {
        Joined joined = pen.joined(pen.fact(), pen.between(1, 3));
        return "SELECT " + aggregate(pen, joined.first()) + ", " + aggregates(pen, joined.first(), 3) + " FROM "
                + joined.from() + wide(pen, joined.first(), joined.conditions());
    }

    private static String measured(Pen pen) {
        return pen.oneOf("EXPLAIN ANALYZE ", "EXPLAIN (ANALYZE, BUFFERS) ")
                + (pen.chance(0.5) ? star(pen) : byPeriod(pen));
    }

    private static String countedForAll(Pen pen) {
        Table child = pen.with(Kind.REFERENCE);
        Column reference = pen.some(child, Kind.REFERENCE);
        Source parent = pen.source(pen.table(each -> each.name().equals(reference.references())));
        String key = pen.column(parent, parent.table().columns().get(0));
        List<String> out = new ArrayList<>();
        out.add(pen.columns(parent, 3));
        for (int i = pen.between(1, 3); i > 0; i--) {
            String what = child.has(Kind.NUMBER)
                    ? pen.oneOf(
                            "COUNT(*)",
                            "SUM(ch." + pen.name(pen.some(child, Kind.NUMBER).name()) + ")")
                    : "COUNT(*)";
            out.add("(SELECT " + what + " FROM " + pen.table(child) + " ch WHERE ch." + pen.name(reference.name())
                    + " = " + key + ") AS " + pen.raw("n" + i));
        }
        return "SELECT " + String.join(", ", out) + " FROM " + parent.text()
                + (pen.chance(0.5) ? " ORDER BY " + pen.raw("n1") + " DESC" : "");
    }

    /** A condition on what something is, which keys know nothing of. */
    private static String quality(Pen pen, Source source) {
        Column column = pen.some(source.table(), Kind.CATEGORY, Kind.TEXT, Kind.NUMBER);
        String name = pen.column(source, column);
        if (column.kind() == Kind.NUMBER) {
            int from = pen.between(1, 50);
            return pen.oneOf(
                    name + " = " + pen.between(1990, 2026),
                    name + " BETWEEN " + from + " AND " + (from + pen.between(1, 30)),
                    name + " < " + from,
                    name + " > " + from);
        }
        return pen.oneOf(
                name + " = " + pen.literal(column),
                name + " IN (" + pen.literal(column) + ", " + pen.literal(column) + ")",
                name + " LIKE " + pen.raw("'%ing%'"),
                name + " <> " + pen.literal(column),
                name + " IS NOT NULL");
    }

    private static String wideJoin(Pen pen) {
        Joined joined = pen.joined(pen.history(), pen.between(4, 9));
        List<String> conditions = new ArrayList<>(joined.conditions());
        List<String> out = new ArrayList<>();
        for (Source source : joined.sources()) {
            if (pen.chance(0.6)) {
                conditions.add(quality(pen, source));
            }
            if (out.size() < 3) {
                out.add(pen.oneOf("MIN(", "MIN(", "MAX(")
                        + pen.column(source, pen.pick(source.table().columns())) + ") AS "
                        + pen.raw("first_" + out.size()));
            }
        }
        return "SELECT " + String.join(", ", out) + " FROM " + joined.from() + Pen.where(conditions);
    }

    private static String sliced(Pen pen) {
        Joined joined = pen.joined(pen.fact(), pen.between(2, 4));
        Source fact = joined.first();
        List<String> conditions = new ArrayList<>(joined.conditions());
        for (int i = pen.between(1, 3); i > 0; i--) {
            conditions.add(quality(pen, pen.pick(joined.sources())));
        }
        return "SELECT " + aggregates(pen, fact, 2) + " FROM " + joined.from() + Pen.where(conditions);
    }
}
