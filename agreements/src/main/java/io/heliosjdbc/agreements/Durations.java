package io.heliosjdbc.agreements;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import javax.xml.datatype.DatatypeConstants;
import org.jspecify.annotations.Nullable;

/** Turns durations of XML Schema, which mix calendar and clock, into those of {@code java.time}, which do not. Stateless. */
final class Durations {
    private Durations() {}

    /**
     * An exact time.
     *
     * @throws IllegalArgumentException where it has years or months, whose length depends on the date
     * @throws ArithmeticException where it is finer than a nanosecond or too long
     */
    static Duration exact(javax.xml.datatype.Duration xml) {
        if (isSet(xml.getField(DatatypeConstants.YEARS)) || isSet(xml.getField(DatatypeConstants.MONTHS))) {
            throw new IllegalArgumentException("not an exact time: " + xml);
        }
        BigDecimal seconds = decimal(xml.getField(DatatypeConstants.SECONDS));
        Duration whole = Duration.ofDays(integer(xml, DatatypeConstants.DAYS))
                .plusHours(integer(xml, DatatypeConstants.HOURS))
                .plusMinutes(integer(xml, DatatypeConstants.MINUTES))
                .plusSeconds(seconds.toBigInteger().longValueExact())
                .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValueExact());
        return xml.getSign() < 0 ? whole.negated() : whole;
    }

    /** A {@link Period} where only years, months and days are given, else a {@link Duration}. */
    static TemporalAmount interval(javax.xml.datatype.Duration xml) {
        boolean clock = xml.isSet(DatatypeConstants.HOURS)
                || xml.isSet(DatatypeConstants.MINUTES)
                || xml.isSet(DatatypeConstants.SECONDS);
        return clock ? exact(xml) : Period.of(xml.getYears(), xml.getMonths(), xml.getDays());
    }

    private static long integer(javax.xml.datatype.Duration xml, DatatypeConstants.Field field) {
        return decimal(xml.getField(field)).longValueExact();
    }

    private static boolean isSet(@Nullable Number number) {
        return decimal(number).signum() != 0;
    }

    private static BigDecimal decimal(@Nullable Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof BigInteger integer ? new BigDecimal(integer) : BigDecimal.ZERO;
    }
}
