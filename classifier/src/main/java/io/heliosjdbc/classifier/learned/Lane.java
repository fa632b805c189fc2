package io.heliosjdbc.classifier.learned;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the learned classifier tells apart: the built-in service classes. */
public enum Lane {
    /** Short transactional work that somebody waits for; expected below half a second. */
    FAST_LANE(0),
    /** Analytical reads: many rows read, few given back; seconds to a minute. */
    PARALLEL_LANES(1),
    /** Batches, bulk writes and maintenance: minutes to hours. */
    BACKGROUND_QUEUE(2);

    /** How many there are. */
    public static final int COUNT = 3;

    private final int index;

    Lane(int index) {
        this.index = index;
    }

    /** The lane at a place of the order above. */
    public static Lane at(int index) {
        return switch (index) {
            case 0 -> FAST_LANE;
            case 1 -> PARALLEL_LANES;
            case 2 -> BACKGROUND_QUEUE;
            default -> throw new IllegalArgumentException("no lane " + index);
        };
    }

    /** The lane's place in the order above. */
    public int index() {
        return index;
    }

    /** The service class's name. */
    public String className() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The lane of a service class, or null where it is none of the built-in ones. */
    public static @Nullable Lane of(String className) {
        for (Lane lane : values()) {
            if (lane.className().equals(className)) {
                return lane;
            }
        }
        return null;
    }
}
