package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database does not answer what nobody but the binder asks it, and somebody else ends the connection meanwhile. */
class UnansweredTest {
    private final OneConnection lender = new OneConnection(Dialect.POSTGRESQL, () -> true);
    private final SessionState session =
            new SessionState(new Defaults(Map.of(Item.CATALOG, "one", Item.NETWORK_TIMEOUT, 0), Map.of()));
    private final Binder binder = new Binder(lender, session);
    /** The vendor's methods that were called. */
    private final List<String> calls = new ArrayList<>();

    private void whenIn(String awaited, Runnable meanwhile) {
        lender.whenCalled(method -> {
            calls.add(method);
            if (method.equals(awaited)) {
                meanwhile.run();
            }
        });
    }

    private void abort() {
        boolean unused = binder.abort(Runnable::run);
    }

    private void close() {
        boolean unused = binder.close();
    }

    private void work() throws SQLException {
        boolean unused = binder.work(bound -> {
            binder.worked(bound);
            return true;
        });
    }

    @AfterEach
    void allIsBack() {
        lender.checkAllIsBack();
    }

    @Test
    void anAbortEndsTheTellingOfTheSession() {
        session.put(Item.CATALOG, "two");
        whenIn("setCatalog", this::abort);
        assertThatThrownBy(this::work).hasMessage("This connection has been closed");
        assertThat(calls).containsSequence("setCatalog", "abort");
        assertThat(lender.discarded()).isEqualTo(1);
    }

    @Test
    void aCloseEndsTheTellingOfTheSession() {
        session.put(Item.CATALOG, "two");
        whenIn("setCatalog", this::close);
        assertThatThrownBy(this::work).hasMessage("This connection has been closed");
        assertThat(calls).containsSequence("setCatalog", "abort");
        assertThat(lender.discarded()).isEqualTo(1);
    }

    /** Which holds until the session is the next one's. */
    @Test
    void whoComesAfterAShortLimitHasAnother() throws SQLException {
        boolean unused = binder.work(bound -> {
            bound.physical().settings().put("statement_timeout", "150ms");
            return true;
        });
        lender.whenCalled(method -> {
            calls.add(method);
            if (method.equals("execute") && lender.discarded() == 0) {
                throw new SQLException("canceling statement due to statement timeout", "57014");
            }
        });
        work();
        assertThat(calls).contains("execute");
        assertThat(lender.discarded()).isEqualTo(1);
        assertThat(lender.given()).isEqualTo(2);
    }

    /** As many as there may be, and no more: the database may be gone. */
    @Test
    void whatIsFoundDeadIsReplacedAFewTimes() {
        session.put(Item.CATALOG, "two");
        lender.whenCalled(method -> {
            if (method.equals("setCatalog") || method.equals("isValid")) {
                throw new SQLException("terminated", "57P01");
            }
        });
        assertThatThrownBy(this::work).hasMessage("terminated");
        assertThat(lender.discarded()).isEqualTo(2);
    }

    /** Another would have it wait as long again. */
    @Test
    void whatDoesNotAnswerIsNotReplaced() {
        session.put(Item.CATALOG, "two");
        lender.whenCalled(method -> {
            if (method.equals("setCatalog") || method.equals("isValid")) {
                throw new SQLException("no answer", "08006", new SocketTimeoutException());
            }
        });
        assertThatThrownBy(this::work).hasMessage("no answer");
        assertThat(lender.discarded()).isEqualTo(1);
    }

    @Test
    void anAbortEndsTheForgettingOfKeys() throws SQLException {
        lender.lastKeys().asked(SessionUse.NONE);
        boolean unused = binder.work(bound -> {
            bound.physical().hasKeys(true);
            return true;
        });
        whenIn("execute", this::abort);
        assertThatThrownBy(this::work).hasMessage("This connection has been closed");
        assertThat(calls).containsSequence("execute", "abort");
        assertThat(lender.discarded()).isEqualTo(1);
    }

    @Test
    void theNetworkTimeoutIsToldFirst() throws SQLException {
        lender.lastKeys().asked(SessionUse.NONE);
        boolean unused = binder.work(bound -> {
            bound.physical().hasKeys(true);
            return true;
        });
        session.put(Item.CATALOG, "two");
        session.put(Item.NETWORK_TIMEOUT, 500);
        session.setting("search_path", "a");
        whenIn("none", () -> {});
        work();
        assertThat(calls).startsWith("setNetworkTimeout").contains("execute", "prepareStatement", "setCatalog");
    }

    @Test
    void anAbortEndsTheGivingBack() throws SQLException {
        binder.autoCommit(false);
        work();
        whenIn("rollback", this::abort);
        close();
        assertThat(calls).containsSequence("rollback", "abort");
        assertThat(lender.discarded()).isEqualTo(1);
    }

    @Test
    void anAbortEndsTheQuestionWhatIsLeft() throws SQLException {
        binder.autoCommit(false);
        boolean unused = binder.work(bound -> {
            binder.pin("a temporary table");
            bound.pinnedForGood = false;
            whenIn("executeQuery", this::abort);
            return true;
        });
        assertThat(calls).containsSequence("executeQuery", "abort");
        assertThat(lender.discarded()).isEqualTo(1);
    }

    @Test
    void aCloseLeavesTheGivingBackAlone() throws SQLException {
        binder.autoCommit(false);
        work();
        whenIn("setAutoCommit", this::close);
        boolean unused = binder.end(true, physical -> {});
        assertThat(calls).contains("setAutoCommit").doesNotContain("abort");
        assertThat(lender.given()).isEqualTo(1);
        assertThat(binder.isClosed()).isTrue();
    }
}
