package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.StatementProfile;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one session found out about the statements it runs, by the identity of their profiles: two candidates per place, no
 * hashing of texts, no growth. Entries are immutable, so that a race between threads costs a look-up and nothing more.
 */
final class PlanCache {
    /** A power of two; sessions that run more statements look some of them up again. */
    private static final int SIZE = 128;

    private final @Nullable Entry[] entries = new @Nullable Entry[SIZE];

    /** A statement's effect and its latest plan. */
    private record Entry(
            StatementProfile profile,
            TransactionControl control,
            @Nullable Plan plan) {}

    /** What a text does to the transaction. */
    TransactionControl control(StatementProfile profile) {
        return entry(profile).control();
    }

    /** The plan of a decision, known by its identity as the classifier promises: the one at hand where the decision still stands, else a new one. */
    @SuppressWarnings("ReferenceEquality")
    Plan plan(
            StatementProfile profile,
            Classification decision,
            BiFunction<StatementProfile, Classification, Plan> resolve) {
        Entry entry = entry(profile);
        Plan plan = entry.plan();
        if (plan == null || plan.classification() != decision) {
            plan = resolve.apply(profile, decision);
            put(new Entry(profile, entry.control(), plan));
        }
        return plan;
    }

    private Entry entry(StatementProfile profile) {
        int place = place(profile);
        Entry first = entries[place];
        if (first != null && first.profile() == profile) {
            return first;
        }
        Entry second = entries[place ^ 1];
        if (second != null && second.profile() == profile) {
            return second;
        }
        Entry made = new Entry(profile, TransactionControl.of(profile), null);
        put(made);
        return made;
    }

    private void put(Entry entry) {
        int place = place(entry.profile());
        Entry first = entries[place];
        if (first == null || first.profile() == entry.profile()) {
            entries[place] = entry;
            return;
        }
        Entry second = entries[place ^ 1];
        if (second == null || second.profile() == entry.profile()) {
            entries[place ^ 1] = entry;
            return;
        }
        entries[place ^ 1] = first;
        entries[place] = entry;
    }

    private static int place(StatementProfile profile) {
        return System.identityHashCode(profile) & (SIZE - 1);
    }
}
