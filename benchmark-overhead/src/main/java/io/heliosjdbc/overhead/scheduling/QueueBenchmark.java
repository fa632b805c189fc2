package io.heliosjdbc.overhead.scheduling;

import io.heliosjdbc.scheduler.Ending;
import io.heliosjdbc.scheduler.Request;
import io.heliosjdbc.scheduler.SchedulerCore;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClass;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The thesis's measure (3.7): one request is added to a queue of n, one is chosen, and it is removed. Here the books are part of it:
 * what ran before is completed and booked, which changes what its account's other requests are worth. Virtual time goes on by
 * a share of the limit, so that at any length part of the queue is late and part is not.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls fill() first
public class QueueBenchmark {
    private static final int ACCOUNTS = 1000;
    private static final int KINDS = 10;
    private static final int FEW = 1_000;

    /** As the configuration names it. */
    @Param({"fifo", "static", "mefi", "kafka", "fisher_krieger", "budget"})
    public String discipline;

    /** How many requests wait. */
    @Param({"50", "200", "1000", "10000", "100000", "1000000"})
    public int queued;

    private final Promises promises = new Promises();
    private final SplittableRandom random = new SplittableRandom(7);
    private SchedulerCore core;
    private ServiceClass serviceClass;
    private Request running;
    private long now;
    private long step;

    /** One runs, the others wait; then a while passes, until the queue is as the discipline leaves it. */
    @Setup
    public void fill() {
        core = new SchedulerCore(new SchedulerSettings(
                discipline,
                0,
                Long.MAX_VALUE,
                false,
                List.of(new ServiceClassSettings("class", 1, 0, Long.MAX_VALUE, false, Double.POSITIVE_INFINITY))));
        serviceClass = Objects.requireNonNull(core.serviceClass("class"));
        step = Math.max(1, Promises.LIMIT.toNanos() / queued);
        for (int i = 0; i <= queued; i++) {
            now += step;
            Request request = new Request(i);
            prepare(request, i);
            if (core.submit(request, now) != null) {
                running = request;
            }
        }
        for (int i = 0; i < Math.min(queued, FEW); i++) {
            addScheduleRemove();
        }
    }

    private void prepare(Request request, int n) {
        int account = n % ACCOUNTS;
        int kind = random.nextInt(KINDS);
        RequestType requestType =
                promises.slo.requestType(promises.load(account), "statement " + kind, (kind + 1) * step / KINDS);
        TransactionType transactionType = promises.slo.transactionType(promises.load(account), "transaction " + kind);
        request.prepare(serviceClass, promises.account(account), transactionType, requestType, 0, Long.MAX_VALUE);
    }

    /** What runs ends, the next one is chosen, and who is done asks again. */
    @Benchmark
    public Request addScheduleRemove() {
        Request done = running;
        now += step;
        core.complete(done, Ending.COMPLETED, now);
        running = core.takeDecided()[0];
        core.submit(done, now);
        return running;
    }

    /** How many bytes a queued request holds in the books and in the queue, the request itself included. */
    public static double bytesPerQueued(String discipline, int queued) {
        QueueBenchmark benchmark = new QueueBenchmark();
        benchmark.discipline = discipline;
        benchmark.queued = queued;
        for (int i = 0; i < ACCOUNTS; i++) {
            benchmark.promises.account(i);
        }
        long before = usedAfterCollection();
        benchmark.fill();
        long bytes = usedAfterCollection() - before;
        benchmark.addScheduleRemove();
        return (double) bytes / queued;
    }

    @SuppressWarnings("SystemGc") // the heap in use is what is asked for
    private static long usedAfterCollection() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
