package io.heliosjdbc.classifier.learned;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.shape.FeatureReader;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LearnerTest {
    private static final FeatureVector REPORT = FeatureReader.of(
                    "SELECT region, SUM(amount) FROM sales WHERE sold_on > ? GROUP BY region ORDER BY 2 DESC")
            .vector();
    private static final long HOT = -1;

    private final Learner learner = new Learner(Model.shipped(), 0.75);
    private final TemplateRecord hot = learner.record(HOT, () -> REPORT);

    @Test
    void whatATemplateHasTaughtAnotherModelItCanTeachAgain() throws IOException {
        executed(learner, hot, 40);
        assertThat(learner.lessons()).isPositive();
        Learner same = new Learner(Model.shipped(), 0.75);
        same.restore(learner.snapshot());
        Learner other = new Learner(Model.shipped(), 0.75);
        other.restore(LearningFile.write(Model.shipped().corpusHash() + 1, new float[0], 4, List.of(hot)));
        assertThat(other.lessons()).isZero();
        long known = same.lessons();

        executed(same, same.record(HOT, () -> REPORT), 1);
        executed(other, other.record(HOT, () -> REPORT), 1);

        assertThat(same.lessons()).isEqualTo(known);
        assertThat(other.lessons()).isEqualTo(1);
    }

    @Test
    void aTemplateThatIsExecutedIsNotTheLeastUsedThoughNobodyLooksItUp() throws IOException {
        for (int i = 0; i < 2 * Learner.MOST_TEMPLATES; i++) {
            lookUp(i);
            executed(learner, hot, 1);
        }

        assertThat(kept()).contains(HOT);
    }

    @Test
    void aTemplateThatWasForgottenAndIsExecutedAgainIsKeptAgain() throws IOException {
        executed(learner, hot, 1);
        for (int i = 0; i < 2 * Learner.MOST_TEMPLATES; i++) {
            lookUp(i);
        }
        assertThat(kept()).doesNotContain(HOT);

        executed(learner, hot, 16);

        assertThat(kept()).contains(HOT);
    }

    /** As often as it takes to be more used than what was looked up once. */
    private void lookUp(long key) {
        for (int i = 0; i < 3; i++) {
            TemplateRecord unused = learner.record(key, () -> REPORT);
        }
    }

    private static void executed(Learner by, TemplateRecord record, int times) {
        for (int i = 0; i < times; i++) {
            by.executed(record, true, TimeUnit.MILLISECONDS.toNanos(3));
        }
    }

    private Set<Long> kept() throws IOException {
        return LearningFile.read(learner.snapshot()).templates().keySet();
    }
}
