package io.heliosjdbc.driver.pooled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.HeliosConnectionPoolDataSource;
import io.heliosjdbc.driver.HeliosXADataSource;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pools and transaction managers do with the vendor's own data sources, with Helios in front of them. */
abstract class PooledContract {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String manager = "pooled-" + getClass().getSimpleName() + NUMBERS.incrementAndGet();
    private Connection observer;

    abstract XADataSource vendorsXa() throws SQLException;

    abstract ConnectionPoolDataSource vendorsPool() throws SQLException;

    /** What asks the engine which of its sessions it is. */
    abstract String whichSession();

    /** Whether connections are to be bound late, which those of a vendor's pool and of a transaction manager never are. */
    boolean late() {
        return false;
    }

    private Map<String, String> settings() {
        return late() ? Map.of("manager", manager, "connections", "late") : Map.of("manager", manager);
    }

    private XAConnection connectXa() throws SQLException {
        return new HeliosXADataSource(vendorsXa(), settings()).getXAConnection();
    }

    private PooledConnection connectPooled() throws SQLException {
        return new HeliosConnectionPoolDataSource(vendorsPool(), settings()).getPooledConnection();
    }

    @BeforeEach
    void observe() throws SQLException {
        observer = connectPooled().getConnection();
        execute(observer, "CREATE TABLE IF NOT EXISTS booked (id INTEGER PRIMARY KEY)");
        execute(observer, "DELETE FROM booked");
    }

