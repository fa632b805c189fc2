package io.heliosjdbc.driver.admin;

/**
 * How a user load stands against its percentile objective, in the running measurement interval. Immutable.
 *
 * @param conformance timely transactions over all, 0 to 1; of several accounts that of the one that stands worst
 * @param promised which part of them was promised to be timely, 0 to 1
 */
public record Standing(double conformance, double promised) {
    /** Whether the objective would be kept if the interval ended now. */
    public boolean kept() {
        return conformance >= promised;
    }

    /** Of two accounts of the same load. */
    public Standing worse(Standing other) {
        return other.conformance < conformance ? other : this;
    }
}
