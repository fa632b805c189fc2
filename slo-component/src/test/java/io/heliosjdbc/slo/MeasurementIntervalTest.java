package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.chrono.JapaneseChronology;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementIntervalTest {

    @ParameterizedTest
    @CsvSource({
        // Months, of every length, and the last and first instants of one.
        "P1M, 2026-02-14T10:00:00Z, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "P1M, 2028-02-29T23:59:59.999999999Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "P1M, 2028-03-01T00:00:00Z, 2028-03-01T00:00:00Z, 2028-04-01T00:00:00Z",
        "P1M, 2100-02-28T12:00:00Z, 2100-02-01T00:00:00Z, 2100-03-01T00:00:00Z",
        "P1M, 2026-12-31T23:59:59Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "P1M, 1969-12-31T23:59:59Z, 1969-12-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "P3M, 2026-05-01T00:00:00Z, 2026-04-01T00:00:00Z, 2026-07-01T00:00:00Z",
        "P1Y, 2028-12-31T23:00:00Z, 2028-01-01T00:00:00Z, 2029-01-01T00:00:00Z",
        "P12M, 2028-12-31T23:00:00Z, 2028-01-01T00:00:00Z, 2029-01-01T00:00:00Z",
        "P1Y-6M, 2028-12-31T23:00:00Z, 2028-07-01T00:00:00Z, 2029-01-01T00:00:00Z",
        // Days, those included on which Europe and America change their clocks.
        "P1D, 2026-03-29T01:30:00Z, 2026-03-29T00:00:00Z, 2026-03-30T00:00:00Z",
        "P1D, 2026-10-25T23:30:00Z, 2026-10-25T00:00:00Z, 2026-10-26T00:00:00Z",
        "P1D, 2026-11-01T06:30:00Z, 2026-11-01T00:00:00Z, 2026-11-02T00:00:00Z",
        "P1D, 2028-02-29T00:00:00Z, 2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z",
        "P2D, 1970-01-02T23:00:00Z, 1970-01-01T00:00:00Z, 1970-01-03T00:00:00Z",
        // Weeks, from Monday.
        "P7D, 2026-03-29T23:59:59Z, 2026-03-23T00:00:00Z, 2026-03-30T00:00:00Z",
        "P7D, 2026-03-30T00:00:00Z, 2026-03-30T00:00:00Z, 2026-04-06T00:00:00Z",
        "P14D, 1970-01-18T00:00:00Z, 1970-01-05T00:00:00Z, 1970-01-19T00:00:00Z",
        // Months and days together.
        "P1M15D, 1970-02-15T23:00:00Z, 1970-01-01T00:00:00Z, 1970-02-16T00:00:00Z",
        "P1M15D, 1970-02-16T00:00:00Z, 1970-02-16T00:00:00Z, 1970-03-31T00:00:00Z",
        // Durations.
        "PT1H, 2026-03-29T01:59:59Z, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
        "PT24H, 2026-03-29T01:59:59Z, 2026-03-29T00:00:00Z, 2026-03-30T00:00:00Z",
        "PT15M, 2026-03-29T01:59:59Z, 2026-03-29T01:45:00Z, 2026-03-29T02:00:00Z",
        "PT1.5S, 1970-01-01T00:00:04Z, 1970-01-01T00:00:03Z, 1970-01-01T00:00:04.5Z",
        "PT1H, 1969-12-31T22:00:00Z, 1969-12-31T22:00:00Z, 1969-12-31T23:00:00Z",
        "PT1H, 1969-12-31T22:00:01Z, 1969-12-31T22:00:00Z, 1969-12-31T23:00:00Z"
    })
    void intervalLiesWhereTheCalendarPutsIt(String length, Instant instant, Instant from, Instant until) {
        assertThat(MeasurementInterval.containing(instant, parse(length)))
                .isEqualTo(new MeasurementInterval(from, until));
    }

    @Test
    void zoneOfTheMachineDoesNotMatter() {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : List.of("Europe/Istanbul", "America/New_York", "Pacific/Kiritimati")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                MeasurementInterval interval =
                        MeasurementInterval.containing(Instant.parse("2026-11-01T06:30:00Z"), Period.ofDays(1));
                assertThat(Duration.between(interval.from(), interval.until())).isEqualTo(Duration.ofDays(1));
                assertThat(interval.from()).isEqualTo("2026-11-01T00:00:00Z");
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void intervalsOfALengthTileTheTime() {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 3_000; round++) {
            TemporalAmount length = random.nextBoolean()
                    ? Period.of(random.nextInt(3), random.nextInt(20), random.nextInt(40))
                            .plusDays(1)
                    : Duration.ofNanos(1 + (random.nextLong() >>> (1 + random.nextInt(40))));
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-4_000_000_000L, 8_000_000_000L), random.nextInt(1_000_000_000));
            MeasurementInterval interval = MeasurementInterval.containing(instant, length);
            assertThat(instant).as("%s %s", length, interval).isBetween(interval.from(), interval.until());
            assertThat(interval.hasEnded(instant)).isFalse();
            assertThat(interval.hasEnded(interval.until())).isTrue();
            assertThat(MeasurementInterval.containing(interval.from(), length)).isEqualTo(interval);
            assertThat(MeasurementInterval.containing(interval.until().minusNanos(1), length))
                    .isEqualTo(interval);
            assertThat(MeasurementInterval.containing(interval.until(), length).from())
                    .isEqualTo(interval.until());
        }
    }

    @Test
    void firstIntervalBeginsWhenTheBooksWereOpened() {
        Instant opened = Instant.parse("2026-02-14T10:00:00Z");
        assertThat(MeasurementInterval.containing(opened, Period.ofMonths(1)).openedAt(opened))
                .isEqualTo(new MeasurementInterval(opened, Instant.parse("2026-03-01T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0D", "P-1M", "P1M-1D", "PT0S", "PT-1S", "P12001M", "P1M400000D", "PT9000000H"})
    void lengthThatCannotBeIsRefused(String length) {
        TemporalAmount parsed = parse(length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeasurementInterval.containing(Instant.EPOCH, parsed))
                .withMessage("assessment interval is " + parsed
                        + "; make it a positive period or duration of at most a thousand years");
    }

    @Test
    void lengthOfAnotherKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MeasurementInterval.containing(Instant.EPOCH, JapaneseChronology.INSTANCE.period(0, 1, 0)));
    }

    private static TemporalAmount parse(String length) {
        return length.contains("T") ? Duration.parse(length) : Period.parse(length);
    }
}
