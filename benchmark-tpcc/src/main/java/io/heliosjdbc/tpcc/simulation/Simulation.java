package io.heliosjdbc.tpcc.simulation;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.scheduler.Admission;
import io.heliosjdbc.scheduler.Ending;
import io.heliosjdbc.scheduler.Estimator;
import io.heliosjdbc.scheduler.Request;
import io.heliosjdbc.scheduler.SchedulerCore;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClass;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.SloComponent;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One run of the thesis's experiment (3.6): 200 terminals, phases of 80 and of 180 percent load, 65 minutes in virtual time. It
 * runs the shipped scheduler core and service level component; only database and terminals are models. The same seed gives
 * the same run. Not thread-safe.
 */
final class Simulation {
    private static final String SERVICE_CLASS = "database";
    private static final double NANOS = 1e9;
    private static final long TELL_EVERY = 1_000_000_000L;
    private static final long MINUTE = 60_000_000_000L;
    private static final Instant OPENED = Instant.EPOCH;

    private static final Map<PriorityClass, Integer> TERMINALS =
            new EnumMap<>(Map.of(PriorityClass.HIGH, 30, PriorityClass.MEDIUM, 70, PriorityClass.LOW, 100));
    /** Relative to a NewOrder's (measured for the thesis's database). */
    private static final Map<TransactionType, Double> WORK = new EnumMap<>(Map.of(
            TransactionType.NEW_ORDER, 1.0,
            TransactionType.PAYMENT, 0.5,
            TransactionType.ORDER_STATUS, 0.4,
            TransactionType.DELIVERY, 4.0,
            TransactionType.STOCK_LEVEL, 1.75));

    /** When each phase begins, and its load; the last one's end. */
    private static final long[] PHASES = {0, 15 * MINUTE, 23 * MINUTE, 38 * MINUTE, 46 * MINUTE, 65 * MINUTE};

    private static final double[] LOADS = {0.8, 1.8, 0.8, 1.8, 0.8};
    private static final long END = PHASES[PHASES.length - 1];

    private final Experiment experiment;
    private final SplittableRandom random;
    private final Map<String, UserLoad> loads;
    private final SloComponent slo;
    private final SchedulerCore core;
    private final ServiceClass serviceClass;
    private final SharedServer server;
    private final double meanCycleSeconds;
    private final List<Terminal> terminals = new ArrayList<>();
    private final PriorityQueue<Terminal> senders =
            new PriorityQueue<>(Comparator.comparingLong((Terminal terminal) -> terminal.sendsAt));
    private final Set<Job> queued = new LinkedHashSet<>();
    private final Outcome outcome = new Outcome();
    private long toldAt = Long.MIN_VALUE / 2;

    /** A run that has not begun. */
    Simulation(Experiment experiment, List<UserLoad> userLoads, long seed) {
        this.experiment = experiment;
        this.random = new SplittableRandom(seed);
        List<UserLoad> promised = userLoads.stream().map(this::forTheExperiment).toList();
        this.loads = new java.util.HashMap<>();
        promised.forEach(load -> loads.put(load.name(), load));
        this.slo = new SloComponent(promised, experiment.degree(), OPENED);
        this.core = new SchedulerCore(
                new SchedulerSettings(
                        experiment.discipline(),
                        0,
                        Long.MAX_VALUE,
                        false,
                        List.of(new ServiceClassSettings(
                                SERVICE_CLASS, experiment.mpl(), 0, Long.MAX_VALUE, false, Double.POSITIVE_INFINITY))),
                (request, concurrency) -> Math.max(
                        1,
                        Math.round(Estimator.LEARNED.remainingNanos(request, concurrency)
                                * ((Job) request.owner()).estimateFactor)));
        this.serviceClass = Objects.requireNonNull(core.serviceClass(SERVICE_CLASS));
        this.meanCycleSeconds =
                meanOver(type -> (type.keying().toNanos() + type.meanThink().toNanos()) / NANOS);
        int all = TERMINALS.values().stream().mapToInt(Integer::intValue).sum();
        this.server = new SharedServer(experiment.capacity() * all / meanCycleSeconds * meanOver(type -> workOf(type)));
    }

    private static double workOf(TransactionType type) {
        return Objects.requireNonNull(WORK.get(type));
    }

    private static double meanOver(java.util.function.ToDoubleFunction<TransactionType> property) {
        double sum = 0;
        int cards = 0;
        for (TransactionType type : TransactionType.values()) {
            sum += type.cards() * property.applyAsDouble(type);
            cards += type.cards();
        }
        return sum / cards;
    }

