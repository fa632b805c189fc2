package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.classifier.statement.Features;
import io.heliosjdbc.classifier.statement.Plannable;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the statement for a database to plan off a text, where planning it might not do anything. Stateless. */
public final class PlannableReader {
    /** Longer texts are not worth the time of a planner. */
    private static final int LONGEST = 10_000;

    /** The statement of a text, or null where planning it might do something. */
    public static @Nullable Plannable read(Tokens tokens, Features features) {
        StatementScanner statements = new StatementScanner(tokens);
        if (tokens.sql().length() > LONGEST
                || tokens.unterminated()
                || tokens.readableTwoWays()
                || tokens.hasVersionedComment()
                || statements.kind() != StatementKind.WORK
                || statements.statements().size() != 1) {
            return null;
        }
        StatementScanner.Range statement = statements.statements().get(0);
        Keyword verb = tokens.keyword(statement.from());
        boolean reads = verb == Keyword.SELECT
                || (verb == Keyword.WITH && Boolean.TRUE.equals(features.value(Feature.SELECT_ONLY)));
        boolean writes = verb == Keyword.INSERT || verb == Keyword.UPDATE || verb == Keyword.DELETE;
        if (!reads && !writes) {
            return null;
        }
        for (int i = statement.from(); i < statement.to(); i++) {
            if (!isHarmless(tokens, i) || (reads && tokens.is(i, Keyword.INTO))) {
                return null;
            }
        }
        return numbered(tokens, statement);
    }

    private static boolean isHarmless(Tokens tokens, int i) {
        return switch (tokens.kind(i)) {
            case VARIABLE -> false;
            case PUNCTUATION -> !tokens.is(i, '{') && !tokens.is(i, ';');
            // A question mark that is no parameter would have to be told from one that is.
            case OPERATOR ->
                tokens.sql().substring(tokens.start(i), tokens.end(i)).indexOf('?') < 0;
            case WORD, QUOTED_NAME ->
                tokens.is(i + 1, '(') ? mayStandBeforeParenthesis(tokens, i) : !isSequence(tokens, i);
            case OPTIMIZER_HINT -> !Verbs.separates(tokens, i);
            case STRING, NUMBER, PARAMETER, END -> true;
        };
    }

    private static boolean isSequence(Tokens tokens, int i) {
        return tokens.textIs(i, "value") && (tokens.is(i - 1, Keyword.NEXT) || tokens.textIs(i - 1, "previous"));
    }

    private static boolean mayStandBeforeParenthesis(Tokens tokens, int i) {
        int first = CalledNames.first(tokens, i);
        if (tokens.is(first - 1, Keyword.INTO) || tokens.is(first - 1, Keyword.AS)) {
            return true;
        }
        if (first < i || tokens.kind(i) != TokenKind.WORD) {
            return false;
        }
        return LanguageWords.isPlain(tokens.keyword(i))
                || ServerFunctions.isCommon(tokens.text(i).toLowerCase(Locale.ROOT))
                || Verbs.isAggregate(tokens, i);
    }

    private static @Nullable Plannable numbered(Tokens tokens, StatementScanner.Range statement) {
        StringBuilder sql = new StringBuilder();
        int written = tokens.start(statement.from());
        int marks = 0;
        int highest = 0;
        for (int i = statement.from(); i < statement.to(); i++) {
            String between = tokens.sql().substring(written, tokens.start(i));
            // MySQL would execute some of these comments.
            sql.append(between.contains("--") ? "\n" : between);
            written = tokens.end(i);
            String text = tokens.text(i);
            if (tokens.kind(i) != TokenKind.PARAMETER) {
                sql.append(text);
            } else if (text.equals("?")) {
                sql.append('$').append(++marks);
            } else if (text.matches("\\$[1-9][0-9]{0,4}")) {
                highest = Math.max(highest, Integer.parseInt(text.substring(1)));
                sql.append(text);
            } else {
                return null;
            }
        }
        return marks > 0 && highest > 0 ? null : new Plannable(sql.toString(), Math.max(marks, highest));
    }
}
