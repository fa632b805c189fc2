package io.heliosjdbc.slo;

import java.util.List;

/**
 * What came of restoring books. Immutable.
 *
 * @param settlements what became due in between
 * @param notes what is no longer as it was written down, in sentences
 */
public record Restored(List<Settlement> settlements, List<String> notes) {
    /** Copies the lists. */
    public Restored {
        settlements = List.copyOf(settlements);
        notes = List.copyOf(notes);
    }
}
