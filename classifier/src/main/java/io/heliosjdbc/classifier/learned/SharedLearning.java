package io.heliosjdbc.classifier.learned;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all templates together have taught: small corrections of the shipped model, for statements that look like those that
 * turned out otherwise. Thread-safe; one short lock.
 *
 * <p>Its reach is bounded, whoever teaches and however often: no lane's score of any statement moves by more than
 * {@value #REACH}, a lesson moves the score of the statement that gives it by no more than {@value #STEP}, and what is learned
 * fades with every further lesson.
 */
final class SharedLearning {
    static final double REACH = 1.5;
    static final double STEP = 0.2;
    /** No single feature carries more. */
    private static final float MOST_PER_FEATURE = 0.5f;

    private static final float KEPT = 1 - 1f / 4096;
    /** So many lessons later verdicts are made anew. */
    private static final int GENERATION = 16;

    private final Model model;
    private final ReentrantLock lock = new ReentrantLock();
    private final float[] corrections = new float[FeatureVector.DIMENSION * Lane.COUNT];
    private final AtomicLong lessons = new AtomicLong();

    SharedLearning(Model model) {
        this.model = model;
    }

    /** Changes when verdicts should be made anew. */
    long generation() {
        return lessons.get() / GENERATION;
    }

    long lessons() {
        return lessons.get();
    }

    Probabilities probabilities(FeatureVector vector) {
        double[] scores = model.scores(vector);
        if (lessons.get() > 0) {
            double[] correction = new double[Lane.COUNT];
            lock.lock();
            try {
                vector.addProducts(corrections, correction);
            } finally {
                lock.unlock();
            }
            for (int lane = 0; lane < Lane.COUNT; lane++) {
                scores[lane] += Math.max(-REACH, Math.min(REACH, correction[lane]));
            }
        }
        return Probabilities.ofScores(scores, model.temperature());
    }

    /** One bounded gradient step towards a lane, as long as the vector whatever its length. */
    void teach(FeatureVector vector, Lane lane) {
        Probabilities now = probabilities(vector);
        double square = vector.squaredLength();
        if (square == 0) {
            return;
        }
        lock.lock();
        try {
            for (int i = 0; i < corrections.length; i++) {
                corrections[i] *= KEPT;
            }
            for (int other = 0; other < Lane.COUNT; other++) {
                double error = (other == lane.index() ? 1 : 0) - now.of(Lane.at(other));
                for (int i = 0; i < vector.size(); i++) {
                    int place = vector.index(i) * Lane.COUNT + other;
                    float moved = corrections[place] + (float) (STEP * error * vector.value(i) / square);
                    corrections[place] = Math.max(-MOST_PER_FEATURE, Math.min(MOST_PER_FEATURE, moved));
                }
            }
        } finally {
            lock.unlock();
        }
        lessons.incrementAndGet();
    }

    /** A copy of the corrections. */
    float[] corrections() {
        lock.lock();
        try {
            return corrections.clone();
        } finally {
            lock.unlock();
        }
    }

    /** Takes over corrections, each within its bound. */
    void restore(float[] saved, long savedLessons) {
        lock.lock();
        try {
            for (int i = 0; i < corrections.length; i++) {
                corrections[i] = Math.max(-MOST_PER_FEATURE, Math.min(MOST_PER_FEATURE, saved[i]));
            }
        } finally {
            lock.unlock();
        }
        // A generation of its own, so that what was judged before is judged anew.
        lessons.set(savedLessons + GENERATION);
    }
}
