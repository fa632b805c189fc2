package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A branch of a global transaction that several connections work on; the transaction manager prepares and commits it on the first. */
class JoinedBranchTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final RecordingVendor vendor = new RecordingVendor();
    private final HeliosXADataSource source = new HeliosXADataSource(
            vendor.proxy(XADataSource.class), Map.of("manager", "joined-" + NUMBERS.incrementAndGet()));

    private final XAConnection first = source.getXAConnection();
    private final XAConnection joining = source.getXAConnection();
    private final Connection firstHandle = first.getConnection();
    private final Connection joiningHandle = joining.getConnection();
    private final Xid branch = vendor.proxy(Xid.class);

    JoinedBranchTest() throws SQLException, XAException {
        first.getXAResource().start(branch, XAResource.TMNOFLAGS);
        work(firstHandle);
        first.getXAResource().end(branch, XAResource.TMSUCCESS);
        joining.getXAResource().start(branch, XAResource.TMJOIN);
        work(joiningHandle);
        assertThat(active()).isEqualTo(2);
    }

    private static void work(Connection handle) throws SQLException {
        try (Statement statement = handle.createStatement()) {
            statement.execute("INSERT INTO booked VALUES (1)");
        }
    }

    /** How many slots are taken. */
    private long active() throws SQLException {
        try (Statement statement = firstHandle.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            long sum = 0;
            while (classes.next()) {
                sum += classes.getLong("active");
            }
            return sum;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {XAResource.TMSUCCESS, XAResource.TMFAIL})
    void whoHasJoinedGivesItsSlotBackWhenItsPartEnds(int flags) throws SQLException, XAException {
        joining.getXAResource().end(branch, flags);
        assertThat(active())
                .as("the first keeps its own, as it keeps the locks")
                .isEqualTo(1);
        work(joiningHandle);
        assertThat(active()).as("back in autocommit").isEqualTo(1);
        first.getXAResource().prepare(branch);
        assertThat(active()).isZero();
        first.getXAResource().commit(branch, false);
    }

    @Test
    void aPartThatTheVendorDoesNotEndWellHasEndedAllTheSame() throws SQLException {
        vendor.fault = method -> method.getName().equals("end") ? new XAException(XAException.XA_RBROLLBACK) : null;
        assertThatThrownBy(() -> joining.getXAResource().end(branch, XAResource.TMSUCCESS))
                .isInstanceOf(XAException.class);
        assertThat(active()).isEqualTo(1);
    }

    @Test
    void aSuspendedPartGoesOn() throws SQLException, XAException {
        joining.getXAResource().end(branch, XAResource.TMSUSPEND);
        assertThat(active()).isEqualTo(2);
        joining.getXAResource().start(branch, XAResource.TMRESUME);
        work(joiningHandle);
        assertThat(active()).isEqualTo(2);
        joining.getXAResource().end(branch, XAResource.TMSUCCESS);
        assertThat(active()).isEqualTo(1);
    }

    /** A transaction manager that knows both as one resource joins the first one to itself. */
    @Test
    void whoHasBegunTheBranchKeepsItThoughItJoinsItOnceMore() throws SQLException, XAException {
        joining.getXAResource().end(branch, XAResource.TMSUCCESS);
        first.getXAResource().start(branch, XAResource.TMJOIN);
        work(firstHandle);
        first.getXAResource().end(branch, XAResource.TMSUCCESS);
        assertThat(active()).isEqualTo(1);
        first.getXAResource().prepare(branch);
        assertThat(active()).isZero();
    }
}
