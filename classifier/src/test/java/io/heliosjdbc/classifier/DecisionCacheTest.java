package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.hints.Hints;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionCacheTest {
    /** A prepared statement outlives the classifier of a configuration that has changed. */
    @Test
    void aClassifierThatWasReplacedIsForgotten() {
        Classifier before = classifier();
        Classifier after = classifier();
        StatementProfile profile = before.profile("SELECT 1");
        List<Attributes> connections = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Attributes connection = new Attributes("user " + i, null, null, null, Hints.NONE);
            connections.add(connection);
            Classification unused = before.classify(profile, connection, false);
        }

        Classification decision = after.classify(profile, connections.get(0), false);

        assertThat(after.classify(profile, connections.get(0), false)).isSameAs(decision);
        assertThat(connections)
                .allMatch(each -> profile.decisions().find(before.mark(), each, false, null, null) == null);
    }

    @Test
    void aTextKeepsNoClassifierAlive() {
        StatementProfile profile = classifier().profile("SELECT 1");
        WeakReference<Classifier> replaced = replaced(profile);

        for (int i = 0; i < 20 && replaced.get() != null; i++) {
            System.gc();
        }

        assertThat(replaced.get()).isNull();
        assertThat(profile.decisions()).isNotNull();
    }

    private static WeakReference<Classifier> replaced(StatementProfile profile) {
        Classifier classifier = classifier();
        Classification unused = classifier.classify(profile, new Attributes(null, null, null, null, Hints.NONE), false);
        return new WeakReference<>(classifier);
    }

    private static Classifier classifier() {
        return new Classifier(
                new ClassifierSettings(new LinkedHashSet<>(Set.of("fast_lane")), List.of(), "fast_lane", null),
                Agreements.builtIn());
    }
}
