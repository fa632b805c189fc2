package io.heliosjdbc.classifier;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the classifier decides. Immutable, thread-safe.
 *
 * <p>The order of the lanes matters, for the first one whose criteria hold takes a statement. The routing document's examples
 * come out as it says when the heavier lane is asked first: {@code background_queue}, {@code parallel_lanes}, a
 * configuration's own classes, {@code fast_lane} last. Its criterion {@code transaction_context = true} holds for a report
 * too, where that runs in a transaction.
 *
 * @param serviceClasses every class's name
 * @param lanes the classes that take statements by criteria, in the order in which they are asked
 * @param defaultClass the class of what nothing else decides
 * @param hintsAllowedFor the database users, in the case in which they log in, whose hints may raise a priority and choose a class, a
 *     load, the workload {@code oltp}, a tenant, a tier, a deadline or an estimate, and whose comments may say who asks; null for
 *     all. The others' may lower the priority
 * @param tiers who belongs to which tier of tenants; whoever belongs to none is of the standard tier
 */
public record ClassifierSettings(
        Set<String> serviceClasses,
        List<LaneSettings> lanes,
        String defaultClass,
        @Nullable Set<String> hintsAllowedFor,
        List<TenantTier> tiers) {
    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException where the default class or a lane's class is none of the classes
     */
    public ClassifierSettings {
        serviceClasses = Set.copyOf(serviceClasses);
        lanes = List.copyOf(lanes);
        tiers = List.copyOf(tiers);
        hintsAllowedFor = hintsAllowedFor == null ? null : Set.copyOf(hintsAllowedFor);
        if (!serviceClasses.contains(defaultClass)) {
            throw new IllegalArgumentException("default class " + defaultClass + " is not among the service classes");
        }
        for (LaneSettings lane : lanes) {
            if (!serviceClasses.contains(lane.serviceClass())) {
                throw new IllegalArgumentException("lane " + lane.serviceClass() + " is not among the service classes");
            }
        }
    }

    /** Without tiers. */
    public ClassifierSettings(
            Set<String> serviceClasses,
            List<LaneSettings> lanes,
            String defaultClass,
            @Nullable Set<String> hintsAllowedFor) {
        this(serviceClasses, lanes, defaultClass, hintsAllowedFor, List.of());
    }
}
