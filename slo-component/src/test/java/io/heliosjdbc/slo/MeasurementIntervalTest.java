package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurementIntervalTest {
    @ParameterizedTest
    @CsvSource({
        "P1M, 2024-02-29T12:00:00Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "P1M, 2026-12-31T23:59:59Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "P3M, 2026-11-20T00:00:00Z, 2026-10-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "P1Y, 2026-11-20T00:00:00Z, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "P1D, 2026-03-29T01:30:00Z, 2026-03-29T00:00:00Z, 2026-03-30T00:00:00Z",
        "P7D, 2026-11-20T00:00:00Z, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "PT1H, 2026-11-20T10:59:59Z, 2026-11-20T10:00:00Z, 2026-11-20T11:00:00Z",
        "PT1H, 2026-11-20T11:00:00Z, 2026-11-20T11:00:00Z, 2026-11-20T12:00:00Z"
    })
    void anIntervalFollowsTheCalendar(String length, Instant instant, Instant from, Instant until) {
        TemporalAmount amount = length.contains("T") ? Duration.parse(length) : Period.parse(length);
        assertThat(MeasurementInterval.holding(instant, amount)).isEqualTo(new MeasurementInterval(from, until));
    }
}
