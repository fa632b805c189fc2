package io.heliosjdbc.classifier.statement;

/**
 * A statement that a database can be asked to plan, because planning it does nothing else. Immutable.
 *
 * <p>One SELECT, WITH .. SELECT, INSERT, UPDATE or DELETE; nothing of several statements, nothing that databases may read in
 * different ways, nothing that creates or writes out what it selects, no variables, no sequences, and no function but those
 * that every database brings along: planners evaluate what they hold to be constant, and what somebody's own function does
 * then, nobody knows.
 *
 * @param sql the statement without comments before and after it, its parameters written {@code $1}, {@code $2} and so on
 * @param parameters how many parameters it has
 */
public record Plannable(String sql, int parameters) {

    /** Says nothing of the text, which has literals in it. */
    @Override
    public String toString() {
        return "a statement with " + parameters + " parameters";
    }
}
