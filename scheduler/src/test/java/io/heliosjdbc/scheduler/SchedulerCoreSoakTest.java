package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.account;
import static io.heliosjdbc.scheduler.Fixture.prepare;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.scheduler.Request.State;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives in virtual time: requests come, wait, run, pause, go on, end and give up, while MPLs and disciplines change. After each
 * step the books of the core agree with each other and with those kept here, nobody waits beside a slot that is free for his tier, no tier
 * waits for a slot that is kept for it, what time alone brings about has an alarm, nobody goes before one of his tier who has waited for as
 * long as the class allows, and who has to wait is told what for, and who has it. {@code -Dhelios.operations=10000000} makes it long.
 */
class SchedulerCoreSoakTest {
    private static final int OPERATIONS = Integer.getInteger("helios.operations", 60_000);
    private static final int REQUESTS = 60;
    private static final List<String> CLASSES = List.of("fast", "reports", "jobs");
    private static final List<String> TIERS = List.of(Tier.STANDARD_NAME, "gold", "silver");
    private static final List<String> DISCIPLINES = List.copyOf(new TreeSet<>(Disciplines.names()));

    private final List<Account> accounts = List.of(
            account("low", 40, null),
            account("medium", 200, Duration.ofSeconds(20)),
            account("high", 1000, Duration.ofSeconds(8)));
    private final List<Request> requests = new ArrayList<>();
    private long now;
    private long submitted;
    private long granted;
    private long gaveUp;
    private long refused;
    /** By what they were held up. */
    private final Set<String> heldUpBy = new TreeSet<>();

    /** The MPL over all classes, 0 for none. */
    private int total;

    private static SchedulerSettings settings(SplittableRandom random) {
        boolean tiered = random.nextInt(4) > 0;
        List<ServiceClassSettings> classes = CLASSES.stream()
                .map(name -> serviceClass(name, 1 + random.nextInt(6), tiered, random))
                .toList();
        int kept = classes.stream().mapToInt(ServiceClassSettings::keptSlots).sum();
        return new SchedulerSettings(
                DISCIPLINES.get(random.nextInt(DISCIPLINES.size())),
                random.nextInt(3) == 0 ? kept + 2 + random.nextInt(8) : 0,
                switch (random.nextInt(3)) {
                    case 0 -> 0L;
                    case 1 -> SECOND / 10;
                    default -> EVER;
                },
                false,
                classes,
                tiered ? List.of(new TierSettings("gold", 1 + random.nextInt(3))) : List.of());
    }

    private static ServiceClassSettings serviceClass(String name, int slots, boolean tiered, SplittableRandom random) {
        int gold = tiered && random.nextBoolean() ? random.nextInt(slots) : 0;
        int silver = tiered && random.nextBoolean() ? random.nextInt(slots - gold) : 0;
        return new ServiceClassSettings(
                name,
                slots,
                random.nextInt(20),
                EVER,
                random.nextBoolean(),
                Double.POSITIVE_INFINITY,
                random.nextBoolean() ? SECOND / 10 : EVER,
                !name.equals("fast") && random.nextBoolean(),
                random.nextBoolean() ? EVER : 1 + random.nextLong(SECOND),
                gold + silver == 0 ? Map.of() : Map.of("gold", gold, "silver", silver));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensTheBooksAgreeAndNobodyWaitsBesideAFreeSlot(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SchedulerSettings first = settings(random);
        total = first.maxConcurrency();
        SchedulerCore core = new SchedulerCore(first);
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(new Request(i));
        }
        long alarm = EVER;
        for (int i = 0; i < OPERATIONS; i++) {
            now += random.nextInt(4) == 0 ? 0 : random.nextLong(SECOND / 20);
            if (alarm <= now) {
                core.advance(now);
                settle(core);
            }
            step(core, random);
            settle(core);
            core.checkInvariants(now);
            alarm = core.nextAlarm(now);
        }
        assertThat(now).as("an hour of virtual time at least, in the long form").isPositive();
        for (Request request : requests) {
            if (request.state != State.QUEUED) {
                core.complete(request, Ending.COMPLETED, now);
                settle(core);
            }
        }
        for (int round = 0; round < REQUESTS; round++) {
            for (Request request : requests) {
                now += SECOND;
                core.complete(request, Ending.COMPLETED, now);
                settle(core);
            }
        }
        assertThat(requests).as("who waits in the end has been lost").allMatch(each -> each.state == State.IDLE);
        core.checkInvariants(now);
        assertThat(submitted).isEqualTo(granted + refused + gaveUp);
        assertThat(core.status(now)).allSatisfy(status -> {
            assertThat(status.active()).isZero();
            assertThat(status.queued()).isZero();
            assertThat(status.lent()).isZero();
        });
        assertThat(core.status(now).stream()
                        .mapToLong(ServiceClassStatus::admitted)
                        .sum())
                .isEqualTo(granted);
        assertThat(core.status(now).stream()
                        .mapToLong(ServiceClassStatus::refused)
                        .sum())
                .isEqualTo(refused);
        assertThat(core.status(now).stream()
                        .mapToLong(ServiceClassStatus::gaveUp)
                        .sum())
                .isEqualTo(gaveUp);
        assertThat(granted).isGreaterThan(OPERATIONS / 20);
        assertThat(refused).isPositive();
        assertThat(gaveUp).isPositive();
        assertThat(heldUpBy)
                .as("all that can hold somebody up")
                .contains("class", "class, kept", "gives way", "total", "total, kept");
    }

