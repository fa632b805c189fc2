package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Guarantee;
import org.jspecify.annotations.Nullable;

/** The service levels of a percentile objective and what moving between them costs (thesis 3.2.1, 3.4.1). Immutable. */
public final class ServiceLevels {

    /** The levels of a guarantee; one level without any cost where nothing is promised or nothing is due. */
    public static ServiceLevels of(@Nullable Guarantee guarantee) {
        throw new UnsupportedOperationException();
    }

    /** Opportunity cost oc(c) of degree k (thesis 3.4.1). */
    public double opportunityCost(double conformance, double degree) {
        throw new UnsupportedOperationException();
    }

    /** Marginal gain mg(c) of degree k (thesis 3.4.1). */
    public double marginalGain(double conformance, double degree) {
        throw new UnsupportedOperationException();
    }

    /** pen(c) = max(oc(c), mg(c)). */
    public double penalty(double conformance, double degree) {
        throw new UnsupportedOperationException();
    }

    /** What is due at the end of an interval that closed at this conformance: 0 to {@link #maximum()}. */
    public double due(double conformance) {
        throw new UnsupportedOperationException();
    }

    /** The most that can become due in one interval; 0 where nothing is due. */
    public double maximum() {
        throw new UnsupportedOperationException();
    }
}
