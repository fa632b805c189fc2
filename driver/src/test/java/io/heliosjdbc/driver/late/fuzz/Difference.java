package io.heliosjdbc.driver.late.fuzz;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step that was answered otherwise, or with another tenant's mark. Immutable.
 *
 * @param at which step
 * @param direct its answers from a connection that is one to one
 * @param late its answers from a connection that is bound late
 * @param leaked the tenant whose mark is in them, or null
 */
record Difference(
        int at,
        List<String> direct,
        List<String> late,
        @Nullable Tenant leaked) {
    /** What MariaDB's driver makes of a line of {@code SHOW WARNINGS}. */
    private static final Pattern WARNING = Pattern.compile("java\\.sql\\.SQLWarning null/(\\d+): ");

    /** The first difference that is not allowed; null where there is none. */
    static @Nullable Difference between(Program program, List<List<String>> direct, List<List<String>> late) {
        for (int i = 0; i < program.steps().size(); i++) {
            Step step = program.steps().get(i);
            for (String answer : late.get(i)) {
                Tenant leaked = Tenant.of(step.client()).seenIn(answer);
                if (leaked != null) {
                    return new Difference(i, direct.get(i), late.get(i), leaked);
                }
            }
        }
        for (int i = 0; i < program.steps().size(); i++) {
            if (direct.get(i).equals(late.get(i))) {
                continue;
            }
            Allowed why = Allowed.why(program.steps().get(i), direct.get(i), late.get(i));
            if (why == null || (why == Allowed.A_FAILURE_IS_NO_WARNING && !isOfAFailure(program, direct, i))) {
                return new Difference(i, direct.get(i), late.get(i), null);
            }
            if (why.ends()) {
                return null;
            }
        }
        return null;
    }

    /** Whether what a connection was warned of in a step is an error that its client was told before. */
    private static boolean isOfAFailure(Program program, List<List<String>> direct, int at) {
        Matcher warning = WARNING.matcher(String.join("\n", direct.get(at)));
        while (warning.find()) {
            String code = "/" + warning.group(1) + ": ";
            for (int i = at; i >= 0; i--) {
                if (program.steps().get(i).client() == program.steps().get(at).client()
                        && direct.get(i).stream()
                                .anyMatch(answer -> Words.isError(answer)
                                        && !answer.startsWith("java.sql.SQLWarning")
                                        && answer.contains(code))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        String line = System.lineSeparator() + "    ";
        return "step " + (at + 1) + (leaked == null ? "" : " has the mark of " + leaked.name()) + line + "direct: "
                + String.join(line + "        ", direct) + line + "late:   " + String.join(line + "        ", late);
    }
}
