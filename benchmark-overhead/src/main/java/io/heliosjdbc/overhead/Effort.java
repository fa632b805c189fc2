package io.heliosjdbc.overhead;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long each figure is measured. */
enum Effort {
    /** Each operation a handful of times inside this JVM: shows that everything runs; the figures mean nothing. */
    ONCE,
    /** A minute for two paths. */
    QUICK,
    /** Five minutes for two paths. */
    FULL;

    ChainedOptionsBuilder apply(ChainedOptionsBuilder options) {
        return switch (this) {
            case ONCE ->
                options.forks(0).mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1);
            case QUICK -> measured(options, 5, TimeValue.milliseconds(200));
            case FULL -> measured(options, 12, TimeValue.milliseconds(500));
        };
    }

    private static ChainedOptionsBuilder measured(ChainedOptionsBuilder options, int iterations, TimeValue each) {
        return options.forks(1)
                .warmupIterations(iterations)
                .warmupTime(each)
                .measurementIterations(iterations)
                .measurementTime(each);
    }
}
