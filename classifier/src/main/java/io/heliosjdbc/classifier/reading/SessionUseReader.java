package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;

/**
 * Reads what a text does to its session. What it does not know for certain pins: a text that can be read in two ways, a statement whose
 * verb is not known, a function that is not one of the database's own, a setting that is not on the list. What triggers, views and the
 * database's own functions call in turn cannot be seen in a text. Stateless.
 */
public final class SessionUseReader {
    private static final String TEMPORARY_SCHEMA = "pg_temp";

    private SessionUseReader() {}

    public static SessionUse read(Tokens tokens, Dialect dialect) {
        // What follows an operator may be a call.
        boolean operators = dialect == Dialect.POSTGRESQL && tokens.hasVariables();
        return readAs(operators ? Lexer.readWithoutVariables(tokens.sql()) : tokens, dialect);
    }

    private static SessionUse readAs(Tokens tokens, Dialect dialect) {
        StatementScanner statements = new StatementScanner(tokens);
        boolean isExecuted = tokens.hasVersionedComment();
        if (statements.statements().isEmpty() && !isExecuted) {
            return SessionUse.NONE;
        }
        UseNotes notes = new UseNotes();
        EarlierResultUse earlier = new EarlierResultUse(tokens, dialect, notes);
        String pins;
        if (tokens.unterminated()
                || tokens.readableTwoWays()
                || isExecuted
                || (tokens.hasOtherCommentsInMySql() && dialect == Dialect.MARIADB)
                || hasCommentOfItsOwn(tokens, dialect)
                || hasNameInDollars(tokens, dialect)) {
            earlier.readAnyWay();
            pins = "a text that can be read in two ways";
        } else if (SeveralStatements.are(tokens, statements.statements(), dialect)) {
            pins = SessionUse.SEVERAL_STATEMENTS;
        } else if (tokens.hasHints() && hasSeparatingHint(tokens)) {
            pins = "a comment that hides what stands beside it";
        } else {
            if (dialect == Dialect.POSTGRESQL && mentionsTemporarySchema(tokens)) {
                notes.leavesVisibly(SessionUse.TEMPORARY_TABLE);
            }
            TransactionEffect effect = statements.effects().transaction();
            StatementScanner.Range statement = statements.statements().get(0);
            pins = new VerbUse(tokens, dialect, effect, notes, earlier).pins(statement.from(), statement.to());
        }
        if (pins == null) {
            return notes.use();
        }
        earlier.readAll();
        return notes.pinned(pins);
    }

    /** Whether something begins a comment there that is an operator elsewhere. */
    private static boolean hasCommentOfItsOwn(Tokens tokens, Dialect dialect) {
        return switch (dialect) {
            case MARIADB -> hasOperatorWith(tokens, "#");
            case H2 -> hasOperatorWith(tokens, "//");
            default -> false;
        };
    }

    /** Whether a name has dollars around it where PostgreSQL quotes with them; H2 has no words between two of them. */
    private static boolean hasNameInDollars(Tokens tokens, Dialect dialect) {
        if (dialect == Dialect.POSTGRESQL || tokens.sql().indexOf('$') < 0) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            int start = tokens.start(i);
            boolean dollars = tokens.kind(i) == TokenKind.STRING && tokens.sql().charAt(start) == '$';
            if (dollars && (dialect != Dialect.H2 || tokens.sql().charAt(start + 1) != '$')) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasSeparatingHint(Tokens tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) == TokenKind.OPTIMIZER_HINT && Verbs.separates(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOperatorWith(Tokens tokens, String part) {
        if (!tokens.sql().contains(part)) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) == TokenKind.OPERATOR && tokens.text(i).contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** However it is written: what is created there, and what is found there first, is the session's own. */
    private static boolean mentionsTemporarySchema(Tokens tokens) {
        String sql = tokens.sql();
        int underscore = TEMPORARY_SCHEMA.indexOf('_');
        for (int at = sql.indexOf('_'); at >= 0; at = sql.indexOf('_', at + 1)) {
            if (sql.regionMatches(true, at - underscore, TEMPORARY_SCHEMA, 0, TEMPORARY_SCHEMA.length())) {
                return true;
            }
        }
        for (int i = 0; i < tokens.size(); i++) {
            boolean quoted = tokens.kind(i) == TokenKind.QUOTED_NAME && !FunctionUse.isBracketed(tokens, i);
            if (quoted && tokens.sql().charAt(tokens.start(i)) != '"') {
                return true;
            }
        }
        return false;
    }
}
