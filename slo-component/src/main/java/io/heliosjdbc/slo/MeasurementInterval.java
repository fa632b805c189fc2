package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.AssessmentInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;

/**
 * One measurement interval, of the calendar where nothing else is said. Immutable.
 *
 * <p>Intervals lie where the calendar of UTC puts them, whenever the books were opened, so that several JVMs and the next
 * start of this one agree on them; no clock change makes one longer or shorter. All are counted from 1970-01-01T00:00Z:
 * months begin on their first day, quarters in January, April, July and October, years on the first of January, days at
 * midnight, hours on the hour. Only whole weeks (a {@link Period} of a multiple of seven days) are counted from Monday,
 * 1970-01-05. A period of months and days counts both from 1970-01-01 as well: the beginning of number i is i times the months
 * and then i times the days later.
 *
 * @param from its beginning
 * @param until its end, exclusive; {@link Instant#MAX} where it never ends
 */
record MeasurementInterval(Instant from, Instant until) {
    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate FIRST_MONDAY = LocalDate.EPOCH.plusDays(4);
    private static final double MEAN_DAYS_OF_MONTH = 146_097 / 4_800.0;
    /** The bounds of the agreement's schema are tighter; these keep the arithmetic within the calendar. */
    private static final long MOST_MONTHS = 12 * 1_000;

    private static final long MOST_DAYS = 366 * 1_000;
    private static final Duration LONGEST = Duration.ofDays(MOST_DAYS);

    /** The interval that never ends, for books without an assessment interval. */
    static MeasurementInterval from(Instant opened) {
        return new MeasurementInterval(opened, Instant.MAX);
    }

    /**
     * The interval that contains an instant; one without an end where transactions are counted, each account's for itself.
     *
     * @throws IllegalArgumentException as below
     */
    static MeasurementInterval containing(Instant instant, AssessmentInterval length) {
        return length instanceof AssessmentInterval.Calendar calendar
                ? containing(instant, calendar.length())
                : from(instant);
    }

    /** Ends it, at an instant or, where that is not after its beginning or not known, as soon as it can. */
    static MeasurementInterval ended(Instant from, Instant until) {
        boolean can = until.isAfter(from) && !until.equals(Instant.MAX);
        return new MeasurementInterval(from, can ? until : from.plusNanos(1));
    }

    /**
     * The interval of a length that contains an instant.
     *
     * @throws IllegalArgumentException if the length is neither a {@link Period} nor a {@link Duration}, is not positive,
     *     counts a negative number of months or days, or is longer than a thousand years
     */
    static MeasurementInterval containing(Instant instant, TemporalAmount length) {
        if (length instanceof Period period) {
            return containing(instant, period);
        }
        if (length instanceof Duration duration) {
            return containing(instant, duration);
        }
        throw refused(length);
    }

    private static MeasurementInterval containing(Instant instant, Period length) {
        long months = length.toTotalMonths();
        long days = length.get(ChronoUnit.DAYS);
        if (months < 0 || months > MOST_MONTHS || days < 0 || days > MOST_DAYS || length.isZero()) {
            throw refused(length);
        }
        LocalDate anchor = months == 0 && days % 7 == 0 ? FIRST_MONDAY : FIRST_DAY;
        LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
        long number = (long) Math.floor(ChronoUnit.DAYS.between(anchor, day) / (months * MEAN_DAYS_OF_MONTH + days));
        while (beginning(anchor, months, days, number).isAfter(day)) {
            number--;
        }
        while (!beginning(anchor, months, days, number + 1).isAfter(day)) {
            number++;
        }
        return new MeasurementInterval(
                midnight(beginning(anchor, months, days, number)),
                midnight(beginning(anchor, months, days, number + 1)));
    }

    private static LocalDate beginning(LocalDate anchor, long months, long days, long number) {
        return anchor.plusMonths(number * months).plusDays(number * days);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static MeasurementInterval containing(Instant instant, Duration length) {
        if (length.isZero() || length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw refused(length);
        }
        long number = Duration.between(Instant.EPOCH, instant).dividedBy(length);
        Instant from = Instant.EPOCH.plus(length.multipliedBy(number));
        // Division rounds towards zero, which before 1970 is the wrong end.
        if (from.isAfter(instant)) {
            from = from.minus(length);
        }
        return new MeasurementInterval(from, from.plus(length));
    }

    private static IllegalArgumentException refused(TemporalAmount length) {
        return new IllegalArgumentException("assessment interval is " + length
                + "; make it a positive period or duration of at most a thousand years");
    }

    /** The same interval for books that were opened in it: it begins when they were. */
    MeasurementInterval openedAt(Instant opened) {
        return opened.isAfter(from) ? new MeasurementInterval(opened, until) : this;
    }

    /**
     * The one after this, which has ended: of the calendar, but none of the time that this one took in. Where intervals have become longer
     * than this one was, the calendar's may have begun with it or before it, and no two are to have one beginning.
     */
    MeasurementInterval next(Instant now, AssessmentInterval length) {
        return containing(now, length).openedAt(until);
    }

    boolean hasEnded(Instant now) {
        return !now.isBefore(until);
    }
}
