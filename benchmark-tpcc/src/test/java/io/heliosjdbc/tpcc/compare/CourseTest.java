package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.tpcc.compare.Course.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CourseTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Course.Bursts BURSTS = new Course.Bursts(4, Duration.ofSeconds(2));
    private static final List<Phase> PHASES = List.of(
            new Phase(Duration.ofSeconds(2), 40),
            new Phase(Duration.ofSeconds(4), 0),
            new Phase(Duration.ofSeconds(6), 5));

    private static List<Long> instants(Course course, long seed, long from, long until) {
        Course.Instants instants = course.instants(new SplittableRandom(seed), from);
        List<Long> all = new ArrayList<>();
        for (long at = instants.next(); at < until; at = instants.next()) {
            all.add(at);
        }
        return all;
    }

    private static long count(List<Long> instants, double fromSeconds, double untilSeconds) {
        return instants.stream()
                .filter(at -> at >= fromSeconds * SECOND && at < untilSeconds * SECOND)
                .count();
    }

    static List<Course> courses() {
        return List.of(
                Course.poisson(100),
                new Course(new Course.Poisson(), 100, PHASES),
                new Course(new Course.Constant(), 100, PHASES),
                new Course(BURSTS, 100, PHASES));
    }

    @ParameterizedTest
    @MethodSource("courses")
    void theSeedSaysItAll(Course course) {
        List<Long> once = instants(course, 1, -SECOND, 9 * SECOND);
        assertThat(once).isEqualTo(instants(course, 1, -SECOND, 9 * SECOND)).isSorted();
        assertThat(once).isNotEqualTo(instants(course, 2, -SECOND, 9 * SECOND));
        assertThat(once.get(0)).isBetween(-SECOND, SECOND);
    }

    /** Figures measured before there were other ways must stay what they are. */
    @Test
    void aPoissonProcessIsWhatItAlwaysWas() {
        SplittableRandom random = new SplittableRandom(7);
        Course.Instants instants = Course.poisson(130).instants(new SplittableRandom(7), -8 * SECOND);
        long at = -8 * SECOND;
        for (int i = 0; i < 10_000; i++) {
            at += Math.round(-Math.log(1 - random.nextDouble()) * (1e9 / 130));
            assertThat(instants.next()).isEqualTo(at);
        }
    }

    @Test
    void aConstantStreamHasEqualDistances() {
        List<Long> instants = instants(new Course(new Course.Constant(), 100, List.of()), 1, -SECOND, 9 * SECOND);
        assertThat(instants).hasSize(1000);
        for (int i = 1; i < instants.size(); i++) {
            assertThat(instants.get(i) - instants.get(i - 1)).isEqualTo(10_000_000);
        }
    }

    @Test
    void phasesChangeTheRate() {
        List<Long> instants = instants(new Course(new Course.Constant(), 10, PHASES), 3, -SECOND, 10 * SECOND);
        assertThat(count(instants, -1, 2)).isEqualTo(30);
        assertThat(count(instants, 2, 4)).isEqualTo(80);
        assertThat(count(instants, 4, 6)).isZero();
        assertThat(count(instants, 6, 10)).isEqualTo(20);
        List<Long> poisson = instants(
                new Course(new Course.Poisson(), 100, List.of(new Phase(Duration.ofSeconds(100), 1000))),
                3,
                0,
                200 * SECOND);
        assertThat((double) count(poisson, 0, 100)).isCloseTo(10_000, within(400.0));
        assertThat((double) count(poisson, 100, 200)).isCloseTo(100_000, within(1_300.0));
    }

    @Test
    void aBurstIsFollowedBySilenceAndTheMeanStays() {
        List<Long> instants = instants(new Course(BURSTS, 100, List.of()), 1, 0, 1000 * SECOND);
        // Four standard deviations to either side.
        assertThat((double) instants.size()).isCloseTo(100_000, within(1_300.0));
        assertThat(instants).allSatisfy(at -> assertThat(at % (2 * SECOND)).isLessThanOrEqualTo(SECOND / 2));
        assertThat((double) count(instants, 10, 10.5)).isCloseTo(200, within(57.0));
    }

    @Test
    void burstsKeepTheirBeatInTheWarmUp() {
        List<Long> instants = instants(new Course(BURSTS, 100, List.of()), 1, -3 * SECOND, 0);
        assertThat(instants).isNotEmpty().allSatisfy(at -> assertThat(at).isBetween(-2 * SECOND, -3 * SECOND / 2));
    }

    @ParameterizedTest
    @MethodSource("courses")
    void whereNothingComesAnyMoreNothingIsDue(Course course) {
        Course ending = new Course(course.way(), 10, List.of(new Phase(Duration.ofSeconds(3), 0)));
        Course.Instants instants = ending.instants(new SplittableRandom(1), 0);
        long at = 0;
        for (int i = 0; i < 200; i++) {
            at = instants.next();
            assertThat(at == Long.MAX_VALUE || at <= 3 * SECOND).isTrue();
        }
        assertThat(at).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void allPhasesAreScaled() {
        Course twice = new Course(BURSTS, 10, PHASES).times(2);
        assertThat(twice.perSecond()).isEqualTo(20);
        assertThat(twice.phases()).extracting(Phase::perSecond).containsExactly(80.0, 0.0, 10.0);
        assertThat(twice.text(Stream.Work.TRANSACTIONS, 40))
                .isEqualTo("20 transactions per second in bursts of 4 times that every 2 s,"
                        + " 80 from 2 s, 0 from 4 s, 10 from 6 s, at most 40 at once");
    }

    @Test
    void timesAreToldAsTheyAre() {
        assertThat(Course.seconds(Duration.ofMillis(500))).isEqualTo("0.5 s");
        assertThat(Course.seconds(Duration.ofMinutes(2))).isEqualTo("120 s");
    }
}
