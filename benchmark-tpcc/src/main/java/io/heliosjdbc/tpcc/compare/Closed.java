package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Stream.Work;
import io.heliosjdbc.tpcc.pace.Phases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everybody has one piece of work at a time: terminals, whose users key and think as TPC-C says, and askers, who do neither. How much
 * that makes depends on how fast they are answered. Immutable.
 *
 * @param scale by which TPC-C's keying and think times are multiplied at a load of 100 percent, 0 or more
 * @param percent the load until the first phase and in the warm-up, above 0: keying and think times are divided by it
 * @param phases from when on there is more or less load, in the order of their beginnings, no two at once
 */
record Closed(double scale, double percent, List<Phase> phases) implements Pace {
    /** Without any pause. */
    static final Closed WITHOUT_PAUSE = new Closed(0, 100, List.of());

    /**
     * Another load from an instant on, until the next phase.
     *
     * @param from since the measurement began, zero or more
     * @param percent above 0
     */
    record Phase(Duration from, double percent) {}

    Closed {
        phases = List.copyOf(phases);
    }

    /** By what keying and think times are multiplied over time. */
    Phases factors() {
        List<Phases.Phase> factors = new ArrayList<>();
        Duration begun = Duration.ZERO;
        double load = percent;
        for (Phase phase : phases) {
            factors.add(Phases.Phase.ofLoad(scale, load, phase.from().minus(begun)));
            begun = phase.from();
            load = phase.percent();
        }
        factors.add(Phases.Phase.ofLoad(scale, load, Duration.ZERO));
        return new Phases(factors);
    }

    @Override
    public String text(Work work, int parallel) {
        if (work == Work.QUESTIONS) {
            return parallel + " askers of analytical questions";
        }
        if (scale == 0) {
            return parallel + " terminals without keying and think times";
        }
        StringBuilder text = new StringBuilder()
                .append(parallel)
                .append(" terminals with TPC-C's keying and think times times ")
                .append(Course.shortly(scale));
        if (percent != 100) {
            text.append(", ").append(load(percent));
        }
        phases.forEach(phase -> text.append(", ").append(load(phase.percent())).append(Course.from(phase.from())));
        return text.toString();
    }

    private static String load(double percent) {
        return Course.shortly(percent) + " % of that load";
    }

    @Override
    public List<Event> changes(Work work) {
        return phases.stream()
                .map(phase -> new Event(phase.from(), load(phase.percent())))
                .toList();
    }
}
