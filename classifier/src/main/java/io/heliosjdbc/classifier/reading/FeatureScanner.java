package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.reading.Block.Clause;
import io.heliosjdbc.classifier.reading.Block.Kind;
import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.classifier.statement.Features;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the features off a text's tokens in one pass, without a grammar: it follows parentheses and the keywords that begin
 * clauses. Of a dialect that it does not know it sees less, but it never fails. What the features mean:
 *
 * <ul>
 *   <li>{@code query_type}: the statement's verb; behind WITH the main statement's; of DDL the object too, as in
 *       {@code CREATE TABLE}. Of several statements the first one that is work.
 *   <li>{@code select_only}: nothing but SELECT, VALUES or TABLE, and neither a writing part, nor INTO, nor row locks.
 *   <li>{@code join_count}: joins and APPLYs, commas between tables, and the tables of USING and of UPDATE's FROM; subqueries
 *       included. {@code aggregation_count}: calls of aggregate functions, over windows too. {@code subquery_count}: queries
 *       in parentheses, those of WITH included.
 *   <li>{@code table_names}: tables read or written, names of WITH left out where they hide tables.
 *   <li>{@code has_group_by}, {@code has_order_by}: of any query in it; {@code has_limit}: of the outermost one alone, for no
 *       other one bounds the result.
 *   <li>{@code parameter_count}: every {@code ?}, and each {@code $1}, {@code :name}, {@code @name} once.
 *   <li>{@code bulk_operation}: INSERT .. SELECT from tables, MERGE from tables, UPDATE and DELETE whose WHERE compares no
 *       column with a value, {@value #MANY_ROWS} rows of VALUES and more, SELECT INTO, CREATE TABLE AS, and the verbs that
 *       work on whole tables ({@link Verbs#BULK}).
 *   <li>{@code write_heavy}: a bulk operation that writes; also an UPDATE or DELETE whose WHERE fixes no column by equality.
 * </ul>
 *
 * <p>Long, and still one class: every branch reads and moves the same state, the block and its clause.
 */
public final class FeatureScanner {
    public static final int MANY_ROWS = 100;

    /** Deeper parentheses are not looked into. */
    private static final int DEEPEST = 1_000;

    private final Tokens tokens;
    private final Deque<Block> blocks = new ArrayDeque<>();
    private final Map<String, Integer> commonTables = new HashMap<>();
    private final Set<String> tables = new LinkedHashSet<>();
    private final Set<String> namedParameters = new HashSet<>();
    private Block block = Block.query();
    private int ignoredDepth;

    private @Nullable String queryType;
    private String type = "";
    private boolean works;
    private boolean selectOnly = true;
    private boolean bulk;
    private boolean writeHeavy;
    private boolean groupBy;
    private boolean orderBy;
    private boolean limit;
    private long joins;
    private long aggregations;
    private long subqueries;
    private long parameters;

    private FeatureScanner(Tokens tokens) {
        this.tokens = tokens;
    }

    static Features scan(Tokens tokens, List<StatementScanner.Range> statements) {
        FeatureScanner scanner = new FeatureScanner(tokens);
        for (StatementScanner.Range statement : statements) {
            scanner.statement(statement.from(), statement.to());
        }
        return scanner.features();
    }

    private Features features() {
        EnumMap<Feature, Object> values = new EnumMap<>(Feature.class);
        if (queryType != null) {
            values.put(Feature.QUERY_TYPE, queryType);
        }
        values.put(Feature.SELECT_ONLY, works && selectOnly);
        values.put(Feature.JOIN_COUNT, joins);
        values.put(Feature.AGGREGATION_COUNT, aggregations);
        values.put(Feature.SUBQUERY_COUNT, subqueries);
        values.put(Feature.TABLE_NAMES, List.copyOf(tables));
        values.put(Feature.WRITE_HEAVY, writeHeavy);
        values.put(Feature.BULK_OPERATION, bulk);
        values.put(Feature.HAS_GROUP_BY, groupBy);
        values.put(Feature.HAS_ORDER_BY, orderBy);
        values.put(Feature.HAS_LIMIT, limit);
        values.put(Feature.PARAMETER_COUNT, parameters + namedParameters.size());
        return new Features(values);
    }

    private void statement(int from, int to) {
        blocks.clear();
        commonTables.clear();
        ignoredDepth = 0;
        block = Block.query();
        type = Verbs.type(tokens, from, to);
        for (int i = from; i < to; i++) {
            switch (tokens.kind(i)) {
                case PARAMETER -> i = parameters(i, endOfList(i));
                case VARIABLE -> parameter(i);
                case PUNCTUATION -> i = punctuation(i);
                case OPERATOR -> {
                    block.tableExpected = false;
                    bound(i);
                }
                case WORD, QUOTED_NAME -> i = name(i);
                case STRING, NUMBER -> {
                    block.tableExpected = false;
                    i = endOfList(i);
                }
                case OPTIMIZER_HINT, END -> block.tableExpected = false;
            }
        }
        while (!blocks.isEmpty()) {
            close();
        }
        settle(block);
        if (type.isEmpty()) {
            type = block.verb == Keyword.NONE ? "OTHER" : block.verb.name();
        }
        if (!Verbs.isPlumbing(type)) {
            works = true;
            selectOnly &= block.verb == Keyword.SELECT;
        }
        if (queryType == null || Verbs.isPlumbing(queryType)) {
            queryType = type;
        }
    }

    /** Where nothing but values is expected, their commas mean nothing. */
    private int endOfList(int i) {
        return block.kind == Kind.OTHER ? tokens.endOfList(i) : i;
    }

    /** From one parameter to the last of a list. */
    private int parameters(int i, int last) {
        parameter(i);
        parameters += (last - i) / 2;
        return last;
    }

    private void parameter(int i) {
        block.tableExpected = false;
        if (tokens.textIs(i, "?")) {
            parameters++;
            return;
        }
        String text = tokens.text(i);
        if (!text.startsWith("@@")) {
            namedParameters.add(text);
        }
    }

    /** Answers the last token that belongs to it. */
    private int punctuation(int i) {
        switch (tokens.symbol(i)) {
            case '(' -> {
                return open(i);
            }
            case ')' -> {
                if (ignoredDepth > 0) {
                    ignoredDepth--;
                } else if (!blocks.isEmpty()) {
                    close();
                }
            }
            case ',' -> comma();
            default -> {}
        }
        return i;
    }

    private void comma() {
        if (block.inCommonTables) {
            block.nameExpected = true;
        } else if (block.clause == Clause.FROM) {
            joins++;
            block.tableExpected = true;
        } else if (block.clause == Clause.TABLE_LIST) {
            block.tableExpected = switch (block.verb) {
                case TRUNCATE, LOCK, DROP, VACUUM, ANALYZE -> true;
                default -> false;
            };
        }
    }

    private int open(int i) {
        if (ignoredDepth > 0 || blocks.size() >= DEEPEST) {
            ignoredDepth++;
            return i;
        }
        Block outer = block;
        int close = tokens.endOfValues(i);
        if (close > i && !outer.tableExpected && outer.pendingName == null) {
            // Nothing but values: no block that would have to be opened and closed for each of a thousand rows.
            countRow(outer);
            if (tokens.kind(i + 1) == TokenKind.PARAMETER) {
                parameters(i + 1, close - 1);
            }
            return close;
        }
        Block inner = opened(i, outer);
        boolean options = outer.verb == Keyword.VACUUM || outer.verb == Keyword.ANALYZE;
        outer.tableExpected = outer.tableExpected && options;
        blocks.push(outer);
        block = inner;
        return i;
    }

    /** What opens behind VALUES is a row. */
    private static void countRow(Block outer) {
        if (outer.kind == Kind.QUERY && outer.clause == Clause.VALUES) {
            outer.rows++;
        }
    }

    private Block opened(int i, Block outer) {
        if (outer.pendingName != null && (tokens.is(i - 1, Keyword.AS) || tokens.is(i - 1, Keyword.MATERIALIZED))) {
            return commonTable(outer, outer.pendingName);
        }
        countRow(outer);
        boolean branch = outer.kind == Kind.QUERY && (!outer.begun || isSetOperation(i - 1));
        boolean rows = tokens.is(i + 1, Keyword.VALUES) && outer.tableExpected;
        if (rows || tokens.is(i + 1, Keyword.SELECT) || tokens.is(i + 1, Keyword.WITH)) {
            subqueries += branch ? 0 : 1;
            Block inner = Block.query();
            inner.branch = branch;
            return inner;
        }
        if (branch && tokens.is(i + 1, '(')) {
            Block inner = Block.query();
            inner.branch = true;
            return inner;
        }
        if (outer.tableExpected && outer.clause == Clause.FROM) {
            Block inner = Block.tables(outer.query);
            inner.clause = Clause.FROM;
            inner.tableExpected = true;
            return inner;
        }
        return Block.parentheses(outer.query);
    }

    private Block commonTable(Block outer, String name) {
        Block inner = Block.query();
        outer.pendingName = null;
        if (outer.recursive) {
            show(name, outer);
        } else {
            inner.names = name;
        }
        subqueries++;
        return inner;
    }

    private boolean isSetOperation(int i) {
        return switch (tokens.keyword(i)) {
            case UNION, INTERSECT, EXCEPT, MINUS -> true;
            case ALL, DISTINCT ->
                switch (tokens.keyword(i - 1)) {
                    case UNION, INTERSECT, EXCEPT, MINUS -> true;
                    default -> false;
                };
            default -> false;
        };
    }

    private void close() {
        Block inner = block;
        block = blocks.pop();
        if (inner.kind != Kind.QUERY) {
            return;
        }
        settle(inner);
        selectOnly &= !Verbs.isWrite(inner.verb);
        if (inner.names != null) {
            show(inner.names, block);
        }
        if (inner.branch && !block.begun) {
            block.begun = true;
            block.verb = inner.verb;
        }
        boolean source = block.clause == Clause.FROM || block.clause == Clause.TABLE_LIST;
        if (block.kind == Kind.QUERY && source) {
            block.selects |= inner.verb == Keyword.SELECT;
            block.readsTables |= inner.readsTables;
        }
    }

    /** A common table expression's name hides tables from here to the end of the query that it belongs to. */
    private void show(String name, Block owner) {
        owner.visibleNames.add(name);
        commonTables.merge(name, 1, Integer::sum);
    }

    /** A query ends: what its parts make of it, and its names of WITH are gone. */
    private void settle(Block query) {
        for (String name : query.visibleNames) {
            commonTables.merge(name, -1, Integer::sum);
        }
        boolean bulkWrite = switch (query.verb) {
            case INSERT, REPLACE, UPSERT -> (query.selects && query.readsTables) || query.rows >= MANY_ROWS;
            case UPDATE, DELETE -> !query.compares;
            case MERGE -> query.readsTables;
            case CREATE -> (query.selects && query.materializes) || type.equals("CREATE INDEX");
            default -> false;
        };
        boolean unbounded = (query.verb == Keyword.UPDATE || query.verb == Keyword.DELETE) && !query.equates;
        if (!query.explained) {
            bulk |= bulkWrite;
            writeHeavy |= bulkWrite || unbounded;
        }
    }

    /** An operator or a word that may bound the rows of UPDATE and DELETE. */
    private void bound(int i) {
        if (block.query.clause == Clause.WHERE && block.kind != Kind.TABLES) {
            Bound bound = Bound.at(tokens, i);
            block.query.compares |= bound != Bound.NONE;
            block.query.equates |= bound == Bound.EQUALITY;
        }
    }

    /** A word or a quoted name; answers the last token that belongs to it. */
    private int name(int i) {
        if (tokens.is(i + 1, '(') && Verbs.isAggregate(tokens, i)) {
            aggregations++;
        }
        if (ignoredDepth > 0) {
            return i;
        }
        if (block.nameExpected && !tokens.is(i, Keyword.RECURSIVE)) {
            block.pendingName = tokens.name(i);
            block.nameExpected = false;
            return i;
        }
        if (block.tableExpected) {
            int table = TableNames.begin(tokens, i);
            if (table == i) {
                return table(i);
            }
            if (table > i) {
                return i;
            }
            block.tableExpected = false;
        }
        if (tokens.kind(i) == TokenKind.WORD) {
            keyword(i);
        }
        return i;
    }

    private int table(int i) {
        block.tableExpected = false;
        int last = TableNames.end(tokens, i);
        boolean written = block.clause == Clause.TABLE_LIST;
        if (tokens.is(last + 1, '(') && !written) {
            return last;
        }
        String name = TableNames.name(tokens, i, last);
        boolean hidden = last == i && commonTables.getOrDefault(name, 0) > 0;
        if (!hidden && !name.equals("dual")) {
            tables.add(name);
        }
        block.query.readsTables |= !written && !name.equals("dual");
        return last;
    }

    private void keyword(int i) {
        switch (tokens.keyword(i)) {
            case NONE -> block.begun |= block.kind == Kind.QUERY && !block.inCommonTables && !block.explained;
            case LIKE, ILIKE, BETWEEN, IN, CURRENT -> bound(i);
            default -> {
                if (block.kind != Kind.OTHER) {
                    clause(i);
                }
            }
        }
    }

    private void clause(int i) {
        Keyword keyword = tokens.keyword(i);
        if (keyword == Keyword.WITH && beginsCommonTables(i)) {
            block.recursive = tokens.is(i + 1, Keyword.RECURSIVE);
            block.inCommonTables = true;
            block.nameExpected = true;
            return;
        }
        if (block.inCommonTables) {
            if (!Verbs.isMain(keyword)) {
                return;
            }
            block.inCommonTables = false;
        }
        if (!block.begun && block.kind == Kind.QUERY) {
            verb(keyword);
            return;
        }
        switch (keyword) {
            case SELECT -> {
                block.selects = true;
                block.clause = Clause.OTHER;
            }
            case FROM -> from(i);
            case JOIN, STRAIGHT_JOIN -> join();
            case APPLY -> {
                if (tokens.is(i - 1, Keyword.CROSS) || tokens.is(i - 1, Keyword.OUTER)) {
                    join();
                }
            }
            case USING -> using(i);
            case INTO -> into(i);
            case TABLE, VIEW, ON -> object(keyword);
            case WHERE -> block.clause = Clause.WHERE;
            case VALUES -> block.clause = Clause.VALUES;
            case GROUP -> {
                if (tokens.is(i + 1, Keyword.BY)) {
                    groupBy = true;
                    block.clause = Clause.OTHER;
                }
            }
            case ORDER -> {
                if (tokens.is(i + 1, Keyword.BY)) {
                    orderBy = true;
                    block.clause = Clause.OTHER;
                }
            }
            case LIMIT, FETCH -> {
                limit |= blocks.isEmpty();
                block.clause = Clause.OTHER;
            }
            case TOP -> limit |= blocks.isEmpty() && (Bound.isValue(tokens, i + 1) || tokens.is(i + 1, '('));
            case LOCK -> selectOnly = false;
            case FOR -> {
                boolean locks = tokens.is(i + 1, Keyword.UPDATE)
                        || tokens.is(i + 1, Keyword.SHARE)
                        || tokens.is(i + 1, Keyword.NO)
                        || tokens.is(i + 1, Keyword.KEY);
                selectOnly &= !locks;
                block.clause = locks ? Clause.OTHER : block.clause;
            }
            case SET, HAVING, WINDOW, UNION, INTERSECT, EXCEPT, MINUS, RETURNING, OFFSET -> block.clause = Clause.OTHER;
            default -> {}
        }
    }

    /** Not WITH TIES, WITH (NOLOCK), WITH ORDINALITY AS t, WITH CHECK OPTION. */
    private boolean beginsCommonTables(int i) {
        int name = tokens.is(i + 1, Keyword.RECURSIVE) ? i + 2 : i + 1;
        boolean as = tokens.is(name + 1, Keyword.AS)
                && (tokens.is(name + 2, '(')
                        || tokens.is(name + 2, Keyword.MATERIALIZED)
                        || tokens.is(name + 2, Keyword.NOT));
        return block.kind == Kind.QUERY && tokens.isName(name) && (as || tokens.is(name + 1, '('));
    }

    private void verb(Keyword keyword) {
        if (keyword == Keyword.EXPLAIN) {
            block.explained = true;
            return;
        }
        if (block.explained && !Verbs.isMain(keyword)) {
            return;
        }
        block.begun = true;
        block.verb = keyword;
        switch (keyword) {
            case VALUES -> {
                block.verb = Keyword.SELECT;
                block.clause = Clause.VALUES;
            }
            case UPDATE -> expect(Clause.FROM);
            case TABLE -> {
                block.verb = Keyword.SELECT;
                expect(Clause.FROM);
            }
            case TRUNCATE, LOCK, VACUUM, ANALYZE, COPY -> expect(Clause.TABLE_LIST);
            default -> {}
        }
        if (Verbs.BULK.contains(keyword) && !block.explained) {
            bulk = true;
            writeHeavy |= keyword != Keyword.ANALYZE && keyword != Keyword.COPY;
        }
    }

    private void expect(Clause clause) {
        block.clause = clause;
        block.tableExpected = true;
    }

    private void from(int i) {
        boolean distinct =
                tokens.is(i - 1, Keyword.DISTINCT) && (tokens.is(i - 2, Keyword.IS) || tokens.is(i - 2, Keyword.NOT));
        if (distinct) {
            return;
        }
        switch (block.verb) {
            case SELECT, INSERT, REPLACE, UPSERT, CREATE, MERGE -> expect(Clause.FROM);
            case DELETE -> expect(Clause.FROM);
            case UPDATE -> join();
            case COPY -> writeHeavy = true;
            default -> {}
        }
    }

    private void join() {
        boolean tables = block.clause == Clause.FROM || block.verb == Keyword.UPDATE;
        if (tables) {
            joins++;
            expect(Clause.FROM);
        }
    }

    /** The tables of DELETE and MERGE, not the columns of a join. */
    private void using(int i) {
        boolean columns = block.verb == Keyword.DELETE && tokens.is(i + 1, '(');
        if ((block.verb == Keyword.DELETE || block.verb == Keyword.MERGE) && !columns) {
            joins++;
            expect(Clause.FROM);
        }
    }

    private void into(int i) {
        switch (block.verb) {
            case INSERT, REPLACE, UPSERT, MERGE -> expect(Clause.TABLE_LIST);
            case SELECT -> {
                boolean file = tokens.is(i + 1, Keyword.OUTFILE) || tokens.is(i + 1, Keyword.DUMPFILE);
                if (tokens.isName(i + 1) && !file) {
                    selectOnly = false;
                    bulk |= !block.explained;
                    writeHeavy |= !block.explained;
                    expect(Clause.TABLE_LIST);
                }
            }
            default -> {}
        }
    }

    private void object(Keyword keyword) {
        boolean definition = block.verb == Keyword.CREATE || block.verb == Keyword.ALTER || block.verb == Keyword.DROP;
        boolean first = block.clause == Clause.OTHER && !block.selects;
        if (keyword == Keyword.ON) {
            if (first && type.equals("CREATE INDEX")) {
                expect(Clause.TABLE_LIST);
            }
        } else if (first && (definition || block.verb == Keyword.REFRESH)) {
            block.materializes = keyword == Keyword.TABLE || type.equals("CREATE MATERIALIZED VIEW");
            expect(Clause.TABLE_LIST);
        }
    }
}
