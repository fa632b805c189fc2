package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cancel or an abort that takes its time: the driver opens a connection of its own for it. */
class CancelOnItsWayTest {
    private final OneConnection lender = new OneConnection(Dialect.H2, () -> true);
    private Binder binder = new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch sent = new CountDownLatch(1);
    private final CountDownLatch arrives = new CountDownLatch(1);
    private @Nullable Future<?> cancel;

    @AfterEach
    void allIsBack() throws Exception {
        arrives.countDown();
        Objects.requireNonNull(cancel).get();
        boolean unused = binder.close();
        threads.shutdownNow();
        lender.checkAllIsBack();
    }

    /** A statement that is over when its cancel has been sent, and has not arrived. */
    private void cancelledStatement() throws SQLException {
        boolean unused = binder.work(bound -> {
            cancel = threads.submit(() -> {
                binder.cancel(bound, () -> {
                    sent.countDown();
                    await(arrives);
                });
                return true;
            });
            await(sent);
            return true;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** In a thread of its own, which might wait for ever. */
    private <T> T inTime(Callable<T> call) throws Exception {
        return threads.submit(call).get(30, TimeUnit.SECONDS);
    }

    @Test
    void nobodyElseHasWhatItIsOnItsWayTo() throws Exception {
        cancelledStatement();
        assertThat(lender.isOut()).isTrue();
        Binder other = new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));
        assertThatThrownBy(() -> other.work(bound -> true)).hasMessage("it is out");
        arrives.countDown();
        Objects.requireNonNull(cancel).get();
        assertThat(lender.given()).isEqualTo(1);
    }

    @Test
    void howItStandsCanBeAsked() throws Exception {
        cancelledStatement();
        assertThat(inTime(binder::status).state()).isEqualTo("bound");
        assertThat(inTime(binder::isBound)).isTrue();
    }

    @Test
    void itsConnectionCanBeAborted() throws Exception {
        cancelledStatement();
        assertThat(inTime(() -> binder.abort(Runnable::run))).isTrue();
        assertThat(binder.isClosed()).isTrue();
        arrives.countDown();
        Objects.requireNonNull(cancel).get();
        assertThat(lender.discarded()).isEqualTo(1);
    }

    @Test
    void itsConnectionCanBeClosed() throws Exception {
        cancelledStatement();
        assertThat(inTime(binder::close)).isTrue();
        assertThat(lender.isOut()).isTrue();
        arrives.countDown();
        Objects.requireNonNull(cancel).get();
        assertThat(lender.given()).isEqualTo(1);
    }

    /** Which it would hit. */
    @Test
    void theNextStatementWaitsUntilItHasArrived() throws Exception {
        cancelledStatement();
        FutureTask<Boolean> next = new FutureTask<>(() -> binder.work(bound -> arrives.getCount() == 0));
        Thread works = new Thread(next);
        works.start();
        while (works.getState() != Thread.State.WAITING && !next.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(next.isDone()).isFalse();
        arrives.countDown();
        // In the connection that the first one had, if it comes before that is given back, or in one that it takes
        // anew.
        assertThat(next.get()).isTrue();
    }

    @Test
    void whoWaitsForItIsCancelledInHisTurn() throws Exception {
        cancelledStatement();
        Asking asking = new Asking();
        asking.begin(Asking.FOR_EVER);
        FutureTask<Boolean> next = new FutureTask<>(() -> binder.ask(asking, bound -> true));
        Thread works = new Thread(next);
        works.start();
        while (works.getState() != Thread.State.TIMED_WAITING && !next.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(asking.cancel()).isTrue();
        inTime(() -> {
            binder.breakOff(asking);
            return true;
        });
        assertThatThrownBy(() -> next.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SQLException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void whoWaitsForItHasHisTimeout() throws Exception {
        cancelledStatement();
        Asking asking = new Asking();
        asking.begin(System.nanoTime() + 1);
        assertThatThrownBy(() -> inTime(() -> binder.ask(asking, bound -> true)))
                .cause()
                .isInstanceOf(SQLTimeoutException.class);
    }

    @Test
    void whoWaitsForItIsToldOfAClose() throws Exception {
        cancelledStatement();
        FutureTask<Boolean> next = new FutureTask<>(() -> binder.work(bound -> true));
        Thread works = new Thread(next);
        works.start();
        while (works.getState() != Thread.State.WAITING && !next.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(inTime(() -> binder.abort(Runnable::run))).isTrue();
        assertThatThrownBy(() -> next.get(30, TimeUnit.SECONDS)).hasMessageContaining("has been closed");
    }

    /** As that of a driver does that opens a connection for it: until then it is on its way. */
    private void holdUpAborts() {
        lender.whenCalled(method -> {
            if (method.equals("abort")) {
                sent.countDown();
                await(arrives);
            }
        });
    }

    private void holdsUpNobody(Future<Boolean> ends) throws Exception {
        await(sent);
        assertThat(inTime(binder::isBound)).isNotNull();
        assertThat(inTime(binder::status).state()).isNotNull();
        assertThat(inTime(binder::close)).isFalse();
        assertThat(lender.isOut()).isTrue();
        arrives.countDown();
        assertThat(ends.get()).isTrue();
    }

    private void isEnded(boolean byAbort) throws Exception {
        holdUpAborts();
        CountDownLatch works = new CountDownLatch(1);
        Future<Boolean> statement = threads.submit(() -> binder.work(bound -> {
            works.countDown();
            await(arrives);
            return true;
        }));
        await(works);
        Future<Boolean> ends = threads.submit(() -> byAbort ? binder.abort(Runnable::run) : binder.close());
        cancel = ends;
        holdsUpNobody(ends);
        assertThat(statement.get()).isTrue();
        assertThat(lender.discarded()).isEqualTo(1);
    }

    @Test
    void anAbortHoldsUpNobody() throws Exception {
        isEnded(true);
    }

    @Test
    void aCloseOfWhatIsAtWorkHoldsUpNobody() throws Exception {
        isEnded(false);
    }

    /** Nor is the connection thrown away before. */
    @Test
    void anAbortOfTheTellingHoldsUpNobody() throws Exception {
        SessionState session = new SessionState(new Defaults(Map.of(), Map.of()));
        session.put(Item.CATALOG, "two");
        binder = new Binder(lender, session);
        CountDownLatch tells = new CountDownLatch(1);
        lender.whenCalled(method -> {
            if (method.equals("setCatalog")) {
                tells.countDown();
                await(sent);
            } else if (method.equals("abort")) {
                sent.countDown();
                await(arrives);
            }
        });
        Future<Boolean> statement = threads.submit(() -> binder.work(bound -> true));
        await(tells);
        Future<Boolean> ends = threads.submit(() -> binder.abort(Runnable::run));
        cancel = ends;
        holdsUpNobody(ends);
        assertThatThrownBy(statement::get).hasMessageContaining("has been closed");
        assertThat(lender.discarded()).isEqualTo(1);
    }
}
