package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.pace.Phases;
import java.time.Duration;
import java.util.Properties;

/**
 * What a run is made of. Immutable but for the properties, which nobody changes.
 *
 * @param warehouses how many, 1 or more
 * @param terminals how many, 1 or more; the first one's home is warehouse 1, the second one's warehouse 2 and so on
 * @param phases the load in the measurement interval
 * @param warmup the time before it, under the first phase's load
 * @param isolation of all transactions
 * @param population how much is loaded
 * @param seed from which all inputs follow
 * @param replace whether tables that are there already are dropped
 * @param loaders how many connections load, 1 or more
 * @param connection connection properties of the terminals
 * @param drain how long transactions that run at the end may take to finish before they are aborted
 * @param raw whether every transaction is kept as a row
 * @param deliveryWorkers how many execute what the terminals queue, 1 or more
 * @param deliveryLog whether every Delivery that was executed is kept as a row
 */
record Settings(
        int warehouses,
        int terminals,
        Phases phases,
        Duration warmup,
        Isolation isolation,
        Population population,
        long seed,
        boolean replace,
        int loaders,
        Properties connection,
        Duration drain,
        boolean raw,
        int deliveryWorkers,
        boolean deliveryLog) {
    /** How many Deliveries can wait: one of each terminal, which with think times never come together. */
    int deliveryRoom() {
        return terminals;
    }

    /** How many workers do for so many terminals. */
    static int deliveryWorkers(int terminals) {
        return (terminals + 9) / 10;
    }

    /** How long it takes to measure once, with the warm-up. */
    Duration slice() {
        return warmup.plus(phases.duration());
    }

    Load load() {
        return new Load(seed, population, warehouses);
    }
}
