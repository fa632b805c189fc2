package io.heliosjdbc.driver;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.Criterion;
import io.heliosjdbc.classifier.CriterionSyntaxException;
import io.heliosjdbc.classifier.Hints;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.heliosjdbc.slo.SloComponent;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks tests that need agreements, books, scheduler and classifier to have bodies behind their signatures. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WholeHouse.Condition.class)
public @interface WholeHouse {

    /** Asks each module one question. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            try {
                Agreements agreements = Agreements.builtIn();
                SloComponent books = new SloComponent(agreements, 1, Instant.EPOCH);
                Classifier classifier =
                        new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), agreements);
                books.account(
                        classifier
                                .classify(
                                        classifier.profile("SELECT 1"),
                                        new Attributes(null, null, null, null, Hints.NONE),
                                        false)
                                .userLoad(),
                        null);
                new WorkloadScheduler(
                                new SchedulerSettings(
                                        "fifo",
                                        0,
                                        0,
                                        false,
                                        List.of(new ServiceClassSettings(
                                                "only", 1, 1, Long.MAX_VALUE, true, Double.POSITIVE_INFINITY))),
                                () -> 0L)
                        .close();
                return ConditionEvaluationResult.enabled("every module answers: " + Criterion.parse("join_count <= 2"));
            } catch (UnsupportedOperationException unfinished) {
                return ConditionEvaluationResult.disabled("a module below the driver has no body yet: " + unfinished);
            } catch (CriterionSyntaxException wrong) {
                throw new IllegalStateException(wrong);
            }
        }
    }
}
