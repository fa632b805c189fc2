package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.promised;
import static io.heliosjdbc.scheduler.Fixture.serviceClass;
import static io.heliosjdbc.scheduler.Fixture.settings;
import static io.heliosjdbc.scheduler.Fixture.unpromised;
import static io.heliosjdbc.scheduler.Fixture.yielding;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.slo.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thousand statements in the background at once, of half a second each, before four processors of which short transactions use one. Of
 * these ninety-nine in a hundred are to be done within 30 ms; alone they take 2 to 8.
 */
class BackgroundFloodTest {
    private static final long MILLI = 1_000_000L;
    private static final int PROMISED_MILLIS = 30;
    private static final int END = 100;

    private final List<List<Long>> bySecond = new ArrayList<>();

    /** As many at a time as take two seconds of all four processors. */
    private static ServiceClassSettings background(boolean givesWay) {
        return givesWay ? yielding("background", 16, 1_000) : serviceClass("background", 16, 1_000, EVER);
    }

    /**
     * Lets the short ones come from one second on, and the flood from another.
     *
     * @return in milliseconds, by second, how long ninety-nine in a hundred of the short ones took at most; 0 where none came
     */
    private double[] slowest(boolean givesWay, int shortFrom, int floodFrom, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SchedulerCore core = new SchedulerCore(
                settings("budget", 0, EVER, serviceClass("fast", 500, 1_000, EVER), background(givesWay)));
        SharedDatabase database = new SharedDatabase(core, 4);
        Account checkout = promised("checkout", 99, Duration.ofMillis(PROMISED_MILLIS));
        Account any = unpromised("any");
        for (int second = 0; second < END; second++) {
            bySecond.add(new ArrayList<>());
        }
        database.at(
                shortFrom * SECOND,
                () -> database.arrive(200, random, () -> {
                    int second = (int) (database.now() / SECOND);
                    database.send(
                            "fast",
                            checkout,
                            2 * MILLI + random.nextLong(6 * MILLI),
                            EVER,
                            (done, nanos) -> bySecond.get(second).add(nanos));
                }));
        database.at(floodFrom * SECOND, () -> {
            for (int i = 0; i < 1_000; i++) {
                database.send(
                        "background",
                        any,
                        SECOND / 10 + random.nextLong(8 * SECOND / 10),
                        EVER,
                        (done, nanos) -> assertThat(done).isTrue());
            }
        });
        database.runUntil(END * SECOND - 1);
        core.checkInvariants(database.now());
        assertThat(core.status(database.now()).get(1).queued())
                .as("the flood goes on")
                .isPositive();
        return bySecond.stream().mapToDouble(BackgroundFloodTest::slowest).toArray();
    }

    private static double slowest(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? 0 : (double) sorted[sorted.length * 99 / 100] / MILLI;
    }

    /** Else the tests below would say nothing. */
    @ParameterizedTest
    @CsvSource({"0, 30", "30, 0"})
    void whereNobodyGivesWayTheyAreAllLateAsLongAsItLasts(int shortFrom, int floodFrom) {
        double[] slowest = slowest(false, shortFrom, floodFrom, 1);
        for (int second = 32; second < 90; second++) {
            assertThat(slowest[second]).as("second %d", second).isGreaterThan(PROMISED_MILLIS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoIsThereWhenItComesDoesNotNotice(long seed) {
        double[] slowest = slowest(true, 0, 30, seed);
        for (int second = 1; second < END; second++) {
            assertThat(slowest[second]).as("second %d", second).isLessThan(PROMISED_MILLIS);
        }
    }

    /** They wait for what runs already, and for nothing that comes later. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoComesWhileItLastsIsServedWithinSeconds(long seed) {
        double[] slowest = slowest(true, 30, 0, seed);
        assertThat(slowest[30]).as("as many as could ran").isGreaterThan(PROMISED_MILLIS);
        for (int second = 34; second < END; second++) {
            assertThat(slowest[second]).as("second %d", second).isLessThan(PROMISED_MILLIS);
        }
    }
}
