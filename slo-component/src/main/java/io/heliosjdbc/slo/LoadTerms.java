package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all accounts of one user load have in common: its service levels and the running measurement interval. The interval
 * is guarded by the scheduler's lock, the rest does not change.
 */
final class LoadTerms {
    private final UserLoad load;
    private final ServiceLevels levels;
    private final double degree;
    private final @Nullable Penalty penalty;
    private MeasurementInterval interval;

    LoadTerms(UserLoad load, double degree, Instant opened) {
        ServiceLevels.checkDegree(degree);
        this.load = load;
        this.degree = degree;
        Guarantee guarantee = load.guarantee();
        this.penalty = guarantee == null ? null : guarantee.penalty();
        try {
            this.levels = ServiceLevels.of(guarantee);
            this.interval = penalty == null
                    ? MeasurementInterval.from(opened)
                    : MeasurementInterval.containing(opened, penalty.assessmentInterval())
                            .openedAt(opened);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("user load \"" + load.name() + "\": " + e.getMessage(), e);
        }
    }

    UserLoad load() {
        return load;
    }

    ServiceLevels levels() {
        return levels;
    }

    double degree() {
        return degree;
    }

    @Nullable
    Penalty penalty() {
        return penalty;
    }

    MeasurementInterval interval() {
        return interval;
    }

    void open(MeasurementInterval next) {
        interval = next;
    }
}
