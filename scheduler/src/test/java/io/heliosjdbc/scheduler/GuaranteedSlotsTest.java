package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.account;
import static io.heliosjdbc.scheduler.Fixture.ofTier;
import static io.heliosjdbc.scheduler.Fixture.request;
import static io.heliosjdbc.scheduler.Fixture.tiered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heliosjdbc.scheduler.Request.State;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots that are kept for tiers, tiers that count more, and bounded waits: by example, and in random histories beside a slow double. */
class GuaranteedSlotsTest {
    private static final String STANDARD = Tier.STANDARD_NAME;

    private final Account cheap = account("cheap", 200, null);
    private final Account dear = account("dear", 300, null);
    private SchedulerCore core = new SchedulerCore(settings("fifo", 0, EVER, 1, EVER, 3, Map.of("gold", 1)));

    private static SchedulerSettings settings(
            String discipline,
            int total,
            long lendAfter,
            double boost,
            long bound,
            int slots,
            Map<String, Integer> guaranteed) {
        return new SchedulerSettings(
                discipline,
                total,
                lendAfter,
                false,
                List.of(tiered("fast", slots, bound, guaranteed), tiered("slow", 3, EVER, Map.of())),
                List.of(new TierSettings("gold", boost)));
    }

    @AfterEach
    void theBooksAgree() {
        core.checkInvariants(0);
    }

    private Request submit(String name, String tier, Account account, long now, @Nullable Admission expected) {
        Request request = ofTier(request(core, name, "fast", account, SECOND), core.tier(tier));
        assertThat(core.submit(request, now)).as(name).isEqualTo(expected);
        return request;
    }

    private Request granted(String name, String tier, long now) {
        return submit(name, tier, cheap, now, Admission.GRANTED);
    }

    private Request queued(String name, String tier, long now) {
        return submit(name, tier, cheap, now, null);
    }

    private String[] decided() {
        return Arrays.stream(core.takeDecided())
                .map(each -> each.toString().split(" ", -1)[0] + " " + each.answer)
                .toArray(String[]::new);
    }

    @Test
    void nobodyTakesTheLastSlotThatIsKeptForATier() {
        granted("a", STANDARD, 0);
        Request b = granted("b", STANDARD, 0);
        Request c = queued("c", STANDARD, 1);
        assertThat(c.heldUpByGuarantees()).isTrue();
        assertThat(c.heldUpByTotal()).isFalse();
        Request gold = granted("gold", "gold", 2);
        core.complete(gold, Ending.COMPLETED, 3);
        assertThat(decided()).as("its slot is kept, though somebody waits").isEmpty();
        core.complete(b, Ending.COMPLETED, 4);
        assertThat(decided()).containsExactly("c GRANTED");
    }

    @Test
    void aTierThatUsesWhatIsKeptForItWaitsLikeOthers() {
        granted("a", STANDARD, 0);
        Request gold = granted("gold", "gold", 0);
        granted("more", "gold", 0);
        queued("b", STANDARD, 1);
        Request third = queued("third", "gold", 2);
        assertThat(third.heldUpByGuarantees()).isFalse();
        core.complete(gold, Ending.COMPLETED, 3);
        assertThat(decided())
                .as("first come, first served, for one of gold's two is kept")
                .containsExactly("b GRANTED");
    }

    @Test
    void whereAllIsKeptTheOthersWaitAndAnUnknownTierIsStandard() {
        core = new SchedulerCore(settings("fifo", 0, EVER, 1, EVER, 2, Map.of("gold", 2)));
        assertThat(core.tier("platinum").name()).isEqualTo(STANDARD);
        queued("a", "platinum", 0);
        granted("gold", "gold", 0);
        assertThat(core.status(0).get(0).kept()).isEqualTo(1);
        assertThat(core.status(0).get(0).tiers())
                .containsExactly(new TierStatus(STANDARD, 0, 0, 1), new TierStatus("gold", 2, 1, 0));
    }

    @Test
    void whatIsKeptIsKeptInTotalToo() {
        core = new SchedulerCore(settings("fifo", 3, EVER, 1, EVER, 3, Map.of("gold", 2)));
        Request slow = request(core, "slow", "slow", cheap, SECOND);
        assertThat(core.submit(slow, 0)).isEqualTo(Admission.GRANTED);
        Request another = request(core, "another", "slow", cheap, SECOND);
        assertThat(core.submit(another, 1)).isNull();
        assertThat(another.heldUpByTotal()).isTrue();
        assertThat(another.heldUpByGuarantees()).isTrue();
        granted("gold", "gold", 2);
        granted("gold2", "gold", 2);
        core.complete(slow, Ending.COMPLETED, 3);
        assertThat(decided()).containsExactly("another GRANTED");
    }

