package io.heliosjdbc.slo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;

/**
 * One measurement interval of an account, from its beginning until, exclusively, its end. Immutable.
 *
 * <p>Intervals follow the calendar in UTC: whole months begin on the first, whole days at midnight, whole weeks on Monday, all
 * others, hours included, are counted from the epoch.
 */
record MeasurementInterval(Instant from, Instant until) {
    /** Day 0 of the epoch was a Thursday; its Monday is three days earlier. */
    private static final int MONDAY_BEFORE_EPOCH = 3;

    /** The interval of that length that holds the instant. */
    static MeasurementInterval holding(Instant instant, TemporalAmount length) {
        if (length instanceof Period period) {
            return ofPeriod(instant, period);
        }
        long seconds = Math.max(1, Duration.from(length).toSeconds());
        long from = Math.floorDiv(instant.getEpochSecond(), seconds) * seconds;
        return new MeasurementInterval(Instant.ofEpochSecond(from), Instant.ofEpochSecond(from + seconds));
    }

    private static MeasurementInterval ofPeriod(Instant instant, Period period) {
        LocalDate day = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toLocalDate();
        long months = period.toTotalMonths();
        long days = period.get(ChronoUnit.DAYS);
        if (months > 0 && days == 0) {
            long month = day.getYear() * 12L + day.getMonthValue() - 1;
            long first = Math.floorDiv(month, months) * months;
            return between(firstOf(first), firstOf(first + months));
        }
        if (months == 0) {
            int shift = days % 7 == 0 ? MONDAY_BEFORE_EPOCH : 0;
            long first = Math.floorDiv(day.toEpochDay() + shift, days) * days - shift;
            return between(LocalDate.ofEpochDay(first), LocalDate.ofEpochDay(first + days));
        }
        LocalDate from = LocalDate.EPOCH;
        while (!from.plus(period).isAfter(day)) {
            from = from.plus(period);
        }
        return between(from, from.plus(period));
    }

    private static LocalDate firstOf(long month) {
        return LocalDate.of((int) Math.floorDiv(month, 12L), (int) Math.floorMod(month, 12L) + 1, 1);
    }

    private static MeasurementInterval between(LocalDate from, LocalDate until) {
        return new MeasurementInterval(
                from.atStartOfDay().toInstant(ZoneOffset.UTC),
                until.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
