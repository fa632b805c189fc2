package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.account;
import static io.heliosjdbc.scheduler.Fixture.promised;
import static io.heliosjdbc.scheduler.Fixture.request;
import static io.heliosjdbc.scheduler.Fixture.serviceClass;
import static io.heliosjdbc.scheduler.Fixture.settings;
import static io.heliosjdbc.scheduler.Fixture.unpromised;
import static io.heliosjdbc.scheduler.Fixture.yielding;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.TransactionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class GivingWayTest {
    private static final double MAY_BE_LATE = 0.05;
    private static final long MILLI = 1_000_000L;

    private final GivingWay givingWay = new GivingWay();
    private final TransactionType report = new TransactionType();
    /** What a report takes at once with others. */
    private LongUnaryOperator millis = atOnce -> 100;

    private long now;

    /** A window in which so many of a hundred were late, while as many reports as may were done again and again. */
    private int window(int late) {
        return window(() -> completed("load", 100, late));
    }

    private void completed(String load, int count, int late) {
        for (int i = 0; i < count; i++) {
            givingWay.completed(load, i < late, MAY_BE_LATE);
        }
    }

    private int window(Runnable others) {
        givingWay.advance(true, now);
        for (int i = 0; i < GivingWay.SAMPLE && givingWay.limit(now) < Integer.MAX_VALUE; i++) {
            givingWay.running = givingWay.limit(now) - 1;
            givingWay.done(report, givingWay.limit(now) == 1, millis.applyAsLong(givingWay.limit(now)) * MILLI);
            givingWay.running = givingWay.limit(now);
        }
        others.run();
        now += GivingWay.WINDOW;
        givingWay.advance(true, now);
        givingWay.running = Math.min(givingWay.running, givingWay.limit(now));
        return givingWay.limit(now);
    }

    private int windows(int count, int late) {
        for (int i = 0; i < count; i++) {
            window(late);
        }
        return givingWay.limit(now);
    }

    @Test
    void whereNobodySuffersThereIsNoLimit() {
        for (int i = 0; i < 50; i++) {
            assertThat(givingWay.limit(now)).isEqualTo(Integer.MAX_VALUE);
            now += GivingWay.WINDOW;
            givingWay.advance(true, now);
        }
    }

    @Test
    void othersAreMetFromTheBottomUp() {
        assertThat(window(0)).isEqualTo(1);
        assertThat(windows(2, 0)).isEqualTo(2);
        assertThat(windows(4, 0)).isEqualTo(4);
    }

    @Test
    void noMoreThanAreWantedAreLetIn() {
        window(0);
        for (int i = 0; i < 50; i++) {
            for (int each = 0; each < 100; each++) {
                givingWay.completed("load", false, MAY_BE_LATE);
            }
            now += GivingWay.WINDOW;
            givingWay.advance(false, now);
        }
        assertThat(givingWay.limit(now)).isEqualTo(1);
    }

    @Test
    void missesBeyondWhatIsAllowedHalveIt() {
        assertThat(windows(7, 0)).isEqualTo(4);
        assertThat(window(20)).isEqualTo(2);
        assertThat(window(20)).isEqualTo(1);
        assertThat(window(100)).as("never nobody").isEqualTo(1);
    }

    @Test
    void anHourOfMissesWithOneAtATimeIsNoDebt() {
        window(0);
        assertThat(windows(7_200, 100)).isEqualTo(1);
        assertThat(windows(3, 0)).isEqualTo(2);
    }

    @Test
    void aFewMoreThanAllowedTellInTheLongRunAndAPauseOfTheMachineDoesNot() {
        windows(7, 0);
        assertThat(window(9)).as("a pause").isEqualTo(4);
        assertThat(windows(3, 3)).isEqualTo(4);
        assertThat(windows(3, 6)).isEqualTo(4);
        assertThat(windows(5, 6)).as("one too many in a hundred").isEqualTo(2);
    }

    @Test
    void missesThatAreAllowedChangeNothing() {
        windows(7, 0);
        assertThat(windows(10, 4)).isEqualTo(4);
    }

    @Test
    void whatIsDoneNoSoonerSideBySideIsNotTried() {
        // Two processors: a third report at once makes all of them slower.
        millis = atOnce -> 100 * Math.max(2, atOnce) / 2;
        assertThat(windows(5, 0)).isEqualTo(3);
        assertThat(window(0)).isEqualTo(2);
        assertThat(windows(20, 0)).isEqualTo(2);
    }

    @Test
    void whereLittleIsDoneTheNextLimitIsTriedInTheEnd() {
        window(0);
        int tried = 0;
        for (int i = 0; i < 30 && givingWay.limit(now) == 1; i++) {
            tried++;
            for (int each = 0; each < 100; each++) {
                givingWay.completed("load", false, MAY_BE_LATE);
            }
            now += GivingWay.WINDOW;
            givingWay.advance(true, now);
        }
        assertThat(tried).isBetween(15, 25);
    }

    /** A window in which one load has all in time, and another one a single transaction. */
    private int beside(boolean late) {
        return window(() -> {
            completed("many", 400, 0);
            completed("few", 1, late ? 1 : 0);
        });
    }

    @Test
    void whoSeldomSendsAnythingKeepsNobodyFromBeingLetIn() {
        for (int i = 0; i < 5; i++) {
            beside(false);
        }
        assertThat(givingWay.limit(now)).isEqualTo(5);
    }

    @Test
    void aFewMissesOfOneLoadKeepTheLimitAndMoreOfThemHalveIt() {
        windows(7, 0);
        assertThat(beside(true)).isEqualTo(5);
        assertThat(beside(true)).isEqualTo(6);
        assertThat(beside(true)).as("three of three are late").isEqualTo(6);
        assertThat(beside(true)).isEqualTo(6);
        assertThat(beside(true)).isEqualTo(6);
        assertThat(beside(true))
                .as("with more at once they are late all the same")
                .isEqualTo(3);
    }

    @Test
    void whoMissedAndHasGoneKeepsNobodyFromBeingLetInForLong() {
        windows(7, 0);
        for (int i = 0; i < 4; i++) {
            beside(true);
        }
        long gone = now;
        while (window(0) == 6) {
            assertThat(now - gone).isLessThan(70 * SECOND);
        }
        assertThat(now - gone).isGreaterThan(50 * SECOND);
        assertThat(givingWay.limit(now)).isEqualTo(7);
    }

    @Test
    void whoMissedAndIsCalmAgainKeepsNobodyFromBeingLetIn() {
        windows(7, 0);
        for (int i = 0; i < 4; i++) {
            beside(true);
        }
        int windows = 0;
        while (beside(false) == 6) {
            windows++;
        }
        assertThat(windows).as("of one in time each").isBetween(20, 100);
    }

    @Test
    void aReductionIsGivenTimeToWork() {
        windows(7, 0);
        givingWay.running = 4;
        long before = now;
        for (int i = 0; i < 3; i++) {
            for (int each = 0; each < 100; each++) {
                givingWay.completed("load", true, MAY_BE_LATE);
            }
            now += GivingWay.WINDOW;
            givingWay.advance(true, now);
        }
        assertThat(now).isGreaterThan(before);
        assertThat(givingWay.limit(now)).as("four still run").isEqualTo(2);
        givingWay.running = 2;
        assertThat(window(100)).isEqualTo(1);
    }

    @Test
    void whatProvedTooManyIsTriedAgainAfterAWhileThatDoubles() {
        windows(3, 0);
        assertThat(window(100)).isEqualTo(1);
        long failed = now;
        while (window(0) == 1) {
            assertThat(now - failed).isLessThan(40 * SECOND);
        }
        assertThat(now - failed).isGreaterThanOrEqualTo(30 * SECOND);
        assertThat(window(100)).isEqualTo(1);
        failed = now;
        while (window(0) == 1) {
            assertThat(now - failed).isLessThan(70 * SECOND);
        }
        assertThat(now - failed).isGreaterThanOrEqualTo(60 * SECOND);
    }

    @Test
    void whenTheOthersHaveGoneTheLimitGoesToo() {
        windows(3, 100);
        for (int i = 0; i < 5; i++) {
            now += GivingWay.WINDOW;
            givingWay.advance(true, now);
        }
        assertThat(givingWay.limit(now)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void classesThatGiveWayShareTheLimitAndGrowWhileOthersKeepTheirTarget() {
        SchedulerCore core = new SchedulerCore(new SchedulerSettings(
                "fifo",
                0,
                EVER,
                false,
                List.of(
                        new ServiceClassSettings(
                                "fast", 50, 100, EVER, true, Double.POSITIVE_INFINITY, 10 * MILLI, false),
                        new ServiceClassSettings("reports", 4, 100, EVER, true, Double.POSITIVE_INFINITY, EVER, true),
                        new ServiceClassSettings("jobs", 4, 100, EVER, true, Double.POSITIVE_INFINITY, EVER, true))));
        Account account = account("any", 40, null);
        fast(core, account, 30, 2);
        fast(core, account, 30, 2);
        Request report = request(core, "report", "reports", account, SECOND);
        Request job = request(core, "job", "jobs", account, SECOND);
        assertThat(core.submit(report, now)).isEqualTo(Admission.GRANTED);
        assertThat(core.foresee(job, now).yieldLimit()).isEqualTo(1);
        assertThat(core.submit(job, now)).as("one at a time in both").isNull();
        assertThat(job.yieldLimit()).isEqualTo(1);
        assertThat(job.heldUpByTotal()).isFalse();
        assertThat(job.heldBy()).as("in another class").isEqualTo("any 1 of 1");
        assertThat(core.status(now))
                .extracting(ServiceClassStatus::maxConcurrency)
                .containsExactly(50, 1, 1);
        for (int i = 0; i < 19; i++) {
            fast(core, account, 30, 2);
        }
        assertThat(core.takeDecided())
                .as("nobody knows yet what one at a time does")
                .isEmpty();
        fast(core, account, 30, 2);
        fast(core, account, 30, 2);
        assertThat(core.takeDecided()).containsExactly(job);
        core.checkInvariants(now);
        fast(core, account, 30, 20);
        fast(core, account, 30, 20);
        assertThat(core.status(now))
                .extracting(ServiceClassStatus::maxConcurrency)
                .containsExactly(50, 1, 1);
        core.complete(report, Ending.COMPLETED, now);
        core.complete(job, Ending.COMPLETED, now);
        core.checkInvariants(now);
    }

    @Test
    void aPromiseOfAllIsBrokenByEveryMissAndAllowsHardlyAny() {
        SchedulerCore core = busy(EVER);
        Account account = promised("all", 100, Duration.ofMillis(100));
        fast(core, account, 300, 2);
        fast(core, account, 300, 2);
        assertThat(core.submit(request(core, "one", "reports", account, SECOND), now))
                .isEqualTo(Admission.GRANTED);
        Request other = request(core, "other", "reports", account, SECOND);
        assertThat(core.submit(other, now)).isNull();
        for (int i = 0; i < 25; i++) {
            fast(core, account, 300, 200);
        }
        assertThat(core.takeDecided()).as("all were late").isEmpty();
        int windows = 0;
        while (core.takeDecided().length == 0) {
            fast(core, account, 300, 2);
            windows++;
        }
        assertThat(300 * windows).as("timely ones in a row").isBetween(4_000, 8_000);
        fast(core, account, 300, 2);
        fast(core, account, 5, 200);
        fast(core, account, 300, 2);
        assertThat(limit(core)).as("what can be chance").isEqualTo(2);
        fast(core, account, 50, 200);
        assertThat(limit(core)).isEqualTo(1);
    }

    @Test
    void forWhomNothingIsPromisedNobodyGivesWayForLong() {
        SchedulerCore core = busy(EVER);
        Account account = unpromised("nothing");
        fast(core, account, 300, 2);
        fast(core, account, 300, 2);
        assertThat(limit(core)).isEqualTo(1);
        core.submit(request(core, "one", "reports", account, SECOND), now);
        assertThat(core.submit(request(core, "other", "reports", account, SECOND), now))
                .isNull();
        for (int i = 0; i < 25; i++) {
            fast(core, account, 300, 200);
        }
        assertThat(core.takeDecided()).hasSize(1);
    }

    private static final long SILENCE = 4 * GivingWay.WINDOW;

    @Test
    void whoWaitsIsLetInOnceTheOthersHaveBeenSilentForAWhile() {
        for (int completed : new int[] {0, 5, 30}) {
            SchedulerCore core = busy(EVER);
            Account account = unpromised("any");
            fast(core, account, 30, 2);
            fast(core, account, 1, 2);
            assertThat(core.submit(request(core, "one", "reports", account, SECOND), now))
                    .isEqualTo(Admission.GRANTED);
            Request other = request(core, "other", "reports", account, SECOND);
            assertThat(core.submit(other, now)).isNull();
            // Of a window that nobody comes to end.
            now -= GivingWay.WINDOW / 2;
            fast(core, account, completed, 2);
            long alarm = core.nextAlarm(now);
            assertThat(alarm - (now - GivingWay.WINDOW / 2))
                    .isEqualTo(completed < GivingWay.ENOUGH ? SILENCE : GivingWay.WINDOW + SILENCE);
            core.advance(alarm - 1);
            assertThat(core.takeDecided()).isEmpty();
            assertThat(core.nextAlarm(alarm - 1)).isEqualTo(alarm);
            core.advance(alarm);
            assertThat(core.takeDecided()).containsExactly(other);
            assertThat(core.nextAlarm(alarm)).isEqualTo(EVER);
            core.checkInvariants(alarm);
        }
    }

    @Test
    void whoComesAfterASilenceFindsNoLimitThoughNobodyMayWait() {
        SchedulerCore core = busy(EVER);
        Account account = unpromised("any");
        fast(core, account, 30, 2);
        fast(core, account, 1, 2);
        Request one = request(core, "one", "jobs", account, SECOND);
        Request other = request(core, "other", "jobs", account, SECOND);
        assertThat(core.submit(one, now)).isEqualTo(Admission.GRANTED);
        assertThat(core.submit(other, now)).isEqualTo(Admission.QUEUE_FULL);
        now += SILENCE;
        assertThat(limit(core)).isEqualTo(4);
        assertThat(core.foresee(other, now).answer()).isEqualTo(Admission.GRANTED);
        assertThat(core.submit(other, now)).isEqualTo(Admission.GRANTED);
        core.complete(one, Ending.COMPLETED, now);
        assertThat(limit(core)).isEqualTo(4);
        now += SILENCE;
        fast(core, account, 30, 2);
        fast(core, account, 30, 2);
        assertThat(limit(core)).as("others have come again").isEqualTo(1);
    }

    @Test
    void anIdleTransactionThatGivesWayLendsItsSlotToWhoeverWaitsForIt() {
        SchedulerCore core = busy(SECOND);
        Account account = unpromised("any");
        fast(core, account, 30, 2);
        fast(core, account, 30, 2);
        Request idle = request(core, "idle", "jobs", account, SECOND);
        assertThat(core.submit(idle, now)).isEqualTo(Admission.GRANTED);
        core.pause(idle, now);
        Request report = request(core, "report", "reports", account, SECOND);
        assertThat(core.foresee(report, now).answer()).isNull();
        assertThat(core.foresee(report, now + SECOND).answer()).isEqualTo(Admission.GRANTED);
        assertThat(core.submit(report, now)).isNull();
        assertThat(core.nextAlarm(now)).isEqualTo(now + SECOND);
        now += SECOND;
        core.advance(now);
        assertThat(core.takeDecided()).containsExactly(report);
        core.checkInvariants(now);
    }

    private Request report(SchedulerCore core) {
        Request request = request(core, "report", "reports", hurried, SECOND);
        assertThat(core.submit(request, now)).isEqualTo(Admission.GRANTED);
        return request;
    }

    private double aloneAfter(SchedulerCore core, Request request, long nanos) {
        core.complete(request, Ending.COMPLETED, now + nanos);
        return request.transactionType().aloneNanos();
    }

    @Test
    void aReportIsAloneThatNoOtherOneRanBesideAtAnyTime() {
        SchedulerCore core = busy(EVER);
        Request first = report(core);
        Request second = report(core);
        assertThat(aloneAfter(core, second, 3)).as("began beside another").isZero();
        assertThat(aloneAfter(core, first, 5)).as("another came and went").isZero();
        Request third = report(core);
        transactions(core, hurried, 3, 0);
        assertThat(aloneAfter(core, third, 7)).as("others are others").isEqualTo(7);
    }

    @Test
    void whoseSlotIsLentIsAloneWhereNobodyTookIt() {
        SchedulerCore core = busy(0);
        Request report = report(core);
        core.pause(report, now + 2);
        core.resume(report, report.requestType(), now + 10);
        assertThat(aloneAfter(core, report, 13)).isEqualTo(5);
        Request lent = report(core);
        core.pause(lent, now + 2);
        Request other = report(core);
        core.complete(other, Ending.COMPLETED, now + 3);
        core.resume(lent, lent.requestType(), now + 10);
        assertThat(aloneAfter(core, lent, 13))
                .as("it is granted alone, and ends alone")
                .isZero();
    }

    @Test
    void whoComesToGiveWayByAnotherConfigurationWasNotAlone() {
        SchedulerCore core = busy(EVER);
        Request report = report(core);
        Request fast = request(core, "fast", "fast", hurried, SECOND);
        assertThat(core.submit(fast, now)).isEqualTo(Admission.GRANTED);
        core.reconfigure(settings("fifo", 0, EVER, yielding("fast", 9, 9), yielding("reports", 9, 9)), now);
        core.reconfigure(settings("fifo", 0, EVER, serviceClass("fast", 9, 9, EVER), yielding("reports", 9, 9)), now);
        assertThat(aloneAfter(core, report, 5)).isZero();
    }

    /** Of a load of which nine in ten are to be done within a tenth of a second. */
    private final Account hurried = promised("hurried", 90, Duration.ofMillis(100));

    /** Ten connections, each of which sends its next statement as soon as its last one has ended; all end at once. */
    private void stuck(SchedulerCore core, long nanos, Ending ending, int rounds) {
        for (int i = 0; i < rounds; i++) {
            List<Request> stuck = new ArrayList<>();
            for (int each = 0; each < 10; each++) {
                Request request = request(core, "stuck", "fast", hurried, SECOND);
                assertThat(core.submit(request, now)).isEqualTo(Admission.GRANTED);
                stuck.add(request);
            }
            now += nanos;
            core.advance(now);
            stuck.forEach(each -> core.complete(each, ending, now));
            core.checkInvariants(now);
        }
    }

    @Test
    void whoseStatementsAllTimeOutAreNotTakenForNobody() {
        othersThatHardlyCompleteAreNotTakenForNobody(5 * SECOND, Ending.ABANDONED);
    }

    @Test
    void whoHardlyCompletesAnythingIsNotTakenForNobody() {
        othersThatHardlyCompleteAreNotTakenForNobody(5 * SECOND / 2, Ending.COMPLETED);
    }

    private void othersThatHardlyCompleteAreNotTakenForNobody(long nanos, Ending ending) {
        SchedulerCore core = busy(EVER);
        stuck(core, nanos, ending, 2);
        Account any = unpromised("any");
        Request report = request(core, "report", "reports", any, SECOND);
        Request other = request(core, "other", "reports", any, SECOND);
        assertThat(core.submit(report, now)).isEqualTo(Admission.GRANTED);
        assertThat(core.submit(other, now)).as("one at a time").isNull();
        stuck(core, nanos, ending, 50);
        assertThat(core.takeDecided()).isEmpty();
        long alarm = core.nextAlarm(now);
        assertThat(alarm - now).as("they have gone").isBetween(SECOND, SILENCE);
        core.advance(alarm - 1);
        assertThat(core.takeDecided()).isEmpty();
        core.advance(alarm);
        assertThat(core.takeDecided()).containsExactly(other);
    }

    /** While everything is in time, with more reports waiting. */
    private void untilFourReportsRun(SchedulerCore core) {
        fast(core, hurried, 30, 2);
        fast(core, hurried, 30, 2);
        for (int i = 0; i < 10; i++) {
            core.submit(request(core, "report " + i, "reports", unpromised("any"), SECOND), now);
        }
        for (int i = 0; i < 100; i++) {
            fast(core, hurried, 100, 2);
        }
        assertThat(core.status(now).get(1).active()).isEqualTo(4);
        assertThat(limit(core)).isEqualTo(4);
    }

    @Test
    void whoseStatementsFailAfterTheirTimeHaveSuffered() {
        SchedulerCore core = busy(EVER);
        untilFourReportsRun(core);
        stuck(core, SECOND / 2, Ending.ABANDONED, 1);
        assertThat(limit(core)).as("the window goes on").isEqualTo(4);
        fast(core, hurried, 30, 2);
        assertThat(limit(core)).isEqualTo(2);
    }

    @Test
    void whoWaitsInVainHasSuffered() {
        SchedulerCore core = new SchedulerCore(
                settings("fifo", 0, EVER, serviceClass("fast", 1, 100, SECOND), yielding("reports", 4, 100)));
        untilFourReportsRun(core);
        Request holder = request(core, "holder", "fast", unpromised("endless"), SECOND);
        assertThat(core.submit(holder, now)).isEqualTo(Admission.GRANTED);
        for (int i = 0; i < 10; i++) {
            Request waits = request(core, "waits", "fast", hurried, SECOND);
            assertThat(core.submit(waits, now)).isNull();
            now += SECOND;
            assertThat(core.cancel(waits, Admission.QUEUE_TIMEOUT, now)).isTrue();
        }
        core.checkInvariants(now);
        assertThat(limit(core)).isLessThan(4);
    }

    @Test
    void forOneThatGoesOnForEverNobodyGivesWayForEver() {
        SchedulerCore core = busy(EVER);
        stuck(core, 5 * SECOND, Ending.COMPLETED, 1);
        Request endless = request(core, "endless", "fast", hurried, SECOND);
        assertThat(core.submit(endless, now)).isEqualTo(Admission.GRANTED);
        Account any = unpromised("any");
        assertThat(core.submit(request(core, "report", "reports", any, SECOND), now))
                .isEqualTo(Admission.GRANTED);
        Request other = request(core, "other", "reports", any, SECOND);
        assertThat(core.submit(other, now)).isNull();
        long alarm = core.nextAlarm(now);
        assertThat(alarm - now).isEqualTo(GivingWay.LONGEST_STAY);
        core.advance(alarm - 1);
        assertThat(core.takeDecided()).isEmpty();
        core.advance(alarm);
        assertThat(core.takeDecided()).containsExactly(other);
        core.checkInvariants(alarm);
    }

    @Test
    void fewWhoMissNothingLimitNobody() {
        SchedulerCore core = busy(EVER);
        Account patient = promised("patient", 90, Duration.ofMinutes(5));
        for (int i = 0; i < 40; i++) {
            Request slow = request(core, "slow", "fast", patient, SECOND);
            assertThat(core.submit(slow, now)).isEqualTo(Admission.GRANTED);
            now += 3 * SECOND;
            core.complete(slow, Ending.COMPLETED, now);
            assertThat(limit(core)).isEqualTo(4);
        }
    }

    @Test
    void refusalsOfWhomNothingIsPromisedLimitNobody() {
        SchedulerCore core = new SchedulerCore(
                settings("fifo", 0, EVER, serviceClass("bulk", 1, 0, SECOND), yielding("reports", 4, 100)));
        Account any = unpromised("any");
        Request holder = request(core, "holder", "bulk", any, SECOND);
        assertThat(core.submit(holder, now)).isEqualTo(Admission.GRANTED);
        for (int i = 0; i < 100; i++) {
            now += SECOND / 50;
            assertThat(core.submit(request(core, "refused", "bulk", any, SECOND), now))
                    .isEqualTo(Admission.QUEUE_FULL);
        }
        core.complete(holder, Ending.COMPLETED, now);
        assertThat(limit(core)).isEqualTo(4);
    }

    @Test
    void whoIsIdleInATransactionSuffersNothing() {
        SchedulerCore core = busy(EVER);
        stuck(core, 5 * SECOND, Ending.COMPLETED, 1);
        Request idle = request(core, "idle", "fast", hurried, SECOND);
        assertThat(core.submit(idle, now)).isEqualTo(Admission.GRANTED);
        core.pause(idle, now);
        assertThat(core.submit(request(core, "report", "reports", hurried, SECOND), now))
                .isEqualTo(Admission.GRANTED);
        Request other = request(core, "other", "reports", hurried, SECOND);
        assertThat(core.submit(other, now)).isNull();
        assertThat(core.nextAlarm(now) - now).isLessThanOrEqualTo(SILENCE);
        core.resume(idle, idle.requestType(), now + SECOND);
        assertThat(core.nextAlarm(now + SECOND) - now).isEqualTo(SECOND + GivingWay.LONGEST_STAY);
        core.pause(idle, now + 5 * SECOND);
        core.advance(now + 6 * SECOND);
        assertThat(core.takeDecided()).isEmpty();
        core.advance(now + 5 * SECOND + SILENCE);
        assertThat(core.takeDecided()).containsExactly(other);
    }

    /** Of a load of which nine in ten are to be done within ten seconds. */
    private final Account patient = promised("patient", 90, Duration.ofSeconds(10));

    @Test
    void whoMissesIsNotMadeUpForByWhoDoesNot() {
        for (Account many : List.of(patient, unpromised("any"))) {
            SchedulerCore core = busy(EVER);
            untilFourReportsRun(core);
            for (int i = 0; i < 30; i++) {
                transactions(core, hurried, 1, 200);
                transactions(core, many, 40, 2);
            }
            assertThat(limit(core)).as(many.toString()).isEqualTo(2);
        }
    }

    @Test
    void aClassesTargetIsAPromiseOfItsOwn() {
        ServiceClassSettings target =
                new ServiceClassSettings("target", 50, 100, EVER, true, Double.POSITIVE_INFINITY, 10 * MILLI, false);
        SchedulerCore core = new SchedulerCore(
                settings("fifo", 0, EVER, serviceClass("fast", 500, 100, EVER), yielding("reports", 4, 100), target));
        untilFourReportsRun(core);
        for (int i = 0; i < 30; i++) {
            Request request = request(core, "late", "target", hurried, SECOND);
            assertThat(core.submit(request, now)).isEqualTo(Admission.GRANTED);
            now += 20 * MILLI;
            core.complete(request, Ending.COMPLETED, now);
            transactions(core, hurried, 40, 90);
        }
        assertThat(limit(core)).isEqualTo(2);
    }

    private int limit(SchedulerCore core) {
        return core.status(now).get(1).maxConcurrency();
    }

    /** A class that suffers and two that give way: in one of them many may wait, in the other nobody. */
    private static SchedulerCore busy(long lendAfter) {
        return new SchedulerCore(settings(
                "fifo",
                0,
                lendAfter,
                serviceClass("fast", 500, 100, EVER),
                yielding("reports", 4, 100),
                yielding("jobs", 4, 0)));
    }

    /** A window of transactions in the fast class, one after the other. */
    private void fast(SchedulerCore core, Account account, int count, long millis) {
        now += GivingWay.WINDOW - millis * MILLI;
        transactions(core, account, count, millis);
    }

    /** One after the other, and yet at the same time. */
    private void transactions(SchedulerCore core, Account account, int count, long millis) {
        long end = now + millis * MILLI;
        for (int i = 0; i < count; i++) {
            Request request = request(core, "fast", "fast", account, SECOND);
            assertThat(core.submit(request, now)).isEqualTo(Admission.GRANTED);
            core.complete(request, Ending.COMPLETED, end);
        }
        now = end;
    }
}
