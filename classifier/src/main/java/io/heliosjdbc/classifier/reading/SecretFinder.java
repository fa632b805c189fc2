package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that a text does not quote as literals: Oracle's {@code IDENTIFIED BY tiger}, SAP's {@code PASSWORD Tiger1}, the arguments of
 * SQL Server's {@code EXEC sp_addlogin scott, tiger}. What is no such statement but looks like one loses a name, which does less
 * harm than a password that is shown. Told of the words of a text in turn; looks a few tokens ahead.
 */
final class SecretFinder {
    private static final long IDENTIFIED = Vocabulary.hash("identified");
    private static final long EXEC = Vocabulary.hash("exec");
    private static final long EXECUTE = Vocabulary.hash("execute");
    private static final long SET = Vocabulary.hash("set");
    private static final long ENCRYPT = Vocabulary.hash("encrypt");
    private static final long DECRYPT = Vocabulary.hash("decrypt");

    private static final String CALLED =
            "sp_addlogin sp_password sp_addapprole sp_approlepassword sp_setapprole sp_addlinkedsrvlogin sp_addremotelogin";

    /** SQL Server's and Sybase's, which need no EXEC before them where a batch begins. */
    private static final Vocabulary PROCEDURES = new Vocabulary(CALLED);

    private static final String NAMED = """
            password passwd pwd old_password master_password source_password remote_password db_password passphrase
            secret secret_key secret_access_key client_secret access_key access_key_id key_id session_token token credentials
            master_key master_symmetric_key aws_key_id aws_secret_key aws_token azure_sas_token account_key private_key
            """;

    /** What a secret stands behind in a statement that is about one. */
    private static final Vocabulary NAMES = new Vocabulary(NAMED);

    /** SQLite's, where a database is encrypted: behind ATTACH and PRAGMA only, for anybody may call a column so. */
    private static final String OF_DATABASES = "key rekey hexkey hexrekey";

    private static final Vocabulary KEYS = new Vocabulary(OF_DATABASES);

    private static final Vocabulary INTRODUCING =
            new Vocabulary(NAMED + CALLED + " set encrypt decrypt " + OF_DATABASES);

    /** Statements that may be about secrets; queries and changes only have columns of such names. */
    private static final Vocabulary VERBS =
            new Vocabulary("create alter modify set grant connect administer change start open close backup"
                    + " restore attach pragma clone export import script runscript");

    /** How far from the verb the kind of thing is looked for that a statement makes. */
    private static final int LONGEST_HEAD = 8;

    /** Of a name: server, database, schema, procedure. */
    private static final int MOST_PARTS = 4;

    private final Tokens tokens;
    /** The first word of the statement, of {@code EXPLAIN HELIOS} that of the statement explained. */
    private int verb;

    /** Whether there may be more to it than IDENTIFIED and EXEC: of queries, which are most statements, nothing else is asked. */
    private boolean special;

    /** The last part of the first name, where that is a procedure which is given secrets; else -1. */
    private int procedure = -1;

    private @Nullable BitSet found;

    SecretFinder(Tokens tokens) {
        this.tokens = tokens;
        statementFrom(0);
    }

    /** Whether a token is a secret, or a piece of one. */
    boolean isSecret(int i) {
        return i >= 0 && found != null && found.get(i);
    }

    /** A statement begins with this token. */
    void statementFrom(int i) {
        int at = i;
        while (tokens.kind(at) == TokenKind.OPTIMIZER_HINT) {
            at++;
        }
        verb = tokens.is(at, Keyword.EXPLAIN) && tokens.is(at + 1, Keyword.HELIOS) ? at + 2 : at;
        int last = endOfName(verb) - 1;
        procedure = tokens.kind(last) == TokenKind.WORD && PROCEDURES.has(tokens.hash(last)) ? last : -1;
        special = tokens.kind(verb) == TokenKind.WORD
                && (procedure >= 0 || VERBS.has(tokens.hash(verb)) || INTRODUCING.has(tokens.hash(verb)));
    }

    /** The token behind a name with as many parts as there can be; one may be empty, as in {@code master..sp_password}. */
    private int endOfName(int first) {
        int at = first + 1;
        for (int part = 1; part < MOST_PARTS && tokens.is(at, '.'); part++) {
            at += tokens.isName(at + 1) ? 2 : 1;
        }
        return at;
    }

    /** Whether the statement prepares a text that is a literal. */
    boolean prepares() {
        return tokens.is(verb, Keyword.PREPARE);
    }

