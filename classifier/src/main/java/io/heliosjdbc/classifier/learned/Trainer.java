package io.heliosjdbc.classifier.learned;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Trains models: stochastic gradient descent on the cross entropy, with steps by AdaGrad, weight decay and smoothed labels.
 * The same examples give the same model, bit by bit, on every machine. Stateless.
 */
public final class Trainer {
    private static final int EPOCHS = 10;
    private static final double STEP = 0.15;
    private static final double DECAY = 2e-6;
    /** The share of a label that the other lanes get: a corpus is never as right as it looks. */
    private static final double SMOOTHING = 0.03;

    private static final long ORDER_SEED = 7;
    /** One in so many groups is kept apart to find the temperature. */
    private static final int CALIBRATION_SHARE = 5;

    private Trainer() {}

    /** The settings in words: a model that was trained with others is another model. */
    public static String settings() {
        return "epochs=" + EPOCHS + " step=" + STEP + " decay=" + DECAY + " smoothing=" + SMOOTHING + " order="
                + ORDER_SEED + " dimension=" + FeatureVector.DIMENSION;
    }

    /**
     * A model of all examples. Its temperature comes from a model of four fifths of the groups, held against the others; it
     * is never below one, for what comes later is stranger than any part of the corpus to the rest, and the model must not be
     * surer of it than its training made it.
     *
     * @param corpusHash what tells the corpus from others
     */
    public static Model train(List<Example> examples, long corpusHash) {
        List<Example> most = new ArrayList<>();
        List<Example> rest = new ArrayList<>();
        List<String> groups = groups(examples);
        for (Example example : examples) {
            (groups.indexOf(example.group()) % CALIBRATION_SHARE == 0 ? rest : most).add(example);
        }
        double temperature = most.isEmpty() || rest.isEmpty()
                ? 1
                : Math.max(1, temperature(new Model(weights(most), 1, corpusHash).rounded(), rest));
        return new Model(weights(examples), temperature, corpusHash).rounded();
    }

    /** The groups of examples, in order. */
    static List<String> groups(List<Example> examples) {
        TreeSet<String> groups = new TreeSet<>();
        examples.forEach(example -> groups.add(example.group()));
        return List.copyOf(groups);
    }

    private static float[] weights(List<Example> examples) {
        float[] weights = new float[FeatureVector.DIMENSION * Lane.COUNT];
        float[] squares = new float[weights.length];
        float[] sums = new float[weights.length];
        SplittableRandom random = new SplittableRandom(ORDER_SEED);
        int[] order = new int[examples.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        double[] scores = new double[Lane.COUNT];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, random);
            for (int at : order) {
                step(examples.get(at), weights, squares, scores);
            }
            // The average over the later half is steadier than where the last step led.
            for (int i = 0; epoch >= EPOCHS / 2 && i < weights.length; i++) {
                sums[i] += weights[i] / (EPOCHS - EPOCHS / 2);
            }
        }
        return sums;
    }

    private static void step(Example example, float[] weights, float[] squares, double[] scores) {
        FeatureVector vector = example.vector();
        scores[0] = 0;
        scores[1] = 0;
        scores[2] = 0;
        vector.addProducts(weights, scores);
        Probabilities now = Probabilities.ofScores(scores, 1);
        for (int lane = 0; lane < Lane.COUNT; lane++) {
            boolean label = example.lane().index() == lane;
            double target = label ? 1 - SMOOTHING : SMOOTHING / (Lane.COUNT - 1);
            double error = now.of(Lane.at(lane)) - target;
            for (int i = 0; i < vector.size(); i++) {
                int place = vector.index(i) * Lane.COUNT + lane;
                double gradient = error * vector.value(i) + DECAY * weights[place];
                squares[place] += (float) (gradient * gradient);
                weights[place] -= (float) (STEP * gradient / (StrictMath.sqrt(squares[place]) + 1e-6));
            }
        }
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    /** The temperature at which examples that were not trained on are least surprising; a golden section search. */
    static double temperature(Model model, List<Example> examples) {
        List<double[]> scores =
                examples.stream().map(example -> model.scores(example.vector())).toList();
        double low = 0.3;
        double high = 4;
        double ratio = (StrictMath.sqrt(5) - 1) / 2;
        for (int i = 0; i < 40; i++) {
            double one = high - ratio * (high - low);
            double other = low + ratio * (high - low);
            if (surprise(scores, examples, one) < surprise(scores, examples, other)) {
                high = other;
            } else {
                low = one;
            }
        }
        return (low + high) / 2;
    }

    private static double surprise(List<double[]> scores, List<Example> examples, double temperature) {
        double sum = 0;
        for (int i = 0; i < scores.size(); i++) {
            double probability = Probabilities.ofScores(scores.get(i), temperature)
                    .of(examples.get(i).lane());
            sum -= StrictMath.log(Math.max(probability, 1e-12));
        }
        return sum;
    }
}
