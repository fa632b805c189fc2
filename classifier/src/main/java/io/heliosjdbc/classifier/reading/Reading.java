package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.hints.HintKey;
import io.heliosjdbc.classifier.hints.HintReader;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Tags;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.statement.Effects;
import io.heliosjdbc.classifier.statement.Features;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read off a text, once. Immutable, thread-safe.
 *
 * @param template the text with literals replaced by {@code ?}, comments removed and white space folded
 * @param isTemplateWhole whether what the template leaves out are literals to any database, and never names
 * @param kind what the text means to the driver
 * @param effects what it leaves behind on its connection
 * @param hints what its comments ask for
 * @param refusedHints of known keys what they do not take
 * @param tags what its comments say beside hints
 * @param features what is known of it for the criteria
 * @param adminText what stands behind {@code SHOW HELIOS} or {@code EXPLAIN HELIOS}, or null
 */
public record Reading(
        String template,
        boolean isTemplateWhole,
        StatementKind kind,
        Effects effects,
        Hints hints,
        Map<HintKey, Object> refusedHints,
        Tags tags,
        Features features,
        @Nullable String adminText) {

    /** Reads a text of any database. Never fails: something can be said of any text at all. */
    public static Reading of(String sql) {
        return of(Lexer.read(sql));
    }

    /** Reads a text of any database that has been cut already. */
    public static Reading of(Tokens tokens) {
        return of(CutText.of(tokens, DoubleQuotes.EITHER));
    }

    /** Reads a text that has been cut already. */
    public static Reading of(CutText text) {
        Tokens tokens = text.tokens();
        StatementScanner statements = new StatementScanner(tokens);
        Tokens rival = text.rival();
        StatementScanner others = rival == null ? statements : new StatementScanner(rival);
        boolean isAgreed = statements.kind() == others.kind();
        Effects effects = statements.effects().agreedWith(others.effects());
        HintReader comments = new HintReader();
        tokens.leadingComments().forEach(comments::read);
        tokens.trailingComments().forEach(comments::read);
        return new Reading(
                TemplateWriter.write(text),
                !tokens.unterminated()
                        && !tokens.readableTwoWays()
                        && (text.quotes() == DoubleQuotes.NAMES || !tokens.hasDoubleQuotes()),
                isAgreed ? statements.kind() : StatementKind.WORK,
                tokens.isDoubtful() ? effects.withoutNames() : effects,
                comments.hints(),
                comments.refused(),
                comments.tags(),
                FeatureScanner.scan(tokens, statements.statements()),
                isAgreed ? statements.adminText() : null);
    }

    /** The same, but for what it leaves behind. */
    public Reading with(Effects others) {
        return new Reading(template, isTemplateWhole, kind, others, hints, refusedHints, tags, features, adminText);
    }
}
