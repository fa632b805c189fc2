package io.heliosjdbc.classifier;

import java.util.Set;

/**
 * Who belongs to a tier of tenants. Immutable.
 *
 * @param name the tier, unique among the settings'
 * @param tenants its tenants, by the names that they give themselves
 * @param userLoads the user loads whose requests are of the tier, where neither hint nor tenant says which
 */
public record TenantTier(String name, Set<String> tenants, Set<String> userLoads) {
    /** The tier of whoever has no other. */
    public static final String STANDARD = "standard";

    /** Copies the sets. */
    public TenantTier {
        tenants = Set.copyOf(tenants);
        userLoads = Set.copyOf(userLoads);
    }
}
