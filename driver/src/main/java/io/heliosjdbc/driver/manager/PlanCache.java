package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.StatementProfile;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the statements that one session runs, by the identity of the classifier's decisions: two candidates per
 * place, no hashing of texts, no growth. Those by rules that were replaced go with the first statement by others: they
 * keep what was written down for a forecast. Plans are immutable, so that a race between threads costs a look-up and
 * nothing more.
 */
final class PlanCache {
    /** A power of two; sessions that run more statements look some of them up again. */
    private static final int SIZE = 128;

    private final Resolver resolver;
    /** Null before the first statement. */
    private @Nullable Kept kept;

    /** The plans by one set of rules, which it does not keep alive. Any thread that finds it finds it whole. */
    private static final class Kept {
        private final WeakReference<Rules> by;
        private final @Nullable Plan[] plans = new @Nullable Plan[SIZE];

        Kept(Rules rules) {
            this.by = new WeakReference<>(rules);
        }
    }

    /** Makes a plan of a decision. */
    interface Resolver {
        Plan resolve(Rules rules, StatementProfile profile, Classification decision);
    }

    /**
     * An empty cache.
     *
     * @param resolver makes a plan of a decision
     */
    PlanCache(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The plan of a decision by these rules, which is known by its identity as the classifier promises. */
    @SuppressWarnings("ReferenceEquality")
    Plan plan(Rules rules, StatementProfile profile, Classification decision) {
        Kept of = kept;
        if (of == null || !of.by.refersTo(rules)) {
            of = new Kept(rules);
            kept = of;
        }
        @Nullable Plan[] plans = of.plans;
        int place = System.identityHashCode(decision) & (SIZE - 1);
        Plan first = plans[place];
        if (first != null && first.classification() == decision) {
            return first;
        }
        Plan second = plans[place ^ 1];
        if (second != null && second.classification() == decision) {
            return second;
        }
        Plan plan = resolver.resolve(rules, profile, decision);
        plans[place] = plan;
        if (first != null) {
            plans[place ^ 1] = first;
        }
        return plan;
    }
}
