package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pin ends when the server says that nothing is left of it: what others do to the connection in the middle of that question. */
class PinEndTest {
    private static final Classifier CLASSIFIER =
            new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), Agreements.builtIn());

    private final OneConnection lender = new OneConnection(Dialect.POSTGRESQL, this::answer);
    private final Binder binder = new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));
    private Meanwhile meanwhile = () -> {};
    private boolean nothingIsLeft;
    private int questions;

    /** What happens while the server is asked. */
    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws SQLException;
    }

    private boolean answer() throws SQLException {
        questions++;
        meanwhile.happens();
        return nothingIsLeft;
    }

    private Binding execute(String sql) throws SQLException {
        return binder.work(bound -> {
            binder.before(bound, CLASSIFIER.profile(sql));
            return bound;
        });
    }

    @AfterEach
    void allIsBack() {
        boolean unused = binder.close();
        lender.checkAllIsBack();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "abort", "drop"})
    void whoLeavesInItsMiddleGivesUpWhatIsLeft(String how) throws SQLException {
        Binding unused = execute("LISTEN news");
        meanwhile = () -> {
            switch (how) {
                case "close" -> assertThat(binder.close()).isTrue();
                case "abort" -> assertThat(binder.abort(Runnable::run)).isTrue();
                default -> binder.drop();
            }
        };
        unused = execute("UNLISTEN news");
        assertThat(questions).isEqualTo(2);
        assertThat(binder.isBound()).isFalse();
        lender.checkAllIsBack();
        assertThat(lender.given()).as("what is left in it is nobody else's").isZero();
    }

    @Test
    void aCancelDoesNotReachTheQuestion() throws SQLException {
        Binding pinned = execute("LISTEN news");
        boolean[] reached = new boolean[1];
        meanwhile = () -> binder.cancel(pinned, () -> reached[0] = true);
        nothingIsLeft = true;
        Binding unused = execute("UNLISTEN news");
        assertThat(reached[0]).isFalse();
        assertThat(binder.isPinned()).isFalse();
        assertThat(lender.given()).isEqualTo(1);
    }

    /** It would be lost else: a connection that is not pinned is told when it is bound, one that stays pinned is not. */
    @Test
    void whatItIsToldInTheMiddleReachesWhatStaysPinned() throws Exception {
        Binding pinned = execute("LISTEN news");
        FutureTask<Boolean> told = new FutureTask<>(() -> binder.workIfBound(false, bound -> bound == pinned));
        Thread teller = new Thread(told);
        meanwhile = () -> {
            teller.start();
            while (teller.getState() != Thread.State.WAITING && !told.isDone()) {
                Thread.onSpinWait();
            }
        };
        Binding unused = execute("UNLISTEN news");
        assertThat(told.get()).isTrue();
        assertThat(binder.isPinned()).isTrue();
    }

    @Test
    void whatCouldNotBeAskedIsAskedAgain() throws SQLException {
        Binding unused = execute("LISTEN news");
        meanwhile = () -> {
            meanwhile = () -> {};
            throw new SQLException("a cancel that came late", "57014");
        };
        nothingIsLeft = true;
        unused = execute("UNLISTEN news");
        assertThat(binder.isPinned()).isTrue();
        unused = execute("SELECT 1");
        assertThat(binder.isPinned()).isFalse();
        assertThat(lender.given()).isEqualTo(1);
    }

    /** A large object that another thread reads, say: it came too late, and is gone with the session. */
    @Test
    void whoPinsWhatIsBeingGivenBackPinsNothingLater() throws SQLException {
        boolean[] pinned = new boolean[1];
        lender.whenCalled(method -> {
            if (method.equals("getWarnings") && !pinned[0]) {
                pinned[0] = true;
                binder.pin("a large object or an array");
            }
        });
        Binding former = execute("SELECT 1");
        assertThat(pinned[0]).isTrue();
        assertThat(binder.isBound()).isFalse();
        assertThat(lender.pins().count()).isZero();
        assertThat(execute("SELECT 1")).isNotSameAs(former);
        assertThat(binder.isBound()).isFalse();
    }

    /** A large object, say: what the server was asked about is over, and that has just begun. */
    @Test
    void whoPinsForGoodInItsMiddleStaysPinned() throws SQLException {
        Binding pinned = execute("LISTEN news");
        nothingIsLeft = true;
        meanwhile = () -> binder.pin("a large object or an array");
        Binding unused = execute("UNLISTEN news");
        assertThat(binder.isPinned()).isTrue();
        assertThat(execute("SELECT 1")).isSameAs(pinned);
        assertThat(binder.close()).isTrue();
        assertThat(lender.discarded()).isEqualTo(1);
    }

    /** Of the question nobody knows what came; the session is as it was, but nobody else's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsAskedMayThrowAnything(boolean isError) throws SQLException {
        Binding pinned = execute("LISTEN news");
        int before = questions;
        meanwhile = () -> {
            if (isError) {
                throw new AssertionError("no answer");
            }
            throw new IllegalStateException("no answer");
        };
        nothingIsLeft = true;
        if (isError) {
            assertThatThrownBy(() -> execute("UNLISTEN news")).hasMessage("no answer");
        } else {
            assertThat(execute("UNLISTEN news")).isSameAs(pinned);
        }
        assertThat(execute("SELECT 1")).isSameAs(pinned);
        assertThat(binder.isPinned()).isTrue();
        assertThat(questions).isEqualTo(before + 1);
        assertThat(binder.close()).isTrue();
        assertThat(lender.discarded()).isEqualTo(1);
    }

    /** It is asked under autocommit. */
    @Test
    void whatIsAskedInVainLeavesAutocommitAsItWas() throws SQLException {
        binder.autoCommit(false);
        Binding pinned = execute("LISTEN news");
        int before = questions;
        meanwhile = () -> {
            throw new SQLException("a cancel that came late", "57014");
        };
        assertThat(binder.end(true, physical -> {})).isTrue();
        assertThat(questions).isEqualTo(before + 1);
        assertThat(pinned.physical().autoCommit()).isFalse();
    }

    /** What it is left in cannot be known. */
    @Test
    void whoseAutocommitCannotBeSwitchedBackIsThrownAway() throws SQLException {
        binder.autoCommit(false);
        Binding unused = execute("LISTEN news");
        meanwhile = () -> lender.whenCalled(method -> {
            if (method.equals("setAutoCommit")) {
                throw new IllegalStateException("not now");
            }
        });
        assertThat(binder.end(true, physical -> {})).isTrue();
        assertThat(binder.isBound()).isFalse();
        assertThat(lender.discarded()).isEqualTo(1);
    }
}
