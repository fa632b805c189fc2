package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.account;
import static io.heliosjdbc.scheduler.Fixture.prepare;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.slo.Account;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal requests of one load get equal service under every discipline: none waits while others of its kind overtake it. */
class EqualServiceTest {
    private static final int TERMINALS = 50;
    private static final int SLOTS = 4;

    private record Running(Request request, long until) {}

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "static", "mefi", "kafka", "fisher_krieger", "budget"})
    void theLongestWaitOfEqualsIsAFewTimesTheMedian(String discipline) {
        SplittableRandom random = new SplittableRandom(5);
        SchedulerCore core = new SchedulerCore(Fixture.settings(
                discipline,
                0,
                EVER,
                new ServiceClassSettings("class", SLOTS, 0, EVER, false, Double.POSITIVE_INFINITY)));
        ServiceClass into = Objects.requireNonNull(core.serviceClass("class"));
        Account account = account("load", 200, null);
        PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::until));
        List<Long> waits = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < TERMINALS; i++) {
            Request request = prepare(new Request(i), into, account, SECOND / 10, EVER);
            if (core.submit(request, now) == Admission.GRANTED) {
                running.add(new Running(request, now + time(random)));
            }
        }
        for (int i = 0; i < 20_000; i++) {
            Running done = Objects.requireNonNull(running.poll());
            now = done.until();
            core.complete(done.request(), Ending.COMPLETED, now);
            waits.add(done.request().waitedNanos());
            assertThat(core.submit(done.request(), now)).isNull();
            for (Request each : core.takeDecided()) {
                running.add(new Running(each, now + time(random)));
            }
        }
        long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
        assertThat(sorted[sorted.length - 1]).isLessThan(4 * sorted[sorted.length / 2]);
        assertThat(Arrays.stream(sorted).filter(each -> each > 0).count()).isGreaterThan(sorted.length / 2);
    }

    private static long time(SplittableRandom random) {
        return 1 + random.nextLong(SECOND / 5);
    }
}
