package io.heliosjdbc.slo;

/**
 * What another miss costs an account: its objective is a budget of misses. The shape was chosen by simulation: {@code docs/scheduling.md}.
 *
 * <p>Of the transactions that are expected by the interval's end so many may be late before the next penalty step is due. Those
 * of the transactions so far may be spent now, and of the next {@value #FORESIGHT} the part {@value #ADVANCE}. While one or
 * less of them is left, a miss costs the step; with more it costs exponentially less. What is at stake is the first step that
 * can still be avoided; where all are lost, almost nothing is. An account whose whole budget is a few misses is kept or
 * lost by chance, however well it is served, and weighs down to {@value #LOTTERY} of one with {@value #SAFE_BUDGET}.
 */
final class MissBudget {
    private static final double ADVANCE = 0.4;
    /** So many transactions are foreseen, if as many are to come: who knows how those after them will fare. */
    private static final double FORESIGHT = 13;

    private static final double ROUNDING = 0.2;
    private static final double SCALE = 0.06;
    private static final double LEAST_SCALE = 0.5;
    private static final double LOST = 0.001;
    private static final double LOTTERY = 0.2;
    private static final double SAFE_BUDGET = 4;

    private MissBudget() {}

    /**
     * The cost, in the agreement's unit.
     *
     * @param transactions how many there were so far
     * @param late how many of them were late
     * @param foretold how many are expected by the interval's end
     */
    static double cost(ServiceLevels levels, double foretold, long transactions, long late) {
        double expected = Math.max(1, foretold);
        double best = Math.max(0, 1 - Math.max(0, late - ROUNDING) / expected);
        double step = levels.stepBelow(best);
        if (step == 0) {
            return LOST * levels.maximum();
        }
        double share = 1 - levels.boundaryBelow(best);
        double foreseen = Math.min(expected - transactions, FORESIGHT);
        double budget = share * (transactions + foreseen);
        step *= LOTTERY + (1 - LOTTERY) * Math.min(1, share * expected / SAFE_BUDGET);
        double left = share * (transactions + ADVANCE * foreseen) - late;
        double scale = Math.max(LEAST_SCALE, SCALE * budget);
        return left <= 1 ? step : Math.max(LOST * step, step * Math.exp(-(left - 1) / scale));
    }
}
