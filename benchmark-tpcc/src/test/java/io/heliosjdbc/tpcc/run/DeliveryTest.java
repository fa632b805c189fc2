package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.measure.Reading;
import io.heliosjdbc.tpcc.pace.DueClock;
import io.heliosjdbc.tpcc.pace.Phases;
import io.heliosjdbc.tpcc.run.Measurements.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long LENGTH = 100 * SECOND;
    private static final Terminal.Profile WHO = new Terminal.Profile("terminal-1", PriorityClass.HIGH);
    private static final Input.Delivery DELIVERY = new Input.Delivery(1, 7);

    private final AtomicLong now = new AtomicLong();
    private final Clock clock = new Clock(LENGTH, now::get);
    private Figures figures;
    private Measurements measurements;

    @BeforeEach
    void open() throws Exception {
        clock.start(0);
        figures = new Figures(LENGTH, Promises.read(List.of()), true, true);
        measurements = new Measurements(figures);
        measurements.terminal(WHO);
    }

    private DeliveryQueue.Entry<Terminal.Profile> queued(DeliveryQueue<Terminal.Profile> queue, long due)
            throws InterruptedException {
        DeliveryQueue.Entry<Terminal.Profile> entry =
                queue.add(WHO, DELIVERY, due).orElseThrow();
        measurements.queued(entry);
        return entry;
    }

    private ByType type() {
        return figures.type(TransactionType.DELIVERY);
    }

    private void addsUp(long offered) {
        assertThat(type().offered()).isEqualTo(offered);
        assertThat(type().count(Outcome.COMMITTED) + type().count(Outcome.FAILED) + type().unfinished())
                .isEqualTo(offered);
        assertThat(figures.rows("helios").get(0).rows()).hasSize((int) offered);
    }

    @Test
    void aTerminalHasItsAnswerWhenItsDeliveryIsQueued() throws Exception {
        DeliveryQueue<Terminal.Profile> queue = new DeliveryQueue<>(3, clock);
        now.set(2 * SECOND);
        queued(queue, SECOND);
        Deliveries deliveries = figures.deliveries();
        assertThat(deliveries.queued()).isEqualTo(1);
        assertThat(deliveries.heldUp()).isZero();
        assertThat(deliveries.queueing.times().percentile(50).value()).isBetween(1_000.0, 1_001.0);
        assertThat(deliveries.queueing.limit()).hasSeconds(5);
        assertThat(type().offered()).as("nobody knows yet what becomes of it").isZero();
        DeliveryQueue.Entry<Terminal.Profile> taken = queue.take().orElseThrow();
        completed(taken, RawData.Outcome.DONE, 61 * SECOND);
        addsUp(1);
        assertThat(type().responses().times().percentile(50).value()).isBetween(60_000.0, 60_060.0);
        assertThat(type().responses().limit()).hasSeconds(80);
        assertThat(type().responses().isKept()).isTrue();
    }

    private void completed(DeliveryQueue.Entry<Terminal.Profile> entry, RawData.Outcome outcome, long end) {
        measurements.completed(
                entry.who(), entry.input(), new Measurements.Ended(outcome, entry.due(), entry.queued(), end));
    }

    @Test
    void whatIsLeftInTheQueueIsUnfinished() throws Exception {
        DeliveryQueue<Terminal.Profile> queue = new DeliveryQueue<>(3, clock);
        queued(queue, 0);
        queued(queue, 50 * SECOND);
        queue.close();
        queue.rest().forEach(measurements::undelivered);
        assertThat(queue.take()).isEmpty();
        addsUp(2);
        assertThat(type().unfinished()).isEqualTo(2);
        assertThat(type().unfinishedLate()).as("due for more than 80 s").isEqualTo(1);
        assertThat(type().responses().isKept()).isFalse();
        assertThat(figures.deliveries().queued()).isEqualTo(2);
    }

    @Test
    void whoFindsTheQueueFullWaitsForRoom() throws Exception {
        DeliveryQueue<Terminal.Profile> queue = new DeliveryQueue<>(1, clock);
        queued(queue, 0);
        FutureTask<Optional<DeliveryQueue.Entry<Terminal.Profile>>> second =
                new FutureTask<>(() -> queue.add(WHO, DELIVERY, 0));
        Thread terminal = new Thread(second);
        terminal.start();
        while (terminal.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        now.set(9 * SECOND);
        assertThat(queue.take().orElseThrow().queued()).isZero();
        DeliveryQueue.Entry<Terminal.Profile> entry = second.get().orElseThrow();
        assertThat(entry.queued()).isEqualTo(9 * SECOND);
        assertThat(entry.heldUp()).isTrue();
        measurements.queued(entry);
        assertThat(figures.deliveries().heldUp()).isEqualTo(1);
        assertThat(figures.deliveries().queueing.withinPercent()).isEqualTo(50);
    }

    @Test
    void whoFindsNoRoomBeforeTheEndIsUnfinished() throws Exception {
        DeliveryQueue<Terminal.Profile> queue = new DeliveryQueue<>(1, clock);
        queued(queue, 0);
        now.set(LENGTH);
        assertThat(queue.add(WHO, DELIVERY, 90 * SECOND)).isEmpty();
        measurements.unqueued(WHO, 90 * SECOND);
        addsUp(1);
        assertThat(figures.deliveries().unqueued()).isEqualTo(1);
        assertThat(figures.deliveries().queueing.times().percentile(100).bound())
                .isEqualTo(Reading.Bound.AT_LEAST);
    }

    /** Tells nobody who it is. */
    private record Straight(Target target, List<String> told) implements Session.Door {
        @Override
        public Connection open() throws SQLException {
            Connection connection = target.straight();
            connection.setAutoCommit(false);
            return connection;
        }

        @Override
        public void tell(Connection connection, Terminal.Profile who) {
            told.add(who.name());
        }
    }

    @Test
    void aTerminalGoesOnWhenItsDeliveryIsQueued() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Connection anchor = target.straight()) {
            assertThat(anchor.isClosed()).isFalse();
            Runs.load(target);
            Clock busy = new Clock(2 * SECOND, () -> now.getAndAdd(SECOND / 1_000));
            busy.start(0);
            Session session =
                    new Session(new Straight(target, new ArrayList<>()), busy, measurements, new SplittableRandom(1));
            SplittableRandom random = new SplittableRandom(1);
            Inputs inputs = Inputs.ofTerminal(0, random, NuRand.draw(random), Population.SMALL, 1);
            DueClock due = new DueClock(Phases.constant(0, Duration.ofSeconds(2)), 0);
            DeliveryQueue<Terminal.Profile> queue = new DeliveryQueue<>(1_000, busy);
            new Terminal(WHO, inputs, due, busy, session, queue, measurements).run();
            assertThat(figures.deliveries().queued()).isGreaterThan(4);
            assertThat(queue.rest()).hasSize((int) figures.deliveries().queued());
            assertThat(type().offered()).as("there is no worker").isZero();
            assertThat(figures.type(TransactionType.NEW_ORDER).count(Outcome.COMMITTED))
                    .isGreaterThan(50);
        }
    }

    @Test
    void aWorkerExecutesWhatIsQueuedAndSaysWhatItFound(@TempDir Path folder) throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Connection anchor = target.straight();
                Statement statement = anchor.createStatement()) {
            Runs.load(target);
            statement.executeUpdate("UPDATE orders SET o_carrier_id = 1 WHERE o_w_id = 1 AND o_d_id = 3");
            statement.executeUpdate("DELETE FROM new_order WHERE no_w_id = 1 AND no_d_id = 3");
            DeliveryQueue<Terminal.Profile> queue = new DeliveryQueue<>(3, clock);
            List<String> told = new ArrayList<>();
            DeliveryQueue.Entry<Terminal.Profile> one =
                    queue.add(WHO, DELIVERY, -SECOND).orElseThrow();
            Terminal.Profile other = new Terminal.Profile("terminal-2", PriorityClass.LOW);
            measurements.terminal(other);
            assertThat(queue.add(other, new Input.Delivery(2, 8), 0)).isPresent();
            queue.close();
            int oldest = number(statement, "SELECT MIN(no_o_id) FROM new_order WHERE no_w_id = 1 AND no_d_id = 1");
            Session session = new Session(new Straight(target, told), clock, measurements, new SplittableRandom(1));
            new DeliveryWorker(queue, session, measurements).run();
            assertThat(told).as("each on behalf of its terminal").containsExactly("terminal-1", "terminal-2");
            assertThat(type().count(Outcome.COMMITTED)).isEqualTo(2);
            Deliveries deliveries = figures.deliveries();
            assertThat(deliveries.skipped().executed()).isEqualTo(2);
            assertThat(deliveries.skipped().incomplete()).isEqualTo(1);
            assertThat(deliveries.skipped().districts()).isEqualTo(1);
            assertThat(deliveries.skipped().isToBeReported())
                    .as("one is not more than one")
                    .isFalse();
            deliveries.executed(
                    one,
                    new Session.Done(RawData.Outcome.DONE, 0, 1, true),
                    Collections.nCopies(Population.DISTRICTS, 0));
            assertThat(deliveries.skipped().isToBeReported()).isTrue();
            assertThat(number(
                            statement,
                            "SELECT COUNT(*) FROM orders WHERE o_carrier_id = 7 AND o_w_id = 1 AND o_id = " + oldest))
                    .isEqualTo(9);
            Path file = folder.resolve("deliveries.csv");
            DeliveryLog.write(file, deliveries.log().subList(0, 2), Population.DISTRICTS);
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).startsWith("terminal,warehouse,carrier,due_s,queued_s,started_s,ended_s,outcome,");
            assertThat(lines.get(1))
                    .startsWith("terminal-1,1,7,-1.000000,0.000000,0.000000,0.000000,done," + oldest + "," + oldest
                            + ",," + oldest + ",");
            assertThat(lines.get(2)).startsWith("terminal-2,2,8,").doesNotContain(",,");
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
