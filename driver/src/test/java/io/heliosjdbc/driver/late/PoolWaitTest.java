package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for a physical connection, and what others do meanwhile: of one thread, so that it happens where it is written. */
class PoolWaitTest {
    private final OneConnection lender = new OneConnection(Dialect.H2, () -> true);
    private final Binder binder = new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));
    private final Asking asking = new Asking();

    private boolean execute() throws SQLException {
        asking.begin(Asking.FOR_EVER);
        return bind();
    }

    /** Whether it was cancelled. */
    private boolean bind() throws SQLException {
        return Boolean.TRUE.equals(binder.ask(asking, bound -> asking.end()));
    }

    private void cancel() {
        assertThat(asking.cancel()).isTrue();
        binder.breakOff(asking);
    }

    @AfterEach
    void nothingIsLeft() {
        boolean unused = binder.close();
        assertThat(Thread.interrupted()).isFalse();
        lender.checkAllIsBack();
    }

    @Test
    void aCancelEndsIt() {
        lender.whenAsked(() -> {
            cancel();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            throw new SQLException("interrupted");
        });
        assertThatThrownBy(this::execute).hasFieldOrPropertyWithValue("SQLState", "57014");
    }

    @Test
    void aCancelIsHeededThoughTheConnectionCameFirst() throws SQLException {
        lender.whenAsked(this::cancel);
        assertThat(execute()).isTrue();
    }

    @Test
    void aCancelBeforeItBeginsIsHeeded() {
        lender.whenAsked(() -> {
            throw new AssertionError("it waits");
        });
        asking.begin(Asking.FOR_EVER);
        cancel();
        assertThatThrownBy(this::bind).hasFieldOrPropertyWithValue("SQLState", "57014");
    }

    /** Who cancels has seen that the first one asks, and comes to end its wait when that is over. */
    @Test
    void aCancelThatIsLateDoesNotEndAnotherStatements() throws SQLException {
        Asking first = new Asking();
        first.begin(Asking.FOR_EVER);
        assertThat(first.cancel()).isTrue();
        assertThat(first.end()).isTrue();
        lender.whenAsked(() -> {
            binder.breakOff(first);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
        assertThat(execute()).isFalse();
    }

    @Test
    void aCancelThatIsLateDoesNotEndTheNextExecutions() throws SQLException {
        asking.begin(Asking.FOR_EVER);
        assertThat(asking.cancel()).isTrue();
        assertThat(asking.end()).isTrue();
        lender.whenAsked(() -> {
            binder.breakOff(asking);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
        assertThat(execute()).isFalse();
    }

    @Test
    void whatAsksNoMoreIsNotCancelled() throws SQLException {
        assertThat(execute()).isFalse();
        assertThat(asking.cancel()).isFalse();
    }

    @Test
    void whatFailsOtherwiseWaitsNoMore() {
        lender.whenAsked(() -> {
            throw new IllegalStateException("no answer");
        });
        assertThatThrownBy(this::execute).hasMessage("no answer");
        // Whoever closes it finds nobody to interrupt, as the end of each test sees.
    }

    @Test
    void aCloseEndsItWhateverWaits() {
        lender.whenAsked(() -> {
            assertThat(binder.close()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            throw new SQLException("interrupted");
        });
        assertThatThrownBy(() -> binder.work(bound -> true)).hasFieldOrPropertyWithValue("SQLState", "08003");
    }

    /** What becomes of another thread's statement on the same connection while the first one waits; the first goes on. */
    private @Nullable Throwable endOf(Asking second, Runnable meanwhile) throws Exception {
        FutureTask<Boolean> other = new FutureTask<>(() -> binder.ask(second, bound -> true));
        Thread thread = new Thread(other);
        lender.whenAsked(() -> {
            thread.start();
            while (thread.getState() != Thread.State.WAITING && !other.isDone()) {
                Thread.onSpinWait();
            }
            meanwhile.run();
            try {
                thread.join(60_000);
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
            assertThat(thread.isAlive()).isFalse();
        });
        assertThat(execute()).isFalse();
        assertThat(lender.given())
                .as("the second one did not wait for the first")
                .isEqualTo(1);
        try {
            Boolean unused = other.get();
            return null;
        } catch (ExecutionException thrown) {
            return thrown.getCause();
        }
    }

    @Test
    void aCancelEndsItForWhoWaitsBehindAnother() throws Exception {
        Asking second = new Asking();
        second.begin(Asking.FOR_EVER);
        Throwable failure = endOf(second, () -> {
            assertThat(second.cancel()).isTrue();
            binder.breakOff(second);
        });
        assertThat(failure).hasFieldOrPropertyWithValue("SQLState", "57014");
    }

    @Test
    void aQueryTimeoutEndsItForWhoWaitsBehindAnother() throws Exception {
        Asking second = new Asking();
        second.begin(System.nanoTime());
        assertThat(endOf(second, () -> {}))
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessageContaining("another statement of its connection");
    }

    /** A cancel of the one is none of the other's, though both wait. */
    @Test
    void whoWaitsBehindAnotherGoesOnWhenThatIsCancelled() throws Exception {
        Asking second = new Asking();
        second.begin(Asking.FOR_EVER);
        FutureTask<Boolean> other = new FutureTask<>(() -> binder.ask(second, bound -> second.end()));
        Thread thread = new Thread(other);
        lender.whenAsked(() -> {
            lender.whenAsked(() -> {});
            thread.start();
            while (thread.getState() != Thread.State.WAITING && !other.isDone()) {
                Thread.onSpinWait();
            }
            cancel();
            throw new SQLException("interrupted");
        });
        assertThatThrownBy(this::execute).hasFieldOrPropertyWithValue("SQLState", "57014");
        assertThat(other.get()).isFalse();
    }
}
