package io.heliosjdbc.classifier.learned;

/**
 * How probable each lane is; they add up to one. Immutable.
 *
 * @param fastLane of {@code fast_lane}
 * @param parallelLanes of {@code parallel_lanes}
 * @param backgroundQueue of {@code background_queue}
 */
public record Probabilities(double fastLane, double parallelLanes, double backgroundQueue) {
    /** The softmax of scores divided by a temperature. */
    static Probabilities ofScores(double[] scores, double temperature) {
        double highest = Math.max(scores[0], Math.max(scores[1], scores[2]));
        double fast = StrictMath.exp((scores[0] - highest) / temperature);
        double parallel = StrictMath.exp((scores[1] - highest) / temperature);
        double background = StrictMath.exp((scores[2] - highest) / temperature);
        double sum = fast + parallel + background;
        return new Probabilities(fast / sum, parallel / sum, background / sum);
    }

    /** The probability of one lane. */
    public double of(Lane lane) {
        return switch (lane) {
            case FAST_LANE -> fastLane;
            case PARALLEL_LANES -> parallelLanes;
            case BACKGROUND_QUEUE -> backgroundQueue;
        };
    }

    /** The most probable lane; of equal ones the lighter. */
    public Lane best() {
        if (fastLane >= parallelLanes && fastLane >= backgroundQueue) {
            return Lane.FAST_LANE;
        }
        return parallelLanes >= backgroundQueue ? Lane.PARALLEL_LANES : Lane.BACKGROUND_QUEUE;
    }

    /** The probability of the most probable lane, from 1/3 to 1. */
    public double confidence() {
        return of(best());
    }
}
