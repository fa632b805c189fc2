package io.heliosjdbc.classifier.criteria;

import io.heliosjdbc.classifier.statement.Feature;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression over features, such as {@code join_count > 2 OR aggregation_count > 0}. Immutable, thread-safe.
 *
 * <p>Operators are {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=} and {@code CONTAINS}, then {@code NOT},
 * {@code AND} and {@code OR} in the order in which they bind, and parentheses; a feature stands on the left, a number, a
 * quoted text, {@code true} or {@code false} on the right. Keywords and names of features may be in any case.
 */
public final class Criterion {
    /** Where the values of features come from. */
    @FunctionalInterface
    public interface Values {
        /** A value as {@link Feature#type} says; null where it is not known. */
        @Nullable
        Object value(Feature feature);
    }

    private final String text;
    private final Condition condition;

    private Criterion(String text, Condition condition) {
        this.text = text;
        this.condition = condition;
    }

    /**
     * Compiles an expression.
     *
     * @throws CriterionSyntaxException where the text is no criterion, with the position in it
     */
    public static Criterion parse(String text) throws CriterionSyntaxException {
        return new Criterion(text, new CriterionParser(text).parse());
    }

    /** Whether it holds of these values; unknown where it hangs on one that is not known. */
    public Truth evaluate(Values values) {
        return condition.evaluate(values);
    }

    /** The text, in parentheses where it would else mix with an AND around it. */
    public String asPart() {
        return condition instanceof Condition.Or ? "(" + text.strip() + ")" : text.strip();
    }

    /** The text it was compiled from. */
    @Override
    public String toString() {
        return text;
    }
}
