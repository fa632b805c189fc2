package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import io.heliosjdbc.driver.engine.DatabaseEstimator;
import java.io.IOException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the classifiers of one workload manager, one for each configuration, and hands on to each what the one before knew: whom it asks for
 * estimates, what is between double quotes, and what was learned. Thread-safe, but that one thread at a time makes one, has it learn, or
 * meets a database.
 */
final class Classifiers {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkloadManager.class);

    private final String name;
    private final LongSupplier clock;
    private final @Nullable DatabaseEstimator estimator;
    /** What its databases have between double quotes; null until the first one is known. */
    private volatile @Nullable DoubleQuotes quotes;
    /** Null where nothing is learned, or what is learned is not kept. */
    private volatile @Nullable LearningKeeper learning;

    /**
     * No classifier yet.
     *
     * @param name the workload manager's
     * @param clock monotonic nanoseconds
     * @param connections opens connections of its own to the database, or null where there is no way to
     * @param background makes what its questions to the database are asked on
     */
    Classifiers(
            String name,
            HeliosConfiguration configuration,
            LongSupplier clock,
            @Nullable ConnectionSource connections,
            Supplier<Background> background) {
        this.name = name;
        this.clock = clock;
        this.estimator = estimator(name, configuration, connections, background);
    }

    private static @Nullable DatabaseEstimator estimator(
            String name,
            HeliosConfiguration configuration,
            @Nullable ConnectionSource connections,
            Supplier<Background> background) {
        if (!configuration.enabled() || !configuration.databaseEstimates()) {
            return null;
        }
        if (connections == null) {
            LOGGER.warn(
                    "{}: database_estimates needs connections of its own; behind another data source there is no way to"
                            + " open one, and it has no effect",
                    name);
            return null;
        }
        return new DatabaseEstimator(name, connections, background.get());
    }

    /** A classifier that knows nothing of statements yet. */
    Classifier first(HeliosConfiguration configuration, Agreements agreements) {
        return new Classifier(configuration.classifier(), LearnedMode.of(configuration), estimator, agreements);
    }

    /** One by another configuration, which knows what the one before knows. */
    Classifier next(Classifier before, HeliosConfiguration configuration, Agreements agreements) {
        Classifier next = first(configuration, agreements);
        if (quotes != null) {
            next.doubleQuotes(quotes);
        }
        try {
            next.restoreLearning(before.learningSnapshot());
        } catch (IOException wrong) {
            LOGGER.warn("{}: what was learned could not be taken over and is forgotten", name, wrong);
        }
        return next;
    }

    /** Whether databases with such double quotes are no news. */
    boolean know(DoubleQuotes are) {
        DoubleQuotes known = quotes;
        return known == are || known == DoubleQuotes.EITHER;
    }

    /** A connection of such a database is opened; under a name that was given to it, a manager may have several kinds of databases. */
    void meet(DoubleQuotes are, Classifier inForce) {
        DoubleQuotes all = quotes == null ? are : are.or(quotes);
        quotes = all;
        inForce.doubleQuotes(all);
    }

    /** Keeps what this classifier learns from now on, and no other one, where the configuration says so. */
    void learn(HeliosConfiguration configuration, Classifier inForce) {
        LearningKeeper keeping = learning;
        if (keeping == null) {
            learning = LearningKeeper.open(name, configuration, inForce, clock.getAsLong());
        } else if (inForce.learns()) {
            keeping.follow(inForce);
        } else {
            learning = null;
            keeping.close();
        }
    }

    /** Nanoseconds until what was learned is written down; never where none learns, or what it learned is not kept in a file. */
    long untilKept() {
        LearningKeeper keeping = learning;
        return keeping == null ? Long.MAX_VALUE : keeping.untilDue(clock.getAsLong());
    }

    /** Writes down what was learned, where it is time for it; nobody waits for this but the thread that calls. */
    void keepLearning() {
        LearningKeeper keeping = learning;
        if (keeping != null) {
            keeping.keepIfDue(clock.getAsLong());
        }
    }

    /** Asks the database nothing more. */
    void stopAsking() {
        if (estimator != null) {
            estimator.close();
        }
    }

    /** Writes down what was learned for the last time. */
    void stopLearning() {
        LearningKeeper keeping = learning;
        if (keeping != null) {
            keeping.close();
        }
    }
}
