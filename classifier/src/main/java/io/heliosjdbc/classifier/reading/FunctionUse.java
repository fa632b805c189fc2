package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a text leaves behind by the functions that it calls: names before parentheses. Used for one text, by one thread. */
final class FunctionUse {
    /** What they leave behind in the session the server tells. */
    private static final Set<String> LOCKS = Set.of(
            "pg_advisory_lock",
            "pg_advisory_lock_shared",
            "pg_try_advisory_lock",
            "pg_try_advisory_lock_shared",
            "pg_advisory_unlock",
            "pg_advisory_unlock_all",
            "pg_advisory_unlock_shared");

    /** What they tell somebody may end or cancel a session by: it has to be his. */
    private static final Set<String> SESSION_NUMBERS = Set.of("pg_backend_pid", "connection_id", "session_id");

    private final Tokens tokens;
    private final Dialect dialect;
    private final UseNotes notes;
    private final EarlierResultUse earlier;
    private final SettingUse settings;

    FunctionUse(Tokens tokens, Dialect dialect, UseNotes notes, EarlierResultUse earlier, SettingUse settings) {
        this.tokens = tokens;
        this.dialect = dialect;
        this.notes = notes;
        this.earlier = earlier;
        this.settings = settings;
    }

    /** Why a name, in lower case, pins by the function that it calls; null where it calls none, or nothing stays for good. */
    @Nullable
    String pins(int i, String name) {
        boolean postgres = dialect == Dialect.POSTGRESQL;
        if (isBracketed(tokens, i) && mayHideCall(i)) {
            return "a name in brackets";
        }
        if (earlier.readName(i, name)) {
            return null;
        }
        if (!tokens.is(i + 1, '(')) {
            return null;
        }
        if (SESSION_NUMBERS.contains(name)) {
            return "the function " + name;
        }
        if (CalledNames.mayStandBeforeParenthesis(tokens, i, dialect)) {
            if (CalledNames.mayBeSomebodysOwn(tokens, i)) {
                notes.calls(name);
            }
            return null;
        }
        String reason = "the function " + name;
        if (!postgres || !CalledNames.isUnqualified(tokens, i)) {
            return reason;
        }
        if (name.equals("set_config") && isPlain(i + 2) && tokens.is(i + 3, ',')) {
            notes.calls(name);
            return settings.setting(tokens.unquoted(i + 2).toLowerCase(Locale.ROOT));
        }
        if (LOCKS.contains(name)) {
            notes.calls(name);
            notes.leavesVisibly(reason);
            if (name.contains("unlock")) {
                notes.mayEnd();
            }
            return null;
        }
        notes.callsUnknown(name);
        if (CalledNames.mayBeSomebodysOwn(tokens, i)) {
            notes.calls(name);
        }
        return null;
    }

    /** Whether what is between brackets may be more than the subscript of an array, where there are no names in brackets. */
    private boolean mayHideCall(int i) {
        if (dialect != Dialect.POSTGRESQL && dialect != Dialect.H2) {
            return false;
        }
        String name = tokens.unquoted(i);
        return name.contains("--")
                || !name.chars()
                        .allMatch(
                                c -> c == '_' || c > '~' || Character.isLetterOrDigit(c) || " .:$+-*".indexOf(c) >= 0);
    }

    /** Whether it is written as a name of SQL Server is. */
    static boolean isBracketed(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.QUOTED_NAME && tokens.sql().charAt(tokens.start(i)) == '[';
    }

    /** A literal that is what stands between its quotes. */
    private boolean isPlain(int i) {
        return tokens.kind(i) == TokenKind.STRING
                && tokens.sql().charAt(tokens.start(i)) == '\''
                && tokens.text(i).indexOf('\\') < 0;
    }
}
