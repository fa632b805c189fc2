package io.heliosjdbc.tpcc.pace;

import io.heliosjdbc.tpcc.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load of terminals over the measurement interval: phases with the factor f that keying and think times take. Immutable. */
public record Phases(List<Phase> list) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,3})?)%:(.+)");

    /**
     * One phase.
     *
     * @param factor f, by which keying and think times are multiplied; 0 or more
     * @param length its length, above zero
     */
    public record Phase(double factor, Duration length) {
        /**
         * A phase of so much load: f is scale * 100 / percent.
         *
         * @param scale f at 100 percent, 0 or more
         * @param percent above 0
         */
        public static Phase ofLoad(double scale, double percent, Duration length) {
            return new Phase(scale * 100 / percent, length);
        }
    }

    /** One after the other; the last one goes on for ever. */
    public Phases {
        list = List.copyOf(list);
    }

    public static Phases constant(double scale, Duration duration) {
        return new Phases(List.of(new Phase(scale, duration)));
    }

    /** Reads {@code 80%:15m,180%:8m}. */
    public static Phases parse(String text, double scale) {
        List<Phase> phases = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = FORM.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + part + "' is not a phase; write for example 80%:15m,180%:8m");
            }
            double percent = Double.parseDouble(matcher.group(1));
            Duration length = TimeSpan.parse(matcher.group(2));
            if (percent == 0 || length.isZero()) {
                throw new IllegalArgumentException("phase '" + part + "': percent and length must be above zero");
            }
            phases.add(Phase.ofLoad(scale, percent, length));
        }
        return new Phases(phases);
    }

    public Duration duration() {
        return list.stream().map(Phase::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** The factor at an instant of the measurement interval; the first phase's before, the last one's after it. */
    public double factorAt(long nanosSinceStart) {
        long end = 0;
        for (Phase phase : list) {
            end += phase.length().toNanos();
            if (nanosSinceStart < end) {
                return phase.factor();
            }
        }
        return list.get(list.size() - 1).factor();
    }
}
