package io.heliosjdbc.scheduler;

/**
 * What a tier of tenants counts. Immutable.
 *
 * @param name unique among the tiers; {@link Tier#STANDARD_NAME} for whoever has no other
 * @param priorityBoost by what its penalties are multiplied where requests are compared, positive; 1 changes nothing
 */
public record TierSettings(String name, double priorityBoost) {
    /**
     * Checks the boost.
     *
     * @throws IllegalArgumentException where it is not positive
     */
    public TierSettings {
        if (!(priorityBoost > 0) || priorityBoost == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "tier " + name + " has a boost of " + priorityBoost + "; make it positive");
        }
    }
}