    /** The measurement interval is the run, and the deadlines hold or not. */
    private UserLoad forTheExperiment(UserLoad load) {
        Guarantee given = Objects.requireNonNull(load.guarantee());
        Penalty penalty = Objects.requireNonNull(given.penalty());
        return new UserLoad(
                load.name(),
                load.serviceClass(),
                load.accountPer(),
                load.matches(),
                load.maxArrivalsPerSecond(),
                new Guarantee(
                        given.name(),
                        given.percentile(),
                        experiment.deadlines() ? given.deadline() : null,
                        given.minTransactionsPerSecond(),
                        given.maxAverageResponseTime(),
                        new Penalty(
                                Duration.ofNanos(END),
                                penalty.valueUnit(),
                                penalty.perPercentagePoints(),
                                penalty.value(),
                                penalty.maximum())));
    }

    /** Runs it to its end. */
    Outcome run() {
        open();
        while (true) {
            Terminal sender = Objects.requireNonNull(senders.peek());
            long done = server.nextDone();
            if (Math.min(sender.sendsAt, done) > END) {
                return close();
            }
            tell(Math.min(sender.sendsAt, done));
            if (done <= sender.sendsAt) {
                finish(done);
            } else {
                send(sender);
            }
        }
    }

    private void tell(long now) {
        if (now - toldAt >= TELL_EVERY) {
            toldAt = now;
            slo.tell(OPENED.plusNanos(now));
        }
    }

    private void open() {
        for (PriorityClass priority : PriorityClass.values()) {
            int count = Objects.requireNonNull(TERMINALS.get(priority));
            for (int i = 0; i < count; i++) {
                Map<TransactionType, Account> accounts = new EnumMap<>(TransactionType.class);
                for (TransactionType type : TransactionType.values()) {
                    accounts.put(type, slo.account(load(type, priority), priority.label() + "-" + i));
                }
                terminals.add(new Terminal(priority, accounts, random.split()));
            }
        }
        for (Terminal terminal : terminals) {
            goOn(terminal, TransactionType.NEW_ORDER, 0);
            senders.remove(terminal);
            // They have been at work before: each is somewhere on its way to the next transaction.
            terminal.sendsAt = Math.round(terminal.sendsAt * random.nextDouble());
            senders.add(terminal);
        }
    }

    private UserLoad load(TransactionType type, PriorityClass priority) {
        return Objects.requireNonNull(loads.get(type.label() + "-" + priority.label()));
    }

    private static double factorAt(long now) {
        int phase = 0;
        while (phase + 1 < LOADS.length && now >= PHASES[phase + 1]) {
            phase++;
        }
        return 1 / LOADS[phase];
    }

    private void goOn(Terminal terminal, TransactionType last, long now) {
        if (experiment.open()) {
            terminal.arrive(meanCycleSeconds, now, factorAt(now));
        } else {
            terminal.think(last, now, factorAt(now));
        }
        senders.add(terminal);
    }

    private void send(Terminal terminal) {
        senders.remove(terminal);
        long now = terminal.sendsAt;
        TransactionType type = terminal.next;
        Job job = new Job(
                terminal,
                type,
                now,
                Gamma.next(terminal.random, workOf(type), experiment.workCv()),
                Math.exp(experiment.estimateError() * terminal.random.nextGaussian()));
        UserLoad load = load(type, terminal.priority);
        RequestType request = slo.requestType(load, type.label(), Math.round(workOf(type) * NANOS));
        job.request.prepare(
                serviceClass, account(job), slo.transactionType(load, type.label()), request, 0, Long.MAX_VALUE);
        if (core.submit(job.request, now) == Admission.GRANTED) {
            server.start(job, now);
        } else {
            queued.add(job);
        }
        startDecided(now);
        if (experiment.open()) {
            goOn(terminal, type, now);
        }
    }

    private static Account account(Job job) {
        return Objects.requireNonNull(job.terminal.accounts.get(job.type));
    }

    private void finish(long now) {
        Job job = Objects.requireNonNull(server.finish(now));
        outcome.finished(job, now, account(job).enforceAt(job.arrival, 0));
        core.complete(job.request, Ending.COMPLETED, now);
        startDecided(now);
        if (!experiment.open()) {
            goOn(job.terminal, job.type, now);
        }
    }

    private void startDecided(long now) {
        for (Request each : core.takeDecided()) {
            Job job = (Job) each.owner();
            queued.remove(job);
            server.start(job, now);
        }
    }

    /** What is still queued and already late has missed its objective. */
    private Outcome close() {
        for (Job job : queued) {
            outcome.stillQueued(job, END);
            if (END - job.arrival > account(job).timelyNanos()) {
                account(job).bookRefused();
            }
        }
        for (Terminal terminal : terminals) {
            terminal.accounts.forEach((type, account) -> outcome.owed(type, terminal.priority, account.due()));
        }
        return outcome;
    }
}
