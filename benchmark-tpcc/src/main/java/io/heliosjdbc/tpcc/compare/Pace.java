package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Stream.Work;
import java.util.List;

/** When the work of a stream is due: at instants of its own, or each piece some time after the last one was answered. Immutable. */
sealed interface Pace permits Course, Closed {
    /**
     * For people: how much of it there is.
     *
     * @param parallel of a course: how many can be under way at once; else how many terminals or askers there are
     */
    String text(Work work, int parallel);

    /** What becomes more or less on the way, in the order of time. */
    List<Event> changes(Work work);
}
