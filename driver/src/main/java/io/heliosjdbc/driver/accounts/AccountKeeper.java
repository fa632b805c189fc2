package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import io.heliosjdbc.slo.BooksCopy;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Settlement;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one workload manager's accounts in a file or in tables of its database: restores them, writes them down every now and then and
 * at the end, and adds what is owed. Thread-safe.
 *
 * <p>What was settled is written before the books that no longer contain it, or with them, so that a process may end at any moment:
 * either the books still say what was booked, and the next process settles it, or the settlement is written already.
 */
public final class AccountKeeper implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AccountKeeper.class);

    private final AccountStore store;
    private final List<LoadState> found;
    private final InstantSource calendar;
    /** Settled, and not yet taken over by who writes it. */
    private final Queue<Settlement> settled = new ConcurrentLinkedQueue<>();

    /** Held while files are written; the supplier of the books takes the scheduler's lock under it, never the other way. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition ended = lock.newCondition();
    private final List<Settlement> unwritten = new ArrayList<>();
    /** Changes that were handed over and may not be in the copy yet; to take them in twice does no harm. */
    private final List<LoadState> untaken = new ArrayList<>();

    private final BooksCopy copy = new BooksCopy();
    private boolean copyIsWritten;
    /** Null until the books are restored and have been written: what is not restored must not be overwritten. */
    private @Nullable Supplier<List<LoadState>> books;

    private @Nullable Thread atExit;
    private boolean failing;
    private volatile boolean dispossessed;
    private boolean closed;

    private AccountKeeper(AccountStore store, List<LoadState> found, InstantSource calendar) {
        this.store = store;
        this.found = found;
        this.calendar = calendar;
    }

    /**
     * Takes a file into possession and reads it.
     *
     * @param calendar the time of day
     * @throws RefusedInputException if somebody else has it, or it cannot be read, is damaged, or of a later version; then it
     *     is left as it is
     */
    public static AccountKeeper inFile(Path path, InstantSource calendar) throws RefusedInputException {
        return open(AccountsFile.open(path), calendar);
    }

    /**
     * Takes a manager's rows in tables of its database into possession and reads them; makes the tables where they are not there.
     *
     * @param connections to that database; one stays open until the keeper is closed
     * @param name the workload manager's
     * @param calendar the time of day
     * @throws RefusedInputException if somebody else has them, or they cannot be read, are damaged, or of a later version; then
     *     they are left as they are
     * @throws SQLException where the database cannot be reached, as the vendor's driver says it
     */
    public static AccountKeeper inDatabase(ConnectionSource connections, String name, InstantSource calendar)
            throws RefusedInputException, SQLException {
        return open(AccountsTable.open(connections, name, OwnerRow.PATIENCE_NANOS), calendar);
    }

    private static AccountKeeper open(AccountStore store, InstantSource calendar) throws RefusedInputException {
        AccountKeeper keeper = null;
        try {
            keeper = new AccountKeeper(store, store.read(), calendar);
            return keeper;
        } finally {
            if (keeper == null) {
                store.close();
            }
        }
    }

    /** What was written down when it was opened. */
    public List<LoadState> found() {
        return found;
    }

    /**
     * Takes what the accounts that were found had to be settled for, and writes the restored books down.
     *
     * @param settlements what became due while nobody was there
     * @param changes takes what has changed in the books since the last time; it may take the scheduler's lock
     * @return the settlements that had not been written down before
     * @throws RefusedInputException if that cannot be written
     */
    public List<Settlement> begin(List<Settlement> settlements, Supplier<List<LoadState>> changes)
            throws RefusedInputException {
        lock.lock();
        try {
            List<Settlement> missing = store.missing(settlements);
            unwritten.addAll(missing);
            write(changes);
            books = changes;
            return missing;
        } catch (IOException cause) {
            throw new RefusedInputException(List.of(new Fault(
                    store.toString(),
                    0,
                    0,
                    "accounts cannot be kept there: " + cause,
                    "make it, and what is beside it, writable")));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes the books down every now and then from here on, and when the virtual machine ends.
     *
     * @param millis how often
     * @param before done each time before
     */
    public void start(long millis, Runnable before) {
        Thread thread = Background.daemon("helios-accounts", () -> keep(TimeUnit.MILLISECONDS.toNanos(millis), before));
        Thread hook = Background.daemon("helios-accounts-exit", this::checkpoint);
        lock.lock();
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            atExit = hook;
        } catch (IllegalStateException ending) {
            LOGGER.debug("The virtual machine is ending", ending);
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    private void keep(long nanos, Runnable before) {
        long tick = Math.min(nanos, store.beatNanos());
        long left = nanos;
        while (waits(tick)) {
            left -= tick;
            try {
                if (left > 0) {
                    beat();
                } else {
                    left = nanos;
                    before.run();
                    checkpoint();
                }
            } catch (RuntimeException | Error wrong) {
                LOGGER.error("Accounts could not be written to {}", store, wrong);
            }
        }
    }

    /** Whether it is still open after that time. */
    private boolean waits(long nanos) {
        lock.lock();
        try {
            for (long left = nanos; left > 0 && !closed; left = ended.awaitNanos(left)) {
                // Goes on waiting.
            }
            return !closed;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what has been settled, in any order; to be called under the lock that guards the books, when they have been settled. */
    public void settled(List<Settlement> settlements) {
        if (!dispossessed) {
            settled.addAll(settlements);
        }
    }

    /** Writes down what has changed; where that fails, the next call tries again. */
    public void checkpoint() {
        attempt(this::write);
    }

    private void beat() {
        attempt(changes -> store.beat());
    }

    /** What is done with what has changed. */
    private interface Attempt {
        void with(Supplier<List<LoadState>> changes) throws IOException;
    }

    private void attempt(Attempt what) {
        lock.lock();
        try {
            Supplier<List<LoadState>> changes = books;
            if (closed || changes == null) {
                return;
            }
            if (dispossessed) {
                // Nobody writes it, but the books remember what has changed until somebody takes it.
                List<LoadState> unused = changes.get();
                return;
            }
            what.with(changes);
            if (failing) {
                failing = false;
                LOGGER.info("Accounts are written to {} again", store);
            }
        } catch (DispossessedException gone) {
            dispossessed = true;
            settled.clear();
            LOGGER.error(
                    "Accounts are not written to {} any more: {}. What is booked from now on ends with this virtual machine",
                    store,
                    gone.getMessage());
        } catch (IOException cause) {
            if (!failing) {
                failing = true;
                LOGGER.error("Accounts cannot be written to {}; it is tried again and again", store, cause);
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(Supplier<List<LoadState>> changes) throws IOException {
        // What has changed comes first: what is settled in it was handed over before.
        untaken.addAll(changes.get());
        int before = unwritten.size();
        for (Settlement each = settled.poll(); each != null; each = settled.poll()) {
            unwritten.add(each);
        }
        unwritten.subList(before, unwritten.size()).sort(Settlement.BY_ACCOUNT);
        if (!untaken.isEmpty()) {
            copyIsWritten = false;
            copy.take(untaken);
            untaken.clear();
        }
        if (!copyIsWritten || !unwritten.isEmpty()) {
            store.write(unwritten, copy.loads(), calendar.instant());
            copyIsWritten = true;
        } else {
            store.beat();
        }
    }

    /** Writes the books down for the last time and gives their place up. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            checkpoint();
            closed = true;
            ended.signalAll();
            store.close();
            removeHook();
        } finally {
            lock.unlock();
        }
    }

    private void removeHook() {
        Thread hook = atExit;
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                LOGGER.debug("The virtual machine is ending", ending);
            }
        }
    }
}
