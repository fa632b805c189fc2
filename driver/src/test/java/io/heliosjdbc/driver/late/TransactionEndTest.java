package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transaction is ended while other threads work in it, of a driver that does not tell whether one is open: what stays bound. */
class TransactionEndTest {
    private final OneConnection lender = new OneConnection(Dialect.H2, () -> true);
    private final Binder binder = new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));

    /** Something that takes its time in the database, and what another thread does meanwhile. */
    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws SQLException;
    }

    private void change(Meanwhile meanwhile) throws SQLException {
        boolean unused = binder.work(bound -> {
            binder.worked(bound);
            meanwhile.happens();
            return true;
        });
    }

    private void commit(Meanwhile meanwhile) throws SQLException {
        boolean unused = binder.end(true, physical -> meanwhile.happens());
    }

    @BeforeEach
    void begin() throws SQLException {
        binder.autoCommit(false);
        change(() -> {});
        assertThat(binder.isBound()).isTrue();
    }

    @AfterEach
    void allIsBack() {
        boolean unused = binder.close();
        lender.checkAllIsBack();
    }

    @Test
    void nothingIsBoundAfterwards() throws SQLException {
        commit(() -> {});
        assertThat(binder.isBound()).isFalse();
    }

    @Test
    void whatComesMeanwhileMayBeInTheNextOne() throws SQLException {
        commit(() -> change(() -> {}));
        assertThat(binder.isBound()).isTrue();
        commit(() -> {});
        assertThat(binder.isBound()).isFalse();
    }

    @Test
    void whatCameBeforeAndIsStillAtWorkMayBeInTheNextOne() throws SQLException {
        change(() -> commit(() -> {}));
        assertThat(binder.isBound()).isTrue();
        commit(() -> {});
        assertThat(binder.isBound()).isFalse();
    }

    @Test
    void whatIsRefusedEndsNothing() throws SQLException {
        assertThatThrownBy(() -> commit(() -> {
                    throw new SQLException("not now", "55000");
                }))
                .hasMessage("not now");
        assertThat(binder.isBound()).isTrue();
    }
}
