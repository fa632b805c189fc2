package io.heliosjdbc.classifier.shape;

import io.heliosjdbc.classifier.learned.FeatureVector;
import io.heliosjdbc.classifier.reading.Reading;
import io.heliosjdbc.classifier.statement.Features;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;

/**
 * Turns a text into the features that the learned classifier goes by: the statement's structure, alone and crossed, and the
 * words around which it is built, alone and with their neighbours. Names count by what they suggest and values not at all, so
 * that what was learned of one schema holds for others. Not thread-safe.
 */
public final class FeatureReader {
    /** More than there are classes of limits. */
    private static final int LIMITS = 8;

    private final Tokens tokens;
    private final Features features;
    private final ShapeReader shape;

    private FeatureReader(Tokens tokens, Features features) {
        this.tokens = tokens;
        this.features = features;
        this.shape = new ShapeReader(tokens);
        shape.read();
    }

    /** A reader of a text that nothing is known of. */
    public static FeatureReader of(String sql) {
        Tokens tokens = Lexer.read(sql);
        return of(tokens, Reading.of(tokens).features());
    }

    /**
     * A reader of a text with these tokens and features. Of {@code sp_executesql} it reads the statement that is executed.
     */
    public static FeatureReader of(Tokens tokens, Features features) {
        boolean executes = tokens.is(0, Keyword.EXEC) || tokens.is(0, Keyword.EXECUTE);
        return executes && tokens.textIs(1, "sp_executesql") && tokens.kind(2) == TokenKind.STRING
                ? executed(Lexer.read(tokens.unquoted(2)))
                : new FeatureReader(tokens, features);
    }

    private static FeatureReader executed(Tokens tokens) {
        return new FeatureReader(tokens, Reading.of(tokens).features());
    }

    /** How many rows are written out and asked for, in steps: what a template does not keep and the vector does. */
    public int magnitude() {
        return StructureFeatures.rows(shape.rows) * LIMITS + shape.main.limit;
    }

    /** The features. */
    public FeatureVector vector() {
        return vector(new FeatureVector.Builder());
    }

    /**
     * The same, collected in a builder that has been used before.
     *
     * @param empty one that nothing was added to since it built something
     */
    public FeatureVector vector(FeatureVector.Builder empty) {
        new StructureFeatures(empty).add(tokens, features, shape);
        new WordFeatures(tokens, empty).add();
        return empty.build();
    }
}
