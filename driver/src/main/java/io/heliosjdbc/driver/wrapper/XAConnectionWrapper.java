package io.heliosjdbc.driver.wrapper;

import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's connection for global transactions whose statements are scheduled: see {@link PhysicalSession}. What the transaction manager says
 * to the resource goes around the queue. As thread-safe as the vendor's object.
 */
public final class XAConnectionWrapper extends PooledConnectionWrapper implements XAConnection {
    private final XAConnection delegate;
    private @Nullable Resource resource;
    /** The branch that statements of this connection belong to, until it is prepared or ended. */
    private @Nullable Xid branch;
    /** Whether it began on another connection, which hears alone that it is prepared or ended: here only its part ends. */
    private boolean joined;

    /** Wraps an XA connection; its session is opened with its first handle. */
    public XAConnectionWrapper(XAConnection delegate, Opening opening) {
        super(delegate, opening);
        this.delegate = delegate;
    }

    @Override
    public XAResource getXAResource() throws SQLException {
        XAResource vendors = delegate.getXAResource();
        Resource known = resource;
        if (known == null || known.vendors != vendors) {
            known = new Resource(vendors);
            resource = known;
        }
        return known;
    }

    @Override
    boolean inBranch() {
        return branch != null;
    }

    private void started(Xid xid, int flags) {
        boolean known = branch != null && same(branch, xid);
        joined = known ? joined : (flags & XAResource.TMJOIN) != 0;
        branch = xid;
        PhysicalSession session = session();
        if (session != null) {
            session.branchStarted();
        }
    }

    /** A prepared branch may be ended through any connection: only the one that was done here has a slot here. */
    private void ended(Xid xid, @Nullable Throwable failure) {
        if (branch == null || !same(branch, xid)) {
            return;
        }
        branch = null;
        PhysicalSession session = session();
        if (session != null) {
            session.branchEnded(failure);
        }
    }

    private static boolean same(Xid one, Xid other) {
        return one.getFormatId() == other.getFormatId()
                && Arrays.equals(one.getGlobalTransactionId(), other.getGlobalTransactionId())
                && Arrays.equals(one.getBranchQualifier(), other.getBranchQualifier());
    }

    /** The vendor's resource, listened to. */
    private final class Resource implements XAResource {
        private final XAResource vendors;

        Resource(XAResource vendors) {
            this.vendors = vendors;
        }

        @Override
        public void start(Xid xid, int flags) throws XAException {
            vendors.start(xid, flags);
            started(xid, flags);
        }

        @Override
        public void end(Xid xid, int flags) throws XAException {
            if (joined && (flags & TMSUSPEND) == 0) {
                last(xid, () -> {
                    vendors.end(xid, flags);
                    return xid;
                });
            } else {
                vendors.end(xid, flags);
            }
        }

        /** One of the calls after which a branch has nothing more to do here, whether it succeeds or not. */
        @FunctionalInterface
        private interface Last<T> {
            T call() throws XAException;
        }

        private <T> T last(Xid xid, Last<T> last) throws XAException {
            Throwable failure = null;
            try {
                return last.call();
            } catch (Throwable e) {
                failure = e;
                throw e;
            } finally {
                ended(xid, failure);
            }
        }

        @Override
        public int prepare(Xid xid) throws XAException {
            return last(xid, () -> vendors.prepare(xid));
        }

        @Override
        public void commit(Xid xid, boolean onePhase) throws XAException {
            last(xid, () -> {
                vendors.commit(xid, onePhase);
                return xid;
            });
        }

        @Override
        public void rollback(Xid xid) throws XAException {
            last(xid, () -> {
                vendors.rollback(xid);
                return xid;
            });
        }

        @Override
        public void forget(Xid xid) throws XAException {
            vendors.forget(xid);
        }

        @Override
        public Xid[] recover(int flag) throws XAException {
            return vendors.recover(flag);
        }

        @Override
        public boolean isSameRM(XAResource other) throws XAException {
            return vendors.isSameRM(other instanceof Resource ours ? ours.vendors : other);
        }

        @Override
        public int getTransactionTimeout() throws XAException {
            return vendors.getTransactionTimeout();
        }

        @Override
        public boolean setTransactionTimeout(int seconds) throws XAException {
            return vendors.setTransactionTimeout(seconds);
        }
    }
}
