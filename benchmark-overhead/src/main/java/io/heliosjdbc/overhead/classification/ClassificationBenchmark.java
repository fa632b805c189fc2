package io.heliosjdbc.overhead.classification;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.criteria.CriterionSyntaxException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Where a statement goes, from its text to its class and load. All of it happens in the caller: what a new statement costs is
 * both how long its features take and how long its caller is held up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class ClassificationBenchmark {
    /** A power of two. */
    private static final int TEXTS = 64;

    /** What decides. */
    @Param({"rule_based", "ml_based"})
    public String mode;

    /** Which kind of text. */
    @Param({"short", "traced", "long", "list", "large"})
    public String text;

    private Classifier classifier;
    private Attributes attributes;
    private final String[] seen = new String[TEXTS];
    private final StatementProfile[] profiles = new StatementProfile[TEXTS];
    private String pattern;
    private int next;

    /** Shows the classifier each text once; with the built-in criteria. */
    @Setup(Level.Trial)
    public void open() throws CriterionSyntaxException {
        classifier = Subject.classifier(mode);
        attributes = Subject.attributes();
        pattern = Subject.pattern(text);
        for (int i = 0; i < TEXTS; i++) {
            seen[i] = pattern.formatted(i);
            profiles[i] = classifier.profile(seen[i]);
            Classification unused = classifier.classify(profiles[i], attributes, false);
        }
        next = TEXTS;
    }

    /** A statement that was seen before, by its text. */
    @Benchmark
    public Classification seenBefore() {
        return classifier.classify(classifier.profile(seen[next++ & (TEXTS - 1)]), attributes, false);
    }

    /** A statement that was never seen, of a template of its own unless it is the traced one: read, its features found, decided, and kept. */
    @Benchmark
    public Classification neverSeen() {
        return classifier.classify(classifier.profile(pattern.formatted(next++)), attributes, false);
    }

    /** The text that {@link #neverSeen} makes up each time, to be taken off its time. */
    @Benchmark
    public String textAlone() {
        return pattern.formatted(next++);
    }

    /** A statement that was seen before, from a connection that is new: the text is known, the decision made anew. */
    @Benchmark
    public Classification decidedAnew() {
        return classifier.classify(profiles[next++ & (TEXTS - 1)], Subject.attributes(), false);
    }
}
