package io.heliosjdbc.scheduler;

/**
 * What a tier of tenants is doing in one service class. Immutable.
 *
 * @param name the tier
 * @param guaranteed slots of the class that are kept for it
 * @param active its requests that hold a slot and are counted against the MPL
 * @param queued its requests that wait
 */
public record TierStatus(String name, int guaranteed, int active, int queued) {}
