package io.heliosjdbc.driver.configuration;

import java.util.List;
import java.util.function.IntFunction;

/**
 * A value as somebody gave it. Immutable.
 *
 * @param value a Boolean, Long, Double, String or List, or whatever else TOML knows
 * @param place where its key stands
 * @param elements the elements of a list with their own places
 * @param inside for a text: where its character of that index, from 0, stands
 */
record Given(Object value, Place place, List<Given> elements, IntFunction<Place> inside) {
    Given {
        elements = List.copyOf(elements);
    }

    static Given of(Object value, Place place) {
        return new Given(value, place, List.of(), offset -> place);
    }

    /** The value in words, short. */
    String inWords() {
        if (value instanceof String text) {
            return "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'";
        }
        if (value instanceof Boolean || value instanceof Number) {
            return value.toString();
        }
        return elements.isEmpty() && !(value instanceof List) ? "something else" : "a list";
    }
}
