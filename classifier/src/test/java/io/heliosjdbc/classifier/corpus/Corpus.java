package io.heliosjdbc.classifier.corpus;

import io.heliosjdbc.classifier.learned.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes the training corpus: the same one for the same seed, on every machine. Stateless.
 *
 * <p>A statement is a pattern, written for a schema, in a style: dialect, quoting, parameters, aliases, case, line breaks,
 * comments. The pattern decides the class, by the routing document's definition: short transactional work, analytical reads,
 * and batches, bulk writes and maintenance.
 */
public final class Corpus {
    /** The seed of the shipped model. */
    public static final long SEED = 20_261_121;

    /** Statements of each class for each schema. */
    public static final int PER_CLASS = 260;

    private Corpus() {}

    /** All statements, schema by schema. */
    public static List<LabelledStatement> write(long seed, int perClass) {
        List<LabelledStatement> corpus = new ArrayList<>();
        for (Schema schema : Schema.readAll()) {
            SplittableRandom random =
                    new SplittableRandom(seed * 31 + schema.name().hashCode());
            write(schema, Lane.FAST_LANE, FastLane.PATTERNS, perClass, random, corpus);
            write(schema, Lane.PARALLEL_LANES, ParallelLanes.PATTERNS, perClass, random, corpus);
            write(schema, Lane.BACKGROUND_QUEUE, BackgroundQueue.PATTERNS, perClass, random, corpus);
        }
        return corpus;
    }

    private static void write(
            Schema schema,
            Lane lane,
            List<Pattern> patterns,
            int count,
            SplittableRandom random,
            List<LabelledStatement> to) {
        int total = patterns.stream().mapToInt(Pattern::weight).sum();
        for (int i = 0; i < count; i++) {
            int drawn = random.nextInt(total);
            int at = 0;
            while (drawn >= patterns.get(at).weight()) {
                drawn -= patterns.get(at).weight();
                at++;
            }
            String text = patterns.get(at).writer().apply(new Pen(random, schema));
            to.add(new LabelledStatement(
                    Dress.dressed(text, random),
                    lane,
                    schema.name(),
                    patterns.get(at).name()));
        }
    }
}