    @Test
    void anIdleTransactionThatGoesOnTakesNothingFromATier() {
        core = new SchedulerCore(settings("fifo", 0, 0, 1, EVER, 2, Map.of("gold", 1)));
        Request idle = granted("a", STANDARD, 0);
        core.pause(idle, 1);
        Request b = granted("b", STANDARD, 2);
        core.resume(idle, new RequestType(1), 3);
        granted("gold", "gold", 4);
        assertThat(core.status(0).get(0).active()).isEqualTo(3);
        queued("c", STANDARD, 5);
        core.complete(b, Ending.COMPLETED, 6);
        assertThat(decided()).as("one was too many").isEmpty();
        core.complete(idle, Ending.COMPLETED, 7);
        assertThat(decided()).containsExactly("c GRANTED");
    }

    @Test
    void aLowerMplHoldsForTiersToo() {
        core = new SchedulerCore(settings("fifo", 0, EVER, 1, EVER, 3, Map.of()));
        granted("a", STANDARD, 0);
        Request b = granted("b", STANDARD, 0);
        Request c = granted("c", STANDARD, 0);
        core.reconfigure(settings("fifo", 0, EVER, 1, EVER, 2, Map.of("gold", 1)), 1);
        queued("gold", "gold", 2);
        queued("d", STANDARD, 2);
        core.complete(b, Ending.COMPLETED, 3);
        assertThat(decided()).isEmpty();
        core.complete(c, Ending.COMPLETED, 4);
        assertThat(decided()).containsExactly("gold GRANTED");
    }

    @Test
    void aClassThatGivesWayIsNotHeldUpByGuaranteesAndGivesItsTiersWhatIsKeptForThem() {
        for (int kept : new int[] {0, 1}) {
            core = new SchedulerCore(new SchedulerSettings(
                    "fifo",
                    0,
                    EVER,
                    false,
                    List.of(
                            tiered("fast", 3, EVER, Map.of()),
                            new ServiceClassSettings(
                                    "reports",
                                    4,
                                    100,
                                    EVER,
                                    true,
                                    Double.POSITIVE_INFINITY,
                                    EVER,
                                    true,
                                    EVER,
                                    Map.of("gold", kept))),
                    List.of()));
            // Others have come: what gives way begins with one at a time.
            for (int i = 0; i <= GivingWay.ENOUGH; i++) {
                core.complete(granted("a", STANDARD, i * SECOND / 30), Ending.COMPLETED, i * SECOND / 30);
            }
            long now = GivingWay.ENOUGH * SECOND / 30;
            Request first = request(core, "first", "reports", cheap, SECOND);
            assertThat(core.submit(first, now)).isEqualTo(Admission.GRANTED);
            Request second = request(core, "second", "reports", cheap, SECOND);
            assertThat(core.submit(second, now)).isNull();
            assertThat(second.heldUpByGuarantees()).isFalse();
            Request gold = ofTier(request(core, "gold", "reports", cheap, SECOND), core.tier("gold"));
            assertThat(core.submit(gold, now)).isEqualTo(kept == 1 ? Admission.GRANTED : null);
        }
    }

