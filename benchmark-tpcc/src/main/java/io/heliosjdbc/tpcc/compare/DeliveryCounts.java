package io.heliosjdbc.tpcc.compare;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of the Deliveries that were queued in one part, of all its streams together. They are in no figure of the table, where a Delivery
 * is answered as soon as it is queued: without a word, whoever refuses to execute them would look better than who does. Immutable.
 *
 * @param queued within the measurement; the sum of completed, failed and unfinished
 * @param refused how many of the failed ones Helios refused, or gave up in its queue
 * @param unfinished how many were under way at the end, or nobody had come to
 * @param late how many took longer than TPC-C's 80 s, or failed
 * @param workers how many executed them, and can have had one each under way at the end
 */
record DeliveryCounts(
        long queued, long completed, long failed, long refused, long unfinished, long late, long workers) {
    static DeliveryCounts of(Part.Result part) {
        Collection<Deferred> all = part.deferred().values();
        return new DeliveryCounts(
                sum(all, Recorder::offered),
                sum(all, Recorder::completed),
                sum(all, Recorder::failed),
                sum(all, Recorder::refused),
                sum(all, Recorder::unfinished),
                sum(all, Recorder::late),
                sum(all, book -> book.stream().deliveryWorkers()));
    }

    private static long sum(Collection<Deferred> all, ToLongFunction<Recorder> count) {
        return all.stream().map(Deferred::book).mapToLong(count).sum();
    }

    /** Whether not all was executed in time, but for what was under way at the end. */
    boolean fellShort() {
        return failed > 0 || refused > 0 || late > 0 || unfinished > workers;
    }

    /** For people; empty where nothing fell short. */
    Optional<String> text() {
        return fellShort()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "of %,d Deliveries that were queued %,d failed (%,d refused), %,d were not executed by the end, and %,d were late (80 s);"
                                + " that is in no figure above",
                        queued,
                        failed,
                        refused,
                        unfinished,
                        late))
                : Optional.empty();
    }

    void put(ObjectNode node) {
        node.put("queued", queued).put("completed", completed).put("failed", failed);
        node.put("refused", refused).put("unfinished", unfinished).put("late", late);
    }
}
