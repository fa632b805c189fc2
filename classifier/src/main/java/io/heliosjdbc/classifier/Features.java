package io.heliosjdbc.classifier;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The features of a statement's text, by the names of the routing document's criteria. Immutable.
 *
 * <p>They are read off the text alone: {@code write_heavy} and {@code bulk_operation} say what the text shows of the amount
 * of data, {@code FeatureScanner} says how. Estimates and the sizes of tables are not among them.
 */
public final class Features {
    private final Map<String, Object> byName;
    private final Map<Feature, Object> byFeature;

    Features(EnumMap<Feature, Object> values) {
        byFeature = new EnumMap<>(values);
        Map<String, Object> named = new LinkedHashMap<>();
        byFeature.forEach((feature, value) -> named.put(feature.featureName(), value));
        byName = Collections.unmodifiableMap(named);
    }

    /**
     * Every known feature with its value, in a fixed order; a feature that is not known is absent. Values are
     * {@link String}, {@link Boolean}, {@link Long}, or a {@link List} of strings.
     */
    public Map<String, Object> asMap() {
        return byName;
    }

    @Nullable
    Object value(Feature feature) {
        return byFeature.get(feature);
    }

    /** The tables that the statement names, as far as it names any. */
    List<?> tableNames() {
        return value(Feature.TABLE_NAMES) instanceof List<?> names ? names : List.of();
    }

    @Override
    public String toString() {
        return byName.toString();
    }
}
