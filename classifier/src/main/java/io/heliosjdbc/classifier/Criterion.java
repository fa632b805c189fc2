package io.heliosjdbc.classifier;

/** A compiled expression over features, such as {@code join_count > 2 OR aggregation_count > 0}. Immutable. */
public final class Criterion {

    /**
     * Compiles an expression.
     *
     * @throws CriterionSyntaxException where the text is no criterion, with the position in it
     */
    public static Criterion parse(String text) throws CriterionSyntaxException {
        throw new UnsupportedOperationException();
    }

    /** The text it was compiled from. */
    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }
}
