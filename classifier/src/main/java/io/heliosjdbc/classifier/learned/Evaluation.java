package io.heliosjdbc.classifier.learned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of predictions: confusion matrix, accuracy and calibration. Not thread-safe. */
public final class Evaluation {
    /** Bins of equal width over the confidences. */
    public static final int BINS = 10;

    private final int[][] confusion = new int[Lane.COUNT][Lane.COUNT];
    private final int[] inBin = new int[BINS];
    private final int[] rightInBin = new int[BINS];
    private final double[] confidenceInBin = new double[BINS];

    /** Counts one prediction. */
    public void add(Lane actual, Probabilities predicted) {
        Lane best = predicted.best();
        confusion[actual.index()][best.index()]++;
        int bin = Math.min(BINS - 1, (int) (predicted.confidence() * BINS));
        inBin[bin]++;
        rightInBin[bin] += best == actual ? 1 : 0;
        confidenceInBin[bin] += predicted.confidence();
    }

    /** How many predictions there were. */
    public int statements() {
        int sum = 0;
        for (int[] row : confusion) {
            for (int count : row) {
                sum += count;
            }
        }
        return sum;
    }

    /** How many statements of one lane were predicted to be of another one, or of the same. */
    public int count(Lane actual, Lane predicted) {
        return confusion[actual.index()][predicted.index()];
    }

    /** The share of right predictions, from 0 to 1; 0 where there were none. */
    public double accuracy() {
        int right = 0;
        for (Lane lane : Lane.values()) {
            right += count(lane, lane);
        }
        int all = statements();
        return all == 0 ? 0 : (double) right / all;
    }

    /** How many predictions had a confidence in a bin. */
    public int inBin(int bin) {
        return inBin[bin];
    }

    /** The share of right predictions in a bin; 0 where it is empty. */
    public double accuracyInBin(int bin) {
        return inBin[bin] == 0 ? 0 : (double) rightInBin[bin] / inBin[bin];
    }

    /** The mean confidence in a bin; 0 where it is empty. */
    public double confidenceInBin(int bin) {
        return inBin[bin] == 0 ? 0 : confidenceInBin[bin] / inBin[bin];
    }

    /** The expected calibration error: the mean distance of confidence and accuracy over the bins, by their sizes. */
    public double calibrationError() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += inBin[bin] * Math.abs(accuracyInBin(bin) - confidenceInBin(bin));
        }
        int all = statements();
        return all == 0 ? 0 : sum / all;
    }

    /** Holds a model against examples. */
    public static Evaluation of(Model model, List<Example> examples) {
        Evaluation evaluation = new Evaluation();
        examples.forEach(example -> evaluation.add(example.lane(), model.probabilities(example.vector())));
        return evaluation;
    }

    /**
     * Trains on some groups and tests on the others, until each was tested once: no group of a test was seen in training.
     *
     * @param folds how many parts the groups are dealt to, at least 2
     * @throws IllegalArgumentException where there are fewer groups than folds
     */
    public static Evaluation crossValidated(List<Example> examples, int folds) {
        List<String> groups = Trainer.groups(examples);
        if (folds < 2 || groups.size() < folds) {
            throw new IllegalArgumentException("cross validation in " + folds + " folds needs at least " + folds
                    + " schemas, but finds " + groups.size());
        }
        Map<String, Integer> foldOf = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            foldOf.put(groups.get(i), i % folds);
        }
        Evaluation evaluation = new Evaluation();
        for (int fold = 0; fold < folds; fold++) {
            List<Example> training = new ArrayList<>();
            List<Example> test = new ArrayList<>();
            for (Example example : examples) {
                (foldOf.getOrDefault(example.group(), 0) == fold ? test : training).add(example);
            }
            Model model = Trainer.train(training, 0);
            test.forEach(example -> evaluation.add(example.lane(), model.probabilities(example.vector())));
        }
        return evaluation;
    }
}
