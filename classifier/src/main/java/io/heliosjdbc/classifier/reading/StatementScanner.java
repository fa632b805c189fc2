package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.AutoCommit;
import io.heliosjdbc.classifier.statement.Effects;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what a text means to the driver, by the first keywords of its statements. */
final class StatementScanner {

    /** A statement of a text: its tokens from the first one to before the last one. */
    record Range(int from, int to) {}

    private final Tokens tokens;
    private final List<Range> statements;
    private StatementKind kind = StatementKind.WORK;
    private Effects effects = Effects.NONE;
    private @Nullable String adminText;

    StatementScanner(Tokens tokens) {
        this.tokens = tokens;
        this.statements = split(tokens);
        scan();
    }

    /** The statements, in order; none where the text has no token. */
    List<Range> statements() {
        return statements;
    }

    StatementKind kind() {
        return kind;
    }

    /** What the statements leave behind, one after the other. */
    Effects effects() {
        return effects;
    }

    /** What follows {@code SHOW HELIOS} or {@code EXPLAIN HELIOS}, else null. */
    @Nullable
    String adminText() {
        return adminText;
    }

    private void scan() {
        boolean settingsOnly = !statements.isEmpty();
        for (Range statement : statements) {
            StatementKind each = scan(statement);
            settingsOnly &= each == StatementKind.SETTING;
            if (each == StatementKind.WORK) {
                effects = effects.thenWork();
            }
            if (statements.size() == 1) {
                kind = each;
            }
        }
        if (statements.size() > 1) {
            kind = settingsOnly ? StatementKind.SETTING : StatementKind.WORK;
            adminText = null;
        }
    }

    private StatementKind scan(Range statement) {
        int at = statement.from();
        return switch (tokens.keyword(at)) {
            case BEGIN ->
                opensTransaction(tokens, at) ? with(StatementKind.BEGIN, TransactionEffect.BEGINS) : StatementKind.WORK;
            case START ->
                tokens.is(at + 1, Keyword.TRANSACTION)
                        ? with(StatementKind.BEGIN, TransactionEffect.BEGINS)
                        : StatementKind.WORK;
            case COMMIT -> ending(StatementKind.COMMIT, statement);
            case END ->
                afterNoise(at + 1) >= statement.to() || tokens.is(afterNoise(at + 1), Keyword.AND)
                        ? ending(StatementKind.COMMIT, statement)
                        : StatementKind.WORK;
            case ROLLBACK, ABORT -> ending(StatementKind.ROLLBACK, statement);
            case SAVEPOINT, RELEASE -> StatementKind.SAVEPOINT;
            case SAVE ->
                tokens.is(at + 1, Keyword.TRAN) || tokens.is(at + 1, Keyword.TRANSACTION)
                        ? StatementKind.SAVEPOINT
                        : StatementKind.WORK;
            case PREPARE ->
                tokens.is(at + 1, Keyword.TRANSACTION)
                        ? with(StatementKind.COMMIT, TransactionEffect.ENDS)
                        : StatementKind.WORK;
            case SHOW ->
                tokens.is(at + 1, Keyword.HELIOS)
                        ? admin(StatementKind.SHOW_HELIOS, at + 1, statement)
                        : StatementKind.SETTING;
            case EXPLAIN ->
                tokens.is(at + 1, Keyword.HELIOS)
                        ? admin(StatementKind.EXPLAIN_HELIOS, at + 1, statement)
                        : StatementKind.WORK;
            case SET, RESET, DISCARD -> setting(statement);
            case USE -> StatementKind.SETTING;
            default -> StatementKind.WORK;
        };
    }

    private StatementKind with(StatementKind of, TransactionEffect what) {
        add(Effects.of(what));
        return of;
    }

    private void add(Effects next) {
        effects = effects.then(next);
    }

    private StatementKind admin(StatementKind of, int helios, Range statement) {
        boolean last = statement.to() >= tokens.size();
        int end = last ? tokens.sql().length() : tokens.start(statement.to());
        adminText = tokens.sql().substring(tokens.end(helios), end).strip();
        return of;
    }

    private int afterNoise(int at) {
        boolean noise = switch (tokens.keyword(at)) {
            case WORK, TRANSACTION, TRAN -> true;
            default -> false;
        };
        return noise ? at + 1 : at;
    }

