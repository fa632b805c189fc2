package io.heliosjdbc.classifier.learned;

/**
 * What the learned classifier thinks of a template. Immutable; the same instance stands until it thinks noticeably otherwise
 * or the shared learning has moved on, so that decisions can be kept by its identity.
 *
 * @param probabilities of the lanes
 * @param measured whether execution times weigh in
 * @param generation of the shared learning that it was made with
 */
public record Verdict(Probabilities probabilities, boolean measured, long generation) {
    /** Confidences closer than this are told apart by nobody. */
    private static final double NOTICEABLE = 0.05;

    /** The lane and its confidence in words, as in {@code background_queue 0.97} and {@code fast_lane 0.90, measured}. */
    public String inWords() {
        // Rounded down, for what falls short of the least confidence must not look as if it reached it.
        int shown = (int) Math.floor(probabilities.confidence() * 100);
        String words = probabilities.best().className() + (shown >= 100 ? " 1." : " 0.") + shown / 10 % 10 + shown % 10;
        return measured ? words + ", measured" : words;
    }

    /** Whether another verdict says the same near enough, on the same side of a least confidence. */
    boolean isLike(Verdict other, double minConfidence) {
        double own = probabilities.confidence();
        double others = other.probabilities.confidence();
        return probabilities.best() == other.probabilities.best()
                && measured == other.measured
                && (own >= minConfidence) == (others >= minConfidence)
                && Math.abs(own - others) < NOTICEABLE;
    }
}
