package io.heliosjdbc.agreements;

import java.util.Map;

/**
 * Where an element begins. Immutable.
 *
 * @param place of its opening bracket
 * @param attributes the places of its attributes by qualified name
 */
record StartTag(Place place, Map<String, Place> attributes) {
    StartTag {
        attributes = Map.copyOf(attributes);
    }

    /** The place of an attribute, or that of the element where it has no such attribute. */
    Place attribute(String name) {
        return attributes.getOrDefault(name, place);
    }
}