    private void step(SchedulerCore core, SplittableRandom random) {
        if (random.nextInt(1000) == 0) {
            SchedulerSettings next = settings(random);
            total = next.maxConcurrency();
            core.reconfigure(next, now);
            return;
        }
        Request request = requests.get(random.nextInt(requests.size()));
        switch (request.state) {
            case IDLE -> submit(core, request, random);
            case QUEUED -> {
                if (random.nextInt(8) == 0) {
                    assertThat(core.cancel(
                                    request, random.nextBoolean() ? Admission.QUEUE_TIMEOUT : Admission.CANCELLED, now))
                            .isTrue();
                } else if (random.nextInt(8) == 0) {
                    core.letIn(request, now);
                    assertThat(core.takeDecided()).containsExactly(request);
                    assertThat(request.answer()).isEqualTo(Admission.GRANTED);
                    granted++;
                } else {
                    core.advance(now);
                }
            }
            case RUNNING -> {
                if (random.nextBoolean()) {
                    core.pause(request, now);
                } else {
                    core.complete(request, random.nextInt(5) == 0 ? Ending.ABANDONED : Ending.COMPLETED, now);
                }
            }
            case PAUSED, LENT -> {
                if (random.nextInt(3) == 0) {
                    core.complete(request, Ending.COMPLETED, now);
                } else {
                    core.resume(request, new RequestType(SECOND / 100), now);
                }
            }
        }
    }

    private void submit(SchedulerCore core, Request request, SplittableRandom random) {
        ServiceClass into = Objects.requireNonNull(core.serviceClass(CLASSES.get(random.nextInt(CLASSES.size()))));
        prepare(
                request,
                into,
                accounts.get(random.nextInt(accounts.size())),
                1 + random.nextLong(SECOND),
                random.nextInt(10) == 0 ? random.nextLong(5 * SECOND) : EVER);
        Fixture.ofTier(request, core.tier(TIERS.get(random.nextInt(TIERS.size()))));
        submitted++;
        core.advance(now);
        // Who comes may have to start at once, and yet after those who go now.
        settle(core);
        List<ServiceClassStatus> before = core.status(now);
        Prospect prospect = core.foresee(request, now);
        assertThat(core.status(now)).as("who foresees changes nothing").isEqualTo(before);
        List<Request> holders = requests.stream().filter(Request::isCounted).toList();
        Admission answer = core.submit(request, now);
        assertThat(answer).as("what was foreseen").isEqualTo(prospect.answer());
        if (answer == Admission.GRANTED) {
            granted++;
            assertThat(request.state).isEqualTo(State.RUNNING);
        } else if (answer != null) {
            refused++;
            assertThat(request.state).isEqualTo(State.IDLE);
        } else {
            isToldWhatHoldsItUp(request, before, holders);
        }
    }

    /** There is none of what it waits for, and who has most of that is named. */
    private void isToldWhatHoldsItUp(Request request, List<ServiceClassStatus> before, List<Request> holders) {
        List<Request> inTheWay;
        boolean isFull;
        if (request.yieldLimit() > 0) {
            inTheWay = holders.stream()
                    .filter(each -> each.serviceClass().yields())
                    .toList();
            isFull = request.serviceClass().yields() && inTheWay.size() >= request.yieldLimit();
        } else {
            ServiceClass into = request.serviceClass();
            boolean ofAll = request.heldUpByTotal();
            inTheWay = holders.stream()
                    .filter(each -> ofAll || each.serviceClass() == into)
                    .toList();
            int kept = before.stream()
                    .filter(each -> ofAll || each.name().equals(into.name()))
                    .mapToInt(ServiceClassStatus::kept)
                    .sum();
            int taken = inTheWay.size() + (request.heldUpByGuarantees() ? kept : 0);
            isFull = taken >= (ofAll ? total : into.settings.maxConcurrency());
            assertThat(ofAll && total == 0).isFalse();
            assertThat(request.heldUpByGuarantees() && kept == 0).isFalse();
        }
        assertThat(isFull).as("what it waits for is not there").isTrue();
        Map<String, Integer> shares = new TreeMap<>();
        inTheWay.forEach(each -> shares.merge(each.account().key().userLoad(), 1, Integer::sum));
        if (inTheWay.isEmpty()) {
            assertThat(request.heldUpByGuarantees()).isTrue();
            assertThat(request.heldBy()).isNull();
        } else {
            int most = Collections.max(shares.values());
            assertThat(shares).containsEntry(Objects.requireNonNull(request.heldBy), most);
            assertThat(request.heldBy()).isEqualTo(request.heldBy + " " + most + " of " + inTheWay.size());
        }
        String by = request.yieldLimit() > 0 ? "gives way" : request.heldUpByTotal() ? "total" : "class";
        heldUpBy.add(request.heldUpByGuarantees() ? by + ", kept" : by);
    }

    private void settle(SchedulerCore core) {
        int[] before = CLASSES.stream().mapToInt(name -> activeIn(core, name)).toArray();
        for (Request decided : core.takeDecided()) {
            switch (Objects.requireNonNull(decided.answer())) {
                case GRANTED -> {
                    granted++;
                    int index = CLASSES.indexOf(decided.serviceClass().name());
                    // From the queue nobody comes in above the MPL, but for those who went on without a free slot.
                    assertThat(before[index])
                            .isLessThanOrEqualTo(decided.serviceClass().settings.maxConcurrency()
                                    + decided.serviceClass().beyond());
                    if (decided.enforceAt > now) {
                        assertThat(decided.queue().enforced(now))
                                .as("who has waited for too long goes next")
                                .isNull();
                    }
                }
                case QUEUE_TIMEOUT, CANCELLED -> gaveUp++;
                default -> refused++;
            }
        }
        assertThat(Arrays.stream(before).sum()).isNotNegative();
    }

    private static int activeIn(SchedulerCore core, String name) {
        return Objects.requireNonNull(core.serviceClass(name)).active();
    }
}
