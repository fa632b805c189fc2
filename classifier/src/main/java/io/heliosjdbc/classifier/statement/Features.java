package io.heliosjdbc.classifier.statement;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The features of a statement's text, by the names of the routing document's criteria. Immutable.
 *
 * <p>They are read off the text alone: {@code write_heavy} and {@code bulk_operation} say what the text shows of the amount
 * of data, {@code FeatureScanner} says how. Estimates and the sizes of tables are not among them.
 */
public final class Features {
    private final Map<Feature, Object> byFeature;

    /** Those that are known. */
    public Features(EnumMap<Feature, Object> values) {
        byFeature = new EnumMap<>(values);
    }

    /**
     * Every known feature with its value, in a fixed order; a feature that is not known is absent. Values are
     * {@link String}, {@link Boolean}, {@link Long}, or a {@link List} of strings.
     */
    public Map<String, Object> asMap() {
        Map<String, Object> named = new LinkedHashMap<>();
        byFeature.forEach((feature, value) -> named.put(feature.featureName(), value));
        return Collections.unmodifiableMap(named);
    }

    /** A value as {@link Feature#type} says; null where it is not known. */
    public @Nullable Object value(Feature feature) {
        return byFeature.get(feature);
    }

    /** The tables that the statement names, as far as it names any. */
    public List<?> tableNames() {
        return value(Feature.TABLE_NAMES) instanceof List<?> names ? names : List.of();
    }

    /** Whether it names that table: {@code orders} also as {@code shop.orders}, in any case. */
    public boolean namesTable(String table) {
        return contain(tableNames(), table);
    }

    /** Whether a name is among names: {@code orders} among them also as {@code shop.orders}, in any case. */
    public static boolean contain(List<?> names, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Object each : names) {
            String candidate = each.toString().toLowerCase(Locale.ROOT);
            if (candidate.equals(wanted) || candidate.endsWith("." + wanted)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