    /** What lies within literals and quoted names of another reading of the text. */
    void hideWithin(Tokens other) {
        int quoted = 0;
        for (int i = 0; i < tokens.size(); i++) {
            while (quoted < other.size() && (!isQuoted(other, quoted) || other.end(quoted) <= tokens.start(i))) {
                quoted++;
            }
            boolean within = quoted < other.size() && other.start(quoted) < tokens.end(i);
            boolean same = within && other.start(quoted) == tokens.start(i) && other.end(quoted) == tokens.end(i);
            if (within && !same && tokens.kind(i) != TokenKind.STRING) {
                mark(i);
            }
        }
    }

    /** What stands behind the first literal of a text in which a quote is missing: nobody knows what of it is a literal's. */
    void hideBehindQuotes() {
        int first = 0;
        while (first < tokens.size() && !isQuoted(tokens, first)) {
            first++;
        }
        for (int i = first; i < tokens.size(); i++) {
            mark(i);
        }
    }

    private static boolean isQuoted(Tokens of, int i) {
        return of.kind(i) == TokenKind.STRING || of.kind(i) == TokenKind.QUOTED_NAME;
    }

    /** Looks at what follows a word. */
    void word(int i) {
        long hash = tokens.hash(i);
        if (hash == IDENTIFIED) {
            identified(i);
        } else if (hash == EXEC || hash == EXECUTE) {
            if (!tokens.is(i - 1, '.') && !isAboutRights()) {
                arguments(tokens.is(i + 1, Keyword.PROCEDURE) ? i + 2 : i + 1);
            }
        } else if (special && INTRODUCING.has(hash)) {
            introducing(i, hash);
        }
    }

    private void introducing(int i, long hash) {
        if (hash == SET) {
            setting(i);
        } else if (PROCEDURES.has(hash)) {
            if (i == procedure) {
                arguments(i);
            }
        } else if (KEYS.has(hash)) {
            if (tokens.textIs(verb, "attach") || tokens.textIs(verb, "pragma")) {
                int unused = secret(afterAssignment(i + 1));
            }
        } else if (hash == ENCRYPT || hash == DECRYPT) {
            if (tokens.is(i + 1, Keyword.USING) && isAboutSecrets()) {
                int unused = secret(i + 2);
            }
        } else if (NAMES.has(hash) && isAboutSecrets()) {
            int unused = secret(afterAssignment(i + 1));
        }
    }

    /** {@code GRANT EXECUTE ON PROCEDURE a TO b} calls nothing. */
    private boolean isAboutRights() {
        return tokens.textIs(verb, "grant") || tokens.textIs(verb, "revoke") || tokens.textIs(verb, "deny");
    }

    private boolean isAboutSecrets() {
        if (tokens.kind(verb) != TokenKind.WORD || !VERBS.has(tokens.hash(verb))) {
            return false;
        }
        for (int i = verb + 1; i < verb + LONGEST_HEAD && !tokens.is(i, '('); i++) {
            switch (tokens.keyword(i)) {
                case TABLE, VIEW, INDEX, FUNCTION, PROCEDURE, TRIGGER, PACKAGE -> {
                    return false;
                }
                default -> {}
            }
        }
        return true;
    }

    /** {@code BY}, {@code WITH plugin BY}, {@code VIA plugin USING .. OR plugin USING ..}, {@code GLOBALLY AS}. */
    private void identified(int i) {
        int at = i + 1;
        if (tokens.is(at, Keyword.BY)) {
            at = secret(at + 1);
            // Oracle's GRANT .. TO a, b IDENTIFIED BY tiger, lion.
            boolean grant = tokens.textIs(verb, "grant");
            while (grant && tokens.is(at, ',') && tokens.isName(at + 1)) {
                at = secret(at + 1);
            }
            replaced(at);
        } else if (tokens.is(at + 1, Keyword.AS)) {
            int unused = secret(at + 2);
        } else if (tokens.is(at, Keyword.WITH) || tokens.textIs(at, "via")) {
            do {
                at += 2;
                if (tokens.is(at, Keyword.BY) || tokens.is(at, Keyword.AS) || tokens.is(at, Keyword.USING)) {
                    at = secret(at + 1);
                }
            } while (tokens.is(at, Keyword.OR));
            replaced(at);
        }
    }

    private void replaced(int at) {
        if (tokens.is(at, Keyword.REPLACE)) {
            int unused = secret(at + 1);
        }
    }

