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

/** A cancel that takes its time: the driver opens a connection of its own for it. */
class CancelOnItsWayTest {
    private final OneConnection lender = new OneConnection(Dialect.H2, () -> true);
    private final Binder binder = new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));
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
}
