package io.heliosjdbc.driver.admin;

/**
 * What a dry run let through. Immutable.
 *
 * @param wouldHaveWaited requests that would have found no slot free, refused ones included
 * @param wouldHaveBeenRefused requests that would have been refused
 */
public record Spared(long wouldHaveWaited, long wouldHaveBeenRefused) {
    /** These and others together. */
    public Spared plus(Spared other) {
        return new Spared(wouldHaveWaited + other.wouldHaveWaited, wouldHaveBeenRefused + other.wouldHaveBeenRefused);
    }
}
