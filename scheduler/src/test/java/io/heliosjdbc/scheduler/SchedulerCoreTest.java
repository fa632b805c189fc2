package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.account;
import static io.heliosjdbc.scheduler.Fixture.prepare;
import static io.heliosjdbc.scheduler.Fixture.promised;
import static io.heliosjdbc.scheduler.Fixture.request;
import static io.heliosjdbc.scheduler.Fixture.serviceClass;
import static io.heliosjdbc.scheduler.Fixture.settings;
import static io.heliosjdbc.scheduler.Fixture.tiered;
import static io.heliosjdbc.scheduler.Fixture.unpromised;
import static io.heliosjdbc.scheduler.Request.State.LENT;
import static io.heliosjdbc.scheduler.Request.State.PAUSED;
import static io.heliosjdbc.scheduler.Request.State.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.Amended;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.SloComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerCoreTest {
    private final Account medium = account("medium", 200, null);
    private final Account high = account("high", 1000, null);
    private SchedulerCore core = core(settings("kafka", 0, EVER, serviceClass("fast", 1, 2, 9 * SECOND)));

    private static SchedulerCore core(SchedulerSettings settings) {
        return new SchedulerCore(settings);
    }

    @AfterEach
    void theBooksAgree() {
        core.checkInvariants(0);
    }

    private Request submit(String name, Account account, long now, Admission... expected) {
        Request request = request(core, name, "fast", account, SECOND);
        Admission answer = core.submit(request, now);
        assertThat(answer).isEqualTo(expected.length == 0 ? null : expected[0]);
        return request;
    }

    private String[] decided() {
        return Arrays.stream(core.takeDecided())
                .map(each -> each.toString().split(" ", -1)[0] + " " + each.answer)
                .toArray(String[]::new);
    }

    @Test
    void aFreeSlotIsGrantedAtOnceAndGoesOn() {
        Request first = submit("a", medium, 0, Admission.GRANTED);
        submit("b", medium, 1);
        assertThat(decided()).isEmpty();
        core.complete(first, Ending.COMPLETED, 5);
        assertThat(decided()).containsExactly("b GRANTED");
        assertThat(medium.transactions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "static", "mefi", "kafka", "fisher_krieger", "budget"})
    void anEstimateBeyondAllMeasureHarmsNobody(String discipline) {
        core = core(settings(discipline, 0, EVER, serviceClass("fast", 1, 400, EVER)));
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        for (int i = 0; i < 350; i++) {
            Request endless = request(core, "endless", "fast", account("endless", 40, null), EVER);
            assertThat(core.submit(endless, 1)).isNull();
        }
        Request other = submit("b", high, 2);
        core.complete(holder, Ending.COMPLETED, 5);
        if (!discipline.equals("fifo")) {
            assertThat(decided()).containsExactly("b GRANTED");
            core.complete(other, Ending.COMPLETED, 6);
        }
        assertThat(decided()).containsExactly("endless GRANTED");
    }

    @Test
    void whatThrowsWhileItIsQueuedIsNotQueuedByHalf() {
        long[] estimate = {-1};
        core = new SchedulerCore(
                settings("budget", 0, EVER, serviceClass("fast", 1, 2, EVER)), (request, atOnce) -> estimate[0]);
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        Request request = request(core, "b", "fast", medium, SECOND);
        assertThatThrownBy(() -> core.submit(request, 1)).isInstanceOf(IllegalArgumentException.class);
        core.checkInvariants(1);
        estimate[0] = SECOND;
        assertThat(core.submit(request, 2)).isNull();
        core.complete(holder, Ending.COMPLETED, 3);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    /** Whatever is late already and whatever cannot be late are equally urgent. */
    @ParameterizedTest
    @ValueSource(strings = {"static", "mefi", "kafka", "fisher_krieger", "budget"})
    void whatIsLateGoesBeforeThatToWhichNothingWasPromised(String discipline) {
        core = core(settings(discipline, 0, EVER, serviceClass("fast", 1, 9, EVER)));
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        submit("any", unpromised("any"), 1);
        submit("late", high, 2);
        core.complete(holder, Ending.UNUSED, 60 * SECOND);
        assertThat(decided()).containsExactly("late GRANTED");
    }

    @Test
    void amongThoseWhoCostNothingWhoCameFirstGoesFirst() {
        core = core(settings("budget", 0, EVER, serviceClass("fast", 1, 9, EVER)));
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        Account free = promised("free", 90, Duration.ofSeconds(5));
        Request late = submit("late", free, 1);
        submit("any", unpromised("any"), 2);
        submit("later", free, 3);
        core.complete(holder, Ending.UNUSED, 60 * SECOND);
        assertThat(decided()).containsExactly("late GRANTED");
        core.complete(late, Ending.UNUSED, 61 * SECOND);
        assertThat(decided()).containsExactly("any GRANTED");
    }

    @Test
    void whatWaitsIsPricedByTheAccountThatIsKeptForItAfterAChange() {
        core = core(settings("mefi", 0, EVER, serviceClass("fast", 1, 9, EVER)));
        Guarantee guarantee = Objects.requireNonNull(high.userLoad().guarantee());
        UserLoad clients = new UserLoad("load", null, AccountPer.CLIENT, List.of(), null, guarantee);
        UserLoad together = new UserLoad("load", null, AccountPer.LOAD, List.of(), null, guarantee);
        SloComponent books = new SloComponent(List.of(clients), 2, Instant.EPOCH);
        Account client = books.account(clients, "client");
        for (int i = 0; i < 9; i++) {
            client.book(1);
        }
        client.bookRefused();
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        Account inDanger = account("in danger", 200, null);
        for (int i = 0; i < 12; i++) {
            inDanger.book(i == 0 ? 9 * SECOND : 1);
        }
        submit("b", inDanger, 1);
        submit("c", client, 2);
        assertThat(client.penalty()).isGreaterThan(inDanger.penalty());
        Amended amended = books.amended(List.of(together), 2, Instant.EPOCH);
        assertThat(amended.books().account(together, "client").transactions()).isEqualTo(10);
        core.repriceAll();
        core.complete(holder, Ending.UNUSED, 3);
        assertThat(decided()).containsExactly("c GRANTED");
    }

    @Test
    void statementsAreCountedAsTheyStartAndEnd() {
        StatementCounts all = new StatementCounts(null);
        StatementCounts counts = new StatementCounts(all);
        Request holder = request(core, "a", "fast", medium, SECOND);
        holder.countIn(counts);
        core.submit(holder, 0);
        core.pause(holder, 5);
        core.resume(holder, holder.requestType(), 10);
        assertThat(counts.startedStatements()).isEqualTo(2);
        assertThat(counts.executedStatements()).isEqualTo(1);
        holder.failed(true);
        core.complete(holder, Ending.COMPLETED, 13);
        assertThat(counts.executedStatements()).isEqualTo(2);
        assertThat(counts.executionNanos()).isEqualTo(8);
        assertThat(counts.failedStatements()).isEqualTo(1);
        core.submit(holder, 20);
        core.complete(holder, Ending.COMPLETED, 21);
        assertThat(counts.failedStatements()).isEqualTo(1);
        assertThat(all.executionNanos()).isEqualTo(9);
    }

    @Test
    void inASlotThatNobodyWantedNoStatementRan() {
        StatementCounts counts = new StatementCounts(null);
        Request request = request(core, "a", "fast", medium, SECOND);
        request.countIn(counts);
        core.submit(request, 0);
        core.complete(request, Ending.UNUSED, 5);
        assertThat(counts.startedStatements()).isEqualTo(1);
        assertThat(counts.executedStatements()).isZero();
        assertThat(request.requestType().isObserved()).isFalse();
        assertThat(medium.transactions()).isZero();
        submit("b", medium, 6, Admission.GRANTED);
    }

    @Test
    void aWaiterThatGivesUpLeavesNothingBehind() {
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        Request waiter = submit("b", medium, 1);
        assertThat(core.cancel(waiter, Admission.QUEUE_TIMEOUT, 2)).isTrue();
        assertThat(core.cancel(waiter, Admission.QUEUE_TIMEOUT, 2)).isFalse();
        assertThat(decided()).containsExactly("b QUEUE_TIMEOUT");
        assertThat(medium.late()).isEqualTo(1);
        core.complete(holder, Ending.COMPLETED, 3);
        submit("c", medium, 4, Admission.GRANTED);
    }

    @Test
    void whoHoldsASlotNeverWaitsAndWhoHasLostItDoes() {
        Request holder = request(core, "a", "fast", medium, SECOND);
        holder.thread = Thread.currentThread().getId();
        assertThat(core.submit(holder, 0)).isEqualTo(Admission.GRANTED);
        Request another = request(core, "b", "fast", medium, SECOND);
        another.thread = Thread.currentThread().getId();
        assertThat(core.submit(another, 1)).isEqualTo(Admission.GRANTED);
        core.complete(another, Ending.COMPLETED, 2);
        core.disown(holder);
        another.thread = Thread.currentThread().getId();
        assertThat(core.submit(another, 3)).isNull();
        core.complete(holder, Ending.ABANDONED, 4);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    @Test
    void aCancelIsNotBooked() {
        submit("a", medium, 0, Admission.GRANTED);
        core.cancel(submit("b", medium, 1), Admission.CANCELLED, 2);
        assertThat(medium.transactions()).isZero();
    }

    @Test
    void equalUrgencyGoesToTheDearerLoadThenToTheFirst() {
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        submit("b", medium, 1);
        submit("c", high, 2);
        core.complete(holder, Ending.COMPLETED, 3);
        assertThat(decided()).containsExactly("c GRANTED");
    }

    @Test
    void aFullQueueRefusesItsEqualsAndShedsTheLessImportant() {
        submit("a", medium, 0, Admission.GRANTED);
        submit("b", medium, 1);
        submit("c", medium, 2);
        submit("d", medium, 3, Admission.QUEUE_FULL);
        assertThat(medium.late()).isEqualTo(1);
        submit("e", high, 4);
        assertThat(decided()).containsExactly("c SHED");
        assertThat(medium.late()).isEqualTo(2);
    }

    @Test
    void aPassedEnforcementGoesFirst() {
        Account patient = account("patient", 1, Duration.ofSeconds(10));
        core = core(settings("static", 0, EVER, serviceClass("fast", 1, 9, EVER)));
        Request holder = submit("a", high, 0, Admission.GRANTED);
        submit("b", patient, 0);
        submit("c", high, 1);
        core.complete(holder, Ending.COMPLETED, 8 * SECOND);
        assertThat(decided()).containsExactly("c GRANTED");
        core = core(settings("static", 0, EVER, serviceClass("fast", 1, 9, EVER)));
        holder = submit("a", high, 0, Admission.GRANTED);
        submit("b", patient, 0);
        submit("c", high, 1);
        core.complete(holder, Ending.COMPLETED, 9 * SECOND);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    @Test
    void aDeadlineOfItsOwnIsEnforcedLikeItsAccounts() {
        for (String discipline : Disciplines.names()) {
            core = core(settings(discipline, 0, EVER, serviceClass("fast", 1, 9, EVER)));
            submit("a", high, 0, Admission.GRANTED);
            Request promised = submit("b", account("b", 200, Duration.ofSeconds(10)), 7);
            long margin = discipline.equals("budget") ? 3 * SECOND / 10 : 0;
            assertThat(promised.enforceAt).as(discipline).isLessThanOrEqualTo(7 + 9 * SECOND - margin);
            assertThat(hinted(account("c", 200, null)).enforceAt).isEqualTo(promised.enforceAt);
            assertThat(hinted(account("d", 200, Duration.ofSeconds(20))).enforceAt)
                    .isEqualTo(promised.enforceAt);
            assertThat(hinted(account("e", 200, Duration.ofSeconds(8))).enforceAt)
                    .isEqualTo(promised.enforceAt - 2 * SECOND);
        }
    }

    @Test
    void theStarvationBoundIsOfTheWaitAlone() {
        core = core(settings("fifo", 0, EVER, tiered("fast", 1, 4 * SECOND, Map.of())));
        submit("a", high, 0, Admission.GRANTED);
        assertThat(hinted(medium).enforceAt).isEqualTo(7 + 4 * SECOND);
    }

    /** Comes at 7 and is to be done in ten seconds. */
    private Request hinted(Account account) {
        Request request = prepare(
                new Request("hinted"), Objects.requireNonNull(core.serviceClass("fast")), account, SECOND, 10 * SECOND);
        assertThat(core.submit(request, 7)).isNull();
        return request;
    }

    @Test
    void whoWaitsIsToldWhoHoldsMostOfTheSlots() {
        core = core(settings("fifo", 5, EVER, serviceClass("fast", 3, 9, EVER), serviceClass("slow", 5, 9, EVER)));
        submit("a", high, 0, Admission.GRANTED);
        submit("b", medium, 0, Admission.GRANTED);
        Request idle = submit("c", medium, 0, Admission.GRANTED);
        core.pause(idle, 1);
        Request waiter = request(core, "d", "fast", high, SECOND);
        assertThat(core.submit(waiter, 2)).isNull();
        assertThat(waiter.heldBy()).isEqualTo("medium 2 of 3");
        for (String each : List.of("e", "f")) {
            assertThat(core.submit(request(core, each, "slow", high, SECOND), 3))
                    .isEqualTo(Admission.GRANTED);
        }
        Request other = request(core, "g", "slow", medium, SECOND);
        assertThat(core.submit(other, 4)).isNull();
        assertThat(other.heldUpByTotal()).isTrue();
        assertThat(other.yieldLimit()).isZero();
        assertThat(other.heldBy()).isEqualTo("high 3 of 5");
    }

    @Test
    void manyLoadsAreNotAllToldApart() {
        core = core(settings("fifo", 0, EVER, serviceClass("fast", 40, 9, EVER)));
        for (int i = 0; i < 40; i++) {
            submit("a" + i, account(i % 4 == 0 ? "often" : "load " + i, 1, null), i, Admission.GRANTED);
        }
        Request waiter = request(core, "w", "fast", medium, SECOND);
        assertThat(core.submit(waiter, 50)).isNull();
        assertThat(waiter.heldBy()).isEqualTo("often 10 of 40");
    }

    @Test
    void theTotalCountsOverAllClasses() {
        core = core(settings("fifo", 1, EVER, serviceClass("fast", 5, 9, EVER), serviceClass("slow", 5, 9, EVER)));
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        Request other = request(core, "b", "slow", medium, SECOND);
        assertThat(core.submit(other, 1)).isNull();
        assertThat(other.heldUpByTotal()).isTrue();
        core.complete(holder, Ending.ABANDONED, 2);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    @Test
    void anIdleSlotIsLentAndItsTransactionGoesOnAboveTheMpl() {
        core = core(settings("fifo", 0, SECOND, serviceClass("fast", 1, 9, EVER)));
        Request idle = submit("a", medium, 0, Admission.GRANTED);
        core.pause(idle, 10);
        submit("b", medium, 20);
        assertThat(core.nextAlarm(20)).isEqualTo(10 + SECOND);
        core.advance(9 + SECOND);
        assertThat(decided()).isEmpty();
        core.advance(10 + SECOND);
        assertThat(decided()).containsExactly("b GRANTED");
        assertThat(core.nextAlarm(10 + SECOND)).isEqualTo(EVER);
        core.resume(idle, new RequestType(1), 11 + SECOND);
        assertThat(core.status(0).get(0).active()).isEqualTo(2);
        submit("c", medium, 12 + SECOND);
        core.complete(idle, Ending.COMPLETED, 13 + SECOND);
        assertThat(decided()).isEmpty();
    }

    @Test
    void whoFetchesRowsIsNotIdle() {
        core = core(settings("fifo", 0, SECOND, serviceClass("fast", 1, 9, EVER)));
        Request reader = submit("a", medium, 0, Admission.GRANTED);
        core.pause(reader, 0);
        reader.fetches(true, 10);
        submit("b", medium, 20);
        core.advance(SECOND);
        assertThat(core.nextAlarm(SECOND)).isEqualTo(2 * SECOND);
        core.advance(2 * SECOND);
        reader.fetches(false, 2 * SECOND + 5);
        core.advance(3 * SECOND);
        assertThat(core.nextAlarm(3 * SECOND)).isEqualTo(3 * SECOND + 5);
        assertThat(decided()).isEmpty();
        core.advance(3 * SECOND + 5);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    @Test
    void whoComesWhileRowsAreFetchedFindsNoIdleSlot() {
        core = core(settings("fifo", 0, SECOND, serviceClass("fast", 1, 0, EVER)));
        Request reader = submit("a", medium, 0, Admission.GRANTED);
        core.pause(reader, 0);
        reader.fetches(true, 5);
        reader.fetches(false, 10);
        Request other = submit("b", medium, SECOND, Admission.QUEUE_FULL);
        assertThat(core.foresee(other, SECOND + 9).answer()).isEqualTo(Admission.QUEUE_FULL);
        assertThat(core.foresee(other, SECOND + 10).answer()).isEqualTo(Admission.GRANTED);
        assertThat(core.submit(other, SECOND + 10))
                .as("what was fetched long ago")
                .isEqualTo(Admission.GRANTED);
    }

    @Test
    void whatWasFetchedBeforeTheLastStatementIsForgotten() {
        core = core(settings("fifo", 0, SECOND, serviceClass("fast", 1, 9, EVER)));
        Request reader = submit("a", medium, 0, Admission.GRANTED);
        reader.fetches(true, 1);
        reader.fetches(false, 2);
        core.pause(reader, 3);
        submit("b", medium, 20);
        assertThat(core.nextAlarm(20)).isEqualTo(3 + SECOND);
        core.advance(3 + SECOND);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    @Test
    void twoWhoFetchWhenIdleSlotsAreLentAtOnceAreLookedAtOnce() {
        ServiceClassSettings one = serviceClass("fast", 2, 9, EVER);
        core = core(settings("fifo", 0, SECOND, one));
        for (String each : List.of("a", "b")) {
            Request reader = submit(each, medium, 0, Admission.GRANTED);
            core.pause(reader, 0);
            reader.fetches(true, 1);
        }
        submit("c", medium, 2);
        core.reconfigure(settings("fifo", 0, 0, one), 3);
        core.advance(4);
        assertThat(decided())
                .as("by statement, a slot goes with its statement's end")
                .containsExactly("c GRANTED");
    }

    @Test
    void whoIsIdleWhereNobodyWaitsIsNotLookedAt() {
        core = core(settings("fifo", 0, SECOND, serviceClass("fast", 1, 9, EVER), serviceClass("other", 1, 9, EVER)));
        Request idle = request(core, "a", "other", medium, SECOND);
        core.submit(idle, 0);
        core.pause(idle, 0);
        idle.fetches(true, 4);
        idle.fetches(false, 5);
        Request holder = submit("b", medium, 6, Admission.GRANTED);
        submit("c", medium, 7);
        core.advance(2 * SECOND);
        assertThat(idle.since).isZero();
        assertThat(core.nextAlarm(2 * SECOND)).isEqualTo(EVER);
        Request waiter = request(core, "d", "other", medium, SECOND);
        assertThat(core.submit(waiter, 2 * SECOND)).isEqualTo(Admission.GRANTED);
        assertThat(idle.since).as("once it is").isEqualTo(5);
        core.complete(holder, Ending.COMPLETED, 3 * SECOND);
        assertThat(decided()).containsExactly("c GRANTED");
    }

    @Test
    void whoFetchedRowsIsIdleFromThenOnWhoeverElseIs() {
        core = core(settings("fifo", 3, SECOND, serviceClass("fast", 3, 9, EVER), serviceClass("other", 3, 9, EVER)));
        List<Request> idle = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Request each = submit("idle", medium, 0, Admission.GRANTED);
            core.pause(each, i);
            idle.add(each);
        }
        for (int i = 0; i < 2; i++) {
            idle.get(i).fetches(true, 10);
            idle.get(i).fetches(false, 20 - i);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(core.submit(request(core, "waits", "other", medium, SECOND), 30))
                    .isNull();
        }
        core.advance(1 + SECOND);
        assertThat(core.nextAlarm(1 + SECOND)).isEqualTo(2 + SECOND);
        core.advance(2 + SECOND);
        assertThat(idle).extracting(each -> each.state).containsExactly(PAUSED, PAUSED, LENT);
        assertThat(core.nextAlarm(2 + SECOND)).isEqualTo(19 + SECOND);
        core.resume(idle.get(0), idle.get(0).requestType(), 3 + SECOND);
        core.checkInvariants(3 + SECOND);
        core.advance(19 + SECOND);
        assertThat(idle).extracting(each -> each.state).containsExactly(RUNNING, LENT, LENT);
    }

    @Test
    void ofAllWhoseSlotWouldHelpTheLongestIdleOneLendsIt() {
        core = core(settings(
                "fifo",
                2,
                SECOND,
                serviceClass("fast", 2, 9, EVER),
                serviceClass("other", 2, 9, EVER),
                serviceClass("third", 2, 9, EVER)));
        Request later = submit("a", medium, 0, Admission.GRANTED);
        Request longest = request(core, "b", "other", medium, SECOND);
        core.submit(longest, 0);
        core.pause(longest, 3);
        core.pause(later, 5);
        assertThat(core.submit(request(core, "c", "third", medium, SECOND), 7)).isNull();
        assertThat(core.nextAlarm(7)).isEqualTo(3 + SECOND);
        core.advance(5 + SECOND);
        assertThat(decided()).containsExactly("c GRANTED");
        assertThat(longest.state).isEqualTo(LENT);
        assertThat(later.state).as("its slot helps nobody any more").isEqualTo(PAUSED);
    }

    @Test
    void anIdleSlotIsLentToWhoComesThoughNobodyMayWait() {
        core = core(settings("fifo", 0, SECOND, serviceClass("fast", 1, 0, EVER)));
        Request idle = submit("a", medium, 0, Admission.GRANTED);
        core.pause(idle, 10);
        Request other = submit("b", medium, 9 + SECOND, Admission.QUEUE_FULL);
        assertThat(core.foresee(other, 10 + SECOND).answer()).isEqualTo(Admission.GRANTED);
        assertThat(core.submit(other, 10 + SECOND)).isEqualTo(Admission.GRANTED);
        assertThat(decided()).isEmpty();
        submit("c", medium, 11 + SECOND, Admission.QUEUE_FULL);
    }

    @Test
    void whoIsLentASlotAsSoonAsHeComesHasNotWaited() {
        core = core(settings("fifo", 0, SECOND, serviceClass("fast", 1, 9, EVER)));
        Request idle = submit("a", medium, 0, Admission.GRANTED);
        core.pause(idle, 10);
        Request other = submit("b", medium, 10 + SECOND, Admission.GRANTED);
        assertThat(core.status(10 + SECOND).get(0).waited()).isZero();
        submit("c", medium, 11 + SECOND);
        core.complete(other, Ending.COMPLETED, 12 + SECOND);
        assertThat(decided()).containsExactly("c GRANTED");
        assertThat(core.status(12 + SECOND).get(0).waited()).isEqualTo(1);
    }

    @Test
    void whoWaitsAlreadyHasAnIdleSlotBeforeWhoMayNotWait() {
        core = core(settings("fifo", 1, SECOND, serviceClass("fast", 1, 0, EVER), serviceClass("slow", 1, 9, EVER)));
        Request idle = submit("a", medium, 0, Admission.GRANTED);
        core.pause(idle, 10);
        assertThat(core.submit(request(core, "b", "slow", medium, SECOND), 20)).isNull();
        submit("c", high, 10 + SECOND, Admission.QUEUE_FULL);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    @Test
    void slotScopeStatementLendsAtEachStatementsEnd() {
        core = core(settings("fifo", 0, 0, serviceClass("fast", 1, 9, EVER)));
        Request transaction = submit("a", medium, 0, Admission.GRANTED);
        submit("b", medium, 1);
        core.pause(transaction, 2);
        assertThat(decided()).containsExactly("b GRANTED");
        core.complete(transaction, Ending.COMPLETED, 3);
        assertThat(medium.transactions()).isEqualTo(1);
    }

    @Test
    void aThreadNeverWaitsForItself() {
        Request outer = request(core, "a", "fast", medium, SECOND);
        outer.thread = Thread.currentThread().getId();
        assertThat(core.submit(outer, 0)).isEqualTo(Admission.GRANTED);
        Request inner = request(core, "b", "fast", medium, SECOND);
        inner.thread = Thread.currentThread().getId();
        assertThat(core.submit(inner, 1)).isEqualTo(Admission.GRANTED);
        submit("c", medium, 2);
        core.complete(inner, Ending.COMPLETED, 3);
        assertThat(decided()).isEmpty();
        core.complete(outer, Ending.COMPLETED, 4);
        assertThat(decided()).containsExactly("c GRANTED");
    }

    @Test
    void whoIsLetInComesAboveTheMplAndTakesNobodysTurn() {
        core = core(settings("fifo", 0, EVER, serviceClass("fast", 1, 9, EVER)));
        Request holder = submit("a", medium, 0, Admission.GRANTED);
        submit("b", medium, 1);
        Request wanted = submit("c", medium, 2);
        core.letIn(holder, 3);
        core.letIn(wanted, 3);
        core.letIn(wanted, 4);
        assertThat(decided()).containsExactly("c GRANTED");
        assertThat(wanted.waitedNanos()).isEqualTo(1);
        core.complete(wanted, Ending.COMPLETED, 5);
        core.letIn(wanted, 6);
        assertThat(decided()).isEmpty();
        core.complete(holder, Ending.COMPLETED, 7);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    @Test
    void aLowerMplAdmitsNoMoreThanItselfFromThenOn() {
        core = core(settings("fifo", 0, EVER, serviceClass("fast", 3, 9, EVER)));
        Request a = submit("a", medium, 0, Admission.GRANTED);
        Request b = submit("b", medium, 0, Admission.GRANTED);
        submit("c", medium, 0, Admission.GRANTED);
        submit("d", medium, 0);
        core.reconfigure(settings("kafka", 0, EVER, serviceClass("fast", 1, 9, EVER)), 1);
        core.complete(a, Ending.COMPLETED, 2);
        core.complete(b, Ending.COMPLETED, 3);
        assertThat(decided()).isEmpty();
        core.reconfigure(settings("mefi", 0, EVER, serviceClass("fast", 2, 9, EVER)), 4);
        assertThat(decided()).containsExactly("d GRANTED");
    }

    @Test
    void whenADryRunBeginsNobodyWaitsOn() {
        core = core(settings("fifo", 0, EVER, serviceClass("fast", 1, 9, EVER)));
        submit("a", medium, 0, Admission.GRANTED);
        submit("b", medium, 0);
        submit("c", medium, 0);
        core.reconfigure(new SchedulerSettings("fifo", 0, EVER, true, List.of(serviceClass("fast", 1, 1, EVER))), 1);
        assertThat(decided()).containsExactlyInAnyOrder("b GRANTED", "c GRANTED");
    }

    @Test
    void aClassThatIsNoLongerNamedServesWhoWaitsAndIsSeenUntilThen() {
        core = core(settings("fifo", 0, EVER, serviceClass("fast", 1, 9, EVER)));
        Request a = submit("a", medium, 0, Admission.GRANTED);
        Request b = submit("b", medium, 0);
        core.reconfigure(settings("fifo", 0, EVER, serviceClass("other", 1, 9, EVER)), 1);
        assertThat(core.status(0)).extracting(ServiceClassStatus::name).containsExactly("fast", "other");
        core.complete(a, Ending.COMPLETED, 2);
        assertThat(decided()).containsExactly("b GRANTED");
        core.complete(b, Ending.COMPLETED, 3);
        assertThat(core.status(0)).extracting(ServiceClassStatus::name).containsExactly("other");
        core.reconfigure(settings("fifo", 0, EVER, serviceClass("fast", 2, 9, EVER)), 4);
        assertThat(core.status(0)).extracting(ServiceClassStatus::name).containsExactly("fast");
        assertThat(core.status(0).get(0).admitted()).isEqualTo(2);
    }

    @Test
    void aDryRunDelaysAndRefusesNobody() {
        ServiceClassSettings cheap = new ServiceClassSettings("fast", 1, 1, EVER, true, 100);
        core = core(new SchedulerSettings("fifo", 0, EVER, true, List.of(cheap)));
        submit("a", medium, 0, Admission.GRANTED);
        submit("b", medium, 0, Admission.GRANTED);
        submit("c", medium, 0, Admission.GRANTED);
        Request dear = request(core, "d", "fast", medium, SECOND);
        dear.estimatedCost = 100.5;
        assertThat(core.submit(dear, 0)).isEqualTo(Admission.GRANTED);
        assertThat(core.status(0).get(0).active()).isEqualTo(4);
        assertThat(core.status(0).get(0).refused()).isZero();
        core.complete(dear, Ending.COMPLETED, 1);
        core.reconfigure(new SchedulerSettings("fifo", 0, EVER, true, List.of(cheap)).enforced(), 2);
        assertThat(core.submit(dear, 3)).isEqualTo(Admission.COST_LIMIT);
        assertThat(core.status(0).get(0).refused()).isEqualTo(1);
    }

    @Test
    void anUnknownDisciplineIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> core(settings("lifo", 0, EVER, serviceClass("fast", 1, 1, EVER))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "there is no discipline lifo; choose one of budget, fifo, fisher_krieger, kafka, mefi, static");
    }
}
