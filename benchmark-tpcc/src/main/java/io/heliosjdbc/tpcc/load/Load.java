package io.heliosjdbc.tpcc.load;

import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a loaded database follows from, all its rows. It has parts that can be loaded side by side: part 0 is the items, part n warehouse n.
 * Immutable.
 *
 * @param seed of the random numbers
 * @param population how much a warehouse has
 * @param warehouses how many, 1 or more
 */
public record Load(long seed, Population population, int warehouses) {
    static final int ITEMS = 0;

    /** The constants of rows and of a run's inputs: the first that is drawn from the seed. */
    public NuRand nuRand() {
        return NuRand.draw(new SplittableRandom(seed));
    }

    /** The random numbers of each part, in the order of the parts; a run's inputs go on where {@link #nuRand} ends, so these begin elsewhere. */
    List<SplittableRandom> randoms() {
        SplittableRandom random = new SplittableRandom(~seed);
        List<SplittableRandom> randoms = new ArrayList<>();
        for (int part = ITEMS; part <= warehouses; part++) {
            randoms.add(random.split());
        }
        return randoms;
    }

    /** About how many rows a part has. */
    long rows(int part) {
        return part == ITEMS ? Rows.ofItems(population) : Rows.ofWarehouse(population);
    }

    @Override
    public String toString() {
        return "--warehouses " + warehouses + " --population " + population.name() + " --seed " + seed;
    }
}
