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
    private final Binder binder = binder();
    /** How often the vendor's autocommit was switched. */
    private int switches;

    private Binder binder() {
        return new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));
    }

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
        lender.whenCalled(method -> switches += method.equals("setAutoCommit") ? 1 : 0);
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

    @Test
    void theNextOneFindsAutocommitAsItIs() throws SQLException {
        commit(() -> {});
        change(() -> {});
        commit(() -> {});
        assertThat(binder.isBound()).isFalse();
        assertThat(switches).isZero();
    }

    @Test
    void whoComesNextUnderAutocommitHasIt() throws SQLException {
        commit(() -> {});
        Binder next = binder();
        Boolean on = next.work(bound -> bound.physical().autoCommit());
        assertThat(on).isTrue();
        assertThat(switches).isEqualTo(1);
        assertThat(next.close()).isTrue();
    }

    /** A question may have opened a transaction, which to switch it on ends. */
    @Test
    void whatIsAskedAfterwardsIsNotLeftOpen() throws SQLException {
        commit(() -> {});
        Physical asked = binder.work(bound -> bound.physical());
        assertThat(binder.isBound()).isFalse();
        assertThat(asked.autoCommit()).isTrue();
    }

    @Test
    void norWhatWasAskedWhileItEnded() throws SQLException {
        Physical ended = binder.work(Binding::physical);
        change(() -> commit(() -> {}));
        assertThat(binder.close()).isTrue();
        assertThat(ended.autoCommit()).isTrue();
    }

    @Test
    void whoeverNobodyHasIsAskedWhetherItWorks() throws SQLException {
        Physical left = binder.work(Binding::physical);
        lender.whenCalled(method -> {});
        commit(() -> {});
        assertThat(left.autoCommit()).isFalse();
        assertThat(left.answers(1)).isFalse();
        lender.isValid();
        assertThat(left.answers(1)).isTrue();
        assertThat(left.autoCommit()).isTrue();
    }
}
