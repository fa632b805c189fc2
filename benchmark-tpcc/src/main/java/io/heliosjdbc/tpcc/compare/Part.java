package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Reason;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.audit.Audit;
import io.heliosjdbc.tpcc.audit.Realised;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.measure.Clock;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/** Puts the scenario's load on one contender: warm-up, measurement, end. The load follows from the seed. One use only. */
final class Part {
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long TELL_EVERY = TimeUnit.SECONDS.toNanos(5);

    /**
     * What came of it.
     *
     * @param late whether its connections were bound late; false without Helios
     * @param recorders of every stream
     * @param deferred the Deliveries of every stream that has any
     * @param sights what could be seen of queues and limits, by name, each half second; NaN where there was nothing to see
     * @param audit what an audit of TPC-C looks at, of the transactions that were answered; not their mix where a stream has one of its own
     * @param done what was done to Helios in the meantime, in the order of time
     */
    record Result(
            Contender.Way way,
            boolean late,
            Map<Stream, Recorder> recorders,
            Map<Stream, Deferred> deferred,
            Map<String, double[]> sights,
            List<Realised.Band> audit,
            List<Event> done,
            List<String> faults) {

        /** For people. */
        String title() {
            return way.title(late);
        }

        /** All that was recorded of a stream. */
        java.util.stream.Stream<Recorder> books(Stream stream) {
            return java.util.stream.Stream.concat(
                    java.util.stream.Stream.ofNullable(recorders.get(stream)),
                    java.util.stream.Stream.ofNullable(deferred.get(stream)).map(Deferred::book));
        }

        /** The greatest value of a sight; NaN where there was nothing to see. */
        double most(String sight) {
            return seen(sight).max().orElse(Double.NaN);
        }

        /** The mean of a sight; NaN where there was nothing to see. */
        double mean(String sight) {
            return seen(sight).average().orElse(Double.NaN);
        }

        /** Which questions were asked and had no answer within the measurement: what was answered per hour is the others. */
        List<String> unansweredQuestions() {
            Map<String, Long> answered = new LinkedHashMap<>();
            recorders.values().stream()
                    .filter(each -> each.stream().work() == Stream.Work.QUESTIONS)
                    .forEach(each ->
                            each.kinds().forEach((name, kind) -> answered.merge(name, kind.answered(), Long::sum)));
            return answered.entrySet().stream()
                    .filter(each -> each.getValue() == 0)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** What Helios did of its own accord; nothing where it is not there. */
        List<Event> actions() {
            return Actions.of(sights, Duration.ofNanos(LOOK_EVERY));
        }

        private DoubleStream seen(String sight) {
            return Arrays.stream(sights.getOrDefault(sight, new double[0])).filter(Double::isFinite);
        }
    }

    /**
     * What all parts have in common.
     *
     * @param amendments what takes the place of the agreement, and when
     * @param raw whether everything offered is kept as a row
     * @param drain for how long what is under way at the end is waited for; whoever has not ended then is stuck
     */
    record Settings(
            NuRand nuRand,
            Population population,
            int warehouses,
            List<AnalyticalQuestion> questions,
            Dialect dialect,
            Backends backends,
            Duration warmup,
            Duration duration,
            List<Amendment> amendments,
            long seed,
            boolean raw,
            Duration drain) {}

    private final Contender contender;
    private final Settings settings;
    private final Consumer<String> progress;
    private final Clock clock;
    private final Map<Stream, Recorder> recorders = new LinkedHashMap<>();
    private final Map<Stream, Deferred> deferred = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Worker<?>> workers = new ArrayList<>();
    private final List<Asker> askers = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final Audit audit = new Audit();
    private final Map<String, double[]> sights = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Event> done = new ConcurrentLinkedQueue<>();

    Part(Contender contender, Settings settings, Consumer<String> progress) {
        this.contender = contender;
        this.settings = settings;
        this.progress = progress;
        this.clock = new Clock(settings.duration().toNanos());
    }

    /** Whatever ends it, what it began has ended then, as far as that can be. */
    Result run() throws InterruptedException {
        try {
            draw();
            // After that: nobody is charged for the drawing.
            clock.start(settings.warmup().toNanos());
            threads.forEach(Thread::start);
            follow();
        } finally {
            end();
        }
        faults.addAll(neverSucceeded(recorders.values()));
        deferred.values().forEach(each -> faults.addAll(each.book().withoutSuccess()));
        try {
            contender.refusals().forEach(this::fault);
        } catch (SQLException e) {
            fault("asking Helios what it refused: " + Reason.of(e));
        }
        return result();
    }

    /** What there is so far. */
    Result result() {
        return new Result(
                contender.way(),
                contender.isLate(),
                recorders,
                deferred,
                sights,
                audit.lines(settings.warehouses(), contender.streams().stream().noneMatch(Stream::hasMixOfItsOwn)),
                List.copyOf(done),
                List.copyOf(faults));
    }

    /** What everybody has to do, and who does it; nobody does anything yet. */
    private void draw() {
        Agendas agendas = new Agendas(
                settings.seed(),
                settings.warmup(),
                settings.nuRand(),
                settings.population(),
                settings.warehouses(),
                settings.questions());
        // Transactions first: without the questions they must be the same.
        for (Stream stream : contender.streams().stream()
                .sorted(Comparator.comparing(Stream::work))
                .toList()) {
            Recorder recorder = new Recorder(stream, settings.duration().toNanos(), settings.raw());
            recorders.put(stream, recorder);
            List<? extends Worker<?>> ofStream = workers(stream, agendas, recorder);
            workers.addAll(ofStream);
            for (int i = 0; i < ofStream.size(); i++) {
                thread(stream.name() + "-" + (i + 1), ofStream.get(i));
            }
        }
        thread("amendments", this::amend);
    }

    private List<? extends Worker<?>> workers(Stream stream, Agendas agendas, Recorder recorder) {
        Checkout pool = contender.checkout(stream);
        if (stream.work() == Stream.Work.TRANSACTIONS) {
            Deferred deliveries = new Deferred(stream, clock, settings.raw());
            if (stream.mix().has(TransactionType.DELIVERY)) {
                deferred.put(stream, deliveries);
            }
            for (int i = 1; i <= stream.deliveryWorkers(); i++) {
                Execution execution =
                        new Execution(pool, settings.dialect(), clock, deliveries.book(), agendas.pauses());
                thread(stream.name() + "-delivery-" + i, () -> deliveries.work(execution));
            }
            return agendas.ofTransactions(stream).stream()
                    .map(agenda -> new Transactor(
                            agenda,
                            clock,
                            recorder,
                            new Execution(pool, settings.dialect(), clock, recorder, agendas.pauses()),
                            deliveries,
                            audit))
                    .toList();
        }
        List<Asker> asking = agendas.ofQuestions(stream).stream()
                .map(agenda -> new Asker(agenda, pool, settings.dialect(), clock, recorder, agendas.pauses()))
                .toList();
        askers.addAll(asking);
        return asking;
    }

    /** Puts one agreement after the other in place, each when its time has come. */
    private void amend() {
        try {
            for (Amendment amendment : settings.amendments()) {
                if (clock.waitFor(amendment.from().toNanos())) {
                    contender
                            .amend(amendment)
                            .ifPresent(what -> done.add(new Event(Duration.ofNanos(clock.now()), what)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | SQLException e) {
            fault("amending the agreement: " + e);
        }
    }

    private void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> fault(t.getName() + " died: " + e));
        threads.add(thread);
    }

    /** What happens each half second, or to each worker, is told once, and no password in it. */
    private void fault(String fault) {
        String told = Redaction.of(fault);
        if (!faults.contains(told)) {
            faults.add(told);
        }
    }

    private void follow() throws InterruptedException {
        long told = clock.now();
        for (long next = told; clock.waitFor(next); next = nextLook(clock.now())) {
            long now = clock.now();
            look(now);
            if (now - told >= TELL_EVERY) {
                told = now;
                tell(now);
            }
        }
        clock.waitForEnd();
    }

    /** When somebody looks again who has looked until now: what has been missed meanwhile nobody has seen. */
    static long nextLook(long now) {
        return (Math.floorDiv(now, LOOK_EVERY) + 1) * LOOK_EVERY;
    }

    /**
     * Looks once. Where nothing can be seen the load goes on all the same.
     *
     * @param now when it is that somebody looks
     */
    void look(long now) {
        int index = (int) Math.floorDiv(now, LOOK_EVERY);
        if (index < 0 || index > clock.length() / LOOK_EVERY) {
            return;
        }
        Map<String, Double> seen = contender.waiting();
        try {
            seen.putAll(contender.classes());
        } catch (SQLException e) {
            fault("looking at Helios's queues: " + Reason.of(e));
        }
        try {
            seen.putAll(settings.backends().count(contender.onlooking()));
        } catch (SQLException e) {
            fault("looking at the database's connections: " + Reason.of(e));
        }
        seen.forEach((name, value) -> sights.computeIfAbsent(name, each -> {
            double[] values = new double[(int) (clock.length() / LOOK_EVERY) + 1];
            Arrays.fill(values, Double.NaN);
            return values;
        })[index] = value);
    }

    private void tell(long now) {
        StringBuilder line = new StringBuilder(contender.title()).append(": ");
        if (now < 0) {
            line.append(String.format(Locale.ROOT, "warm-up, %d s left", -now / 1_000_000_000));
        } else {
            line.append(String.format(Locale.ROOT, "%d s of %d", now / 1_000_000_000, clock.length() / 1_000_000_000));
            recorders.forEach((stream, recorder) ->
                    line.append(String.format(Locale.ROOT, ", %s %d done", stream.name(), recorder.answeredSoFar())));
        }
        progress.accept(line.toString());
    }

    /** Nobody begins anything any more; questions that run are cancelled, transactions may end. What is stuck is unfinished. */
    private void end() throws InterruptedException {
        clock.end();
        deferred.values().forEach(Deferred::close);
        long deadline = System.nanoTime() + settings.drain().toNanos();
        for (Thread thread : threads) {
            while (thread.isAlive() && System.nanoTime() < deadline) {
                cancelQuestions(deadline);
                thread.join(50);
            }
        }
        List<Thread> stuck = threads.stream().filter(Thread::isAlive).toList();
        // First: whoever is interrupted may go on where he stood.
        workers.forEach(Worker::leave);
        recorders.values().forEach(Recorder::close);
        deferred.values().forEach(each -> each.book().close());
        for (Thread thread : stuck) {
            faults.add(thread.getName() + " did not end within " + Course.seconds(settings.drain()));
            thread.interrupt();
        }
    }

    /** For people: kinds of work that are not done at all, whatever the others come to. */
    static List<String> neverSucceeded(Collection<Recorder> recorders) {
        List<String> faults = new ArrayList<>();
        recorders.forEach(each -> faults.addAll(each.withoutSuccess()));
        boolean any = recorders.stream()
                .filter(each -> each.stream().work() == Stream.Work.TRANSACTIONS)
                .anyMatch(each -> each.completed() + each.unfinished() > 0);
        if (!any) {
            // That nothing was answered because everyone waited is a result, too; that nothing was there, or all
            // failed, is none.
            faults.add("no transaction was completed, and none was under way at the end");
        }
        return faults;
    }

    /** Each may take its time, and they are many. */
    private void cancelQuestions(long deadline) {
        for (Asker asker : askers) {
            if (System.nanoTime() >= deadline) {
                return;
            }
            try {
                asker.cancel();
            } catch (SQLException e) {
                fault("cancelling: " + Reason.of(e));
            }
        }
    }
}
