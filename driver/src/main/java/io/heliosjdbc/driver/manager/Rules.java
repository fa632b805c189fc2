package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.forecast.History;
import io.heliosjdbc.slo.SloComponent;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What statements are decided by, replaced as a whole where the configuration changes. Immutable; what it refers to has its own
 * guards. Who has begun with one set of rules finishes with it: its classes and accounts are still there.
 *
 * @param configuration the settings in force
 * @param classifier maps statements; its decisions are known by their identity, so that those of another one are others
 * @param books where accounts and estimates are looked up
 * @param expires when the first of the agreements that they keep expires; null where all hold for ever
 * @param history in a dry run: where statements are written down for the forecast; else null
 */
record Rules(
        HeliosConfiguration configuration,
        Classifier classifier,
        SloComponent books,
        @Nullable Instant expires,
        @Nullable History history) {

    /** How long a statement is thought to take before it has been seen, by its hint, the database, or its class's default. */
    long firstEstimateNanos(Classification decision) {
        Long estimate = decision.estimateMillis();
        return estimate != null
                ? TimeUnit.MILLISECONDS.toNanos(estimate)
                : Objects.requireNonNull(configuration.defaultEstimateNanos().get(decision.serviceClass()));
    }
}
