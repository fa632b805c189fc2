package io.heliosjdbc.classifier.learned;

import java.util.Arrays;

/**
 * Hashed features of one text: each is there or not. Immutable.
 *
 * <p>Two groups: the features of the statement's structure count in full; those of its words share a weight that shrinks with
 * the root of their number, so that a long text is not surer than a short one for its length alone.
 */
public final class FeatureVector {
    /** How many places features are hashed to; a power of two. */
    public static final int DIMENSION = 1 << 14;

    private final int[] structure;
    private final int[] words;
    private final float wordValue;

    private FeatureVector(int[] structure, int[] words) {
        this.structure = structure;
        this.words = words;
        this.wordValue = words.length == 0 ? 0 : (float) (WORDS_TOGETHER / StrictMath.sqrt(words.length));
    }

    private static final double WORDS_TOGETHER = 1.5;

    int size() {
        return structure.length + words.length;
    }

    int index(int i) {
        return i < structure.length ? structure[i] : words[i - structure.length];
    }

    float value(int i) {
        return i < structure.length ? 1 : wordValue;
    }

    /** The sum of the squares of the values. */
    double squaredLength() {
        return structure.length + (double) words.length * wordValue * wordValue;
    }

    /** Adds this vector's product with each lane's weights, which stand lane by lane for each place. */
    void addProducts(float[] weights, double[] to) {
        addProducts(structure, weights, 1, to);
        addProducts(words, weights, wordValue, to);
    }

    private static void addProducts(int[] indices, float[] weights, float value, double[] to) {
        double fast = 0;
        double parallel = 0;
        double background = 0;
        for (int index : indices) {
            int at = index * Lane.COUNT;
            fast += weights[at];
            parallel += weights[at + 1];
            background += weights[at + 2];
        }
        to[0] += value * fast;
        to[1] += value * parallel;
        to[2] += value * background;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVector vector
                && Arrays.equals(structure, vector.structure)
                && Arrays.equals(words, vector.words);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(structure) + Arrays.hashCode(words);
    }

    /** Collects features. Not thread-safe. */
    public static final class Builder {
        private final long[] seen = new long[2 * DIMENSION / Long.SIZE];
        private int[] structure = new int[64];
        private int[] words = new int[128];
        private int structureSize;
        private int wordsSize;

        /** Adds a feature of the structure, by its hash. */
        public void structure(int hash) {
            int index = place(hash);
            if (isNew(index)) {
                if (structureSize == structure.length) {
                    structure = Arrays.copyOf(structure, structureSize * 2);
                }
                structure[structureSize++] = index;
            }
        }

        /** Adds a feature of the words, by its hash. */
        public void word(int hash) {
            int index = place(hash);
            if (isNew(index + DIMENSION)) {
                if (wordsSize == words.length) {
                    words = Arrays.copyOf(words, wordsSize * 2);
                }
                words[wordsSize++] = index;
            }
        }

        /** The vector of what was added, each once; the builder is empty then, and can be used again. */
        public FeatureVector build() {
            FeatureVector built =
                    new FeatureVector(Arrays.copyOf(structure, structureSize), Arrays.copyOf(words, wordsSize));
            Arrays.fill(seen, 0);
            structureSize = 0;
            wordsSize = 0;
            return built;
        }

        private static int place(int hash) {
            int mixed = (hash ^ (hash >>> 16)) * 0x7FEB352D;
            mixed = (mixed ^ (mixed >>> 15)) * 0x846CA68B;
            return (mixed ^ (mixed >>> 16)) & (DIMENSION - 1);
        }

        private boolean isNew(int bit) {
            long mask = 1L << bit;
            boolean known = (seen[bit >>> 6] & mask) != 0;
            seen[bit >>> 6] |= mask;
            return !known;
        }
    }
}
