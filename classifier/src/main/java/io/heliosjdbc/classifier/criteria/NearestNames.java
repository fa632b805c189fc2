package io.heliosjdbc.classifier.criteria;

import io.heliosjdbc.classifier.statement.Feature;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which features somebody may have meant who misspelt one. */
final class NearestNames {
    private static final int AT_MOST = 3;

    private NearestNames() {}

    /** Names those that are near, or all of them where none is. */
    static String advice(String misspelt) {
        String wanted = misspelt.toLowerCase(Locale.ROOT);
        List<String> all =
                Arrays.stream(Feature.values()).map(Feature::featureName).toList();
        if (wanted.length() > 64) {
            return "use one of " + String.join(", ", all);
        }
        List<String> near = all.stream()
                .filter(name -> distance(wanted, name) <= Math.max(2, wanted.length() / 3))
                .sorted(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(AT_MOST)
                .toList();
        return near.isEmpty() ? "use one of " + String.join(", ", all) : "did you mean " + String.join(" or ", near);
    }

    /** Levenshtein's distance: insertions, deletions and replacements from one to the other. */
    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        Arrays.setAll(previous, column -> column);
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
