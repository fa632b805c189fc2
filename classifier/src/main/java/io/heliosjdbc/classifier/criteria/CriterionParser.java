package io.heliosjdbc.classifier.criteria;

import io.heliosjdbc.classifier.criteria.Condition.Operator;
import io.heliosjdbc.classifier.criteria.CriterionTokens.Kind;
import io.heliosjdbc.classifier.criteria.CriterionTokens.Token;
import io.heliosjdbc.classifier.statement.Feature;
import java.util.ArrayList;
import java.util.List;

/** Recursive descent over the language of criteria: OR of AND of NOT of comparisons and parentheses. */
final class CriterionParser {
    /** Deeper nesting is nobody's criterion; the bound keeps the stack. */
    private static final int DEEPEST = 50;

    private final CriterionTokens tokens;
    private int depth;

    CriterionParser(String text) throws CriterionSyntaxException {
        this.tokens = new CriterionTokens(text);
    }

    Condition parse() throws CriterionSyntaxException {
        Condition condition = or();
        Token rest = tokens.peek();
        if (rest.kind() != Kind.END) {
            throw rest.kind() == Kind.CLOSE
                    ? fault(rest, "closing parenthesis without an opening one", "remove it")
                    : fault(rest, "unexpected " + rest.described(), "join conditions with AND or OR");
        }
        return condition;
    }

    private Condition or() throws CriterionSyntaxException {
        List<Condition> parts = new ArrayList<>(List.of(and()));
        while (tokens.takeWord("OR")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.Or(List.copyOf(parts));
    }

    private Condition and() throws CriterionSyntaxException {
        List<Condition> parts = new ArrayList<>(List.of(not()));
        while (tokens.takeWord("AND")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.And(List.copyOf(parts));
    }

    private Condition not() throws CriterionSyntaxException {
        boolean negated = false;
        while (tokens.takeWord("NOT")) {
            negated = !negated;
        }
        Condition part = primary();
        return negated ? new Condition.Not(part) : part;
    }

    private Condition primary() throws CriterionSyntaxException {
        Token token = tokens.take();
        if (token.kind() == Kind.OPEN) {
            if (++depth > DEEPEST) {
                throw fault(token, "parentheses nested deeper than " + DEEPEST, "write the criterion flatter");
            }
            Condition inner = or();
            Token close = tokens.take();
            if (close.kind() != Kind.CLOSE) {
                throw fault(
                        close,
                        "expected ) but found " + close.described(),
                        "close the parenthesis opened at offset " + token.offset());
            }
            depth--;
            return inner;
        }
        if (token.kind() != Kind.WORD || token.isKeyword()) {
            throw fault(
                    token,
                    "expected a feature but found " + token.described(),
                    "begin a condition with a feature, as in join_count <= 2");
        }
        Feature feature = Feature.of(token.text());
        if (feature == null) {
            throw fault(token, "unknown feature " + token.text(), NearestNames.advice(token.text()));
        }
        return comparison(feature);
    }

    private Condition comparison(Feature feature) throws CriterionSyntaxException {
        Token operator = tokens.take();
        if (operator.kind() == Kind.WORD && operator.is("CONTAINS")) {
            return contains(feature, operator);
        }
        Operator known = operator.kind() == Kind.OPERATOR ? Operator.of(operator.text()) : null;
        if (known == null) {
            throw fault(
                    operator,
                    "expected an operator after " + feature.featureName() + " but found " + operator.described(),
                    "use one of =, !=, <, <=, >, >=, CONTAINS");
        }
        boolean equality = known == Operator.EQUAL || known == Operator.UNEQUAL;
        if (feature.type() == Feature.Type.NAMES || (!equality && feature.type() != Feature.Type.NUMBER)) {
            throw fault(
                    operator,
                    "operator " + known.symbol + " does not fit " + feature.featureName() + ", which is "
                            + feature.type().description(),
                    "use " + (feature.type() == Feature.Type.NAMES ? "CONTAINS" : "= or !="));
        }
        Token value = tokens.take();
        return switch (feature.type()) {
            case NUMBER ->
                new Condition.NumberComparison(
                        feature, known, Double.parseDouble(operand(feature, value, Kind.NUMBER)));
            case TRUTH -> new Condition.Equality(feature, known, truth(feature, value));
            case TEXT, WORD, NAMES -> new Condition.Equality(feature, known, operand(feature, value, Kind.STRING));
        };
    }

    private Condition contains(Feature feature, Token operator) throws CriterionSyntaxException {
        return switch (feature.type()) {
            case NUMBER, TRUTH ->
                throw fault(
                        operator,
                        "operator CONTAINS does not fit " + feature.featureName() + ", which is "
                                + feature.type().description(),
                        feature.type() == Feature.Type.NUMBER ? "use one of =, !=, <, <=, >, >=" : "use = or !=");
            case NAMES -> new Condition.NamesContain(feature, containedName(feature));
            case TEXT, WORD -> new Condition.TextContains(feature, operand(feature, tokens.take(), Kind.STRING));
        };
    }

    private String containedName(Feature feature) throws CriterionSyntaxException {
        Token value = tokens.take();
        if (value.kind() != Kind.STRING) {
            throw fault(
                    value,
                    feature.featureName() + " contains names, not " + value.described(),
                    "give a quoted name, as in table_names CONTAINS 'orders'");
        }
        return value.text();
    }

    private String operand(Feature feature, Token value, Kind wanted) throws CriterionSyntaxException {
        if (value.kind() != wanted) {
            throw mismatch(feature, value);
        }
        return value.text();
    }

    private Boolean truth(Feature feature, Token value) throws CriterionSyntaxException {
        if (value.kind() == Kind.WORD && (value.is("TRUE") || value.is("FALSE"))) {
            return value.is("TRUE");
        }
        throw mismatch(feature, value);
    }

    private static CriterionSyntaxException mismatch(Feature feature, Token value) {
        String example = switch (feature.type()) {
            case NUMBER -> " = 2";
            case TRUTH -> " = true";
            case TEXT, WORD, NAMES -> " = 'x'";
        };
        return fault(
                value,
                feature.featureName() + " is " + feature.type().description() + ", not " + value.described(),
                "write it as in " + feature.featureName() + example);
    }

    private static CriterionSyntaxException fault(Token at, String what, String mend) {
        return new CriterionSyntaxException(at.offset(), what, mend);
    }
}
