package io.heliosjdbc.overhead.classification;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.Classifier;
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

/** The first statements of a JVM, each of a template of its own: classes are loaded on the way and little is compiled. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() and next() first
public class ColdBenchmark {
    /** What decides. */
    @Param({"rule_based", "ml_based"})
    public String mode;

    /** Which kind of text. */
    @Param({"short", "traced", "long", "list", "large"})
    public String text;

    private Classifier classifier;
    private Attributes attributes;
    private String sql;
    private int number;

    /** The workload manager opens. */
    @Setup(Level.Trial)
    public void open() throws CriterionSyntaxException {
        classifier = Subject.classifier(mode);
        attributes = Subject.attributes();
    }

    /** The application makes up its text. */
    @Setup(Level.Iteration)
    public void next() {
        sql = Subject.pattern(text).formatted(number++);
    }

    /** A statement whose template was never seen. */
    @Benchmark
    public Classification neverSeen() {
        return classifier.classify(classifier.profile(sql), attributes, false);
    }
}
