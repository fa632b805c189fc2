package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.load;
import static io.heliosjdbc.slo.Loads.penalized;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.UserLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.stream.Stream;

/**
 * A load whose assessment interval is made longer while the second of the shorter ones runs. There are transactions before each instant but
 * the first, two of them around the change.
 *
 * @param opened the beginning of a longer interval, and of the first shorter one
 * @param firstEnd of a shorter one
 * @param changed when the longer length is agreed
 * @param secondEnd of a shorter one
 * @param longEnd of the longer one
 */
record Lengthened(
        UserLoad before,
        UserLoad after,
        Instant opened,
        Instant firstEnd,
        Instant changed,
        Instant secondEnd,
        Instant longEnd) {
    static Stream<Lengthened> all() {
        return Stream.of(
                of(
                        Duration.ofHours(1),
                        Period.ofDays(1),
                        "2026-03-10T00:00:00Z",
                        "2026-03-10T01:00:00Z",
                        "2026-03-10T01:30:00Z",
                        "2026-03-10T02:00:00Z",
                        "2026-03-11T00:00:00Z"),
                of(
                        Period.ofDays(1),
                        Period.ofMonths(1),
                        "2026-03-01T00:00:00Z",
                        "2026-03-02T00:00:00Z",
                        "2026-03-02T07:00:00Z",
                        "2026-03-03T00:00:00Z",
                        "2026-04-01T00:00:00Z"));
    }

    private static Lengthened of(TemporalAmount before, TemporalAmount after, String... instants) {
        return new Lengthened(
                load("shop", penalized(90, "10", "1000", "2000", before)),
                load("shop", penalized(90, "10", "1000", "2000", after)),
                Instant.parse(instants[0]),
                Instant.parse(instants[1]),
                Instant.parse(instants[2]),
                Instant.parse(instants[3]),
                Instant.parse(instants[4]));
    }

    /** Each begins where the one before has ended: whoever knows them by their beginnings loses none. */
    void check(List<Settlement> settled) {
        assertThat(settled).extracting(Settlement::from).containsExactly(opened, firstEnd, secondEnd);
        assertThat(settled).extracting(Settlement::until).containsExactly(firstEnd, secondEnd, longEnd);
        assertThat(settled).extracting(Settlement::transactions).containsExactly(1L, 2L, 1L);
    }
}
