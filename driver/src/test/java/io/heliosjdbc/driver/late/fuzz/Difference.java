package io.heliosjdbc.driver.late.fuzz;

import java.util.List;
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
            if (why == null) {
                return new Difference(i, direct.get(i), late.get(i), null);
            }
            if (why.ends()) {
                return null;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        String line = System.lineSeparator() + "    ";
        return "step " + (at + 1) + (leaked == null ? "" : " has the mark of " + leaked.name()) + line + "direct: "
                + String.join(line + "        ", direct) + line + "late:   " + String.join(line + "        ", late);
    }
}
