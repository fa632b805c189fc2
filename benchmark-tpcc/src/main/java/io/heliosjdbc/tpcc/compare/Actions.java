package io.heliosjdbc.tpcc.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What Helios did of its own accord: how many it let in changed, it refused, or somebody gave up in its queue. It is read off what was seen of
 * it at equal distances, so what came and went in between is not there. Stateless.
 */
final class Actions {
    /** Before a class's name: how many it lets in. */
    static final String LET_IN = "let in: ";
    /** Before a class's name: how many it has refused since the workload manager opened. */
    static final String REFUSED = "refused: ";
    /** Before a class's name: how many have given up waiting since. */
    static final String GAVE_UP = "gave up: ";

    private Actions() {}

    /**
     * All of one part, in the order of time.
     *
     * @param sights by name, at equal distances; NaN where nothing was seen
     * @param every from one look to the next; the first is at the beginning
     */
    static List<Event> of(Map<String, double[]> sights, Duration every) {
        List<Event> events = new ArrayList<>();
        sights.forEach((name, values) -> {
            if (name.startsWith(LET_IN)) {
                limits(events, name.substring(LET_IN.length()), values, every);
            } else if (name.startsWith(REFUSED)) {
                counts(events, count -> name.substring(REFUSED.length()) + " refused " + count, values, every);
            } else if (name.startsWith(GAVE_UP)) {
                counts(
                        events,
                        count -> count + " gave up waiting for " + name.substring(GAVE_UP.length()),
                        values,
                        every);
            }
        });
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    private static void limits(List<Event> events, String serviceClass, double[] values, Duration every) {
        double last = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                if (Double.isFinite(last) && values[i] != last) {
                    events.add(new Event(
                            every.multipliedBy(i),
                            String.format(Locale.ROOT, "%s lets in %.0f, before %.0f", serviceClass, values[i], last)));
                }
                last = values[i];
            }
        }
    }

    /** One event for all that came without a pause. */
    private static void counts(List<Event> events, LongFunction<String> what, double[] values, Duration every) {
        double last = Double.NaN;
        int began = -1;
        double sum = 0;
        for (int i = 0; i <= values.length; i++) {
            double more = i < values.length ? Math.max(0, values[i] - last) : 0;
            if (more > 0) {
                began = began < 0 ? i : began;
                sum += more;
            } else if (began >= 0 && !Double.isNaN(more)) {
                events.add(new Event(every.multipliedBy(began), what.apply(Math.round(sum))));
                began = -1;
                sum = 0;
            }
            if (i < values.length && Double.isFinite(values[i])) {
                last = values[i];
            }
        }
    }
}
