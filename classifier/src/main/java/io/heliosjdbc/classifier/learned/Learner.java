package io.heliosjdbc.classifier.learned;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The learned classifier: the shipped model, and what execution times have taught since. Thread-safe, bounded.
 *
 * <p>An execution belongs to a lane by the routing document's times: below {@value #QUICK_MILLIS} ms to the fast lane, above
 * {@value #LONG_MILLIS} ms to the background queue, and in between, if it only reads, to the parallel lanes. A write in between
 * may be a batch or wait for a lock, and speaks for neither.
 */
public final class Learner {
    /** The routing document's criterion of the fast lane: {@code estimated_duration_ms < 500}. */
    public static final long QUICK_MILLIS = 500;
    /** The routing document's criterion of the background queue: {@code estimated_duration_ms > 60000}. */
    public static final long LONG_MILLIS = 60_000;
    /** Templates that are remembered; beyond it those least used are forgotten. */
    static final int MOST_TEMPLATES = 10_000;

    /** So many executions count as one use of a record. */
    private static final int EXECUTIONS_OF_A_USE = 16;

    private static final int LEAST_EXECUTIONS_OF_A_LESSON = 16;
    private static final double LEAST_SHARE_OF_A_LESSON = 0.9;
    /** A template that is executed a million times teaches no more than this. */
    private static final int MOST_LESSONS = 4;

    private final Model model;
    private final double minConfidence;
    private final SharedLearning shared;
    private final SlowDatabase slowDatabase = new SlowDatabase();
    private final Cache<Long, TemplateRecord> records = Caffeine.newBuilder()
            .maximumSize(MOST_TEMPLATES)
            .executor(Runnable::run)
            .build();

    /**
     * A learner that has not learned anything yet.
     *
     * @param minConfidence from which on a verdict decides; a verdict that crosses it is a new one
     */
    public Learner(Model model, double minConfidence) {
        this.model = model;
        this.minConfidence = minConfidence;
        this.shared = new SharedLearning(model);
    }

    /**
     * The record of a template, made where there is none.
     *
     * @param vector gives the features, where they are needed
     */
    public TemplateRecord record(long key, Supplier<FeatureVector> vector) {
        TemplateRecord record = recordOf(key);
        if (record.vector() == null) {
            record.vector(vector.get());
        }
        return record;
    }

    private TemplateRecord recordOf(long key) {
        TemplateRecord known = records.getIfPresent(key);
        if (known != null) {
            return known;
        }
        TemplateRecord made = new TemplateRecord(key);
        TemplateRecord first = records.asMap().putIfAbsent(key, made);
        return first == null ? made : first;
    }

    /** What is thought of a template now; the instance of before where that has not noticeably changed. */
    public Verdict verdict(TemplateRecord record) {
        Verdict known = record.verdict();
        return known != null && known.generation() == shared.generation() ? known : judge(record);
    }

    private Verdict judge(TemplateRecord record) {
        FeatureVector vector = record.vector();
        Probabilities looks = vector == null
                ? new Probabilities(1.0 / Lane.COUNT, 1.0 / Lane.COUNT, 1.0 / Lane.COUNT)
                : shared.probabilities(vector);
        Verdict known = record.verdict();
        Verdict judged = record.judged(looks, shared.generation());
        if (known != null && known.isLike(judged, minConfidence)) {
            if (known.generation() == judged.generation()) {
                return known;
            }
            // The same words, of this generation.
            judged = new Verdict(known.probabilities(), known.measured(), judged.generation());
        }
        record.verdict(judged);
        return judged;
    }

    /**
     * Learns how long an execution took in the database.
     *
     * @param readsOnly whether the statement only reads
     * @param nanos from when it had its slot until it returned, without failure
     */
    public void executed(TemplateRecord record, boolean readsOnly, long nanos) {
        FeatureVector vector = record.vector();
        if (vector == null || nanos < 0) {
            return;
        }
        boolean slow = nanos >= TimeUnit.MILLISECONDS.toNanos(QUICK_MILLIS);
        Probabilities looks = model.probabilities(vector);
        if (looks.best() == Lane.FAST_LANE && looks.confidence() >= minConfidence) {
            slowDatabase.note(record.key(), slow);
        }
        if (slow && slowDatabase.suspected()) {
            return;
        }
        if (!record.count(shares(readsOnly, nanos))) {
            return;
        }
        if (record.isOneOf(EXECUTIONS_OF_A_USE)) {
            use(record);
        }
        Lane lesson = record.lesson(looks.best(), LEAST_EXECUTIONS_OF_A_LESSON, LEAST_SHARE_OF_A_LESSON, MOST_LESSONS);
        if (lesson != null) {
            shared.teach(vector, lesson);
        }
        Verdict unused = judge(record);
    }

    /** Whoever executes a template has its record at hand: used it is all the same, and kept, where it was forgotten. */
    private void use(TemplateRecord record) {
        if (records.getIfPresent(record.key()) == null) {
            TemplateRecord unused = records.asMap().putIfAbsent(record.key(), record);
        }
    }

    private static double[] shares(boolean readsOnly, long nanos) {
        if (nanos < TimeUnit.MILLISECONDS.toNanos(QUICK_MILLIS)) {
            return new double[] {1, 0, 0};
        }
        if (nanos > TimeUnit.MILLISECONDS.toNanos(LONG_MILLIS)) {
            return new double[] {0, 0, 1};
        }
        return readsOnly ? new double[] {0, 1, 0} : new double[] {0.5, 0, 0.5};
    }

    /** How many lessons the shared learning has had. */
    public long lessons() {
        return shared.lessons();
    }

    /** What was learned, to be given to {@link #restore}. */
    public byte[] snapshot() {
        return LearningFile.write(
                model.corpusHash(),
                shared.corrections(),
                shared.lessons(),
                records.asMap().values());
    }

    /**
     * Takes over what a snapshot holds; what was learned since then stays where the snapshot says nothing of it. Corrections
     * that were made to another model are left out, measured templates are not.
     *
     * @throws IOException where the bytes are no snapshot, or damaged; nothing is taken over then
     */
    public void restore(byte[] snapshot) throws IOException {
        LearningFile file = LearningFile.read(snapshot);
        boolean sameModel = file.modelHash() == model.corpusHash();
        if (sameModel) {
            shared.restore(file.corrections(), file.lessons());
        }
        for (Map.Entry<Long, double[]> template : file.templates().entrySet()) {
            TemplateRecord record = recordOf(template.getKey());
            record.restore(template.getValue(), sameModel);
            if (record.vector() != null) {
                Verdict unused = judge(record);
            }
        }
    }
}
