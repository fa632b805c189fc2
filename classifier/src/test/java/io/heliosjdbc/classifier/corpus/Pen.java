package io.heliosjdbc.classifier.corpus;

import io.heliosjdbc.classifier.corpus.Column.Kind;
import io.heliosjdbc.classifier.corpus.Schema.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Writes the parts of one statement in one style. Names and literals are written between two control characters, so that
 * {@link Dress} can change the case of the words around them. Not thread-safe.
 */
final class Pen {
    static final char OPEN = '\u0001';
    static final char CLOSE = '\u0002';

    private final SplittableRandom random;
    private final Schema schema;
    private final Dialect dialect;
    private final String quote;
    private final String placeholder;
    private final String qualifier;
    private final int aliasStyle;
    private int parameters;
    private int aliases;

    Pen(SplittableRandom random, Schema schema) {
        this.random = random;
        this.schema = schema;
        Dialect own = schema.dialect();
        this.dialect = own != Dialect.GENERIC
                ? own
                : pick(List.of(Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.ORACLE, Dialect.SQLSERVER));
        this.quote = switch (dialect) {
            case MYSQL -> schema.quoted() || chance(0.2) ? "``" : "";
            case SQLSERVER -> schema.quoted() || chance(0.3) ? "[]" : "";
            case POSTGRESQL, ORACLE, GENERIC -> schema.quoted() || chance(0.08) ? "\"\"" : "";
        };
        this.placeholder = switch (dialect) {
            case POSTGRESQL -> oneOf("$", "$", "?", "%s", ":", "literal", "literal");
            case MYSQL -> oneOf("?", "?", "%s", "literal", "literal");
            case ORACLE -> oneOf(":", ":", ":n", "?", "literal");
            case SQLSERVER -> oneOf("@p", "@p", "?", "literal", "literal");
            case GENERIC -> oneOf("?", "literal");
        };
        this.qualifier = chance(0.82)
                ? ""
                : oneOf(
                        switch (dialect) {
                            case POSTGRESQL -> "public.";
                            case MYSQL -> schema.name() + ".";
                            case ORACLE -> "APP.";
                            case SQLSERVER -> "dbo.";
                            case GENERIC -> "app.";
                        },
                        "app.",
                        schema.name() + ".");
        this.aliasStyle = random.nextInt(6);
    }

    // Choices

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Some elements in their order, at least one. */
    <T> List<T> some(List<T> of, int most) {
        int wanted = Math.min(of.size(), between(1, most));
        List<T> left = new ArrayList<>(of);
        while (left.size() > wanted) {
            left.remove(random.nextInt(left.size()));
        }
        return left;
    }

    Dialect dialect() {
        return dialect;
    }

    boolean is(Dialect wanted) {
        return dialect == wanted;
    }

    // Tables

    Table table(Predicate<Table> wanted) {
        List<Table> fitting = schema.tables().stream().filter(wanted).toList();
        return fitting.isEmpty() ? pick(schema.tables()) : pick(fitting);
    }

    /** One that has a primary key. */
    Table keyed() {
        return table(each -> each.has(Kind.KEY) || !each.primary().isEmpty());
    }

    Table with(Kind... kinds) {
        return table(each -> each.has(kinds) && each.size() != Table.Size.SMALL);
    }

    /** One that grows without end and has something to add up. */
    Table fact() {
        return table(each -> each.size() == Table.Size.ENDLESS && each.has(Kind.NUMBER));
    }

    /** One that grows without end and knows the time. */
    Table history() {
        return table(each -> each.size() == Table.Size.ENDLESS && each.has(Kind.DATE));
    }

    Table other(Table than) {
        return table(each -> !each.equals(than));
    }

    // Names

    String name(String plain) {
        return OPEN + (quote.isEmpty() ? plain : quote.charAt(0) + plain + quote.charAt(1)) + CLOSE;
    }

    String raw(String text) {
        return OPEN + text + CLOSE;
    }

    String table(Table table) {
        return qualifier.isEmpty() ? name(table.name()) : raw(qualifier) + name(table.name());
    }

    /** A table that is not of the schema, named after one that is. */
    String derived(Table table, String... affixes) {
        String affix = oneOf(affixes);
        String base = table.name().toLowerCase(Locale.ROOT);
        return raw(qualifier) + name(affix.endsWith("_") || affix.endsWith(".") ? affix + base : base + affix);
    }

