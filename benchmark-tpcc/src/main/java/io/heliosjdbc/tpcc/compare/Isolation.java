package io.heliosjdbc.tpcc.compare;

import java.util.Arrays;
import java.util.stream.Collectors;

/** At which level of isolation everything runs. */
enum Isolation {
    READ_COMMITTED("read-committed"),
    REPEATABLE_READ("repeatable-read"),
    SERIALIZABLE("serializable");

    private final String word;

    Isolation(String word) {
        this.word = word;
    }

    /**
     * That of a word.
     *
     * @throws IllegalArgumentException saying what it must be
     */
    static Isolation named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(values()).map(Isolation::word).collect(Collectors.joining(", "))));
    }

    /** As command line and scenarios name it. */
    String word() {
        return word;
    }

    /** As a pool has it. */
    String constant() {
        return "TRANSACTION_" + name();
    }
}
