package io.heliosjdbc.driver.late.fuzz;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Counts what programs do, and how often it went well. One thread's. */
final class Operations {
    /** What is drawn anew each time. */
    private static final Pattern DRAWN = Pattern.compile("\\b(" + Tenant.NAMES + ")\\b|\\b[a-z]\\d\\b|\\d+");

    private final Map<String, int[]> counts = new TreeMap<>();

    /** Takes in a program and what its steps were answered. */
    void add(Program program, List<List<String>> answers) {
        for (int i = 0; i < program.steps().size(); i++) {
            int[] count = counts.computeIfAbsent(operation(program.steps().get(i)), name -> new int[2]);
            count[0]++;
            if (answers.get(i).stream().noneMatch(Words::isError)) {
                count[1]++;
            }
        }
    }

    private static String operation(Step step) {
        return DRAWN.matcher(step.words()).replaceAll("_").replaceAll("\\s+", " ");
    }

    /** A table: how often, how often without an error, what. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        counts.forEach((name, count) -> table.append(String.format("%7d %7d  %s%n", count[0], count[1], name)));
        return table.toString();
    }
}
