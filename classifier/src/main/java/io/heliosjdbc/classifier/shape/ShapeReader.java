package io.heliosjdbc.classifier.shape;

import io.heliosjdbc.classifier.reading.TableNames;
import io.heliosjdbc.classifier.shape.QueryShape.Part;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;

/**
 * Reads how a statement's queries find their rows: by key, by range, or not at all. One pass over the tokens, without a
 * grammar; of a text that it does not understand it sees less, but it never fails. Not thread-safe.
 */
final class ShapeReader {
    private static final int DEEPEST = 200;
    private static final long ROWNUM = Vocabulary.hash("rownum");
    private static final long LIMIT_UNKNOWN = -1;
    /** Keys in a row that are still a few. */
    private static final long MOST_NEIGHBOURS = 1_000;

    private final Tokens tokens;
    final QueryShape main = new QueryShape(null);
    private QueryShape query = main;
    private int depth;
    private int ignored;

    int unkeyedQueries;
    int keyedQueries;
    int rows;
    int statements = 1;
    int commonTables;
    int unions;
    int windows;
    int cases;
    int groupings;
    boolean anyTimeRange;
    boolean anyContains;
    boolean anyDistinct;

    ShapeReader(Tokens tokens) {
        this.tokens = tokens;
    }

    void read() {
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.kind(i)) {
                case PUNCTUATION -> i = punctuation(i);
                case WORD -> word(i);
                case OPERATOR -> operator(i);
                default -> i = tokens.endOfList(i);
            }
        }
        for (QueryShape open = query; open != null; open = open.outer) {
            settle(open);
        }
    }

    /** Answers the last token that belongs to it. */
    private int punctuation(int i) {
        switch (tokens.symbol(i)) {
            case '(' -> {
                return open(i);
            }
            case ')' -> close();
            case ';' -> statements += i + 1 < tokens.size() ? 1 : 0;
            default -> {}
        }
        return i;
    }

    private int open(int i) {
        if (depth >= DEEPEST) {
            ignored++;
            return i;
        }
        boolean isQuery = tokens.is(i + 1, Keyword.SELECT) || tokens.is(i + 1, Keyword.WITH);
        if (query.part == Part.VALUES && query.isOutsideParentheses()) {
            rows++;
        }
        if (isQuery && (query.part == Part.WHERE || query.part == Part.HAVING)) {
            query.subqueryTest = true;
            query.exists |= tokens.is(i - 1, Keyword.EXISTS);
        } else if (query.part == Part.WHERE && tokens.is(i - 1, Keyword.IN) && tokens.isValue(i + 1)) {
            valueList(i - 2);
        }
        int close = tokens.endOfValues(i);
        if (close > i) {
            return close;
        }
        depth++;
        if (isQuery) {
            query = new QueryShape(query);
        } else {
            query.parentheses++;
        }
        return i;
    }

    private void valueList(int column) {
        if (tokens.is(column, Keyword.NOT)) {
            return;
        }
        switch (nameClass(column)) {
            case KEY, IDENTIFIER, UNIQUE -> query.keyList = true;
            case SCOPE, TIME, OTHER -> query.otherEquality = true;
        }
    }

    private void close() {
        if (ignored > 0) {
            ignored--;
        } else if (query.parentheses > 0) {
            query.parentheses--;
            depth--;
        } else if (query.outer != null) {
            settle(query);
            query = query.outer;
            depth--;
        }
    }

    private void settle(QueryShape of) {
        anyTimeRange |= of.timeRange;
        anyContains |= of.contains;
        anyDistinct |= of.distinct;
        if (of.hasFrom) {
            if (of.isKeyed()) {
                keyedQueries++;
            } else if (!of.joinedToOuter || of.outer == null) {
                unkeyedQueries++;
            }
        }
    }

    private void word(int i) {
        switch (tokens.keyword(i)) {
            case SELECT -> {
                query.part = Part.LIST;
                query.star = tokens.is(i + 1, '*');
            }
            case FROM -> from(i);
            case JOIN, INTO -> table(i);
            case UPDATE, DELETE -> {
                query.locks |= tokens.is(i - 1, Keyword.FOR);
                if (!tokens.is(i - 1, Keyword.FOR)) {
                    table(i);
                }
            }
            case SHARE -> query.locks |= tokens.is(i - 1, Keyword.FOR);
            case ON, USING -> query.part = query.part == Part.FROM ? Part.ON : query.part;
            case WHERE -> {
                if (query.isOutsideParentheses()) {
                    query.part = Part.WHERE;
                    query.hasWhere = true;
                }
            }
            case GROUP -> {
                if (query.isOutsideParentheses() && tokens.is(i + 1, Keyword.BY)) {
                    query.part = Part.GROUP;
                    groupings++;
                }
            }
            case HAVING -> query.part = query.isOutsideParentheses() ? Part.HAVING : query.part;
            case ORDER -> {
                if (query.isOutsideParentheses()) {
                    query.part = Part.ORDER;
                    query.ordered = true;
                }
            }
            case OVER -> windows++;
            case CASE -> cases++;
            case DISTINCT -> query.distinct |= tokens.is(i - 1, Keyword.SELECT) || tokens.is(i + 1, Keyword.ON);
            case LIMIT -> limit(i + 1);
            case TOP -> limit(tokens.is(i + 1, '(') ? i + 2 : i + 1);
            case FETCH -> fetch(i);
            case UNION, INTERSECT, EXCEPT, MINUS -> {
                unions++;
                settle(query);
                query.part = Part.HEAD;
                query.hasFrom = false;
            }
            case SET -> query.part = Part.SET;
            case VALUES -> query.part = query.isOutsideParentheses() ? Part.VALUES : query.part;
            case AS ->
                commonTables += tokens.is(i + 1, '(')
                                && (tokens.is(i + 2, Keyword.SELECT)
                                        || tokens.is(i + 2, Keyword.WITH)
                                        || tokens.is(i + 2, Keyword.DELETE)
                                        || tokens.is(i + 2, Keyword.UPDATE)
                                        || tokens.is(i + 2, Keyword.INSERT))
                        ? 1
                        : 0;
            case OR -> {
                if (query.part == Part.WHERE && !tokens.is(i - 1, Keyword.CREATE) && !guardsNull(i)) {
                    query.or |= query.isOutsideParentheses();
                    query.innerOr |= !query.isOutsideParentheses();
                }
            }
            case LIKE, ILIKE -> like(i);
            case BETWEEN -> between(i);
            default -> {}
        }
    }

    /** {@code x IS NULL OR x > now}: still bounded by what stands beside it. */
    private boolean guardsNull(int i) {
        return tokens.is(i - 1, Keyword.NULL);
    }

    private void from(int i) {
        boolean functionArgument = !query.isOutsideParentheses() && query.part != Part.HEAD;
        if (functionArgument || tokens.is(i - 1, Keyword.DISTINCT)) {
            return;
        }
        table(i);
    }

    private void table(int i) {
        if (tokens.isName(i + 1)) {
            boolean dual = tokens.textIs(i + 1, "dual");
            query.hasFrom |= !dual;
            if (query.tableFrom < 0) {
                int last = TableNames.end(tokens, i + 1);
                query.tableFrom = nameStart(last);
                query.tableTo = nameEnd(last);
            }
        }
        query.part = query.part == Part.WHERE ? Part.WHERE : Part.FROM;
    }

    private void limit(int i) {
        boolean second = tokens.is(i + 1, ',') && tokens.isValue(i + 2);
        query.limit = limitClass(number(second ? i + 2 : i));
        query.part = query.part == Part.LIST ? Part.LIST : Part.LIMIT;
    }

    private void fetch(int i) {
        boolean clause = tokens.is(i + 1, Keyword.FIRST) || tokens.is(i + 1, Keyword.NEXT);
        if (clause) {
            query.limit = limitClass(tokens.isValue(i + 2) ? number(i + 2) : 1);
        }
    }

    private long number(int i) {
        if (tokens.kind(i) != TokenKind.NUMBER || tokens.end(i) - tokens.start(i) > 9) {
            return LIMIT_UNKNOWN;
        }
        long number = 0;
        for (int at = tokens.start(i); at < tokens.end(i); at++) {
            int digit = tokens.chars()[at] - '0';
            if (digit < 0 || digit > 9) {
                return LIMIT_UNKNOWN;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** 0 is none; up to 1, 100, 1000, 10000 rows; more; as a parameter says. */
    static int limitClass(long rows) {
        if (rows < 0) {
            return 6;
        }
        return rows <= 1 ? 1 : rows <= 100 ? 2 : rows <= 1_000 ? 3 : rows <= 10_000 ? 4 : 5;
    }

    private void like(int i) {
        if (query.part != Part.WHERE && query.part != Part.ON) {
            return;
        }
        int value = i + 1;
        boolean inside =
                tokens.kind(value) == TokenKind.STRING && tokens.unquoted(value).startsWith("%");
        boolean built = tokens.textIs(value, "concat") || tokens.textIs(value, "'%'");
        query.contains |= inside || built;
        query.beginning |= !inside && !built;
    }

    private void between(int i) {
        if (query.part == Part.WHERE) {
            range(i - 1);
            NameClass column = nameClass(i - 1);
            query.keyRange |= (column == NameClass.KEY || column == NameClass.IDENTIFIER) && isNarrow(i);
        }
    }

    /** Whether what stands after BETWEEN is no more than a few pages, as far as it says. */
    private boolean isNarrow(int between) {
        long low = number(between + 1);
        long high = tokens.is(between + 2, Keyword.AND) ? number(between + 3) : LIMIT_UNKNOWN;
        return tokens.isValue(between + 1)
                && !tokens.is(between - 1, Keyword.NOT)
                && (low < 0 || high < 0 || high - low <= MOST_NEIGHBOURS);
    }

    private void range(int operand) {
        query.timeRange |= tokens.is(operand, ')') || nameClass(operand) == NameClass.TIME;
    }

    private void operator(int i) {
        if (query.part != Part.WHERE && query.part != Part.ON) {
            return;
        }
        if (tokens.is(i, '=')) {
            if (query.part == Part.WHERE) {
                equality(i);
            } else if (isValue(i + 1)) {
                query.otherEquality = true;
            }
        } else if (query.part == Part.WHERE && isComparison(i)) {
            int operand = i - 1;
            if (isRownum(operand)) {
                query.limit = limitClass(number(i + 1));
            } else {
                range(operand);
            }
        } else if (tokens.textIs(i, "~") || tokens.textIs(i, "~*") || tokens.textIs(i, "@@")) {
            query.contains = true;
        }
    }

    private boolean isRownum(int i) {
        return tokens.kind(i) == TokenKind.WORD && tokens.hash(i) == ROWNUM;
    }

    private boolean isComparison(int i) {
        return tokens.is(i, '<') || tokens.is(i, '>') || tokens.textIs(i, "<=") || tokens.textIs(i, ">=");
    }

    private boolean isValue(int i) {
        return tokens.isValue(i)
                || tokens.kind(i) == TokenKind.VARIABLE
                || ((tokens.is(i, '-') || tokens.is(i, '(')) && tokens.isValue(i + 1))
                || tokens.is(i, Keyword.TRUE)
                || tokens.is(i, Keyword.FALSE)
                || (tokens.isName(i) && tokens.kind(i + 1) == TokenKind.STRING);
    }

    private void equality(int i) {
        int column = i - 1;
        if (!isValue(i + 1)) {
            if (tokens.isValue(column) && tokens.isName(i + 1)) {
                counted(nameClass(TableNames.end(tokens, i + 1)), i + 1);
            } else if (tokens.is(i + 1, Keyword.ANY) && tokens.is(i + 2, '(') && isValue(i + 3)) {
                valueList(column);
            } else if (tokens.isName(i + 1)) {
                boolean routine = tokens.is(i + 2, '(');
                query.joinedToOuter |= tokens.isName(column) && !routine && query.outer != null;
                query.otherEquality |= routine;
                if (routine && tokens.is(column, ')')) {
                    counted(inside(column), column);
                }
            }
            return;
        }
        if (isRownum(column)) {
            query.limit = 1;
        } else if (tokens.is(column, ')')) {
            counted(inside(column), column);
        } else {
            counted(nameClass(column), column);
        }
    }

    /** The class of a function's argument, as in {@code lower(email)}. */
    private NameClass inside(int closing) {
        NameClass argument = nameClass(closing - 1);
        return tokens.is(closing - 2, '(') || tokens.is(closing - 2, '.') ? argument : NameClass.OTHER;
    }

    private void counted(NameClass column, int token) {
        switch (column) {
            case KEY -> query.key = true;
            case IDENTIFIER -> {
                query.identifier = true;
                query.key |= isOwnKey(token);
            }
            case SCOPE -> {
                query.scope = true;
                if (isOwnKey(token)) {
                    query.key = true;
                }
            }
            case UNIQUE -> query.unique = true;
            case TIME, OTHER -> query.otherEquality = true;
        }
        query.outerKey |= query.isOutsideParentheses() && (query.key || query.identifier || query.unique);
    }

    /** {@code order_id} of a table {@code orders}. */
    private boolean isOwnKey(int column) {
        if (query.tableFrom < 0 || !tokens.isName(column)) {
            return false;
        }
        int length = query.tableTo - query.tableFrom;
        int from = nameStart(column);
        int least = Math.min(length, Math.max(3, length - 3));
        return nameEnd(column) - from > least
                && tokens.sql().regionMatches(true, query.tableFrom, tokens.sql(), from, least);
    }

    private NameClass nameClass(int i) {
        return tokens.isName(i) ? NameClass.of(tokens, i) : NameClass.OTHER;
    }

    private int nameStart(int i) {
        return tokens.start(i) + (tokens.kind(i) == TokenKind.QUOTED_NAME ? 1 : 0);
    }

    private int nameEnd(int i) {
        int end = tokens.end(i) - (tokens.kind(i) == TokenKind.QUOTED_NAME ? 1 : 0);
        return Math.max(end, nameStart(i));
    }
}