    /** A source that stands alone: usually without alias. */
    Source alone(Table table) {
        return aliasStyle == 2 || aliasStyle == 3 || (aliasStyle > 3 && chance(0.75)) || (aliasStyle < 2 && chance(0.5))
                ? new Source(table, table(table), "")
                : source(table);
    }

    Source source(Table table) {
        aliases++;
        String base = table.name().toLowerCase(Locale.ROOT);
        String alias = switch (aliasStyle) {
            case 0 -> base.substring(0, Math.min(base.length(), 4)) + (aliases - 1) + "_";
            case 1 -> base.charAt(0) + "" + aliases + "_0";
            case 2 -> table.name();
            default -> initials(table.name()) + (aliases > 1 && chance(0.3) ? "" + aliases : "");
        };
        if (aliasStyle == 2) {
            return new Source(table, table(table), name(alias) + ".");
        }
        String as = is(Dialect.ORACLE) || chance(0.6) ? " " : " AS ";
        return new Source(table, table(table) + as + raw(alias), raw(alias) + ".");
    }

    private static String initials(String name) {
        StringBuilder out = new StringBuilder();
        boolean begins = true;
        boolean upper = name.equals(name.toUpperCase(Locale.ROOT));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetter(c) && (begins || (!upper && Character.isUpperCase(c)))) {
                out.append(Character.toLowerCase(c));
            }
            begins = !Character.isLetter(c);
        }
        String initials = out.toString();
        return switch (initials) {
            case "as", "is", "or", "on", "in", "to", "by", "do", "if", "of", "no" -> initials + "x";
            default -> initials.isEmpty() ? "t" : initials;
        };
    }

    String column(Source source, Column column) {
        return source.prefix() + name(column.name());
    }

    /** Some column of these kinds, else of any kind. */
    Column some(Table table, Kind... kinds) {
        List<Column> fitting = table.of(kinds);
        return fitting.isEmpty() ? pick(table.columns()) : pick(fitting);
    }

    String number(Source source) {
        return column(source, some(source.table(), Kind.NUMBER));
    }

    String date(Source source) {
        return column(source, some(source.table(), Kind.DATE));
    }

    String category(Source source) {
        return column(source, some(source.table(), Kind.CATEGORY, Kind.REFERENCE));
    }

    /** A select list of plain columns. */
    String columns(Source source, int most) {
        if (chance(0.25)) {
            return source.prefix() + "*";
        }
        List<String> names = new ArrayList<>();
        for (Column column : some(source.table().columns(), most)) {
            String alias =
                    aliasStyle == 0 ? " AS " + raw(column.name() + (names.size() + 1) + "_" + aliases + "_") : "";
            names.add(column(source, column) + alias);
        }
        return String.join(", ", names);
    }

    // Values

    String value(Column column) {
        if (placeholder.equals("literal") || chance(0.1)) {
            return literal(column);
        }
        return parameter(column.name());
    }

    String parameter(String name) {
        parameters++;
        return switch (placeholder) {
            case "$" -> "$" + parameters;
            case ":" -> raw(":" + name);
            case ":n" -> ":" + parameters;
            case "@p" -> raw(chance(0.5) ? "@p" + (parameters - 1) : "@" + name);
            case "%s", "literal" -> "?";
            default -> placeholder;
        };
    }

    String literal(Column column) {
        return switch (column.kind()) {
            case KEY, REFERENCE, SCOPE -> chance(0.85) ? "" + between(1, 90_000) : raw("'" + uuid() + "'");
            case NUMBER -> chance(0.5) ? "" + between(1, 500) : between(1, 900) + ".5";
            case DATE -> day();
            case CATEGORY ->
                raw("'" + oneOf("open", "active", "DE", "A", "pending", "shipped", "PAID", "gold", "1") + "'");
            case FLAG -> is(Dialect.POSTGRESQL) ? oneOf("TRUE", "FALSE") : oneOf("0", "1");
            case UNIQUE ->
                raw("'" + oneOf("x81", "anna@example.com", "AB-1000", "00491", "k-77") + between(1, 99) + "'");
            case TEXT -> raw("'" + oneOf("Miller", "Blue chair", "hello", "O''Hara", "none") + "'");
        };
    }

    private String uuid() {
        return String.format(Locale.ROOT, "%08x-12ab-4e01-9c00-%012x", random.nextInt(), random.nextInt() & 0xFFFFFFL);
    }

    /** A day, as a literal. */
    String day() {
        String day = String.format(Locale.ROOT, "'20%02d-%02d-%02d'", between(18, 26), between(1, 12), between(1, 28));
        return switch (dialect) {
            case ORACLE -> oneOf("DATE " + raw(day), "TO_DATE(" + raw(day) + ", " + raw("'YYYY-MM-DD'") + ")");
            case POSTGRESQL -> oneOf(raw(day), "DATE " + raw(day), raw(day) + "::date");
            default -> raw(day);
        };
    }

    /** A point in time some days before now. */
    String ago(int days) {
        return switch (dialect) {
            case POSTGRESQL, GENERIC ->
                oneOf("NOW()", "CURRENT_DATE", "CURRENT_TIMESTAMP") + " - INTERVAL " + raw("'" + days + " days'");
            case MYSQL ->
                oneOf(
                        "DATE_SUB(NOW(), INTERVAL " + days + " DAY)",
                        "NOW() - INTERVAL " + days + " DAY",
                        "DATE_SUB(CURDATE(), INTERVAL " + days + " DAY)");
            case ORACLE -> oneOf("SYSDATE - " + days, "TRUNC(SYSDATE) - " + days, "SYSTIMESTAMP - " + days);
            case SQLSERVER ->
                "DATEADD(" + oneOf("day", "DAY", "dd") + ", -" + days + ", " + oneOf("GETDATE()", "SYSUTCDATETIME()")
                        + ")";
        };
    }

    String now() {
        return switch (dialect) {
            case POSTGRESQL, GENERIC -> oneOf("NOW()", "CURRENT_TIMESTAMP");
            case MYSQL -> oneOf("NOW()", "CURRENT_TIMESTAMP", "UTC_TIMESTAMP()");
            case ORACLE -> oneOf("SYSDATE", "SYSTIMESTAMP");
            case SQLSERVER -> oneOf("GETDATE()", "SYSUTCDATETIME()");
        };
    }

    /** The part of a time that reports group by. */
    String period(String column) {
        return switch (dialect) {
            case POSTGRESQL, GENERIC ->
                oneOf(
                        "DATE_TRUNC(" + raw("'" + oneOf("day", "week", "month", "quarter", "hour") + "'") + ", "
                                + column + ")",
                        "EXTRACT(" + oneOf("YEAR", "MONTH", "HOUR", "DOW") + " FROM " + column + ")",
                        "TO_CHAR(" + column + ", " + raw("'YYYY-MM'") + ")",
                        column + "::date");
            case MYSQL ->
                oneOf(
                        "DATE_FORMAT(" + column + ", " + raw("'%Y-%m'") + ")",
                        "DATE(" + column + ")",
                        oneOf("YEAR", "MONTH", "WEEK", "HOUR") + "(" + column + ")");
            case ORACLE ->
                oneOf(
                        "TRUNC(" + column + ", " + raw("'" + oneOf("MM", "IW", "Q", "DD") + "'") + ")",
                        "TO_CHAR(" + column + ", " + raw("'" + oneOf("YYYY-MM", "YYYY", "Q") + "'") + ")",
                        "EXTRACT(" + oneOf("YEAR", "MONTH") + " FROM " + column + ")");
            case SQLSERVER ->
                oneOf(
                        "DATEPART(" + oneOf("year", "month", "week", "hour") + ", " + column + ")",
                        oneOf("YEAR", "MONTH") + "(" + column + ")",
                        "CAST(" + column + " AS DATE)",
                        "FORMAT(" + column + ", " + raw("'yyyy-MM'") + ")",
                        "DATEADD(MONTH, DATEDIFF(MONTH, 0, " + column + "), 0)");
        };
    }

    // Conditions

    String equals(Source source, Column column) {
        return column(source, column) + " = " + value(column);
    }

    /** The primary key fixed, all of it. */
    String byKey(Source source) {
        List<Column> key = source.table().primary();
        if (key.isEmpty()) {
            key = List.of(some(source.table(), Kind.REFERENCE, Kind.KEY));
        }
        return String.join(
                " AND ", key.stream().map(column -> equals(source, column)).toList());
    }

    /** A period of time, of no special length. */
    String during(String column) {
        return switch (between(0, 4)) {
            case 0 -> column + " BETWEEN " + day() + " AND " + day();
            case 1 -> column + " >= " + day() + " AND " + column + " < " + day();
            case 2 -> column + oneOf(" > ", " >= ") + ago(between(1, 400));
            case 3 -> column + " >= " + parameter("from_date") + " AND " + column + " < " + parameter("to_date");
            default -> column + " >= " + day();
        };
    }

    String before(String column) {
        return column + " < " + (chance(0.75) ? ago(between(7, 1500)) : chance(0.5) ? day() : parameter("cutoff"));
    }

    // Joins

    /** Joined sources: what FROM says, and what WHERE must say where the joins are written there. */
    record Joined(List<Source> sources, String from, List<String> conditions) {
        Source first() {
            return sources.get(0);
        }

        Source last() {
            return sources.get(sources.size() - 1);
        }
    }

    /** A table with others along its references, as many as there are, up to a number. */
    Joined joined(Table start, int tables) {
        List<Source> sources = new ArrayList<>();
        sources.add(source(start));
        StringBuilder from = new StringBuilder(sources.get(0).text());
        List<String> conditions = new ArrayList<>();
        boolean commas = chance(is(Dialect.ORACLE) ? 0.5 : 0.15);
        String join = oneOf(" JOIN ", " JOIN ", " INNER JOIN ", " LEFT JOIN ", " LEFT OUTER JOIN ");
        for (int i = 1; i < tables; i++) {
            String condition = grow(sources);
            if (condition.isEmpty()) {
                break;
            }
            Source added = sources.get(sources.size() - 1);
            if (commas) {
                from.append(", ").append(added.text());
                conditions.add(condition);
            } else {
                from.append(join)
                        .append(added.text())
                        .append(" ON ")
                        .append(chance(0.1) ? "(" + condition + ")" : condition);
            }
        }
        return new Joined(sources, from.toString(), conditions);
    }

    /** Adds a source that some other one refers to, or that refers to it; answers how they are joined, or nothing. */
    private String grow(List<Source> sources) {
        for (int attempt = 0; attempt < 12; attempt++) {
            Source at = pick(sources);
            List<Column> references = at.table().columns().stream()
                    .filter(column -> !column.references().isEmpty())
                    .toList();
            if (!references.isEmpty() && chance(0.7)) {
                Column reference = pick(references);
                Table target = schema.table(reference.references());
                if (sources.stream().noneMatch(source -> source.table().equals(target))
                        && !target.primary().isEmpty()) {
                    Source added = source(target);
                    sources.add(added);
                    return on(
                            column(at, reference),
                            column(added, target.primary().get(0)));
                }
            } else if (!at.table().primary().isEmpty()) {
                for (Table table : schema.tables()) {
                    boolean used =
                            sources.stream().anyMatch(source -> source.table().equals(table));
                    for (Column column : table.columns()) {
                        if (!used && column.references().equals(at.table().name())) {
                            Source added = source(table);
                            sources.add(added);
                            return on(
                                    column(added, column),
                                    column(at, at.table().primary().get(0)));
                        }
                    }
                }
            }
        }
        return "";
    }

    private String on(String one, String other) {
        return chance(0.5) ? one + " = " + other : other + " = " + one;
    }

    static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    // The ends of queries

    /** At most that many rows of a whole query; the query begins with SELECT and ends with its last clause. */
    String limited(String query, int rows) {
        String count = chance(0.2) ? parameter("limit") : "" + rows;
        return switch (dialect) {
            case ORACLE ->
                chance(0.6)
                        ? query + " FETCH FIRST " + count + " ROWS ONLY"
                        : "SELECT * FROM (" + query + ") WHERE ROWNUM <= " + count;
            case SQLSERVER ->
                query.replaceFirst("^SELECT ", "SELECT TOP " + (chance(0.5) ? "(" + rows + ") " : rows + " "));
            default -> query + (chance(0.85) ? " LIMIT " + count : " FETCH FIRST " + count + " ROWS ONLY");
        };
    }

    /** A page of a query that is ordered. */
    String page(String query, int rows) {
        int skipped = rows * between(0, 20);
        return switch (dialect) {
            case ORACLE, SQLSERVER ->
                query + " OFFSET " + (chance(0.5) ? parameter("offset") : skipped) + " ROWS FETCH NEXT " + rows
                        + " ROWS ONLY";
            case MYSQL ->
                query + (chance(0.5) ? " LIMIT " + skipped + ", " + rows : " LIMIT " + rows + " OFFSET " + skipped);
            default -> query + " LIMIT " + parameterOr(rows) + (chance(0.6) ? " OFFSET " + parameterOr(skipped) : "");
        };
    }

    private String parameterOr(int number) {
        return chance(0.4) ? parameter("n") : "" + number;
    }
}
