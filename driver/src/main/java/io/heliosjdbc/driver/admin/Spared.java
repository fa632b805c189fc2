package io.heliosjdbc.driver.admin;

/**
 * What a dry run let through. Immutable.
 *
 * @param wouldHaveWaited requests that would have found no slot free, those that a full queue would have refused included
 * @param wouldHaveBeenRefused requests that would have been refused, for a full queue or for their cost
 */
public record Spared(long wouldHaveWaited, long wouldHaveBeenRefused) {
    /** These and others together. */
    public Spared plus(Spared other) {
        return new Spared(wouldHaveWaited + other.wouldHaveWaited, wouldHaveBeenRefused + other.wouldHaveBeenRefused);
    }
}
