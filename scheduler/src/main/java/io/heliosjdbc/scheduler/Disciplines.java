package io.heliosjdbc.scheduler;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The disciplines by name. Thread-safe. */
public final class Disciplines {
    private static final String BUDGET = "budget";

    private static final Map<String, Function<FisherKriegerDiscipline.Work, Discipline>> BY_NAME = new TreeMap<>(Map.of(
            BUDGET,
            work -> new BudgetDiscipline(),
            "fifo",
            work -> new FifoDiscipline(),
            "static",
            work -> new StaticDiscipline(),
            "mefi",
            work -> new PenaltyDiscipline(PenaltyDiscipline.Rank.STEP),
            "kafka",
            work -> new PenaltyDiscipline(PenaltyDiscipline.Rank.STEP_PER_ESTIMATE),
            "fisher_krieger",
            FisherKriegerDiscipline::new));

    private Disciplines() {}

    /** The names a configuration may choose from. */
    public static Set<String> names() {
        return Set.copyOf(BY_NAME.keySet());
    }

    /**
     * An empty queue of that discipline, for the tiers of one class. {@code budget} plans for all of them at once, and looks at
     * everything that waits anyway.
     *
     * @throws IllegalArgumentException where no discipline has the name
     */
    static Discipline of(String name, List<TierQueue> tiers) {
        Function<FisherKriegerDiscipline.Work, Discipline> discipline = BY_NAME.get(name);
        if (discipline == null) {
            throw new IllegalArgumentException(
                    "there is no discipline " + name + "; choose one of " + String.join(", ", BY_NAME.keySet()));
        }
        FisherKriegerDiscipline.Work work = new FisherKriegerDiscipline.Work();
        return tiers.size() == 1 || name.equals(BUDGET)
                ? discipline.apply(work)
                : new TieredDiscipline(tiers, () -> discipline.apply(work));
    }
}
