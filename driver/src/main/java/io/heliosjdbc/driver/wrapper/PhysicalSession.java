package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.manager.Session;
import java.lang.ref.Cleaner.Cleanable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session of a physical connection that is handed out handle after handle, and that branches of global transactions are done on: a branch
 * keeps its slot from its first statement until it is prepared, committed or rolled back, whether the handle is closed before or not, for so
 * long it keeps its locks. As thread-safe as a {@link Session}.
 *
 * <p>The vendor tells the pool that a handle is closed before we hear that it is: the next one may be at work by then. So its lock guards whose
 * turn it is, together with what that ends. The session's lock may be taken under it.
 */
final class PhysicalSession {
    private final Session shared;
    private final Cleanable sessionsEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Handle current;
    private boolean localAutoCommit = true;
    private boolean inBranch;

    PhysicalSession(Session shared, boolean inBranch) {
        this.shared = shared;
        this.inBranch = inBranch;
        this.sessionsEnd = Abandoned.closes(this, shared);
        if (inBranch) {
            shared.autoCommit(false);
        }
    }

    /** The session of the next handle, which takes the place of the one before, as the vendor's handle does. */
    Session handle() {
        Handle handle = new Handle();
        lock.lock();
        try {
            current = handle;
        } finally {
            lock.unlock();
        }
        return handle;
    }

    void close() {
        sessionsEnd.clean();
    }

    /** From now on statements belong to a branch, whatever the vendor says of autocommit. */
    void branchStarted() {
        lock.lock();
        try {
            inBranch = true;
            shared.autoCommit(false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The branch is prepared, committed or rolled back: nothing of it runs on this connection any more.
     *
     * @param failure what the vendor threw, or null
     */
    void branchEnded(@Nullable Throwable failure) {
        lock.lock();
        try {
            inBranch = false;
            shared.transactionEnded(failure);
            shared.autoCommit(localAutoCommit);
        } finally {
            lock.unlock();
        }
    }

    /** One handle's view. */
    private final class Handle implements Session {
        @Override
        public StatementProfile profile(String sql) {
            return shared.profile(sql);
        }

        @Override
        public @Nullable ResultSet answer(StatementProfile profile) throws SQLException {
            return shared.answer(profile);
        }

        @Override
        public long before(Object statement, StatementProfile profile, int queryTimeoutSeconds) throws SQLException {
            return shared.before(statement, profile, queryTimeoutSeconds);
        }

        @Override
        public void after(Object statement, StatementProfile profile, @Nullable Throwable failure) {
            shared.after(statement, profile, failure);
        }

        @Override
        public void fetches(boolean begins) {
            shared.fetches(begins);
        }

        @Override
        public boolean cancel(Object statement) {
            return shared.cancel(statement);
        }

        @Override
        public void abort() {
            lock.lock();
            try {
                if (current == this) {
                    shared.abort();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void autoCommit(boolean on) {
            locally(() -> {
                localAutoCommit = on;
                shared.autoCommit(on);
            });
        }

        @Override
        public void transactionEnded(@Nullable Throwable failure) {
            locally(() -> shared.transactionEnded(failure));
        }

        @Override
        public void commitFailed() {
            locally(shared::commitFailed);
        }

        /**
         * What is to happen unless a branch goes on. What a handle is told that was closed or replaced says nothing of the next one's
         * transaction.
         */
        private void locally(Runnable act) {
            lock.lock();
            try {
                if (current == this && !inBranch) {
                    act.run();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long waitedNanos() {
            return shared.waitedNanos();
        }

        @Override
        public void schema(@Nullable String name) {
            shared.schema(name);
        }

        @Override
        public boolean clientInfo(String name, @Nullable String value) {
            return shared.clientInfo(name, value);
        }

        /** The vendor has rolled a local transaction back; a branch goes on. A handle that another has replaced has nothing to end. */
        @Override
        public void close() {
            lock.lock();
            try {
                locally(() -> {
                    shared.transactionEnded(null);
                    // What still runs in another thread is the last: it opens nothing that stays.
                    shared.autoCommit(true);
                });
                if (current == this) {
                    current = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
