package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The vendor throws what JDBC does not know: the physical connection is thrown away, and its place is another's. */
class VendorFailuresTest {
    private final OneConnection lender = new OneConnection(Dialect.H2, () -> true);
    private final Binder binder = new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));

    /** What the vendor throws. */
    @FunctionalInterface
    private interface Failure {
        RuntimeException thrown();
    }

    private void failsIn(String method, Failure failure) {
        lender.whenCalled(called -> {
            if (called.equals(method)) {
                throw failure.thrown();
            }
        });
    }

    private void change() throws SQLException {
        boolean unused = binder.work(bound -> {
            binder.worked(bound);
            return true;
        });
    }

    @AfterEach
    void allIsBack() {
        boolean unused = binder.close();
        lender.checkAllIsBack();
        assertThat(lender.given()).isZero();
        assertThat(lender.discarded()).isEqualTo(1);
    }

    @Test
    void anErrorInTheRollbackOfAClose() throws SQLException {
        binder.autoCommit(false);
        change();
        lender.whenCalled(called -> {
            if (called.equals("rollback")) {
                throw new AssertionError("impossible");
            }
        });
        assertThatThrownBy(binder::close).hasMessage("impossible");
    }

    @Test
    void anExceptionWhereAfterAFailureItIsAskedWhetherItWorks() {
        failsIn("isValid", () -> new IllegalStateException("no answer"));
        assertThatThrownBy(() -> binder.work(bound -> {
                    throw new SQLException("it broke", "08006");
                }))
                .hasMessage("it broke");
        assertThat(binder.isBound()).isFalse();
    }

    @Test
    void anExceptionInAnAbort() throws SQLException {
        binder.autoCommit(false);
        change();
        failsIn("abort", () -> new RejectedExecutionException("no more work"));
        assertThat(binder.abort(Runnable::run)).isTrue();
        assertThat(binder.isBound()).isFalse();
    }
}
