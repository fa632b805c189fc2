package io.heliosjdbc.classifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request to tier of tenants. Immutable. */
final class TierMap {
    /** A tier, and in words why a request is of it; null where it is the standard one for want of another. */
    record Found(String tier, @Nullable String reason) {}

    private static final Found STANDARD = new Found(TenantTier.STANDARD, null);

    private final Map<String, Found> byHint = new HashMap<>();
    private final Map<String, Found> byTenant = new HashMap<>();
    private final Map<String, Found> byLoad = new HashMap<>();

    TierMap(List<TenantTier> tiers) {
        byHint.put(TenantTier.STANDARD, new Found(TenantTier.STANDARD, "hint tier=" + TenantTier.STANDARD));
        for (TenantTier each : tiers) {
            byHint.put(each.name(), found(each, "hint tier=" + each.name()));
            each.tenants().forEach(tenant -> byTenant.putIfAbsent(tenant, found(each, "tenant " + tenant)));
            each.userLoads().forEach(load -> byLoad.putIfAbsent(load, found(each, "user load " + load)));
        }
    }

    private static Found found(TenantTier tier, String reason) {
        return new Found(tier.name(), reason);
    }

    boolean has(String tier) {
        return byHint.containsKey(tier);
    }

    /** The tier that the hint names, if there is one; else that of the tenant; else that of the user load; else the standard one. */
    Found find(Situation situation, String userLoad) {
        Found hinted = of(byHint, situation.hints().tier());
        Found found = hinted != null ? hinted : of(byTenant, situation.tenant());
        return found != null ? found : byLoad.getOrDefault(userLoad, STANDARD);
    }

    private static @Nullable Found of(Map<String, Found> found, @Nullable String name) {
        return name == null ? null : found.get(name);
    }
}
