package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.driver.manager.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's pooled connection whose handles are scheduled. The physical connection is one session, whichever handle is in use; a handle that
 * is closed ends its local transaction. Events name this object as their source. As thread-safe as the vendor's object.
 */
public class PooledConnectionWrapper implements PooledConnection {
    private final PooledConnection delegate;
    private final Opening opening;
    private final Republisher republisher = new Republisher();
    private final List<ConnectionEventListener> connectionListeners = new CopyOnWriteArrayList<>();
    private final List<StatementEventListener> statementListeners = new CopyOnWriteArrayList<>();
    private @Nullable PhysicalSession session;

    /** Opens a session for a connection of the vendor's, whose metadata tells the database. */
    @FunctionalInterface
    public interface Opening {
        /** Called once, for the first handle. */
        Session session(Connection vendors) throws SQLException;
    }

    /** Wraps a pooled connection; its session is opened with its first handle. */
    public PooledConnectionWrapper(PooledConnection delegate, Opening opening) {
        this.delegate = delegate;
        this.opening = opening;
        delegate.addConnectionEventListener(republisher);
    }

    /** What all handles share; null before the first. */
    final @Nullable PhysicalSession session() {
        return session;
    }

    /** What all handles share, opened for a connection of the vendor's where there is none yet. */
    private PhysicalSession session(Connection vendors) throws SQLException {
        PhysicalSession known = session;
        if (known == null) {
            known = new PhysicalSession(opening.session(vendors), inBranch());
            session = known;
        }
        return known;
    }

    /** Whether a branch of a global transaction is open that started before the session. */
    boolean inBranch() {
        return false;
    }

    @Override
    public final Connection getConnection() throws SQLException {
        Connection vendors = delegate.getConnection();
        Connection handle = null;
        try {
            handle = ConnectionWrapper.wrapHandle(vendors, session(vendors).handle());
            return handle;
        } finally {
            if (handle == null) {
                vendors.close();
            }
        }
    }

    @Override
    public final void close() throws SQLException {
        try {
            delegate.close();
        } finally {
            if (session != null) {
                session.close();
            }
        }
    }

    @Override
    public final void addConnectionEventListener(ConnectionEventListener listener) {
        connectionListeners.add(listener);
    }

    @Override
    public final void removeConnectionEventListener(ConnectionEventListener listener) {
        connectionListeners.remove(listener);
    }

    @Override
    public final void addStatementEventListener(StatementEventListener listener) {
        if (statementListeners.isEmpty()) {
            // Not before: some drivers have no such events, and say so.
            delegate.removeStatementEventListener(republisher);
            delegate.addStatementEventListener(republisher);
        }
        statementListeners.add(listener);
    }

    @Override
    public final void removeStatementEventListener(StatementEventListener listener) {
        statementListeners.remove(listener);
    }

    /** Tells ours what the vendor's tells: a pool looks up whose event it is. */
    private final class Republisher implements ConnectionEventListener, StatementEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            ConnectionEvent ours = new ConnectionEvent(PooledConnectionWrapper.this, event.getSQLException());
            connectionListeners.forEach(each -> each.connectionClosed(ours));
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            ConnectionEvent ours = new ConnectionEvent(PooledConnectionWrapper.this, event.getSQLException());
            connectionListeners.forEach(each -> each.connectionErrorOccurred(ours));
        }

        @Override
        public void statementClosed(StatementEvent event) {
            StatementEvent ours = ours(event);
            statementListeners.forEach(each -> each.statementClosed(ours));
        }

        @Override
        public void statementErrorOccurred(StatementEvent event) {
            StatementEvent ours = ours(event);
            statementListeners.forEach(each -> each.statementErrorOccurred(ours));
        }

        private StatementEvent ours(StatementEvent event) {
            return new StatementEvent(PooledConnectionWrapper.this, event.getStatement(), event.getSQLException());
        }
    }
}