    /**
     * COMMIT and ROLLBACK with what may follow. Of another transaction ({@code PREPARED}) or back to a savepoint they leave
     * this one open. SQL Server's {@code ROLLBACK TRAN name} goes back to a savepoint or to the beginning; taken for a
     * savepoint, for a transaction wrongly held to be over would wait for itself with its locks.
     */
    private StatementKind ending(StatementKind of, Range statement) {
        int at = afterNoise(statement.from() + 1);
        if (at >= statement.to()) {
            return with(of, TransactionEffect.ENDS);
        }
        return switch (tokens.keyword(at)) {
            case TO, PREPARED -> StatementKind.SAVEPOINT;
            case AND -> with(of, tokens.is(at + 1, Keyword.CHAIN) ? TransactionEffect.CHAINS : TransactionEffect.ENDS);
            default ->
                of == StatementKind.ROLLBACK && at > statement.from() + 1 && isOwnName(at)
                        ? StatementKind.SAVEPOINT
                        : with(of, TransactionEffect.ENDS);
        };
    }

    private boolean isOwnName(int at) {
        return tokens.is(at, Keyword.NONE) && (tokens.isName(at) || tokens.kind(at) == TokenKind.VARIABLE);
    }

    /**
     * A SET that asks the database a question, as MySQL's variables may, or calls a function for one is work, and so is MariaDB's {@code SET
     * STATEMENT .. FOR ..}.
     */
    private StatementKind setting(Range statement) {
        AutoCommit autoCommit = autoCommit(statement);
        if (autoCommit != AutoCommit.KEPT) {
            add(Effects.of(autoCommit));
        }
        boolean variable = false;
        boolean call = false;
        for (int i = statement.from(); i < statement.to(); i++) {
            variable |= tokens.kind(i) == TokenKind.VARIABLE && !tokens.text(i).startsWith("@@");
            call |= tokens.is(i + 1, '(')
                    && tokens.isName(i)
                    && (tokens.is(i, Keyword.NONE) || Verbs.isFunction(tokens.keyword(i)));
            if (tokens.is(i, Keyword.SELECT) || (variable && call)) {
                return StatementKind.WORK;
            }
        }
        int at = statement.from() + 1;
        boolean sets = tokens.is(statement.from(), Keyword.SET);
        if (sets && tokens.textIs(at, "statement")) {
            return StatementKind.WORK;
        }
        if (!sets) {
            if (tokens.textIs(at, "application_name") || tokens.is(at, Keyword.ALL)) {
                add(Effects.ofApplicationName(null));
            }
            if (tokens.textIs(at, "search_path") || tokens.is(at, Keyword.ALL)) {
                add(Effects.ofSchema(""));
            }
            return StatementKind.SETTING;
        }
        if (tokens.is(at, Keyword.SESSION)) {
            at++;
        }
        if (tokens.textIs(at, "application_name") && (tokens.is(at + 1, '=') || tokens.is(at + 1, Keyword.TO))) {
            setApplicationName(at + 2);
        }
        if (tokens.textIs(at, "search_path") || tokens.textIs(at, "schema")) {
            int value = tokens.is(at + 1, '=') || tokens.is(at + 1, Keyword.TO) ? at + 2 : at + 1;
            String name = tokens.is(value, Keyword.DEFAULT) ? null : nameOrString(value);
            // PostgreSQL's "$user" is the user's own, if there is one.
            add(Effects.ofSchema(name == null || name.startsWith("$") ? "" : name));
        }
        return StatementKind.SETTING;
    }

    private @Nullable String nameOrString(int at) {
        if (tokens.kind(at) == TokenKind.STRING) {
            return tokens.unquoted(at);
        }
        return tokens.isName(at) ? tokens.name(at) : null;
    }

    private void setApplicationName(int value) {
        String name = nameOrString(value);
        if (tokens.is(value, Keyword.DEFAULT)) {
            add(Effects.ofApplicationName(null));
        } else if (name != null) {
            add(Effects.ofApplicationName(name));
        }
    }

    /** What a SET makes of autocommit, which may be one of several that it assigns; what it sets for sessions to come is nothing here. */
    private AutoCommit autoCommit(Range statement) {
        AutoCommit last = AutoCommit.KEPT;
        for (int i = statement.from() + 1; i < statement.to(); i++) {
            // SQL Server's is the other way round.
            boolean implicit = tokens.textIs(i, "implicit_transactions");
            if ((implicit || isAutoCommit(i)) && !isOfSessionsToCome(i)) {
                last = assigned(i + 1, implicit, last);
            }
        }
        return last;
    }

