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
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many of those that give way are let in while more than the database bears are there all the time: before four processors a hundred
 * reports wait, however many were done. Neither does the limit drift up in the long run, nor does it take for bearable what only seems to
 * take no longer because it ends in a timeout.
 */
class ConstantOverloadTest {
    private static final long MILLI = 1_000_000L;
    private static final int PROCESSORS = 4;
    private static final int MOST = 50;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Account any = unpromised("any");
    private final Account lax = promised("lax", 95, Duration.ofSeconds(10));
    private int completed;
    private int failed;

    private static SchedulerCore core(int mplOfFast) {
        return new SchedulerCore(settings(
                "budget",
                0,
                EVER,
                serviceClass("fast", mplOfFast, 20, EVER),
                yielding("reports", MOST, 1_000),
                serviceClass("other", 500, 1_000, EVER)));
    }

    /** So many short transactions in a second, which take 2 to 8 ms alone and fail after so long. */
    private void transactions(SharedDatabase database, Account account, double perSecond, long timeout) {
        database.arrive(
                perSecond,
                random,
                () -> database.send(
                        "fast",
                        account,
                        2 * MILLI + random.nextLong(6 * MILLI),
                        timeout,
                        (done, nanos) -> count(done)));
    }

    private void count(boolean done) {
        completed += done ? 1 : 0;
        failed += done ? 0 : 1;
    }

    /** From half a minute on a hundred want to run at any time; each sends the next one as soon as its last one has ended. */
    private void reports(SharedDatabase database, long work, long timeout) {
        database.at(30 * SECOND, () -> {
            for (int i = 0; i < 100; i++) {
                report(database, work, timeout);
            }
        });
    }

    private void report(SharedDatabase database, long work, long timeout) {
        database.send(
                "reports",
                any,
                work / 2 + random.nextLong(work),
                timeout,
                (done, nanos) -> database.at(database.now() + MILLI, () -> report(database, work, timeout)));
    }

    /** The limits at the end of each second. */
    private static int[] limits(SchedulerCore core, SharedDatabase database, int seconds) {
        int[] limits = new int[seconds];
        for (int i = 0; i < seconds; i++) {
            database.runUntil(database.now() + SECOND);
            limits[i] = core.status(database.now()).get(1).maxConcurrency();
        }
        core.checkInvariants(database.now());
        return limits;
    }

    private static int most(int[] limits) {
        return Arrays.stream(limits).max().orElseThrow();
    }

    private static double mean(int[] limits, int from, int to) {
        return Arrays.stream(limits, from, to).average().orElseThrow();
    }

    /** A quarter more transactions than can be done, and most of them late. */
    @Test
    void besideTooManyTransactionsOneAtATimeStaysOneAtATime() {
        SchedulerCore core = core(40);
        SharedDatabase database = new SharedDatabase(core, PROCESSORS);
        transactions(database, promised("checkout", 95, Duration.ofMillis(30)), 1_000, EVER);
        reports(database, SECOND / 2, EVER);
        assertThat(limits(core, database, 300)).containsOnly(1);
        assertThat(failed).as("refused").isGreaterThan(10_000);
    }

    /** Two at a time are nearly borne, and tried again and again. */
    @Test
    void whatIsNearlyBorneIsTriedNoMoreOftenAfterAnHour() {
        SchedulerCore core = core(500);
        SharedDatabase database = new SharedDatabase(core, PROCESSORS);
        transactions(database, promised("checkout", 95, Duration.ofMillis(12)), 200, EVER);
        reports(database, SECOND / 2, EVER);
        int[] limits = limits(core, database, 3_600);
        assertThat(most(limits)).isLessThanOrEqualTo(PROCESSORS);
        assertThat(mean(limits, 1_800, 3_600)).isLessThan(2).isLessThanOrEqualTo(mean(limits, 60, 1_800) + 0.25);
    }

    /** Also where nobody wanted any for a while before, so that it could have been thought that it was known what one does. */
    @Test
    void whoBearsAnythingIsNoReasonToRunMoreThanThereAreProcessorsFor() {
        SchedulerCore core = core(500);
        SharedDatabase database = new SharedDatabase(core, PROCESSORS);
        transactions(database, lax, 40, EVER);
        reports(database, SECOND / 2, EVER);
        int[] limits = limits(core, database, 1_800);
        assertThat(most(limits)).isLessThanOrEqualTo(PROCESSORS + 1);
        assertThat(mean(limits, 60, 1_800)).isGreaterThan(1.5);
    }

    /** They all take as long as they are given, however many there are. */
    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void reportsThatAllEndInATimeoutAreNotTakenForBorne(int timeoutSeconds) {
        SchedulerCore core = core(500);
        SharedDatabase database = new SharedDatabase(core, PROCESSORS);
        transactions(database, lax, 40, EVER);
        reports(database, 2L * timeoutSeconds * SECOND, timeoutSeconds * SECOND);
        int[] limits = limits(core, database, 1_800);
        assertThat(most(limits)).isLessThanOrEqualTo(PROCESSORS);
        assertThat(mean(limits, 900, 1_800)).isLessThan(2);
    }

    /** Where it is no longer than what was promised they seem never to be late. */
    @ParameterizedTest
    @ValueSource(ints = {400, 1_000})
    void transactionsThatEndInATimeoutAreNotTakenForTimely(int promisedMillis) {
        SchedulerCore core = core(5_000);
        SharedDatabase database = new SharedDatabase(core, PROCESSORS);
        transactions(database, promised("checkout", 95, Duration.ofMillis(promisedMillis)), 1_000, 400 * MILLI);
        database.arrive(100, random, () -> database.send("other", lax, MILLI / 10, EVER, (done, nanos) -> {}));
        reports(database, SECOND / 2, EVER);
        assertThat(limits(core, database, 100)).containsOnly(1);
        assertThat(failed).isGreaterThan(completed);
        assertThat(core.status(database.now()).get(1).queued()).isPositive();
    }
}
