package io.heliosjdbc.slo;

/**
 * How many response times of about one length were seen. Immutable.
 *
 * @param nanos the lower end of the range that they lie in, at least 0
 * @param count how many, positive
 */
public record ResponseTimeCount(long nanos, long count) {
    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ResponseTimeCount {
        if (nanos < 0 || count <= 0) {
            throw new IllegalArgumentException(count + " response times of " + nanos + " ns cannot be");
        }
    }
}
