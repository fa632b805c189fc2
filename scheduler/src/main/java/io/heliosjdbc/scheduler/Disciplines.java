package io.heliosjdbc.scheduler;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The disciplines by name. Thread-safe. */
public final class Disciplines {
    private static final Map<String, Supplier<Discipline>> BY_NAME = new TreeMap<>(Map.of(
            "budget", BudgetDiscipline::new,
            "fifo", FifoDiscipline::new,
            "static", StaticDiscipline::new,
            "mefi", () -> new PenaltyDiscipline(PenaltyDiscipline.Rank.STEP),
            "kafka", () -> new PenaltyDiscipline(PenaltyDiscipline.Rank.STEP_PER_ESTIMATE),
            "fisher_krieger", FisherKriegerDiscipline::new));

    private Disciplines() {}

    /** The names a configuration may choose from. */
    public static Set<String> names() {
        return Set.copyOf(BY_NAME.keySet());
    }

    /**
     * An empty queue of that discipline.
     *
     * @throws IllegalArgumentException where no discipline has the name
     */
    static Discipline of(String name) {
        Supplier<Discipline> discipline = BY_NAME.get(name);
        if (discipline == null) {
            throw new IllegalArgumentException(
                    "there is no discipline " + name + "; choose one of " + String.join(", ", BY_NAME.keySet()));
        }
        return discipline.get();
    }
}
