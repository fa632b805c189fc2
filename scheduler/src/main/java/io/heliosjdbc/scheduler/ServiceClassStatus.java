package io.heliosjdbc.scheduler;

/**
 * What a service class is doing at one instant. Immutable.
 *
 * @param name the class
 * @param maxConcurrency its MPL
 * @param active requests that hold a slot and are counted against the MPL
 * @param lent transactions whose slot is lent while they are idle
 * @param queued requests that wait
 * @param admitted requests granted a slot so far
 * @param waited how many of them had to wait
 * @param refused requests refused so far
 * @param gaveUp requests that timed out, were cancelled or interrupted while they waited
 * @param wouldHaveWaited in a dry run: requests that would have had to wait
 * @param wouldHaveBeenRefused in a dry run: requests that would have been refused
 */
public record ServiceClassStatus(
        String name,
        int maxConcurrency,
        int active,
        int lent,
        int queued,
        long admitted,
        long waited,
        long refused,
        long gaveUp,
        long wouldHaveWaited,
        long wouldHaveBeenRefused) {}
