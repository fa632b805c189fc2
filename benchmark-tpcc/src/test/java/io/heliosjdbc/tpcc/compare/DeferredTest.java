package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.audit.Audit;
import io.heliosjdbc.tpcc.audit.Realised;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.measure.Reading;
import io.heliosjdbc.tpcc.promises.Account;
import io.heliosjdbc.tpcc.promises.Terms;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeferredTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long LENGTH = 100 * SECOND;
    private static final Input.Delivery DELIVERY = new Input.Delivery(1, 7);
    private static final Stream STREAM = new Stream(
            "clerks",
            Stream.Work.TRANSACTIONS,
            Mix.TPC_C,
            Closed.WITHOUT_PAUSE,
            3,
            1,
            Presence.THROUGHOUT,
            Map.of(),
            List.of(Terms.of(Duration.ZERO, null)));

    private final AtomicLong now = new AtomicLong();
    private final Clock clock = new Clock(LENGTH, now::get);
    private final Deferred deferred = new Deferred(STREAM, clock, true);
    private final Recorder book = deferred.book();

    @BeforeEach
    void start() {
        clock.start(0);
    }

    private Execution execution(Checkout pool) {
        return new Execution(pool, Dialect.H2, clock, book, new SplittableRandom(1));
    }

    private void addsUp(long completed, long failed, long unfinished) {
        assertThat(book.completed()).isEqualTo(completed);
        assertThat(book.failed()).isEqualTo(failed);
        assertThat(book.unfinished()).isEqualTo(unfinished);
        assertThat(book.offered()).isEqualTo(completed + failed + unfinished);
        assertThat(book.rows()).hasSize((int) book.offered());
    }

    /** A Delivery that is due then. */
    private static Agenda<Input> once(long due) {
        return new Agenda<>() {
            private long at = due;

            @Override
            public Due<Input> next() {
                return new Due<>(DELIVERY, at);
            }

            @Override
            public void answered(Due<Input> answered, long end) {
                at = Long.MAX_VALUE;
            }
        };
    }

    @Test
    void aTerminalHasItsAnswerWhenItsDeliveryIsQueued() throws Exception {
        Recorder ofTerminals = new Recorder(STREAM, LENGTH, true);
        Audit audit = new Audit();
        Checkout nobodyNeedsIt = () -> {
            throw new SQLException("there is no connection");
        };
        now.set(2 * SECOND);
        new Transactor(once(SECOND), clock, ofTerminals, execution(nobodyNeedsIt), deferred, audit).run();
        assertThat(ofTerminals.completed()).isEqualTo(1);
        assertThat(ofTerminals.times().percentile(50).value()).isBetween(1_000.0, 1_001.0);
        assertThat(audit.lines(1, true))
                .filteredOn(band -> band.name().startsWith("Delivery"))
                .extracting(Realised.Band::cases)
                .containsExactly(1L);
        assertThat(book.offered()).as("nobody knows yet what becomes of it").isZero();
    }

    @Test
    void aWorkerExecutesWhatIsQueuedAndSaysWhatItFound() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Connection anchor = target.straight();
                Statement statement = anchor.createStatement()) {
            new Loader(target, new Load(5, Population.SMALL, 1), 1, line -> {}).load(false);
            statement.executeUpdate("UPDATE orders SET o_carrier_id = 1 WHERE o_d_id = 3");
            statement.executeUpdate("DELETE FROM new_order WHERE no_d_id = 3");
            assertThat(deferred.queue(DELIVERY, 0)).isPresent();
            now.set(9 * SECOND);
            Thread worker = new Thread(() -> deferred.work(execution(target::straight)));
            worker.start();
            while (book.answeredSoFar() == 0) {
                Thread.onSpinWait();
            }
            deferred.close();
            worker.join();
        }
        book.close();
        addsUp(1, 0, 0);
        assertThat(book.times().percentile(50).value())
                .as("since it was queued")
                .isBetween(9_000.0, 9_010.0);
        assertThat(book.rows()).extracting(RawData.Row::kind).containsExactly("DeferredDelivery");
        assertThat(deferred.incomplete()).isEqualTo(1);
        assertThat(deferred.skippedDistricts()).isEqualTo(1);
        assertThat(deferred.heldUp()).isZero();
    }

    @Test
    void whatNobodyCameToIsUnfinishedAndLateAfterTpccsLimit() throws Exception {
        now.set(-SECOND);
        assertThat(deferred.queue(DELIVERY, -SECOND)).as("in the warm-up").isPresent();
        now.set(0);
        assertThat(deferred.queue(DELIVERY, 0)).isPresent();
        now.set(50 * SECOND);
        assertThat(deferred.queue(DELIVERY, 50 * SECOND)).isPresent();
        deferred.close();
        assertThat(deferred.queue(DELIVERY, 51 * SECOND))
                .as("nobody would come to it")
                .isEmpty();
        book.close();
        addsUp(0, 0, 2);
        assertThat(book.late()).as("queued for more than 80 s").isEqualTo(1);
        assertThat(book.kept()).extracting(Account.Kept::undecided).containsExactly(1L);
        assertThat(book.penalty()).isZero();
        assertThat(book.times().percentile(100).bound()).isEqualTo(Reading.Bound.AT_LEAST);
    }

    @Test
    void whoFindsTheQueueFullWaitsForRoomUntilTheEnd() throws Exception {
        for (int i = 0; i < STREAM.parallel(); i++) {
            assertThat(deferred.queue(DELIVERY, 0)).isPresent();
        }
        now.set(LENGTH);
        assertThat(deferred.queue(DELIVERY, 90 * SECOND)).isEmpty();
        assertThat(deferred.heldUp()).isZero();
    }

    @Test
    void whatFailsIsToldInItsOwnBook() throws Exception {
        assertThat(deferred.queue(DELIVERY, 0)).isPresent();
        CountDownLatch refused = new CountDownLatch(1);
        Thread worker = new Thread(() -> deferred.work(execution(() -> {
            refused.countDown();
            throw new SQLException("queue full", "53H01");
        })));
        worker.start();
        refused.await();
        deferred.close();
        worker.join();
        addsUp(0, 1, 0);
        assertThat(book.refused()).isEqualTo(1);
        assertThat(book.failures()).containsExactly(Map.entry("53H01 queue full", 1L));
        assertThat(book.withoutSuccess()).containsExactly("no DeferredDelivery of clerks succeeded, and 1 failed");
    }

    /** Who is let in is told in the same figures as who executes all. */
    private Comparison compared() throws IOException {
        Recorder recorder = new Recorder(STREAM, LENGTH, false);
        Part.Result part = new Part.Result(
                Contender.Way.STRAIGHT,
                false,
                Map.of(STREAM, recorder),
                Map.of(STREAM, deferred),
                Map.of(),
                List.of(),
                List.of(),
                List.of());
        return new Comparison(Scenario.read("loose"), Map.of(), List.of(part), Map.of(), "");
    }

    @Test
    void whoeverTurnsDeliveriesAwayIsMarkedInTheTable() throws Exception {
        book.failed(book.taken(Deferred.KIND, 0), SECOND, new SQLException("queue full", "53H01"));
        book.answered(book.taken(Deferred.KIND, 0), 81 * SECOND, true);
        book.answered(book.taken(Deferred.KIND, 0), SECOND, true);
        book.unfinished(book.taken(Deferred.KIND, 99 * SECOND));
        Comparison comparison = compared();
        String note =
                "** straight: of 4 Deliveries that were queued 1 failed (1 refused), 1 were not executed by the end, and 2 were late (80 s);"
                        + " that is in no figure above";
        assertThat(comparison.notes()).containsExactly(note);
        assertThat(comparison.text()).contains(" 0 **", note);
        assertThat(Page.of(new Repetitions(comparison, List.of(comparison.findings()), 1, 1)))
                .contains(note);
        assertThat(comparison.tree().at("/straight/oltp/deliveries").toString())
                .isEqualTo("{\"queued\":4,\"completed\":2,\"failed\":1,\"refused\":1,\"unfinished\":1,\"late\":2}");
    }

    @Test
    void aDeliveryInHandAtTheEndIsNotToldAndABacklogIs() throws Exception {
        book.answered(book.taken(Deferred.KIND, 0), SECOND, true);
        book.unfinished(book.taken(Deferred.KIND, 99 * SECOND));
        assertThat(compared().notes()).as("there is one worker").isEmpty();
        book.unfinished(book.taken(Deferred.KIND, 99 * SECOND));
        assertThat(compared().notes())
                .singleElement()
                .asString()
                .startsWith("** straight: of 3 Deliveries that were queued 0 failed (0 refused), 2 were not executed");
    }
}
