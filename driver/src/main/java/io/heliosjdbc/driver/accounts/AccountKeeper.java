package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.slo.BooksCopy;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Settlement;
import java.io.IOException;
import java.nio.file.Path;
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
 * Keeps one workload manager's accounts in a file: restores them, writes them down every now and then and at the end, and
 * adds what is owed to a second file. Thread-safe.
 *
 * <p>What was settled is written before the books that no longer contain it, so that a process may end at any moment: either
 * the books still say what was booked, and the next process settles it, or the settlement is on the disk already.
 */
public final class AccountKeeper implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AccountKeeper.class);

    private final AccountsFile file;
    private final SettlementsFile settlementsFile;
    private final List<LoadState> found;
    private final InstantSource calendar;
    /** Settled, and not yet taken over by who writes it. */
    private final Queue<Settlement> settled = new ConcurrentLinkedQueue<>();

    /** Held while files are written; the supplier of the books takes the scheduler's lock under it, never the other way. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition ended = lock.newCondition();
    private final List<Settlement> unwritten = new ArrayList<>();
    private final BooksCopy copy = new BooksCopy();
    private boolean copyIsWritten;
    /** Null until the books are restored and have been written: what is not restored must not be overwritten. */
    private @Nullable Supplier<List<LoadState>> books;

    private @Nullable Thread atExit;
    private boolean failing;
    private boolean closed;

    private AccountKeeper(AccountsFile file, List<LoadState> found, InstantSource calendar) {
        this.file = file;
        this.settlementsFile = new SettlementsFile(file.settlements());
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
    public static AccountKeeper open(Path path, InstantSource calendar) throws RefusedInputException {
        AccountsFile file = AccountsFile.open(path);
        AccountKeeper keeper = null;
        try {
            keeper = new AccountKeeper(file, file.read(), calendar);
            return keeper;
        } finally {
            if (keeper == null) {
                file.close();
            }
        }
    }

    /** What was written down when the file was opened. */
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
            List<Settlement> missing = settlementsFile.missing(settlements);
            unwritten.addAll(missing);
            write(changes);
            books = changes;
            return missing;
        } catch (IOException cause) {
            throw new RefusedInputException(List.of(new Fault(
                    file.toString(),
                    0,
                    0,
                    "accounts cannot be kept there: " + cause,
                    "make the file and those beside it writable")));
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
        Thread thread = new Thread(() -> keep(TimeUnit.MILLISECONDS.toNanos(millis), before), "helios-accounts");
        thread.setDaemon(true);
        // The application's loader must not be held by a thread of ours.
        thread.setContextClassLoader(null);
        Thread hook = new Thread(this::checkpoint, "helios-accounts-exit");
        hook.setContextClassLoader(null);
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
        while (waits(nanos)) {
            try {
                before.run();
                checkpoint();
            } catch (RuntimeException wrong) {
                LOGGER.error("Accounts could not be written to {}", file, wrong);
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

    /** Takes what has been settled; to be called under the lock that guards the books, when they have been settled. */
    public void settled(List<Settlement> settlements) {
        settled.addAll(settlements);
    }

    /** Writes down what has changed; where that fails, the next call tries again. */
    public void checkpoint() {
        lock.lock();
        try {
            Supplier<List<LoadState>> changes = books;
            if (closed || changes == null) {
                return;
            }
            write(changes);
            if (failing) {
                failing = false;
                LOGGER.info("Accounts are written to {} again", file);
            }
        } catch (IOException cause) {
            if (!failing) {
                failing = true;
                LOGGER.error("Accounts cannot be written to {}; it is tried again and again", file, cause);
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(Supplier<List<LoadState>> changes) throws IOException {
        // What has changed comes first: what is settled in it was handed over before.
        List<LoadState> changed = changes.get();
        for (Settlement each = settled.poll(); each != null; each = settled.poll()) {
            unwritten.add(each);
        }
        if (!changed.isEmpty()) {
            copy.take(changed);
            copyIsWritten = false;
        }
        if (!unwritten.isEmpty()) {
            settlementsFile.append(unwritten);
            unwritten.clear();
        }
        if (!copyIsWritten) {
            file.write(copy.loads(), calendar.instant());
            copyIsWritten = true;
        }
    }

    /** Writes the books down for the last time and gives the file up. */
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
            file.close();
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
