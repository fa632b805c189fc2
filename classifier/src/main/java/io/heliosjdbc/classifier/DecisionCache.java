package io.heliosjdbc.classifier;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last decisions about one text, by the identity of the attributes. Neither locks nor allocates on a hit; bounded, and
 * what does not fit pushes an older decision out. Thread-safe.
 *
 * <p>A text that is prepared for long outlives the classifier that was replaced: whose decisions these are tells a mark of the classifier's, so
 * that it is not kept alive with all the texts that it knows.
 */
final class DecisionCache {
    /** A power of two. Connections times two transaction states share it, before decisions are made anew. */
    private static final int SLOTS = 64;

    private static final int PROBES = 8;

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    private record Entry(
            Object owner,
            Attributes attributes,
            boolean inTransaction,
            @Nullable Object verdict,
            @Nullable Object estimate,
            Classification classification) {

        /** By identity, which costs nothing; equal attributes get an equal decision all the same. */
        @SuppressWarnings("ReferenceEquality")
        boolean isFor(Object someOwner, Attributes someAttributes, boolean someInTransaction) {
            return attributes == someAttributes && inTransaction == someInTransaction && owner == someOwner;
        }

        @SuppressWarnings("ReferenceEquality")
        boolean standsOn(@Nullable Object someVerdict, @Nullable Object someEstimate) {
            return verdict == someVerdict && estimate == someEstimate;
        }
    }

    /**
     * The decision, or null.
     *
     * @param owner the classifier's mark
     * @param verdict what the decision is made on beside these, by identity, together with the estimate; a decision on others
     *     is out of date
     */
    @Nullable
    Classification find(
            Object owner,
            Attributes attributes,
            boolean inTransaction,
            @Nullable Object verdict,
            @Nullable Object estimate) {
        int first = first(attributes, inTransaction);
        for (int i = 0; i < PROBES; i++) {
            Entry entry = slots.get((first + i) & (SLOTS - 1));
            if (entry == null) {
                return null;
            }
            if (entry.isFor(owner, attributes, inTransaction)) {
                return entry.standsOn(verdict, estimate) ? entry.classification : null;
            }
        }
        return null;
    }

    /** Keeps a decision; answers the instance to use from now on, which is an equal one where there is one. */
    Classification keep(
            Object owner,
            Attributes attributes,
            boolean inTransaction,
            @Nullable Object verdict,
            @Nullable Object estimate,
            Classification decided) {
        Entry entry = new Entry(owner, attributes, inTransaction, verdict, estimate, known(owner, decided));
        int first = first(attributes, inTransaction);
        for (int i = 0; i < PROBES; i++) {
            int slot = (first + i) & (SLOTS - 1);
            if (slots.compareAndSet(slot, null, entry)) {
                return entry.classification;
            }
            Entry other = slots.get(slot);
            if (other != null && other.isFor(owner, attributes, inTransaction)) {
                if (!other.standsOn(verdict, estimate)) {
                    slots.set(slot, entry);
                    return entry.classification;
                }
                return other.classification;
            }
        }
        int victim = first + (System.identityHashCode(attributes) & (PROBES - 1));
        slots.set(victim & (SLOTS - 1), entry);
        return entry.classification;
    }

    /** The equal decision that is kept, or the one given; forgets those of other classifiers. */
    private Classification known(Object owner, Classification decided) {
        for (int i = 0; i < SLOTS; i++) {
            Entry entry = slots.get(i);
            if (entry == null) {
                continue;
            }
            if (entry.owner != owner) {
                // One that was replaced; a text that is prepared for long would keep all it knows.
                boolean unused = slots.compareAndSet(i, entry, null);
            } else if (entry.classification.equals(decided)) {
                return entry.classification;
            }
        }
        return decided;
    }

    private static int first(Attributes attributes, boolean inTransaction) {
        int hash = System.identityHashCode(attributes) * 0x9E3779B9;
        return ((hash >>> 16) + (inTransaction ? SLOTS / 2 : 0)) & (SLOTS - 1);
    }
}
