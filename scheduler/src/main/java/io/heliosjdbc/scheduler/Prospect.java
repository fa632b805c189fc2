package io.heliosjdbc.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * What would become of a request if it asked for a slot now. Immutable.
 *
 * @param answer {@link Admission#GRANTED}, or a refusal, or null where it would wait; in a dry run what it would be without
 * @param sheds whether a less important request would be refused in its place
 * @param ahead how many would be waiting already for what it would wait for; who of them goes first is the discipline's. In a dry run as many
 *     as it has let in beyond the slots that there are
 * @param heldUpByTotal whether the MPL over all classes has no slot for it, and not its class's own
 * @param heldUpByGuarantees whether slots are free, but kept for other tiers
 * @param yieldLimit how many of all classes that give way may run, where its class has a slot and that limit keeps it from it; else 0
 * @param dryRun whether nobody is delayed or refused at present
 * @param totalMaxConcurrency the MPL over all classes, 0 for none
 * @param totalActive how many count against it
 */
public record Prospect(
        @Nullable Admission answer,
        boolean sheds,
        int ahead,
        boolean heldUpByTotal,
        boolean heldUpByGuarantees,
        int yieldLimit,
        boolean dryRun,
        int totalMaxConcurrency,
        int totalActive) {}
