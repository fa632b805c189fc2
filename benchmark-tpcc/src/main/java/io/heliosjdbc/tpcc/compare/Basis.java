package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Population;
import java.time.Duration;

/**
 * What a comparison rests on: how long, how large, and from which seed. Immutable.
 *
 * @param duration how long each part takes
 * @param warmup time before each part that counts nowhere
 * @param seed of the first repetition, from which all inputs and arrivals follow
 * @param population how much is loaded
 * @param warehouses how many, 1 or more
 * @param isolation of all transactions and questions
 */
record Basis(
        Duration duration, Duration warmup, long seed, Population population, int warehouses, Isolation isolation) {
    /** A part is no shorter. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Where neither the scenario nor the command line says anything. */
    static final Basis USUAL =
            new Basis(Duration.ofSeconds(25), Duration.ofSeconds(8), 1, Population.FULL, 1, Isolation.READ_COMMITTED);
}
