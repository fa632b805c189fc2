package io.heliosjdbc.classifier;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the classifier decides. Immutable.
 *
 * @param serviceClasses every class's name
 * @param lanes the classes that take statements by criteria, in the order in which they are asked
 * @param defaultClass the class of what nothing else decides
 * @param hintsAllowedFor the database users whose hints may raise a priority; null for all
 */
public record ClassifierSettings(
        Set<String> serviceClasses,
        List<LaneSettings> lanes,
        String defaultClass,
        @Nullable Set<String> hintsAllowedFor) {
    /** Copies the collections. */
    public ClassifierSettings {
        serviceClasses = Set.copyOf(serviceClasses);
        lanes = List.copyOf(lanes);
        hintsAllowedFor = hintsAllowedFor == null ? null : Set.copyOf(hintsAllowedFor);
    }
}
