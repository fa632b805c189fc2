package io.heliosjdbc.classifier;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.UserLoad;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Where a request goes: user load, service class and tier of tenants. Immutable. */
record Mapping(LoadMap.Found load, ServiceMap.Found serviceClass, TierMap.Found tier) {

    /** Why, in words for the administrator. */
    String reason() {
        String reason = serviceClass.byLoad() ? load.reason() : serviceClass.reason() + "; " + load.reason();
        return tier.reason() == null ? reason : reason + "; tier " + tier.tier() + ": " + tier.reason();
    }

    /** Whether a request is nowhere better off here than there. */
    boolean isAtMost(Mapping other) {
        return ServiceMap.isAtMost(serviceClass.serviceClass(), other.serviceClass.serviceClass())
                && promisesAtMost(load.load(), other.load.load())
                && (tier.tier().equals(other.tier.tier()) || tier.tier().equals(TenantTier.STANDARD));
    }

    /** No higher penalty, neither for a point nor in all, and no deadline that the other has not. */
    private static boolean promisesAtMost(UserLoad load, UserLoad other) {
        Guarantee guarantee = load.guarantee();
        if (guarantee == null || load.name().equals(other.name())) {
            return true;
        }
        Guarantee others = other.guarantee();
        return others != null
                && (guarantee.deadline() == null || guarantee.deadline().equals(others.deadline()))
                && perPoint(guarantee.penalty()) <= perPoint(others.penalty())
                && maximum(guarantee.penalty()).compareTo(maximum(others.penalty())) <= 0;
    }

    private static double perPoint(@Nullable Penalty penalty) {
        return penalty == null ? 0 : penalty.value().doubleValue() / penalty.perPercentagePoints();
    }

    private static BigDecimal maximum(@Nullable Penalty penalty) {
        return penalty == null ? BigDecimal.ZERO : penalty.maximum();
    }
}
