package io.heliosjdbc.classifier.learned;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one template: how it looks, and to which lanes its executions belonged. Thread-safe; of observations that
 * meet, one is counted and the others are dropped, so that nobody waits.
 *
 * <p>Executions are counted in a window of about {@value #WINDOW}: older ones fade. The lanes' shares of it are robust in the
 * way of quantiles: a lane holds three quarters of the window only when three quarters of the executions belonged to it, however
 * far out the others were.
 */
public final class TemplateRecord {
    /** So many executions, faded ones counted in parts, weigh in at most. */
    static final int WINDOW = 64;
    /** Fewer say nothing. */
    static final int LEAST_EXECUTIONS = 8;
    /** How many executions the text's looks are worth. */
    static final double LOOKS_ARE_WORTH = 4;

    private final long key;
    private final ReentrantLock lock = new ReentrantLock();
    private final double[] executions = new double[Lane.COUNT];
    private int taught;
    private int counted;
    private volatile @Nullable FeatureVector vector;
    private volatile @Nullable Verdict verdict;

    TemplateRecord(long key) {
        this.key = key;
    }

    long key() {
        return key;
    }

    @Nullable
    FeatureVector vector() {
        return vector;
    }

    void vector(FeatureVector seen) {
        vector = seen;
    }

    @Nullable
    Verdict verdict() {
        return verdict;
    }

    void verdict(Verdict reached) {
        verdict = reached;
    }

    /** What the record holds, to be saved; the counts by lane, then how often it has taught. */
    double[] saved() {
        lock.lock();
        try {
            return new double[] {executions[0], executions[1], executions[2], taught};
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes over what was saved.
     *
     * @param keepsLessons whether what it has taught is still known
     */
    void restore(double[] saved, boolean keepsLessons) {
        lock.lock();
        try {
            System.arraycopy(saved, 0, executions, 0, Lane.COUNT);
            taught = keepsLessons ? (int) saved[Lane.COUNT] : 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts an execution.
     *
     * @param shares the lanes' shares of it, which add up to one
     * @return whether it was counted
     */
    boolean count(double[] shares) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            double sum = executions[0] + executions[1] + executions[2];
            double kept = sum + 1 > WINDOW ? (WINDOW - 1) / sum : 1;
            for (int lane = 0; lane < Lane.COUNT; lane++) {
                executions[lane] = executions[lane] * kept + shares[lane];
            }
            counted++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether, of executions that were counted, the last one is the first of so many. */
    boolean isOneOf(int many) {
        lock.lock();
        try {
            return counted % many == 1;
        } finally {
            lock.unlock();
        }
    }

    /** The probabilities by looks and executions; of the looks alone while there are too few executions. */
    Verdict judged(Probabilities looks, long generation) {
        lock.lock();
        try {
            double sum = executions[0] + executions[1] + executions[2];
            if (sum < LEAST_EXECUTIONS) {
                return new Verdict(looks, false, generation);
            }
            double all = LOOKS_ARE_WORTH + sum;
            Probabilities both = new Probabilities(
                    (LOOKS_ARE_WORTH * looks.fastLane() + executions[0]) / all,
                    (LOOKS_ARE_WORTH * looks.parallelLanes() + executions[1]) / all,
                    (LOOKS_ARE_WORTH * looks.backgroundQueue() + executions[2]) / all);
            return new Verdict(both, true, generation);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The lane that nearly all executions belonged to, for the shared learning; null where there is none, where the text looks
     * like it anyway, or where the template has taught enough.
     */
    @Nullable
    Lane lesson(Lane looks, int leastExecutions, double leastShare, int mostLessons) {
        lock.lock();
        try {
            double sum = executions[0] + executions[1] + executions[2];
            if (taught >= mostLessons || sum < leastExecutions) {
                return null;
            }
            for (Lane lane : Lane.values()) {
                if (lane != looks && executions[lane.index()] >= leastShare * sum) {
                    taught++;
                    return lane;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
