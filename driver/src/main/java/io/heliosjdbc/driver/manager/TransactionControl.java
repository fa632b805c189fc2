package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.StatementKind;
import io.heliosjdbc.classifier.StatementProfile;
import java.util.Locale;
import java.util.Set;

/**
 * What a text does to the transaction of its connection when it has been executed. A text of one statement is what its
 * kind says; in a text of several ones the last BEGIN, COMMIT or ROLLBACK counts. Immutable.
 *
 * @param work whether any of it is scheduled
 * @param effect what it does to the transaction
 */
record TransactionControl(boolean work, Effect effect) {

    /** What becomes of the transaction. */
    enum Effect {
        /** Nothing. */
        NONE,
        /** One is open afterwards. */
        OPENS,
        /** None is open afterwards; it was committed. */
        COMMITS,
        /** None is open afterwards; it was rolled back. */
        ROLLS_BACK
    }

    /** Statements whose bodies may contain semicolons and END without meaning the connection's transaction. */
    private static final Set<String> WITH_BODY = Set.of("CREATE", "ALTER", "DO", "DECLARE", "IF", "WHILE");

    private static final Set<String> AFTER_BEGIN =
            Set.of("", "WORK", "TRANSACTION", "TRAN", "ISOLATION", "READ", "NOT", "DEFERRABLE", "IMMEDIATE");

    static TransactionControl of(StatementProfile profile) {
        String sql = profile.sql();
        int semicolon = sql.indexOf(';');
        if (semicolon < 0 || sql.substring(semicolon + 1).isBlank()) {
            return ofKind(profile.kind());
        }
        return ofScript(sql, profile.kind());
    }

    private static TransactionControl ofKind(StatementKind kind) {
        return switch (kind) {
            case WORK -> new TransactionControl(true, Effect.NONE);
            case BEGIN -> new TransactionControl(false, Effect.OPENS);
            case COMMIT -> new TransactionControl(false, Effect.COMMITS);
            case ROLLBACK -> new TransactionControl(false, Effect.ROLLS_BACK);
            case SAVEPOINT, SETTING, EXPLAIN_HELIOS, SHOW_HELIOS -> new TransactionControl(false, Effect.NONE);
        };
    }

    private static TransactionControl ofScript(String sql, StatementKind first) {
        if (first == StatementKind.EXPLAIN_HELIOS || first == StatementKind.SHOW_HELIOS) {
            return ofKind(first);
        }
        SqlWords words = new SqlWords(sql);
        Effect effect = Effect.NONE;
        boolean work = false;
        while (words.nextStatement()) {
            String word = words.next().toUpperCase(Locale.ROOT);
            String second = words.next().toUpperCase(Locale.ROOT);
            if (WITH_BODY.contains(word) || (word.equals("BEGIN") && !AFTER_BEGIN.contains(second))) {
                return new TransactionControl(true, effect);
            }
            switch (word) {
                case "" -> {}
                case "BEGIN" -> effect = Effect.OPENS;
                case "START" -> {
                    if (second.equals("TRANSACTION")) {
                        effect = Effect.OPENS;
                    } else {
                        work = true;
                    }
                }
                case "COMMIT", "END" -> effect = second.equals("PREPARED") ? effect : Effect.COMMITS;
                case "ROLLBACK", "ABORT" -> {
                    boolean partly = second.equals("TO")
                            || second.equals("PREPARED")
                            || words.next().equalsIgnoreCase("TO");
                    effect = partly ? effect : Effect.ROLLS_BACK;
                }
                case "SAVEPOINT", "RELEASE", "SET", "RESET", "SHOW" -> {}
                default -> work = true;
            }
        }
        return new TransactionControl(work, effect);
    }
}