    private boolean isAutoCommit(int at) {
        return tokens.textIs(at, "autocommit")
                || tokens.textIs(at, "`autocommit`")
                || tokens.textIs(at, "@@autocommit");
    }

    private boolean isOfSessionsToCome(int at) {
        return switch (word(tokens.is(at - 1, '.') ? at - 2 : at - 1)) {
            case "global", "@@global", "persist", "@@persist", "persist_only", "@@persist_only" -> true;
            default -> false;
        };
    }

    /** What a value behind the name makes of it; where none is assigned, the name is the value of something else, and nothing has changed. */
    private AutoCommit assigned(int behind, boolean implicit, AutoCommit unchanged) {
        boolean assigns = tokens.is(behind, '=') || tokens.textIs(behind, ":=") || tokens.is(behind, Keyword.TO);
        return switch (word(assigns ? behind + 1 : behind)) {
            case "0", "false", "off" -> implicit ? AutoCommit.SET : AutoCommit.OFF;
            case "1", "true", "on" -> implicit ? AutoCommit.OFF : AutoCommit.SET;
            default -> assigns ? AutoCommit.SET : unchanged;
        };
    }

    /** A token in lower case without its quotes; empty beyond the last one. */
    private String word(int at) {
        return tokens.kind(at) == TokenKind.END ? "" : tokens.unquoted(at).toLowerCase(Locale.ROOT);
    }

    /**
     * Cuts at semicolons outside parentheses. From the BEGIN of a block on the rest is one statement: what ends its parts, END above all,
     * would else be taken for the end of a transaction.
     */
    private static List<Range> split(Tokens tokens) {
        List<Range> ranges = new ArrayList<>();
        int from = 0;
        int depth = 0;
        boolean block = false;
        for (int i = 0; i <= tokens.lastSemicolon(); i++) {
            if (i == from && tokens.kind(i) == TokenKind.OPTIMIZER_HINT) {
                from++;
                continue;
            }
            switch (tokens.symbol(i)) {
                case '(' -> depth++;
                case ')' -> depth = Math.max(0, depth - 1);
                case ';' -> {
                    if (depth == 0 && !block) {
                        if (i > from) {
                            addParts(tokens, from, i, ranges);
                        }
                        from = i + 1;
                    }
                }
                default -> {
                    block |= tokens.is(i, Keyword.BEGIN) && beginsBlock(tokens, from, i);
                    i = tokens.endOfList(i);
                }
            }
        }
        while (tokens.kind(from) == TokenKind.OPTIMIZER_HINT) {
            from++;
        }
        if (tokens.size() > from) {
            addParts(tokens, from, tokens.size(), ranges);
        }
        return ranges;
    }

    /**
     * SQL Server needs no semicolons: what begins with a word about the session or the transaction, {@code SET NOCOUNT ON UPDATE ..}, is cut
     * where a transaction or work begins, and all again where a transaction ends.
     */
    private static void addParts(Tokens tokens, int begin, int to, List<Range> ranges) {
        int from = begin;
        if (isOpening(tokens, from)) {
            TransactionEnd ends = new TransactionEnd(tokens);
            int next = partWithin(tokens, ends, from, to);
            while (next > 0) {
                ranges.add(new Range(from, next));
                if (isOpening(tokens, next) || isEnd(tokens, from)) {
                    ends = new TransactionEnd(tokens);
                }
                from = next;
                next = partWithin(tokens, ends, from, to);
            }
        }
        ranges.add(new Range(from, to));
    }

    /** Where the next part begins, of which work may have no more than an end behind it; -1 where there is none. */
    private static int partWithin(Tokens tokens, TransactionEnd ends, int from, int to) {
        int work = isOpening(tokens, from) ? workWithin(tokens, from, to) : -1;
        int end = ends.find(from, work > 0 ? work : to);
        return end > 0 ? end : work;
    }

    private static boolean isEnd(Tokens tokens, int at) {
        return tokens.is(at, Keyword.COMMIT) || tokens.is(at, Keyword.ROLLBACK);
    }

    private static boolean isOpening(Tokens tokens, int at) {
        return switch (tokens.keyword(at)) {
            case SET, USE, COMMIT, ROLLBACK, SAVE -> true;
            case BEGIN -> opensTransaction(tokens, at);
            default -> false;
        };
    }

