package io.heliosjdbc.classifier.shape;

import org.jspecify.annotations.Nullable;

/** What the shape reader has seen of one query: how it finds its rows, and how many it gives. Not thread-safe. */
final class QueryShape {
    /** Which part of a query is being read. */
    enum Part {
        HEAD,
        LIST,
        FROM,
        ON,
        WHERE,
        GROUP,
        HAVING,
        ORDER,
        LIMIT,
        SET,
        VALUES
    }

    /** The query around it; null for the statement itself. */
    final @Nullable QueryShape outer;

    /** How many parentheses are open in it that hold no query of their own. */
    int parentheses;

    Part part = Part.HEAD;
    boolean hasFrom;
    boolean hasWhere;
    boolean key;
    boolean identifier;
    boolean unique;
    boolean scope;
    boolean keyList;
    boolean keyRange;
    boolean otherEquality;
    boolean timeRange;
    boolean contains;
    boolean beginning;
    boolean subqueryTest;
    boolean exists;
    boolean joinedToOuter;
    boolean or;
    /** An OR in parentheses: beside a key that stands outside of them it changes nothing. */
    boolean innerOr;

    boolean outerKey;
    boolean distinct;
    boolean ordered;
    boolean locks;
    boolean star;
    int limit;
    int tableFrom = -1;
    int tableTo = -1;

    QueryShape(@Nullable QueryShape outer) {
        this.outer = outer;
    }

    /** Whether what is read now stands in the query itself, and in no parentheses within it. */
    boolean isOutsideParentheses() {
        return parentheses == 0;
    }

    boolean isKeyed() {
        return !alternatives() && (key || identifier || unique || keyList || keyRange);
    }

    /** Whether rows that another condition finds come beside those of the key. */
    boolean alternatives() {
        return or || (innerOr && !outerKey);
    }

    /** How it finds its rows: the strongest of its conditions. */
    int access() {
        if (!hasWhere) {
            return 0;
        }
        if (key) {
            return alternatives() ? 13 : 1;
        }
        if (identifier) {
            return alternatives() ? 14 : 2;
        }
        if (unique) {
            return 3;
        }
        if (keyList) {
            return 4;
        }
        if (keyRange) {
            return 16;
        }
        if (scope) {
            return 5;
        }
        if (subqueryTest) {
            return exists ? 6 : 7;
        }
        if (timeRange) {
            return otherEquality ? 8 : 9;
        }
        if (contains) {
            return 10;
        }
        if (otherEquality) {
            return 11;
        }
        return beginning ? 15 : 12;
    }
}
