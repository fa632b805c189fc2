package io.heliosjdbc.driver.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads connection properties and URL parameters into given values. */
final class Overrides {
    static final String PREFIX = "helios.";

    private Overrides() {}

    static String nameOf(Key key, String path) {
        return path.isEmpty() ? key.name() : path + "." + key.name();
    }

    /**
     * Takes every property in.
     *
     * @param properties by name, without the prefix
     */
    static void read(Map<String, String> properties, GivenValues values) {
        new TreeMap<>(properties).forEach((name, text) -> {
            if (Parameters.names().contains(name)) {
                return;
            }
            int dot = name.lastIndexOf('.');
            String path = dot < 0 ? "" : name.substring(0, dot);
            Place place = Place.property(name);
            Key key = key(path, name.substring(dot + 1));
            if (key == null) {
                unknown(name, place, values);
                return;
            }
            if (path.startsWith(Section.OWN_CLASSES + ".")) {
                values.ownClass(path.substring(Section.OWN_CLASSES.length() + 1), place);
            }
            if (key.section() == Section.TENANT_OVERRIDES) {
                values.tier(path.substring(Section.pathOfTier("").length()), place);
            }
            values.put(key, path, given(key, text, place));
        });
    }

    /** There are too many names for all of them to be listed. */
    private static void unknown(String name, Place place, GivenValues values) {
        String what = "unknown parameter '" + PREFIX + name + "'";
        List<String> homes = Names.propertiesThatEndIn(name.substring(name.lastIndexOf('.') + 1), values.ownClasses());
        if (!homes.isEmpty()) {
            values.fault(
                    place, what, "say " + homes.stream().map(PREFIX::concat).collect(Collectors.joining(" or ")));
            return;
        }
        String nearest = Nearest.to(name, Names.properties(values.ownClasses()));
        values.fault(
                place,
                what,
                nearest != null
                        ? "the nearest known name is " + PREFIX + nearest
                        : "give " + PREFIX + " and a key's name below workload_routing, with dots, such as " + PREFIX
                                + "fast_lane.max_concurrency");
    }

    /** The key that a property names, or null. */
    @SuppressWarnings("ReferenceEquality")
    static @Nullable Key key(String path, String name) {
        Section section = switch (path) {
            case "" -> Section.ROOT;
            case "classifier" -> Section.CLASSIFIER;
            case "admission_control" -> Section.ADMISSION_CONTROL;
            case "observability" -> Section.OBSERVABILITY;
            case "pool" -> Section.POOL;
            case "fast_lane", "parallel_lanes", "background_queue" -> Section.SERVICE_CLASS;
            default ->
                path.matches(Section.OWN_CLASSES + "\\.[^.]+")
                        ? Section.SERVICE_CLASS
                        : path.matches(Pattern.quote(Section.pathOfTier("")) + "[^.]+")
                                ? Section.TENANT_OVERRIDES
                                : null;
        };
        Key key = section == null ? null : Keys.find(section, name);
        // A tier's name stands in the path.
        return key == Keys.TENANT_TIER ? null : key;
    }

    /** A property's text as a value of the key's kind; as a text where it is none, for the check to refuse. */
    static Given given(Key key, String text, Place place) {
        String trimmed = text.trim();
        return switch (key.kind()) {
            case BOOLEAN ->
                Given.of(trimmed.equals("true") ? true : trimmed.equals("false") ? (Object) false : text, place);
            case INTEGER, NUMBER -> Given.of(number(key, trimmed), place);
            case TEXT, CHOICE, ANYTHING -> Given.of(trimmed, place);
            case TEXTS, CRITERIA -> {
                List<String> texts = split(trimmed);
                yield new Given(
                        texts,
                        place,
                        texts.stream().map(each -> Given.of(each, place)).toList(),
                        offset -> place);
            }
        };
    }

    private static Object number(Key key, String text) {
        try {
            if (key.kind() == Key.Kind.INTEGER) {
                return Long.parseLong(text);
            }
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            return text;
        }
    }

    /** The parts between commas that stand outside quotes. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            }
            if (c == ',' && quote == 0) {
                parts.add(part.toString().trim());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (!part.toString().isBlank() || !parts.isEmpty()) {
            parts.add(part.toString().trim());
        }
        return parts;
    }
}
