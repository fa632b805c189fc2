package io.heliosjdbc.driver.manager;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long to wait for an instant of the calendar. Stateless. */
final class Ahead {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Ahead() {}

    /** Nanoseconds until then, a minute at most, for calendars are set; never ({@link Long#MAX_VALUE}) for {@link Instant#MAX}. */
    static long nanos(InstantSource calendar, Instant then) {
        if (then.equals(Instant.MAX)) {
            return Long.MAX_VALUE;
        }
        Duration left = Duration.between(calendar.instant(), then);
        return left.compareTo(LONGEST) < 0 ? Math.max(0, left.toNanos()) : LONGEST.toNanos();
    }
}