    /** {@code = value}, {@code TO value}, {@code FOR somebody = value}, or the value itself. */
    private int afterAssignment(int from) {
        int at = from;
        if (tokens.is(at, Keyword.FOR)) {
            int bound = at + LONGEST_HEAD;
            while (at < bound && !tokens.is(at, '=') && !tokens.is(at, Keyword.TO)) {
                at++;
            }
        }
        return tokens.is(at, '=') || tokens.is(at, Keyword.TO) ? at + 1 : at;
    }

    /** PostgreSQL's {@code SET app.token TO tiger}: what an application keeps in settings of its own is not ours to show. */
    private void setting(int i) {
        if (i != verb && !tokens.is(verb, Keyword.ALTER)) {
            return;
        }
        int at = tokens.is(i + 1, Keyword.SESSION) || tokens.is(i + 1, Keyword.LOCAL) ? i + 2 : i + 1;
        if (tokens.isName(at) && tokens.is(at + 1, '.') && tokens.isName(at + 2)) {
            int value = afterAssignment(at + 3);
            if (value > at + 3) {
                int unused = secret(value);
            }
        }
    }

    /**
     * Of a call without parentheses: words and what is quoted in any way are literals there. Snowflake's EXECUTE TASK takes a name.
     */
    private void arguments(int called) {
        int at = tokens.is(called + 1, '=') ? called + 2 : called;
        boolean isProcedure = tokens.isName(at) && tokens.is(at, Keyword.NONE) && !tokens.textIs(at, "task");
        if (!isProcedure) {
            return;
        }
        at = endOfName(at);
        boolean further = true;
        while (further) {
            at = tokens.kind(at) == TokenKind.VARIABLE && tokens.is(at + 1, '=') ? at + 2 : at;
            at = tokens.is(at, '-') || tokens.is(at, '+') ? at + 1 : at;
            if (isArgument(at)) {
                mark(at);
            } else if (!tokens.isValue(at)
                    && tokens.kind(at) != TokenKind.VARIABLE
                    && !tokens.is(at, Keyword.NULL)
                    && !tokens.is(at, Keyword.DEFAULT)) {
                return;
            }
            at = tokens.endOfList(at) + 1;
            at = tokens.textIs(at, "output") || tokens.textIs(at, "out") ? at + 1 : at;
            further = tokens.is(at, ',');
            at++;
        }
    }

    private boolean isArgument(int i) {
        if (!tokens.isName(i) || tokens.is(i + 1, '(') || tokens.is(i + 1, '.')) {
            return false;
        }
        boolean last = tokens.is(i + 1, ',') || tokens.is(i + 1, ';') || tokens.kind(i + 1) == TokenKind.END;
        return tokens.is(i, Keyword.NONE) || (last && !tokens.is(i, Keyword.NULL) && !tokens.is(i, Keyword.DEFAULT));
    }

    /** Takes a secret with all that stands close behind it; answers the token after it. */
    private int secret(int from) {
        boolean introduced =
                tokens.kind(from + 1) == TokenKind.STRING || tokens.kind(from + 1) == TokenKind.QUOTED_NAME;
        if (introduced && (tokens.is(from, Keyword.VALUES) || tokens.textIs(from, "password"))) {
            return secret(from + 1);
        }
        if (tokens.is(from, '(') && tokens.is(from + 2, ')')) {
            markName(from + 1);
            return from + 3;
        }
        if (tokens.isName(from) && tokens.is(from + 1, '(')) {
            int at = from + 2;
            while (at < tokens.size() && !tokens.is(at, ')') && !tokens.is(at, ';')) {
                markName(at);
                at++;
            }
            return at + 1;
        }
        if (tokens.kind(from) == TokenKind.PUNCTUATION || tokens.kind(from) == TokenKind.END) {
            return from;
        }
        int at = from;
        do {
            mark(at);
            at++;
        } while (at < tokens.size() && tokens.start(at) == tokens.end(at - 1) && !isEnd(at));
        return at;
    }

    private boolean isEnd(int i) {
        return tokens.is(i, ',') || tokens.is(i, ';') || tokens.is(i, ')') || tokens.is(i, '(');
    }

    private void markName(int i) {
        if (tokens.isName(i)) {
            mark(i);
        }
    }

    private void mark(int i) {
        if (found == null) {
            found = new BitSet();
        }
        found.set(i);
    }
}