    @Test
    void aGuaranteeThatIsTakenBackFreesItsSlot() {
        core = new SchedulerCore(settings("fifo", 0, EVER, 1, EVER, 2, Map.of("gold", 1)));
        granted("a", STANDARD, 0);
        queued("b", STANDARD, 1);
        core.reconfigure(settings("kafka", 0, EVER, 1, EVER, 2, Map.of()), 2);
        assertThat(decided()).containsExactly("b GRANTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "mefi", "kafka", "fisher_krieger", "budget"})
    void aBoostOutweighsADearerLoadAndFifoKnowsNone(String discipline) {
        for (double boost : new double[] {1.2, 2}) {
            core = new SchedulerCore(settings(discipline, 0, EVER, boost, EVER, 1, Map.of()));
            lose(cheap);
            lose(dear);
            Request holder = granted("a", STANDARD, 0);
            submit("dear", STANDARD, dear, 1, null);
            submit("cheap", "gold", cheap, 1, null);
            core.complete(holder, Ending.ABANDONED, 2);
            assertThat(decided()).containsExactly(boost < 1.5 ? "dear GRANTED" : "cheap GRANTED");
        }
        core = new SchedulerCore(settings("fifo", 0, EVER, 2, EVER, 1, Map.of()));
        Request holder = granted("a", STANDARD, 0);
        submit("dear", STANDARD, dear, 1, null);
        submit("cheap", "gold", cheap, 1, null);
        core.complete(holder, Ending.ABANDONED, 2);
        assertThat(decided()).containsExactly("dear GRANTED");
    }

    /** One in ten late: a penalty is at stake for both. */
    private static void lose(Account account) {
        for (int i = 0; i < 20; i++) {
            account.book(i % 10 == 0 ? 6 * SECOND : 1);
        }
    }

    @Test
    void aBoostedTierIsNotShedForADearerLoad() {
        core = new SchedulerCore(new SchedulerSettings(
                "static",
                0,
                EVER,
                false,
                List.of(Fixture.serviceClass("fast", 1, 1, EVER)),
                List.of(new TierSettings("gold", 2))));
        granted("a", STANDARD, 0);
        submit("cheap", "gold", cheap, 1, null);
        submit("dear", STANDARD, dear, 2, Admission.QUEUE_FULL);
    }

    @Test
    void whoHasWaitedForTheBoundGoesFirstAndWithoutABoundNever() {
        core = new SchedulerCore(settings("static", 0, EVER, 1, 5 * SECOND, 1, Map.of()));
        Request holder = granted("a", STANDARD, 0);
        queued("cheap", STANDARD, SECOND);
        submit("dear", STANDARD, dear, 2 * SECOND, null);
        submit("dear2", STANDARD, dear, 2 * SECOND, null);
        core.complete(holder, Ending.COMPLETED, 6 * SECOND - 1);
        assertThat(decided()).containsExactly("dear GRANTED");

        core = new SchedulerCore(settings("static", 0, EVER, 1, 5 * SECOND, 1, Map.of()));
        holder = granted("a", STANDARD, 0);
        queued("cheap", STANDARD, SECOND);
        submit("dear", STANDARD, dear, 2 * SECOND, null);
        core.complete(holder, Ending.COMPLETED, 6 * SECOND);
        assertThat(decided()).containsExactly("cheap GRANTED");

        core = new SchedulerCore(settings("static", 0, EVER, 1, EVER, 1, Map.of()));
        holder = granted("a", STANDARD, 0);
        queued("cheap", STANDARD, SECOND);
        submit("dear", STANDARD, dear, 2 * SECOND, null);
        core.complete(holder, Ending.COMPLETED, 1_000_000 * SECOND);
        assertThat(decided()).containsExactly("dear GRANTED");
    }

    @Test
    void whoHasWaitedForTheBoundStillTakesNoSlotThatIsKept() {
        core = new SchedulerCore(settings("fifo", 0, EVER, 1, SECOND, 2, Map.of("gold", 1)));
        granted("a", STANDARD, 0);
        Request gold = granted("gold", "gold", 0);
        queued("b", STANDARD, 1);
        queued("c", "gold", 2);
        core.complete(gold, Ending.COMPLETED, 3 * SECOND);
        assertThat(decided()).containsExactly("c GRANTED");
    }

    @Test
    void moreThanThereIsCannotBeKept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tiered("fast", 2, EVER, Map.of("gold", 2, "silver", 1)))
                .withMessage("class fast keeps 3 slots of 2; keep fewer, or raise its MPL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tiered("fast", 2, EVER, Map.of("gold", -1)))
                .withMessage("class fast keeps -1 slots; make it at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("fifo", 1, EVER, 1, EVER, 2, Map.of("gold", 2)))
                .withMessage("2 slots are kept of 1 over all classes; keep fewer, or raise the MPL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TierSettings("gold", 0))
                .withMessage("tier gold has a boost of 0.0; make it positive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "static", "mefi", "kafka", "fisher_krieger", "budget"})
    void everyGrantIsThatOfTheObviousSearch(String discipline) {
        int kept = 0;
        for (long seed = 1; seed <= 60; seed++) {
            kept += new History(discipline, new SplittableRandom(seed)).run();
        }
        assertThat(kept).as("grants of slots that were kept").isGreaterThan(100);
    }

    /** A random life in virtual time, step by step beside the slow double. */
    private final class History {
        private static final int REQUESTS = 40;
        private static final List<String> TIERS = List.of(STANDARD, "gold", "silver", "bronze");

        private final SplittableRandom random;
        private final List<Account> accounts = List.of(
                account("low", 40, null),
                account("medium", 200, Duration.ofSeconds(20)),
                account("high", 1000, Duration.ofSeconds(8)));
        private final List<Request> requests = new ArrayList<>();
        private final ObviousSlots obvious;
        /** With short work not everything that waits is behind the horizon of Fisher and Krieger. */
        private final int shorter;

        private long now;
        private int keptGrants;

        History(String discipline, SplittableRandom random) {
            this.random = random;
            this.shorter = random.nextBoolean() ? 1 : 40;
            int slots = 3 + random.nextInt(5);
            int gold = random.nextInt(3);
            SchedulerSettings settings = new SchedulerSettings(
                    discipline,
                    random.nextBoolean() ? 0 : 4 + random.nextInt(5),
                    random.nextBoolean() ? EVER : random.nextInt(2) * SECOND / 10,
                    false,
                    List.of(
                            tiered(
                                    "fast",
                                    slots,
                                    random.nextBoolean() ? EVER : 3 * SECOND,
                                    Map.of("gold", gold, "silver", random.nextInt(Math.min(3, slots - gold)))),
                            tiered("slow", 2, random.nextBoolean() ? EVER : SECOND, Map.of())),
                    List.of(
                            new TierSettings("gold", 1 + random.nextInt(3)),
                            new TierSettings("silver", 1),
                            new TierSettings("bronze", 0.5)));
            core = new SchedulerCore(settings);
            obvious = new ObviousSlots(settings);
            for (int i = 0; i < REQUESTS; i++) {
                requests.add(new Request(i));
            }
        }

        int run() {
            for (int step = 0; step < 400; step++) {
                now += random.nextInt(4) == 0 ? 0 : random.nextLong(SECOND / 10);
                Request request = requests.get(random.nextInt(REQUESTS));
                switch (request.state) {
                    case IDLE -> submit(request);
                    case QUEUED -> giveUp(request);
                    case RUNNING -> {
                        if (random.nextInt(3) == 0) {
                            core.pause(request, now);
                        } else {
                            core.complete(request, Ending.COMPLETED, now);
                        }
                        settle(null);
                    }
                    case PAUSED, LENT -> {
                        boolean wasLent = request.state == State.LENT;
                        if (random.nextBoolean()) {
                            core.complete(request, Ending.COMPLETED, now);
                            settle(null);
                        } else {
                            core.resume(request, new RequestType(SECOND / 100), now);
                            if (wasLent) {
                                obvious.hold(request);
                            }
                        }
                    }
                }
                core.checkInvariants(now);
                assertThat(obvious.next(now))
                        .as("who waits beside a slot for him")
                        .isNull();
                assertThat(obvious.queued()).noneMatch(obvious::hasKept);
            }
            return keptGrants;
        }

        private void submit(Request request) {
            Fixture.prepare(
                    request,
                    Objects.requireNonNull(core.serviceClass(random.nextInt(3) == 0 ? "slow" : "fast")),
                    accounts.get(random.nextInt(accounts.size())),
                    random.nextLong(SECOND / 10, 3 * SECOND) / shorter,
                    random.nextInt(8) == 0 ? 20 * SECOND : EVER);
            ofTier(request, core.tier(TIERS.get(random.nextInt(TIERS.size()))));
            boolean atOnce = obvious.mayAtOnce(request);
            boolean isKept = obvious.hasKept(request);
            Admission answer = core.submit(request, now);
            if (atOnce) {
                assertThat(answer).isEqualTo(Admission.GRANTED);
                assertThat(core.takeDecided()).isEmpty();
                keptGrants += isKept ? 1 : 0;
                obvious.hold(request);
            } else {
                assertThat(isKept).as("waits for a slot that is kept for it").isFalse();
                obvious.queued().add(request);
                settle(answer == Admission.GRANTED ? request : null);
            }
        }

        private void giveUp(Request request) {
            if (random.nextInt(4) == 0) {
                assertThat(core.cancel(request, Admission.CANCELLED, now)).isTrue();
                core.takeDecided();
                obvious.queued().remove(request);
            } else {
                core.advance(now);
                settle(null);
            }
        }

        /** Holds what the core has decided against the search, one grant after the other. */
        private void settle(@Nullable Request self) {
            List<Request> granted = new ArrayList<>(List.of(core.takeDecided()));
            if (self != null) {
                granted.add(self);
            }
            requests.stream()
                    .filter(each -> !each.isCounted() && obvious.holds(each))
                    .forEach(obvious::leave);
            while (!granted.isEmpty()) {
                Request expected = obvious.next(now);
                assertThat(granted.get(0) == expected || self == expected)
                        .as("granted %s, expected %s", granted, expected)
                        .isTrue();
                granted.remove(expected);
                obvious.queued().remove(expected);
                keptGrants += obvious.hasKept(Objects.requireNonNull(expected)) ? 1 : 0;
                obvious.hold(expected);
            }
        }
    }
}
