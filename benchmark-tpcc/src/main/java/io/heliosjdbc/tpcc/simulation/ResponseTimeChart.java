package io.heliosjdbc.tpcc.simulation;

import io.heliosjdbc.tpcc.PriorityClass;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the response times of NewOrders over time, one line per class and one panel per experiment, as the thesis's figures
 * 3.9 to 3.13 do. Stateless.
 */
final class ResponseTimeChart {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 200;
    private static final int LEFT = 60;
    private static final int TOP = 34;
    private static final int BETWEEN = 64;
    private static final int MINUTES = 65;
    private static final int BUCKETS_PER_MINUTE = 2;
    private static final Map<PriorityClass, String> COLOURS =
            Map.of(PriorityClass.HIGH, "#c0392b", PriorityClass.MEDIUM, "#2471a3", PriorityClass.LOW, "#7f8c8d");

    private ResponseTimeChart() {}

    static String of(List<Summary> summaries) {
        StringBuilder svg = new StringBuilder();
        int height = summaries.size() * (HEIGHT + BETWEEN) + TOP;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH + LEFT + 20,
                height));
        int top = TOP;
        for (Summary summary : summaries) {
            panel(svg, summary, top);
            top += HEIGHT + BETWEEN;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, Summary summary, int top) {
        Map<PriorityClass, double[]> means = means(summary.outcomes().get(0));
        double most = 1;
        for (double[] line : means.values()) {
            for (double value : line) {
                most = Math.max(most, value);
            }
        }
        double step = step(most);
        double scale = Math.ceil(most / step) * step;
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s, deadlines %s: NewOrder response time, seconds, over minutes</text>%n",
                LEFT,
                top - 10,
                summary.experiment().discipline(),
                summary.experiment().deadlines() ? "on" : "off"));
        for (double value = 0; value <= scale; value += step) {
            double y = top + HEIGHT - value / scale * HEIGHT;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>%n",
                    LEFT,
                    y,
                    LEFT + WIDTH,
                    y,
                    LEFT - 6,
                    y + 4,
                    value));
        }
        for (int minute = 0; minute <= MINUTES; minute += 5) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                    LEFT + (double) minute / MINUTES * WIDTH,
                    top + HEIGHT + 16,
                    minute));
        }
        int legend = LEFT + WIDTH - 180;
        for (Map.Entry<PriorityClass, double[]> each : means.entrySet()) {
            line(svg, each.getValue(), each.getKey(), top, scale);
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
                    legend,
                    top - 10,
                    COLOURS.get(each.getKey()),
                    each.getKey().label()));
            legend += 60;
        }
    }

    private static void line(StringBuilder svg, double[] means, PriorityClass priority, int top, double scale) {
        svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"")
                .append(COLOURS.get(priority))
                .append("\" points=\"");
        for (int i = 0; i < means.length; i++) {
            if (means[i] >= 0) {
                svg.append(String.format(
                        Locale.ROOT,
                        "%.1f,%.1f ",
                        LEFT + (i + 0.5) / means.length * WIDTH,
                        top + HEIGHT - means[i] / scale * HEIGHT));
            }
        }
        svg.append("\"/>\n");
    }

    /** The mean response time of what ended in each half minute; -1 where nothing did. */
    private static Map<PriorityClass, double[]> means(Outcome outcome) {
        int buckets = MINUTES * BUCKETS_PER_MINUTE;
        Map<PriorityClass, double[]> means = new EnumMap<>(PriorityClass.class);
        for (PriorityClass priority : PriorityClass.values()) {
            double[] line = new double[buckets];
            int[] counts = new int[buckets];
            for (Outcome.Sample sample : outcome.samples) {
                if (sample.priority() == priority) {
                    int bucket = (int) Math.min(buckets - 1, sample.endSeconds() / 60 * BUCKETS_PER_MINUTE);
                    line[bucket] += sample.responseSeconds();
                    counts[bucket]++;
                }
            }
            for (int bucket = 0; bucket < buckets; bucket++) {
                line[bucket] = counts[bucket] == 0 ? -1 : line[bucket] / counts[bucket];
            }
            means.put(priority, line);
        }
        return means;
    }

    /** A round distance of the lines, so that there are four to ten of them. */
    private static double step(double most) {
        double step = Math.pow(10, Math.floor(Math.log10(most / 4)));
        for (int factor : new int[] {1, 2, 5, 10}) {
            if (most / (step * factor) <= 8) {
                return Math.max(1, step * factor);
            }
        }
        return step;
    }
}
