package io.heliosjdbc.overhead.scheduling;

import io.heliosjdbc.scheduler.Admission;
import io.heliosjdbc.scheduler.Ending;
import io.heliosjdbc.scheduler.Request;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A slot taken and given back, and the JDK's fair semaphore as the twin: it counts slots too, and knows nobody. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class SlotBenchmark {
    /** How many slots there are. */
    @Param({"8"})
    public int slots;

    /** For how much work, in units of about a nanosecond, a slot is held. */
    @Param({"0"})
    public int tokens;

    private WorkloadScheduler scheduler;
    private Semaphore semaphore;
    private Promises promises;
    private final AtomicInteger threads = new AtomicInteger();

    /** One thread's claim. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls prepare() first
    public static class Claim {
        private Request request;

        /** Says what it is for. */
        @Setup
        public void prepare(SlotBenchmark benchmark) {
            int n = benchmark.threads.getAndIncrement();
            request = new Request(n);
            benchmark.prepare(request);
        }
    }

    /** Opens both. */
    @Setup(Level.Trial)
    public void open() {
        promises = new Promises();
        semaphore = new Semaphore(slots, true);
        scheduler = new WorkloadScheduler(
                new SchedulerSettings(
                        "budget",
                        0,
                        Long.MAX_VALUE,
                        false,
                        List.of(new ServiceClassSettings(
                                "class", slots, 0, Long.MAX_VALUE, false, Double.POSITIVE_INFINITY))),
                System::nanoTime);
    }

    /** Closes the scheduler. */
    @TearDown(Level.Trial)
    public void close() {
        scheduler.close();
    }

    /** All of one load, so that none has a right to go before the others. */
    private void prepare(Request request) {
        request.prepare(
                Objects.requireNonNull(scheduler.serviceClass("class")),
                promises.account(0),
                promises.slo.transactionType(promises.load(0), "transaction"),
                promises.slo.requestType(promises.load(0), "statement", 1_000_000),
                0,
                Long.MAX_VALUE);
    }

    /** Of the scheduler: priced where it has to wait, booked at its end. */
    @Benchmark
    public Admission scheduler(Claim claim) {
        Admission admission = scheduler.acquire(claim.request, Long.MAX_VALUE);
        Blackhole.consumeCPU(tokens);
        scheduler.release(claim.request, Ending.COMPLETED, System.nanoTime());
        return admission;
    }

    /** Of the semaphore, in the order of arrival. */
    @Benchmark
    public int semaphore() {
        semaphore.acquireUninterruptibly();
        Blackhole.consumeCPU(tokens);
        semaphore.release();
        return slots;
    }
}
