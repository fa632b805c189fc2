package io.heliosjdbc.driver.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One configuration key: everything that parsing, overriding, property infos and the documentation know of it. Immutable.
 *
 * @param section the table it belongs to
 * @param name its name in that table
 * @param kind what its values are
 * @param standard what serves where nothing is given; null where nothing does
 * @param standardByClass for keys of a service class: what serves instead of {@code standard}, by class
 * @param minimum the least value of a number
 * @param maximum the greatest value of a number
 * @param choices the values of a choice
 * @param effect what becomes of a given value
 * @param description what it does, in a sentence or two
 */
public record Key(
        Section section,
        String name,
        Kind kind,
        @Nullable Object standard,
        Map<String, Object> standardByClass,
        double minimum,
        double maximum,
        List<String> choices,
        Effect effect,
        String description) {

    /** What the values of a key are. */
    public enum Kind {
        /** True or false. */
        BOOLEAN,
        /** A whole number. */
        INTEGER,
        /** A number. */
        NUMBER,
        /** Any text. */
        TEXT,
        /** One of a few texts. */
        CHOICE,
        /** A list of texts. */
        TEXTS,
        /** A list of criteria. */
        CRITERIA,
        /** Whatever it is, it is not looked at. */
        ANYTHING
    }

    /** What becomes of a given value. */
    public enum Effect {
        /** It does what the description says. */
        WORKS,
        /** It is checked, and does nothing as yet. */
        NOT_YET,
        /** It belongs to a database server; a JDBC driver cannot do it. */
        FOREIGN
    }

    /** Copies the collections. */
    public Key {
        standardByClass = Map.copyOf(standardByClass);
        choices = List.copyOf(choices);
    }

    static Key of(Section section, String name, Kind kind, @Nullable Object standard, String description) {
        return new Key(
                section,
                name,
                kind,
                standard,
                Map.of(),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                List.of(),
                Effect.WORKS,
                description);
    }

    Key between(double least, double greatest) {
        return new Key(section, name, kind, standard, standardByClass, least, greatest, choices, effect, description);
    }

    Key choices(String... values) {
        return new Key(
                section, name, kind, standard, standardByClass, minimum, maximum, List.of(values), effect, description);
    }

    Key effect(Effect newEffect) {
        return new Key(
                section, name, kind, standard, standardByClass, minimum, maximum, choices, newEffect, description);
    }

    Key byClass(Map<String, Object> standards) {
        return new Key(section, name, kind, standard, standards, minimum, maximum, choices, effect, description);
    }

    /** What serves in a class's table where nothing is given, or null. */
    @Nullable
    Object standardFor(String serviceClass) {
        Object own = standardByClass.get(serviceClass);
        return own != null ? own : standard;
    }

    /** What a value must be, as the object of "give". */
    String expectation() {
        return switch (kind) {
            case BOOLEAN -> "true or false";
            case INTEGER -> "a whole number" + bounds();
            case NUMBER -> "a number" + bounds();
            case TEXT -> "a text";
            case CHOICE -> "one of " + String.join(", ", choices);
            case TEXTS -> "a list of texts";
            case CRITERIA -> "a list of criteria, each a text";
            case ANYTHING -> "anything";
        };
    }

    private String bounds() {
        if (minimum == Double.NEGATIVE_INFINITY) {
            return "";
        }
        // The greatest number there is keeps infinity out, and is too long to be read.
        return maximum >= Double.MAX_VALUE
                ? " of at least " + plain(minimum)
                : " from " + plain(minimum) + " to " + plain(maximum);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }
}
