package io.heliosjdbc.overhead;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One operation on several paths, measured one after the other. Immutable.
 *
 * @param threads how many did it at once, each on its own connection
 * @param figures by path
 */
record Comparison(Operation operation, int threads, Map<Path, Figure> figures) {
    Comparison {
        figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    }
}
