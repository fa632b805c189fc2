package io.heliosjdbc.driver;

import io.heliosjdbc.agreements.Agreements;
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
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks tests that need books and scheduler to have bodies behind their signatures. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WholeHouse.Condition.class)
public @interface WholeHouse {

    /** Asks each module one question. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            ServiceClassSettings only =
                    new ServiceClassSettings("only", 1, 1, Long.MAX_VALUE, true, Double.POSITIVE_INFINITY);
            SchedulerSettings settings = new SchedulerSettings("fifo", 0, 0, false, List.of(only));
            try (WorkloadScheduler scheduler = new WorkloadScheduler(settings, () -> 0L)) {
                SloComponent books = new SloComponent(Agreements.builtIn(), 1, Instant.EPOCH);
                return ConditionEvaluationResult.enabled("both answer: " + books.accounts() + scheduler.status());
            } catch (UnsupportedOperationException unfinished) {
                return ConditionEvaluationResult.disabled("a module below the driver has no body yet: " + unfinished);
            }
        }
    }
}
