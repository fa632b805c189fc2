package io.heliosjdbc.classifier.tokens;

import org.jspecify.annotations.Nullable;

/** The words that the scanners of this package know; every other word is a name to them. */
public enum Keyword {
    /** No keyword. */
    NONE,
    ABORT,
    ALL,
    ALTER,
    ANALYZE,
    AND,
    ANY,
    APPLY,
    ARRAY,
    AS,
    ASC,
    ATOMIC,
    BEGIN,
    BETWEEN,
    BY,
    CALL,
    CASE,
    CAST,
    CHAIN,
    CLUSTER,
    COMMIT,
    CONCURRENT,
    CONCURRENTLY,
    CONFLICT,
    COPY,
    CREATE,
    CROSS,
    CURRENT,
    DATE,
    DECLARE,
    DEFAULT,
    DEFERRABLE,
    DEFERRED,
    DELAYED,
    DELETE,
    DESC,
    DISCARD,
    DISTINCT,
    DO,
    DROP,
    DUMPFILE,
    DUPLICATE,
    ELSE,
    END,
    ESCAPE,
    EXCEPT,
    EXCLUSIVE,
    EXEC,
    EXECUTE,
    EXISTS,
    EXPLAIN,
    FALSE,
    FETCH,
    FILTER,
    FIRST,
    FOR,
    FREEZE,
    FROM,
    FULL,
    FUNCTION,
    GROUP,
    HAVING,
    HELIOS,
    IF,
    IGNORE,
    ILIKE,
    IMMEDIATE,
    IN,
    INDEX,
    INNER,
    INSERT,
    INTERSECT,
    INTERVAL,
    INTO,
    IS,
    ISOLATION,
    JOIN,
    KEY,
    LATERAL,
    LEFT,
    LEVEL,
    LIKE,
    LIMIT,
    LOAD,
    LOCAL,
    LOCK,
    LOW_PRIORITY,
    MATCHED,
    MATERIALIZED,
    MERGE,
    MINUS,
    NATURAL,
    NEXT,
    NO,
    NOT,
    NULL,
    OF,
    OFFSET,
    ON,
    ONLY,
    OPTIMIZE,
    OR,
    ORDER,
    OUTER,
    OUTFILE,
    OVER,
    PACKAGE,
    PARTITION,
    PREPARE,
    PREPARED,
    PROCEDURE,
    QUICK,
    READ,
    RECURSIVE,
    REFRESH,
    REINDEX,
    RELEASE,
    REPLACE,
    RESET,
    RETURNING,
    RIGHT,
    ROLLBACK,
    ROW,
    ROWS,
    SAVE,
    SAVEPOINT,
    SELECT,
    SESSION,
    SET,
    SHARE,
    SHOW,
    START,
    STRAIGHT_JOIN,
    TABLE,
    THEN,
    TIME,
    TIMESTAMP,
    TO,
    TOP,
    TRAN,
    TRANSACTION,
    TRIGGER,
    TRUE,
    TRUNCATE,
    UNION,
    UPDATE,
    UPSERT,
    USE,
    USING,
    VACUUM,
    VALUES,
    VERBOSE,
    VIEW,
    WHEN,
    WHERE,
    WINDOW,
    WITH,
    WITHIN,
    WORK;

    private static final Keyword[] ALL_KEYWORDS = values();

    /** By the hash of the name, in the next free place from {@code hash & mask} on; a power of two with room to spare. */
    private static final @Nullable Keyword[] BY_HASH = new @Nullable Keyword[1_024];

    static {
        for (Keyword keyword : ALL_KEYWORDS) {
            int place = (int) keyword.hash & (BY_HASH.length - 1);
            while (BY_HASH[place] != null) {
                place = (place + 1) & (BY_HASH.length - 1);
            }
            BY_HASH[place] = keyword;
        }
    }

    /** The bit in which small letters differ from capital ones. */
    private static final int SMALL = 'a' - 'A';

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final char[] letters = name().toCharArray();

    private final long hash = Vocabulary.hash(name());

    /** A small number for it, zero for {@link #NONE}, of this build alone. */
    @SuppressWarnings("EnumOrdinal") // it is kept nowhere
    int code() {
        return ordinal();
    }

    /** The keyword of a code. */
    static Keyword of(int code) {
        return ALL_KEYWORDS[code];
    }

    /**
     * The keyword that stands in a part of a text, or {@link #NONE}. Only ASCII letters: no other alphabet has keywords.
     *
     * @param hash the part's, by {@link Vocabulary#hash(char[], int, int)}
     */
    static Keyword of(char[] text, int start, int end, long hash) {
        int place = (int) hash & (BY_HASH.length - 1);
        for (Keyword known = BY_HASH[place]; known != null; known = BY_HASH[place]) {
            if (known.hash == hash) {
                return known.isAt(text, start, end) ? known : NONE;
            }
            place = (place + 1) & (BY_HASH.length - 1);
        }
        return NONE;
    }

    private boolean isAt(char[] text, int start, int end) {
        if (end - start != letters.length) {
            return false;
        }
        for (int i = 0; i < letters.length; i++) {
            // A small letter is its capital and that bit; an underscore and that bit are in no word.
            if ((text[start + i] & ~SMALL) != letters[i]) {
                return false;
            }
        }
        return true;
    }
}
