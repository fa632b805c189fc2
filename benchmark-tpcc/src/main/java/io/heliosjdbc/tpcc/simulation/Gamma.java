package io.heliosjdbc.tpcc.simulation;

import java.util.random.RandomGenerator;

/** Gamma distributed amounts (Marsaglia and Tsang, A simple method for generating gamma variables, 2000). Stateless. */
final class Gamma {
    private Gamma() {}

    /** An amount with that mean and that coefficient of variation; the mean itself where the latter is 0. */
    static double next(RandomGenerator random, double mean, double variation) {
        if (variation == 0) {
            return mean;
        }
        double shape = 1 / (variation * variation);
        return mean / shape * standard(random, shape);
    }

    private static double standard(RandomGenerator random, double shape) {
        if (shape < 1) {
            return standard(random, shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double third = shape - 1.0 / 3;
        double scale = 1 / Math.sqrt(9 * third);
        while (true) {
            double normal = random.nextGaussian();
            double root = 1 + scale * normal;
            double cube = root * root * root;
            if (cube > 0
                    && Math.log(1 - random.nextDouble())
                            < normal * normal / 2 + third - third * cube + third * Math.log(cube)) {
                return third * cube;
            }
        }
    }
}
