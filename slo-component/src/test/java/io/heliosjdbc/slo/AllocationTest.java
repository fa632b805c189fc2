package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.UserLoad;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs under the scheduler's lock, and finding it, leaves no garbage. */
class AllocationTest {
    private static final int ROUNDS = 20_000;

    private final UserLoad load = Loads.load(
            "checkout",
            AccountPer.CLIENT,
            new Guarantee(
                    "all",
                    Loads.SAMPLE.percentile(),
                    new DeadlineObjective.Dynamic(90),
                    null,
                    null,
                    Loads.SAMPLE.penalty()));
    private final SloComponent books = new SloComponent(List.of(load), SloComponent.DEFAULT_DEGREE, Loads.OPENED);
    private double result;

    @Test
    void hotPathAllocatesNothing() {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM counts no allocation");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(ROUNDS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(result).isPositive();
        // Less than a byte to a round: the JVM's own traces, if any.
        assertThat(allocated).isLessThan(ROUNDS);
    }

    /** Names come from applications: an account that was looked up only is small, and one that is used is not large. */
    @Test
    void anAccountWithADynamicDeadlineTakesWhatItHasSeen() {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM counts no allocation");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int accounts = 1_000;
        books.account(load, "first").book(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < accounts; i++) {
            result += books.account(load, "client-" + i).conformance();
        }
        long opened = threads.getCurrentThreadAllocatedBytes();
        assertThat((opened - before) / accounts).isLessThan(1_000);
        for (int i = 0; i < 30 * accounts; i++) {
            books.account(load, "client-" + i % accounts).book(5_000_000L + i % 30 * 1_000_000L);
        }
        long names = 30L * 80;
        assertThat((threads.getCurrentThreadAllocatedBytes() - opened) / accounts - names)
                .isLessThan(4_000);
    }

    private void run(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Account account = books.account(load, "client");
            RequestType request = books.requestType(load, "SELECT ?", 1_000_000);
            TransactionType transaction = books.transactionType(load, "NewOrder");
            long remaining = transaction.remainingNanos(request, 1 + i % 10);
            result += account.startBy(i, remaining) + (double) account.enforceAt(i, remaining);
            result += account.penalty() + account.conformance() + request.estimateNanos(1 + i % 10);
            request.observe(1 + i % 10, 1_000L * i);
            transaction.observe(1 + i % 5, 5_000L * i, 1 + i % 10);
            account.book(1_000_000L * (i % 6_000));
            if (i % 100 == 0) {
                account.bookRefused();
            }
        }
    }
}
