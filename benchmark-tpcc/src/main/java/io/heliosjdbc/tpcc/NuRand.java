package io.heliosjdbc.tpcc;

import java.util.SplittableRandom;

/**
 * The constants C of TPC-C's non-uniform random numbers: one for the last names while loading, three for the run. Immutable.
 *
 * @param loadLastName C for last names while loading, 0 to 255
 * @param runLastName C for last names during the run, 65 to 119 away from the former but neither 96 nor 112
 * @param customer C for customers, 0 to 1023
 * @param item C for items, 0 to 8191
 */
public record NuRand(int loadLastName, int runLastName, int customer, int item) {
    /** A for last names (TPC-C 2.1.6). */
    public static final int LAST_NAME_A = 255;

    static final int CUSTOMER_A = 1023;
    static final int ITEM_A = 8191;

    /** Checks the distance. */
    public NuRand {
        int delta = Math.abs(runLastName - loadLastName);
        if (delta < 65 || delta > 119 || delta == 96 || delta == 112) {
            throw new IllegalArgumentException("C for last names: run and load are " + delta + " apart");
        }
    }

    /** Draws them as TPC-C 2.1.6 says. */
    public static NuRand draw(SplittableRandom random) {
        int load = random.nextInt(LAST_NAME_A + 1);
        int delta;
        do {
            delta = 65 + random.nextInt(55);
        } while (delta == 96 || delta == 112);
        int run = load + delta <= LAST_NAME_A ? load + delta : load - delta;
        return new NuRand(load, run, random.nextInt(CUSTOMER_A + 1), random.nextInt(ITEM_A + 1));
    }

    /** A non-uniform number from x to y. */
    public static int next(SplittableRandom random, int a, int x, int y, int c) {
        int left = random.nextInt(a + 1);
        int right = x + random.nextInt(y - x + 1);
        return ((left | right) + c) % (y - x + 1) + x;
    }
}