    @AfterEach
    void close() throws SQLException {
        observer.close();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int booked() throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM booked")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** How many slots are taken. */
    private long active() throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            long sum = 0;
            while (classes.next()) {
                sum += classes.getLong("active");
            }
            return sum;
        }
    }

    private String session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(whichSession())) {
            row.next();
            return row.getString(1);
        }
    }

    private static Xid branch() {
        return new Branch(NUMBERS.incrementAndGet());
    }

    private record Branch(int number) implements Xid {
        @Override
        public int getFormatId() {
            return 17;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    private static void book(Connection connection, int id) throws SQLException {
        execute(connection, "INSERT INTO booked VALUES (" + id + ")");
    }

    @Test
    void aBranchKeepsItsSlotUntilItIsPrepared() throws SQLException, XAException {
        XAConnection connection = connectXa();
        Connection handle = connection.getConnection();
        XAResource resource = connection.getXAResource();
        Xid xid = branch();
        resource.start(xid, XAResource.TMNOFLAGS);
        assertThat(active()).isZero();
        book(handle, 1);
        assertThat(active()).isEqualTo(1);
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(active()).as("it still has its locks").isEqualTo(1);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        assertThat(active()).isZero();
        assertThat(booked()).isZero();
        resource.commit(xid, false);
        assertThat(booked()).isEqualTo(1);
        book(handle, 2);
        assertThat(active()).as("back in autocommit").isZero();
        connection.close();
        assertThat(booked()).isEqualTo(2);
    }

    @Test
    void theSessionIsOneFromTheStartOfABranchToItsEndAndAfterwards() throws SQLException, XAException {
        XAConnection connection = connectXa();
        Connection handle = connection.getConnection();
        String session = session(handle);
        execute(handle, "CREATE LOCAL TEMPORARY TABLE noted (id INTEGER)");
        handle.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        try (Connection other = connectPooled().getConnection()) {
            XAResource resource = connection.getXAResource();
            Xid xid = branch();
            resource.start(xid, XAResource.TMNOFLAGS);
            book(handle, 1);
            assertThat(session(other)).isNotEqualTo(session);
            assertThat(session(handle)).isEqualTo(session);
            assertThat(handle.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            resource.end(xid, XAResource.TMSUCCESS);
            assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
            resource.commit(xid, false);
            assertThatThrownBy(() -> execute(other, "INSERT INTO noted VALUES (1)"))
                    .isInstanceOf(SQLException.class);
        }
        execute(handle, "INSERT INTO noted VALUES (1)");
        assertThat(session(handle)).isEqualTo(session);
        assertThat(booked()).isEqualTo(1);
        connection.close();
    }

    @Test
    void connectionsAreOneToOneHoweverTheyAreConfigured() throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet connections = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
            assertThat(connections.next()).isTrue();
            assertThat(connections.getString("state")).isEqualTo("direct");
        }
    }

    @Test
    void aBranchThatStartsBeforeTheHandleKeepsItsSlotToo() throws SQLException, XAException {
        XAConnection connection = connectXa();
        XAResource resource = connection.getXAResource();
        Xid xid = branch();
        resource.start(xid, XAResource.TMNOFLAGS);
        book(connection.getConnection(), 1);
        assertThat(active()).isEqualTo(1);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);
        assertThat(active()).isZero();
        assertThat(booked()).isEqualTo(1);
        connection.close();
    }

    @Test
    void theSlotOutlivesTheHandleAsTheLocksDo() throws SQLException, XAException {
        XAConnection connection = connectXa();
        XAResource resource = connection.getXAResource();
        Xid xid = branch();
        try (Connection handle = connection.getConnection()) {
            resource.start(xid, XAResource.TMNOFLAGS);
            book(handle, 1);
        }
        assertThat(active()).isEqualTo(1);
        resource.end(xid, XAResource.TMFAIL);
        resource.rollback(xid);
        assertThat(active()).isZero();
        assertThat(booked()).isZero();
        connection.close();
    }

    @Test
    void aPreparedBranchIsCommittedThroughAnotherConnection() throws SQLException, XAException {
        XAConnection connection = connectXa();
        XAResource resource = connection.getXAResource();
        Xid xid = branch();
        resource.start(xid, XAResource.TMNOFLAGS);
        book(connection.getConnection(), 1);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        XAConnection other = connectXa();
        XAResource recovering = other.getXAResource();
        assertThat(recovering.isSameRM(resource)).isEqualTo(vendorsAnswer());
        assertThat(recovering.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .anySatisfy(
                        found -> assertThat(found.getGlobalTransactionId()).startsWith(xid.getGlobalTransactionId()));
        commitElsewhere(resource, recovering, xid);
        assertThat(booked()).isEqualTo(1);
        assertThat(active()).isZero();
        other.close();
        connection.close();
    }

    /** What the vendor says to two connections of one server. */
    private boolean vendorsAnswer() throws SQLException, XAException {
        XAConnection one = vendorsXa().getXAConnection();
        XAConnection two = vendorsXa().getXAConnection();
        boolean answer = one.getXAResource().isSameRM(two.getXAResource());
        one.close();
        two.close();
        return answer;
    }

    /** Commits a branch that was prepared by one connection, by another where the vendor can. */
    abstract void commitElsewhere(XAResource prepared, XAResource other, Xid xid) throws XAException;

    @Test
    void theVendorsErrorsComeThrough() throws SQLException {
        XAConnection connection = connectXa();
        XAResource resource = connection.getXAResource();
        assertThatThrownBy(() -> resource.commit(branch(), false)).isInstanceOf(XAException.class);
        connection.close();
    }

    @Test
    void aPoolHandsOutOnePhysicalConnectionAgainAndAgain() throws SQLException {
        List<String> events = new ArrayList<>();
        PooledConnection pooled = connectPooled();
        pooled.addConnectionEventListener(new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                events.add("closed");
                assertThat(event.getSource()).isSameAs(pooled);
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                events.add("error");
                assertThat(event.getSource()).isSameAs(pooled);
            }
        });
        for (int i = 1; i <= 3; i++) {
            Connection handle = pooled.getConnection();
            assertThat(handle.createStatement().getConnection()).isSameAs(handle);
            handle.setAutoCommit(false);
            book(handle, i);
            assertThat(active()).isEqualTo(1);
            handle.commit();
            book(handle, 100);
            handle.close();
            assertThat(active()).as("the handle's end is the transaction's").isZero();
        }
        assertThat(booked()).isEqualTo(3);
        assertThat(events).isEqualTo(Arrays.asList("closed", "closed", "closed"));
        pooled.close();
        assertThat(active()).isZero();
    }

    @Test
    void aHandleThatWasReplacedEndsNothingOfTheNext() throws SQLException {
        PooledConnection pooled = connectPooled();
        Connection first = pooled.getConnection();
        Connection second = pooled.getConnection();
        second.setAutoCommit(false);
        book(second, 1);
        first.close();
        assertThat(active()).isEqualTo(1);
        second.commit();
        assertThat(booked()).isEqualTo(1);
        pooled.close();
        assertThat(active()).isZero();
    }
}
