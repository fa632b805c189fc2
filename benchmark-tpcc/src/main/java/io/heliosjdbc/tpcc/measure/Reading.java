package io.heliosjdbc.tpcc.measure;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * A figure: what it is, or what it is at least or at most where something had no answer by the end. Immutable.
 *
 * @param value NaN where there is none
 */
public record Reading(double value, Bound bound) {
    /** What the value says of the figure. */
    public enum Bound {
        /** It is the figure. */
        EXACT("", ""),
        /** The figure is as much or more. */
        AT_LEAST(">= ", "atLeast"),
        /** The figure is as much or less. */
        AT_MOST("<= ", "atMost");

        private final String sign;
        private final String key;

        Bound(String sign, String key) {
            this.sign = sign;
            this.key = key;
        }

        /** Of this divided by the other one; only where not both are bounds it says anything. */
        private Bound over(Bound divisor) {
            return switch (divisor) {
                case EXACT -> this;
                case AT_LEAST -> AT_MOST;
                case AT_MOST -> AT_LEAST;
            };
        }
    }

    /** Where there is nothing to read. */
    public static final Reading NONE = exact(Double.NaN);

    public static Reading exact(double value) {
        return new Reading(value, Bound.EXACT);
    }

    public static Reading atLeast(double value) {
        return new Reading(value, Bound.AT_LEAST);
    }

    /** What comes of a value that is no number is no number: whoever reads it need not ask for the bound. */
    public Reading {
        bound = Double.isFinite(value) ? bound : Bound.EXACT;
    }

    /** So many times as much, above 0. */
    public Reading times(double factor) {
        return new Reading(value * factor, bound);
    }

    /** This divided by the other one; none where both are bounds, for then nothing can be said. */
    public Reading over(Reading other) {
        boolean unknown = bound != Bound.EXACT && other.bound != Bound.EXACT;
        return unknown ? NONE : new Reading(value / other.value, bound.over(other.bound));
    }

    /** For people: {@code 1,234.50}, {@code >= 1,234.50}, and nothing where there is none. */
    public String text(int decimals) {
        return Double.isFinite(value) ? bound.sign + String.format(Locale.ROOT, "%,." + decimals + "f", value) : "";
    }

    /** As a number or null; where it is a bound, its key is in the list {@code atLeast} or {@code atMost} beside it. */
    public void put(ObjectNode node, String key) {
        if (!Double.isFinite(value)) {
            node.putNull(key);
            return;
        }
        node.put(key, value);
        if (bound != Bound.EXACT) {
            node.withArrayProperty(bound.key).add(key);
        }
    }
}
