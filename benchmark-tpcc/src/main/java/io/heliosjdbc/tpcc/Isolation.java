package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.util.Arrays;
import java.util.stream.Collectors;

/** At which level of isolation everything runs. */
public enum Isolation {
    READ_COMMITTED("read-committed", Connection.TRANSACTION_READ_COMMITTED),
    REPEATABLE_READ("repeatable-read", Connection.TRANSACTION_REPEATABLE_READ),
    SERIALIZABLE("serializable", Connection.TRANSACTION_SERIALIZABLE);

    private final String word;
    private final int level;

    Isolation(String word, int level) {
        this.word = word;
        this.level = level;
    }

    /**
     * That of a word, in whatever case.
     *
     * @throws IllegalArgumentException saying what it must be
     */
    public static Isolation named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(values()).map(Isolation::word).collect(Collectors.joining(", "))));
    }

    /** As command line and scenarios name it. */
    public String word() {
        return word;
    }

    /** As a connection has it. */
    public int level() {
        return level;
    }

    /** As a pool has it. */
    public String constant() {
        return "TRANSACTION_" + name();
    }
}
