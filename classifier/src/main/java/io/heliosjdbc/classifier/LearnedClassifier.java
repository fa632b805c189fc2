package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.learned.FeatureVector;
import io.heliosjdbc.classifier.learned.Learner;
import io.heliosjdbc.classifier.learned.Model;
import io.heliosjdbc.classifier.learned.TemplateRecord;
import io.heliosjdbc.classifier.learned.Verdict;
import io.heliosjdbc.classifier.shape.FeatureReader;
import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks the learned classifier about profiles; each one's record is looked up once. Thread-safe. */
final class LearnedClassifier {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final LearnedSettings settings;
    private final Learner learner;
    /** Of the vector built last, for the next one; whoever finds none makes its own. */
    private final AtomicReference<FeatureVector.@Nullable Builder> worn = new AtomicReference<>();

    LearnedClassifier(LearnedSettings settings) {
        this.settings = settings;
        this.learner = new Learner(Model.shipped(), settings.minConfidence());
    }

    /**
     * What a profile holds of a learned classifier.
     *
     * @param owner whose it is
     * @param template the template's record
     */
    record Link(LearnedClassifier owner, TemplateRecord template) {}

    Verdict verdict(StatementProfile profile) {
        return learner.verdict(template(profile));
    }

    /** The lane's class in words where the verdict is sure enough to decide, else null. */
    @Nullable
    String decided(Verdict verdict) {
        boolean sure = verdict.probabilities().confidence() >= settings.minConfidence();
        return sure ? verdict.probabilities().best().className() : null;
    }

    void executed(StatementProfile profile, long nanos) {
        if (settings.adaptive()) {
            boolean readsOnly = Boolean.TRUE.equals(profile.features().value(Feature.SELECT_ONLY));
            learner.executed(template(profile), readsOnly, nanos);
        }
    }

    boolean learns() {
        return settings.adaptive();
    }

    byte[] snapshot() {
        return learner.snapshot();
    }

    void restore(byte[] snapshot) throws IOException {
        learner.restore(snapshot);
    }

    /** Looks up the record of a new profile, as long as the tokens that it was made of are at hand. */
    void meet(StatementProfile profile, Tokens tokens) {
        if (profile.kind() == StatementKind.WORK) {
            profile.link(link(profile, FeatureReader.of(tokens, profile.features())));
        }
    }

    private TemplateRecord template(StatementProfile profile) {
        Link link = profile.link();
        if (link == null || link.owner() != this) {
            link = link(profile, FeatureReader.of(profile.tokens(), profile.features()));
            profile.link(link);
        }
        return link.template();
    }

    private Link link(StatementProfile profile, FeatureReader reader) {
        return new Link(this, learner.record(key(profile, reader), () -> vector(reader)));
    }

    private FeatureVector vector(FeatureReader reader) {
        FeatureVector.Builder kept = worn.getAndSet(null);
        FeatureVector.Builder builder = kept == null ? new FeatureVector.Builder() : kept;
        FeatureVector vector = reader.vector(builder);
        worn.set(builder);
        return vector;
    }

    /** The template, and of the numbers that it leaves out those that make a small statement large. */
    private static long key(StatementProfile profile, FeatureReader reader) {
        return hash(profile.template()) * 31 + reader.magnitude();
    }

    /** Four at a time, which none of the multiplications waits for another of. */
    private static long hash(String text) {
        long first = text.length();
        long second = 1;
        long third = 2;
        long fourth = 3;
        int i = 0;
        for (; i + 3 < text.length(); i += 4) {
            first = first * PRIME + text.charAt(i);
            second = second * PRIME + text.charAt(i + 1);
            third = third * PRIME + text.charAt(i + 2);
            fourth = fourth * PRIME + text.charAt(i + 3);
        }
        for (; i < text.length(); i++) {
            first = first * PRIME + text.charAt(i);
        }
        return mixed(mixed(mixed(mixed(first) + second) + third) + fourth);
    }

    /** The finish of SplitMix64. */
    private static long mixed(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
