package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.hints.Hints;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlanCacheTest {
    private final AtomicLong clock = new AtomicLong();
    private final Registry registry = ManualRegistry.of(clock, () -> Instant.EPOCH);
    private static final Attributes NOBODY = new Attributes(null, null, null, null, Hints.NONE);
    private int resolved;

    private record Decided(StatementProfile profile, Classification decision) {}

    @Test
    void twoDecisionsOfNeighbouringPlacesAreBothKept() throws SQLException {
        WorkloadManager manager = registry.open("db", Map.of(), "user", null).manager();
        Rules rules = manager.rules();
        PlanCache plans = new PlanCache((by, profile, decision) -> {
            resolved++;
            return manager.planner().plan(by, profile, decision);
        });
        Map<Integer, Decided> byPlace = new HashMap<>();
        Decided one = decided(rules, 0);
        Decided other = null;
        for (int i = 1; other == null; i++) {
            byPlace.put(System.identityHashCode(one.decision()) & 127, one);
            one = decided(rules, i);
            other = byPlace.get((System.identityHashCode(one.decision()) & 127) ^ 1);
        }
        for (int i = 0; i < 3; i++) {
            plans.plan(rules, one.profile(), one.decision());
            plans.plan(rules, Objects.requireNonNull(other).profile(), other.decision());
        }
        assertThat(resolved).isEqualTo(2);
    }

    /** A plan of a dry run knows all that was written down for the forecast. */
    @Test
    void plansByRulesThatWereReplacedAreNotKept() throws SQLException {
        Rules rules = registry.open("db", Map.of(), "user", null).manager().rules();
        Rules next = registry.open("other", Map.of(), "user", null).manager().rules();
        PlanCache plans = new PlanCache(
                registry.open("db", Map.of(), "user", null).manager().planner()::plan);
        WeakReference<Plan> replaced = planned(plans, rules);
        Decided decided = decided(next, 0);
        Plan plan = plans.plan(next, decided.profile(), decided.decision());

        for (int i = 0; i < 20 && replaced.get() != null; i++) {
            System.gc();
        }

        assertThat(replaced.get()).isNull();
        assertThat(plans.plan(next, decided.profile(), decided.decision())).isSameAs(plan);
    }

    private static WeakReference<Plan> planned(PlanCache plans, Rules rules) {
        Decided decided = decided(rules, 0);
        return new WeakReference<>(plans.plan(rules, decided.profile(), decided.decision()));
    }

    private static Decided decided(Rules rules, int number) {
        StatementProfile profile = rules.classifier().profile("SELECT a FROM t" + number);
        return new Decided(profile, rules.classifier().classify(profile, NOBODY, false));
    }
}
