package io.heliosjdbc.tpcc.compare;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A chart of lines over seconds, as SVG. Built once, then drawn. Not thread-safe. */
final class LineChart {
    private static final int WIDTH = 880;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int TOP = 12;
    private static final int BOTTOM = 26;
    private static final int RIGHT = 16;

    private record Line(String name, String colour, boolean dashed, List<Double> values) {}

    /** Where the upright axis begins, and how it goes on. */
    enum Axis {
        /** At zero, evenly. */
        FROM_ZERO,
        /** Below the least value, evenly: for values that are near to one another and far from zero. */
        CLOSE,
        /** Tenfold is a step up; only positive values are drawn. */
        TENFOLD
    }

    private final List<Line> lines = new ArrayList<>();
    private final List<Double> marks = new ArrayList<>();
    private final double seconds;
    private final Axis axis;

    LineChart(double seconds, Axis axis) {
        this.seconds = seconds;
        this.axis = axis;
    }

    /** Adds a line of values at equal distances over the whole time; where one is NaN the line is interrupted. */
    LineChart line(String name, String colour, double[] values) {
        return line(name, colour, false, values);
    }

    /** Adds a dashed line that the others are to be held against, likewise. */
    LineChart measure(String name, double[] values) {
        return line(name, "var(--dim)", true, values);
    }

    private LineChart line(String name, String colour, boolean dashed, double[] values) {
        lines.add(new Line(name, colour, dashed, Arrays.stream(values).boxed().toList()));
        return this;
    }

    /** Adds upright lines at these seconds, numbered from 1. */
    LineChart marks(List<Double> moments) {
        marks.addAll(moments);
        return this;
    }

    /** The chart; a line of text where nothing ever rose above zero, and nothing where there is nothing to draw. */
    String svg(String title, String unit) {
        double most = -Double.MAX_VALUE;
        double least = Double.MAX_VALUE;
        for (Line line : lines) {
            for (double value : line.values) {
                if (isDrawn(value)) {
                    most = Math.max(most, value);
                    least = Math.min(least, value);
                }
            }
        }
        if (least > most) {
            return "";
        }
        StringBuilder svg = new StringBuilder("<figure>");
        if (axis == Axis.FROM_ZERO && most <= 0) {
            caption(svg, title, unit + ": none at any time");
            return svg.append("</figure>\n").toString();
        }
        caption(svg, title, unit);
        double low = switch (axis) {
            case FROM_ZERO -> 0;
            case CLOSE -> {
                double step = step(most - least);
                yield Math.floor(least / step) * step;
            }
            case TENFOLD -> Math.pow(10, Math.floor(Math.log10(least)));
        };
        double high =
                axis == Axis.TENFOLD ? Math.pow(10, Math.ceil(Math.log10(most * 1.0001))) : low + rounded(most - low);
        append(
                svg,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
                LEFT + WIDTH + RIGHT,
                TOP + HEIGHT + BOTTOM,
                Page.escaped(title));
        grid(svg, low, high);
        for (int i = 0; i < marks.size(); i++) {
            double x = LEFT + marks.get(i) / seconds * WIDTH;
            append(
                    svg,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" class=\"mark\"/>"
                            + "<text x=\"%.1f\" y=\"%d\">%d</text>\n",
                    x,
                    TOP,
                    x,
                    TOP + HEIGHT,
                    x + 3,
                    TOP + 10,
                    i + 1);
        }
        for (Line line : lines) {
            draw(svg, line, low, high);
        }
        svg.append("</svg>\n<p class=\"legend\">");
        for (Line line : lines) {
            append(
                    svg,
                    "<span style=\"color:%s\">%s</span> %s &ensp; ",
                    line.colour,
                    line.dashed ? "- -" : "&#9644;",
                    Page.escaped(line.name));
        }
        return svg.append("</p></figure>\n").toString();
    }

    private static void caption(StringBuilder to, String title, String unit) {
        append(
                to,
                "<figcaption>%s <span class=\"unit\">%s</span></figcaption>\n",
                Page.escaped(title),
                Page.escaped(unit));
    }

    private boolean isDrawn(double value) {
        return Double.isFinite(value) && (axis != Axis.TENFOLD || value > 0);
    }

    private static double rounded(double most) {
        double step = step(most);
        return Math.max(1, Math.ceil(most / step) * step);
    }

    private static double step(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1) / 4)));
        for (int factor : new int[] {1, 2, 5, 10}) {
            if (most / (power * factor) <= 6) {
                return Math.max(1, power * factor);
            }
        }
        return power * 10;
    }

    private void grid(StringBuilder svg, double low, double high) {
        double value = low;
        while (value <= high * 1.0001) {
            double y = y(value, low, high);
            append(
                    svg,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" class=\"grid\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                    LEFT,
                    y,
                    LEFT + WIDTH,
                    y,
                    LEFT - 8,
                    y + 4,
                    value < 1 && value > 0 ? Double.toString(value) : String.format(Locale.ROOT, "%,.0f", value));
            value = axis == Axis.TENFOLD ? value * 10 : value + step(high - low);
        }
        double every = step(seconds);
        for (double second = 0; second <= seconds; second += every) {
            append(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f s</text>\n",
                    LEFT + second / seconds * WIDTH,
                    TOP + HEIGHT + 18,
                    second);
        }
    }

    private double y(double value, double low, double high) {
        double share = axis == Axis.TENFOLD
                ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
        return TOP + HEIGHT - share * HEIGHT;
    }

    private void draw(StringBuilder svg, Line line, double low, double high) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i <= line.values.size(); i++) {
            if (i < line.values.size() && isDrawn(line.values.get(i))) {
                append(
                        points,
                        "%.1f,%.1f ",
                        LEFT + (i + 0.5) / line.values.size() * WIDTH,
                        y(line.values.get(i), low, high));
            } else if (!points.isEmpty()) {
                append(
                        svg,
                        "<polyline style=\"stroke:%s\"%s points=\"%s\"/>\n",
                        line.colour,
                        line.dashed ? " stroke-dasharray=\"6 5\"" : "",
                        points.toString().trim());
                points.setLength(0);
            }
        }
    }

    @FormatMethod
    private static void append(StringBuilder to, String format, Object... values) {
        to.append(String.format(Locale.ROOT, format, values));
    }
}