    /** The first word behind another statement's that a transaction or work begins with; -1 where there is none. */
    private static int workWithin(Tokens tokens, int from, int to) {
        int depth = 0;
        // The last word begins nothing: SET ROLE update.
        for (int i = from + 1; i < to - 1; i++) {
            depth += tokens.is(i, '(') ? 1 : tokens.is(i, ')') ? -1 : 0;
            boolean begins = switch (tokens.keyword(i)) {
                case SELECT, INSERT, UPDATE, DELETE, MERGE, EXEC, EXECUTE, CALL, CREATE, ALTER, DROP, TRUNCATE ->
                    depth == 0 && mayBegin(tokens, i);
                case BEGIN -> tokens.is(i + 1, Keyword.TRAN) || tokens.is(i + 1, Keyword.TRANSACTION);
                default -> false;
            };
            if (begins) {
                return i;
            }
            i = tokens.endOfList(i);
        }
        return -1;
    }

    /** Not where a name or a value stands, {@code SET x TO update} or {@code SET call.id = '5'}, nor what makes a SET's end, {@code UPDATE FOR SESSION}. */
    static boolean mayBegin(Tokens tokens, int i) {
        int before = i - 1;
        int behind = i + 1;
        boolean clause =
                tokens.is(i, Keyword.UPDATE) && (tokens.is(behind, Keyword.FOR) || tokens.textIs(behind, "locks"));
        return !clause
                && tokens.kind(before) != TokenKind.OPERATOR
                && !tokens.is(before, ',')
                && !tokens.is(before, '.')
                && !tokens.is(before, Keyword.TO)
                && !tokens.is(before, Keyword.USE)
                && !tokens.is(behind, '.')
                && !tokens.is(behind, '=');
    }

    /** Whether a BEGIN begins a block of procedural code; a column, a table or an alias may be called so. */
    private static boolean beginsBlock(Tokens tokens, int from, int begin) {
        if (begin == from) {
            return !opensTransaction(tokens, begin);
        }
        return switch (tokens.keyword(from)) {
            case BEGIN, DECLARE, IF -> true;
            case CREATE, ALTER -> DefinitionUse.isRoutine(tokens, from);
            default ->
                tokens.is(from + 1, ':') || tokens.textIs(from, "while") || hasStatementBehind(tokens, from, begin);
        };
    }

    /** In SQL Server a block follows another statement without a semicolon: {@code UPDATE .. IF @@ROWCOUNT = 0 BEGIN INSERT ..}. */
    private static boolean hasStatementBehind(Tokens tokens, int from, int begin) {
        boolean isName = !mayBegin(tokens, begin)
                || tokens.is(begin - 1, Keyword.AS)
                || tokens.is(begin - 1, Keyword.FROM)
                || tokens.is(begin - 1, Keyword.INTO)
                || tokens.is(begin - 1, Keyword.UPDATE);
        int next = begin + 1;
        return !isName
                && switch (tokens.keyword(next)) {
                    case BEGIN,
                            COMMIT,
                            CREATE,
                            DECLARE,
                            DELETE,
                            DROP,
                            EXEC,
                            EXECUTE,
                            IF,
                            INSERT,
                            MERGE,
                            ROLLBACK,
                            SAVE,
                            SELECT,
                            TRUNCATE,
                            UPDATE -> true;
                    case SET -> !isAliasOfUpdate(tokens, from, begin);
                    default ->
                        tokens.textIs(next, "try")
                                || tokens.textIs(next, "catch")
                                || tokens.textIs(next, "while")
                                || tokens.textIs(next, "return")
                                || tokens.textIs(next, "print")
                                || tokens.textIs(next, "raiserror")
                                || tokens.textIs(next, "throw");
                };
    }

    /** Whether an UPDATE has come, and not yet its SET. */
    private static boolean isAliasOfUpdate(Tokens tokens, int from, int at) {
        int i = at - 1;
        while (i > from && !tokens.is(i, Keyword.SET) && !tokens.is(i, Keyword.UPDATE)) {
            i--;
        }
        return tokens.is(i, Keyword.UPDATE);
    }

    /** Whether a BEGIN opens a transaction, and not a block of procedural code. */
    static boolean opensTransaction(Tokens tokens, int begin) {
        int next = begin + 1;
        if (tokens.kind(next) == TokenKind.END || tokens.is(next, ';')) {
            return true;
        }
        return switch (tokens.keyword(next)) {
            case WORK, TRANSACTION, TRAN, ISOLATION, READ, DEFERRABLE, DEFERRED, IMMEDIATE, EXCLUSIVE, CONCURRENT ->
                true;
            case NOT -> tokens.is(next + 1, Keyword.DEFERRABLE);
            default -> false;
        };
    }
}
