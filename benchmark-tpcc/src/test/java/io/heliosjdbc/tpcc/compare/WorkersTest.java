package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.audit.Audit;
import io.heliosjdbc.tpcc.audit.Realised;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.promises.Terms;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final SplittableRandom PAUSES = new SplittableRandom(1);

    private final Clock clock = new Clock(TimeUnit.HOURS.toNanos(1));

    @BeforeEach
    void start() {
        clock.start(0);
    }

    private Recorder recorder(Stream.Work work) {
        Terms terms = Terms.of(Duration.ZERO, null);
        Stream stream = new Stream(
                "stream", work, Mix.TPC_C, Course.poisson(1), 1, 1, Presence.THROUGHOUT, Map.of(), List.of(terms));
        return new Recorder(stream, clock.length(), true);
    }

    /** One piece of work that is due at the beginning. */
    private static <T> Agenda<T> once(T work) {
        return new Agenda<>() {
            private long at;

            @Override
            public Due<T> next() {
                return new Due<>(work, at);
            }

            @Override
            public void answered(Due<T> due, long end) {
                at = Long.MAX_VALUE;
            }
        };
    }

    private Transactor transactor(
            Agenda<Input> agenda, Checkout pool, Dialect dialect, Recorder recorder, Audit audit) {
        Execution execution = new Execution(pool, dialect, clock, recorder, PAUSES);
        return new Transactor(agenda, clock, recorder, execution, new Deferred(recorder.stream(), clock, true), audit);
    }

    private Asker asker(AnalyticalQuestion question, Checkout pool, Recorder recorder) {
        return new Asker(once(question), pool, Dialect.H2, clock, recorder, PAUSES);
    }

    /** The end comes while one waits for a connection. */
    private Checkout tooLate(Target target) {
        return () -> {
            clock.end();
            return target.straight();
        };
    }

    private static void begunByNobody(Recorder recorder) {
        assertThat(recorder.unfinished())
                .as("failures: %s", recorder.failures())
                .isEqualTo(1);
        assertThat(recorder.offered()).isEqualTo(1);
        RawData.Row row = recorder.rows().get(0);
        assertThat(row.start()).isEqualTo(row.end());
    }

    @Test
    void nobodyBeginsATransactionAfterTheEnd() throws Exception {
        Recorder recorder = recorder(Stream.Work.TRANSACTIONS);
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1)) {
            Input input = new Input.StockLevel(1, 1, 15);
            transactor(once(input), tooLate(target), Dialect.H2, recorder, new Audit())
                    .run();
        }
        begunByNobody(recorder);
    }

    @Test
    void nobodyAsksAQuestionAfterTheEnd() throws Exception {
        Recorder recorder = recorder(Stream.Work.QUESTIONS);
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1)) {
            AnalyticalQuestion question = AnalyticalQuestion.all().get(0);
            asker(question, tooLate(target), recorder).run();
        }
        begunByNobody(recorder);
    }

    /** Of a row that somebody else may have. */
    private static final AnalyticalQuestion FOR_UPDATE =
            new AnalyticalQuestion(1, "What is it?", "SELECT n FROM contested FOR UPDATE");

    /** Somebody else has the row from now on. */
    private static void lock(Connection other) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE contested AS SELECT 1 AS n");
            other.setAutoCommit(false);
            statement.executeUpdate("UPDATE contested SET n = 2");
        }
    }

    /** One that waits no longer for a row. */
    private static Connection impatient(Target target, int millis) throws SQLException {
        Connection connection = target.straight();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT " + millis);
        }
        return connection;
    }

    @Test
    void aQuestionThatCollidesIsAskedAgainAndCountedOnceWithAllOfItsTime() throws Exception {
        Recorder recorder = recorder(Stream.Work.QUESTIONS);
        AtomicInteger taken = new AtomicInteger();
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Connection other = target.straight()) {
            lock(other);
            Checkout pool = () -> {
                if (taken.incrementAndGet() == 3) {
                    other.rollback();
                }
                return impatient(target, 50);
            };
            asker(FOR_UPDATE, pool, recorder).run();
        }
        assertThat(recorder.failures()).isEmpty();
        assertThat(recorder.retries()).isEqualTo(2);
        assertThat(recorder.offered()).isEqualTo(1);
        assertThat(recorder.completed()).isEqualTo(1);
        RawData.Row row = recorder.rows().get(0);
        assertThat(row.outcome()).isEqualTo(RawData.Outcome.DONE);
        assertThat(row.due()).isZero();
        assertThat(row.end() - row.start())
                .as("since the first attempt began")
                .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(50));
    }

    /** The end comes when somebody begins to ask. */
    private Connection ending(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement")) {
                        clock.end();
                    }
                    return method.invoke(real, arguments);
                });
    }

    @Test
    void whatFailsAtTheEndHasNotCollided() throws Exception {
        Recorder recorder = recorder(Stream.Work.QUESTIONS);
        AtomicInteger taken = new AtomicInteger();
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Connection other = target.straight()) {
            lock(other);
            Checkout pool = () -> {
                taken.incrementAndGet();
                return ending(impatient(target, 1));
            };
            asker(FOR_UPDATE, pool, recorder).run();
        }
        assertThat(taken).hasValue(1);
        assertThat(recorder.retries()).isZero();
        assertThat(recorder.failed()).isEqualTo(1);
    }

    /** Closes, and complains of it, as a pool does that cannot bring a connection back to where it was. */
    private static Connection complaining(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (method.getName().equals("close")) {
                            throw new SQLException("cannot be given back", "08006");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aConnectionThatCannotBeClosedDoesNotCountATransactionTwice() throws Exception {
        Recorder recorder = recorder(Stream.Work.TRANSACTIONS);
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Connection keepsItAlive = target.straight()) {
            new Loader(target, new Load(5, Population.SMALL, 1), 1, line -> {}).load(false);
            Input input = new Input.StockLevel(1, 1, 15);
            Checkout pool = () -> complaining(target.straight());
            transactor(once(input), pool, Dialect.of(keepsItAlive), recorder, new Audit())
                    .run();
        }
        assertThat(recorder.offered()).isEqualTo(1);
        assertThat(recorder.answered()).isZero();
        assertThat(recorder.failures()).containsExactly(Map.entry("08006 cannot be given back", 1L));
    }

    @Test
    void whatWasAnsweredIsHeldAgainstTheBandsOfAnAudit() throws Exception {
        Recorder recorder = recorder(Stream.Work.TRANSACTIONS);
        Audit audit = new Audit();
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Connection keepsItAlive = target.straight()) {
            new Loader(target, new Load(5, Population.SMALL, 1), 1, line -> {}).load(false);
            Input input = new Input.StockLevel(1, 1, 15);
            transactor(once(input), target::straight, Dialect.of(keepsItAlive), recorder, audit)
                    .run();
            transactor(once(input), () -> broken(target.straight()), Dialect.H2, recorder, audit)
                    .run();
        }
        assertThat(recorder.offered()).isEqualTo(2);
        assertThat(audit.lines(1, true))
                .filteredOn(line -> line.name().startsWith("StockLevel"))
                .extracting(Realised.Band::text)
                .containsExactly("StockLevel, % of all 100.00 of 1 (4.000 to 100.0): within");
        assertThat(audit.lines(1, true))
                .filteredOn(line -> line.value() == null)
                .isNotEmpty();
        assertThat(audit.lines(1, false))
                .as("where the mix is not TPC-C's to judge")
                .hasSize(5)
                .noneMatch(line -> line.name().endsWith("of all"));
    }

    /** Whose transactions fail, and whose rollback then fails too. */
    private static Connection broken(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "prepareStatement" -> throw new SQLException("the table is gone", "42P01");
                        case "rollback" -> throw new SQLException("the connection is closed", "08003");
                        default -> {
                            return method.invoke(real, arguments);
                        }
                    }
                });
    }

    @Test
    void whatFailedFirstIsToldThoughItCannotBeRolledBack() throws Exception {
        Recorder recorder = recorder(Stream.Work.TRANSACTIONS);
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1)) {
            Input input = new Input.StockLevel(1, 1, 15);
            transactor(once(input), () -> broken(target.straight()), Dialect.H2, recorder, new Audit())
                    .run();
        }
        assertThat(recorder.failures()).containsExactly(Map.entry("42P01 the table is gone", 1L));
    }

    /** Ten a second, for an hour. */
    private static Agenda<Input> arrivals() {
        return new Arrivals<>(
                new Course(new Course.Constant(), 10, List.of()).instants(new SplittableRandom(1), 0),
                Long.MAX_VALUE,
                () -> new Input.StockLevel(1, 1, 15));
    }

    @Test
    void whatNobodyCameToIsUnfinishedWhenAllAreStuck() throws Exception {
        Recorder recorder = recorder(Stream.Work.TRANSACTIONS);
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Transactor stuck = transactor(
                arrivals(),
                () -> {
                    waiting.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new SQLException("interrupted", e);
                    }
                    throw new SQLException("nobody waits for this");
                },
                Dialect.H2,
                recorder,
                new Audit());
        Thread thread = new Thread(stuck, "stuck");
        thread.start();
        waiting.await();
        stuck.leave();
        recorder.close();
        assertThat(recorder.offered()).isEqualTo(36_000);
        assertThat(recorder.unfinished()).isEqualTo(36_000);
        thread.interrupt();
        thread.join();
        assertThat(recorder.offered()).isEqualTo(36_000);
        assertThat(recorder.failures()).isEmpty();
    }

    @Test
    void whoAsksWithoutAPauseHasOneAfterAFailure() {
        AnalyticalQuestion question = AnalyticalQuestion.all().get(0);
        Agenda<AnalyticalQuestion> agenda = new WithoutPause(() -> question, Presence.THROUGHOUT.notBefore(0));
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Agenda.Due<AnalyticalQuestion> due = agenda.next();
            millis.add(TimeUnit.NANOSECONDS.toMillis(due.at()));
            agenda.failed(due, due.at());
        }
        assertThat(millis).containsExactly(0L, 100L, 300L, 700L, 1500L, 2500L);
        agenda.answered(agenda.next(), 5);
        assertThat(agenda.next().at()).isEqualTo(5);
        agenda.failed(agenda.next(), 5);
        assertThat(agenda.next().at()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100) + 5);
    }

    @Test
    void atATerminalWithoutThinkTimesThereIsOneToo() {
        Inputs inputs = new Inputs(
                new SplittableRandom(1), Mix.TPC_C, NuRand.draw(new SplittableRandom(1)), Population.SMALL, 1, 1, 1);
        Agenda<Input> agenda = new AtTerminal(inputs, Closed.WITHOUT_PAUSE, Presence.THROUGHOUT.notBefore(0));
        agenda.failed(agenda.next(), 5);
        assertThat(agenda.next().at()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100) + 5);
    }
}
