package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.account;
import static io.heliosjdbc.scheduler.Fixture.serviceClass;
import static io.heliosjdbc.scheduler.Fixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.slo.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories in virtual time: every choice is that of a list which is searched from end to end. */
class DisciplineTest {
    private static final int CLIENTS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "static", "mefi", "kafka", "fisher_krieger", "budget"})
    void everyChoiceIsThatOfTheObviousSearch(String discipline) {
        for (long seed = 1; seed <= 30; seed++) {
            history(discipline, new SplittableRandom(seed));
        }
    }

    private static void history(String discipline, SplittableRandom random) {
        SchedulerCore core = new SchedulerCore(settings(discipline, 0, EVER, serviceClass("fast", 3, CLIENTS, EVER)));
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long[] values = {40, 200, 1000};
            accounts.add(account("load" + i, values[i % 3], i < 3 ? Duration.ofSeconds(30) : null));
        }
        List<Request> idle = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            idle.add(new Request("client-" + i));
        }
        List<Request> queued = new ArrayList<>();
        List<Request> running = new ArrayList<>();
        List<Request> queuedBefore = new ArrayList<>();
        ServiceClass fast = Objects.requireNonNull(core.serviceClass("fast"));
        long now = 0;
        for (int step = 0; step < 600; step++) {
            now += random.nextLong(SECOND);
            int kind = random.nextInt(10);
            if (kind < 5 && !idle.isEmpty()) {
                Request request = idle.remove(random.nextInt(idle.size()));
                Fixture.prepare(
                        request,
                        fast,
                        accounts.get(random.nextInt(accounts.size())),
                        random.nextLong(SECOND / 10, 3 * SECOND),
                        random.nextInt(8) == 0 ? 20 * SECOND : EVER);
                (core.submit(request, now) == null ? queued : running).add(request);
            } else if (kind < 9 && !running.isEmpty()) {
                Request done = running.remove(random.nextInt(running.size()));
                Account account = done.account();
                Request expected = null;
                if (discipline.equals("budget")) {
                    // Its costs follow from forecasts, which are tested for themselves: the search is told what they
                    // are afterwards.
                    queuedBefore.clear();
                    queuedBefore.addAll(queued);
                    core.complete(done, Ending.COMPLETED, now);
                    expected = queued.isEmpty() ? null : search(discipline, queuedBefore, now, account, done);
                } else {
                    expected = queued.isEmpty() ? null : search(discipline, queued, now, account, done);
                    core.complete(done, Ending.COMPLETED, now);
                }
                idle.add(done);
                Request[] decided = core.takeDecided();
                assertThat(decided).hasSize(expected == null ? 0 : 1);
                if (expected != null) {
                    assertThat(decided[0]).isSameAs(expected);
                    queued.remove(expected);
                    running.add(expected);
                }
            } else if (!queued.isEmpty()) {
                Request leaver = queued.remove(random.nextInt(queued.size()));
                core.cancel(leaver, Admission.QUEUE_TIMEOUT, now);
                core.takeDecided();
                idle.add(leaver);
            }
            core.checkInvariants(now);
        }
    }

    /** What the discipline's definition says, after the transaction that ends has been booked on a copy of its account. */
    private static Request search(String discipline, List<Request> queued, long now, Account booked, Request done) {
        double after = penaltyAfter(booked, now - done.arrival());
        long horizon =
                queued.stream().mapToLong(request -> request.estimateNanos).sum();
        Request enforced = queued.stream()
                .filter(request -> request.enforceAt <= now)
                .min(Comparator.<Request>comparingLong(request -> request.enforceAt)
                        .thenComparingLong(request -> request.sequence))
                .orElse(null);
        if (enforced != null) {
            return enforced;
        }
        if (discipline.equals("budget")) {
            return ObviousPlan.best(queued, now);
        }
        Comparator<Request> order = Comparator.comparingDouble(request -> {
            double penalty =
                    request.account() == booked ? after : request.account().penalty();
            double step = now > request.startBy ? 0 : penalty;
            double key = switch (discipline) {
                case "fifo" -> request.sequence;
                case "static" -> -request.account().maximumPenalty();
                case "mefi" -> -step;
                case "kafka" -> -step / request.estimateNanos;
                default -> request.startBy - now < horizon ? -step / request.estimateNanos : 0;
            };
            return key + 0.0; // so that no 0 is negative
        });
        return queued.stream().min(order.thenComparing(Discipline.TIES)).orElseThrow();
    }

    private static double penaltyAfter(Account account, long responseNanos) {
        long transactions = account.transactions() + 1;
        long late = account.late() + (responseNanos > account.timelyNanos() ? 1 : 0);
        double conformance = (double) (transactions - late) / transactions;
        double maximum = account.maximumPenalty();
        double share = conformance >= 0.9 ? (1 - conformance) / (1 - 0.9) : conformance / 0.9;
        return share * share * maximum;
    }
}
