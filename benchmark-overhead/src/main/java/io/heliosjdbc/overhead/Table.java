package io.heliosjdbc.overhead;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Comparisons as a table that reads well on a terminal and is Markdown. Stateless. */
final class Table {
    private static final int LEFT_COLUMNS = 1;

    private Table() {}

    /** The table; a path other than the first has a column for its difference to the first, with the spread of both. */
    static String of(List<Path> paths, List<Comparison> comparisons) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(header(paths));
        comparisons.forEach(each -> rows.add(row(paths, each)));
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> Collections.max(
                        rows.stream().map(row -> row.get(column).length()).toList()))
                .toArray();
        List<String> lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.toList());
        lines.add(1, rule(widths));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> header(List<Path> paths) {
        List<String> header = new ArrayList<>(List.of("operation", "threads"));
        for (Path path : paths) {
            header.add(path + " ns");
            if (path != paths.get(0)) {
                header.add("difference");
            }
        }
        paths.forEach(path -> header.add(path + " B"));
        return header;
    }

    private static List<String> row(List<Path> paths, Comparison comparison) {
        List<String> row =
                new ArrayList<>(List.of(comparison.operation().title(), Integer.toString(comparison.threads())));
        Figure twin = figure(comparison, paths.get(0));
        for (Path path : paths) {
            Figure figure = figure(comparison, path);
            row.add(number(figure.nanos()));
            if (path != paths.get(0)) {
                row.add(difference(twin, figure));
            }
        }
        paths.forEach(path -> row.add(
                String.format(Locale.ROOT, "%.0f", figure(comparison, path).bytes())));
        return row;
    }

    private static Figure figure(Comparison comparison, Path path) {
        Figure figure = comparison.figures().get(path);
        if (figure == null) {
            throw new IllegalArgumentException(comparison.operation() + " was not measured on the path " + path);
        }
        return figure;
    }

    private static String difference(Figure twin, Figure figure) {
        double difference = figure.nanos() - twin.nanos();
        double spread = Math.hypot(twin.spread(), figure.spread());
        return number(difference) + " ± " + String.format(Locale.ROOT, format(difference), spread);
    }

    private static String number(double nanos) {
        return String.format(Locale.ROOT, format(nanos), nanos);
    }

    /** A digit behind the point only where it tells something. */
    private static String format(double nanos) {
        return Math.abs(nanos) < 100 ? "%.1f" : "%.0f";
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> {
                    String padding =
                            " ".repeat(widths[column] - cells.get(column).length());
                    return column < LEFT_COLUMNS ? cells.get(column) + padding : padding + cells.get(column);
                })
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String rule(int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column ->
                        column < LEFT_COLUMNS ? "-".repeat(widths[column]) : "-".repeat(widths[column] - 1) + ":")
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
