package io.heliosjdbc.classifier;

/**
 * How the learned classifier decides ({@code mode = "ml_based"}). Immutable.
 *
 * @param minConfidence the confidence from which on it decides, from 0 to 1; below it the criteria do
 * @param adaptive whether measured execution times teach it
 */
public record LearnedSettings(double minConfidence, boolean adaptive) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException where the confidence is not from 0 to 1
     */
    public LearnedSettings {
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            throw new IllegalArgumentException("minConfidence " + minConfidence + " is not from 0 to 1");
        }
    }
}
