package io.heliosjdbc.tpcc.compare;

import java.util.List;

/** Lines of cells as text, in columns as wide as they need to be. Stateless. */
final class TextTable {
    private TextTable() {}

    /**
     * The first column is aligned to the left, all others to the right.
     *
     * @param lines each with as many cells as the first one
     */
    static List<String> of(List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return lines.stream().map(line -> aligned(line, widths)).toList();
    }

    private static String aligned(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder(line.get(0))
                .append(" ".repeat(widths[0] - line.get(0).length()));
        for (int i = 1; i < widths.length; i++) {
            text.append(" ".repeat(2 + widths[i] - line.get(i).length())).append(line.get(i));
        }
        return text.toString().stripTrailing();
    }
}
