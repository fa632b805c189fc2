package io.heliosjdbc.tpcc.simulation;

/**
 * What one run simulates (thesis 3.6 and 3.7). Immutable.
 *
 * @param discipline the order of the queue, a name that the scheduler knows
 * @param degree the degree k of opportunity cost and marginal gain, positive
 * @param deadlines whether the deadlines of thesis table 3.3 hold
 * @param capacity the database's speed at MPL 10, as a part of the transactions that 200 terminals at full load send
 * @param mpl how many transactions may be in the database at once
 * @param workCv the coefficient of variation of a transaction's work, 0 for none
 * @param estimateError the standard deviation of the logarithm of an estimate's error, 0 for what was learned
 * @param open whether transactions arrive whatever becomes of the ones before, instead of one at a time per terminal
 */
record Experiment(
        String discipline,
        double degree,
        boolean deadlines,
        double capacity,
        int mpl,
        double workCv,
        double estimateError,
        boolean open) {}
