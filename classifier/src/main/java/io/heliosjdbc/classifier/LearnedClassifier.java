package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.learned.Learner;
import io.heliosjdbc.classifier.learned.Model;
import io.heliosjdbc.classifier.learned.Probabilities;
import io.heliosjdbc.classifier.learned.TemplateRecord;
import io.heliosjdbc.classifier.learned.Verdict;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks the learned classifier about profiles; each one's record is looked up once. Thread-safe. */
final class LearnedClassifier {
    private final LearnedSettings settings;
    private final Learner learner;

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

    /** What the shipped model says of a text. */
    static Probabilities probabilities(String sql) {
        return Model.shipped().probabilities(StatementProfile.of(sql).vector());
    }

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

    private TemplateRecord template(StatementProfile profile) {
        Link link = profile.link();
        if (link == null || link.owner() != this) {
            FeatureReader reader = profile.reader();
            link = new Link(this, learner.record(key(profile, reader), reader::vector));
            profile.link(link);
        }
        return link.template();
    }

    /** The template, and of the numbers that it leaves out those that make a small statement large. */
    private static long key(StatementProfile profile, FeatureReader reader) {
        return Vocabulary.hash(profile.template()) * 31 + reader.magnitude();
    }
}
