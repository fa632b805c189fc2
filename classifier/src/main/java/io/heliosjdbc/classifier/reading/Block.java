package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement, a subquery or a pair of parentheses that is being read, and what has been seen of it. */
final class Block {
    /** What opened it. */
    enum Kind {
        /** A statement, or a query in parentheses. */
        QUERY,
        /** Joined tables in parentheses. */
        TABLES,
        /** Arguments, lists, expressions. */
        OTHER
    }

    /** Where in a query the reader stands. */
    enum Clause {
        /** None of those below. */
        OTHER,
        /** Tables, each further one joined. */
        FROM,
        /** Tables, each for itself. */
        TABLE_LIST,
        WHERE,
        /** Rows of values. */
        VALUES
    }

    final Kind kind;
    /** The query that it belongs to: itself, if it is one. */
    final Block query;

    Clause clause = Clause.OTHER;
    /** Its first word, where that is a keyword. */
    Keyword verb = Keyword.NONE;

    /** The verb has been met. */
    boolean begun;

    /** In parentheses, but a part of the query around it: the whole of it, or a side of a UNION. */
    boolean branch;

    boolean tableExpected;

    /** The name of the common table expression whose body this is. */
    @Nullable
    String names;

    /** The list of WITH is being read. */
    boolean inCommonTables;

    boolean recursive;
    boolean nameExpected;

    @Nullable
    String pendingName;

    final List<String> visibleNames = new ArrayList<>(0);

    boolean explained;
    /** A SELECT was met after the verb: INSERT .. SELECT, CREATE .. AS SELECT. */
    boolean selects;

    /** Its object keeps rows: a table or a materialized view. */
    boolean materializes;

    boolean readsTables;
    /** WHERE compares a column with a value, in any way. */
    boolean compares;
    /** WHERE compares a column with a value for equality. */
    boolean equates;

    int rows;

    private @Nullable Block parentheses;

    private Block(Kind kind, @Nullable Block query) {
        this.kind = kind;
        this.query = query == null ? this : query;
    }

    static Block query() {
        return new Block(Kind.QUERY, null);
    }

    static Block tables(Block query) {
        return new Block(Kind.TABLES, query);
    }

    /** A query's arguments, lists and expressions; the same one for all, for nothing is noted of them. */
    static Block parentheses(Block query) {
        Block known = query.parentheses;
        if (known == null) {
            known = new Block(Kind.OTHER, query);
            query.parentheses = known;
        }
        return known;
    }
}
