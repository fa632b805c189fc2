package io.heliosjdbc.classifier.criteria;

import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.classifier.statement.Features;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A compiled criterion or a part of one. Immutable. */
sealed interface Condition {

    Truth evaluate(Criterion.Values values);

    /** All of them. */
    record And(List<Condition> parts) implements Condition {
        @Override
        public Truth evaluate(Criterion.Values values) {
            Truth result = Truth.TRUE;
            for (Condition part : parts) {
                result = result.and(part.evaluate(values));
            }
            return result;
        }
    }

    /** One of them. */
    record Or(List<Condition> parts) implements Condition {
        @Override
        public Truth evaluate(Criterion.Values values) {
            Truth result = Truth.FALSE;
            for (Condition part : parts) {
                result = result.or(part.evaluate(values));
            }
            return result;
        }
    }

    /** The opposite. */
    record Not(Condition part) implements Condition {
        @Override
        public Truth evaluate(Criterion.Values values) {
            return part.evaluate(values).not();
        }
    }

    /** A number against a number. */
    record NumberComparison(Feature feature, Operator operator, double operand) implements Condition {
        @Override
        public Truth evaluate(Criterion.Values values) {
            Object value = values.value(feature);
            if (!(value instanceof Number number)) {
                return Truth.UNKNOWN;
            }
            return Truth.of(operator.holds(Double.compare(number.doubleValue(), operand)));
        }
    }

    /** Equality of anything else; texts of type {@link Feature.Type#WORD} without regard to case. */
    record Equality(Feature feature, Operator operator, Object operand) implements Condition {
        @Override
        public Truth evaluate(Criterion.Values values) {
            Object value = values.value(feature);
            if (value == null) {
                return absent(feature, operator == Operator.UNEQUAL);
            }
            boolean equal = feature.type() == Feature.Type.WORD
                    ? lower(value.toString()).equals(lower(operand.toString()))
                    : value.equals(operand);
            return Truth.of(operator.holds(equal ? 0 : 1));
        }
    }

    /** A text that has the operand in it. */
    record TextContains(Feature feature, String operand) implements Condition {
        @Override
        public Truth evaluate(Criterion.Values values) {
            Object value = values.value(feature);
            if (value == null) {
                return absent(feature, false);
            }
            return Truth.of(
                    feature.type() == Feature.Type.WORD
                            ? lower(value.toString()).contains(lower(operand))
                            : value.toString().contains(operand));
        }
    }

    /** A list of names with the operand among them, qualified or not. */
    record NamesContain(Feature feature, String operand) implements Condition {
        @Override
        public Truth evaluate(Criterion.Values values) {
            return values.value(feature) instanceof List<?> names
                    ? Truth.of(Features.contain(names, operand))
                    : Truth.UNKNOWN;
        }
    }

    /**
     * A text that nobody gave, such as the tenant of a connection that names none, is known to be none: it is equal to nothing. A class for one
     * tenant would else take those without any. Numbers and truths come later, if they come at all.
     */
    private static Truth absent(Feature feature, boolean holds) {
        return feature.type() == Feature.Type.TEXT || feature.type() == Feature.Type.WORD
                ? Truth.of(holds)
                : Truth.UNKNOWN;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The operators but CONTAINS. */
    enum Operator {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        static @Nullable Operator of(String symbol) {
            for (Operator operator : values()) {
                if (operator.symbol.equals(symbol)) {
                    return operator;
                }
            }
            return null;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case UNEQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case GREATER -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }
    }
}
