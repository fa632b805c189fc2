package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Settlement;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of accounts and its one owner. It is replaced as a whole or not at all. Reading and writing are not thread-safe.
 *
 * <p>The owner holds the system's lock on a second file beside it, which stays where it is: who deletes a lock file takes it from
 * under the one who has just opened it. POSIX drops a process's locks on a file when that process closes <em>any</em> of its
 * channels to it, so within one virtual machine, other class loaders included, a system property says who was first, and
 * a second one does not even open the lock file.
 */
final class AccountsFile implements AccountStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(AccountsFile.class);
    static final String ANEW = "move it away to begin with empty accounts";

    private static final String OWNED = "io.heliosjdbc.accounts.owned ";

    private final Path path;
    private final SettlementsFile settlementsFile;
    private final String owned;
    private final FileChannel lockFile;

    private AccountsFile(Path path, String owned, FileChannel lockFile) {
        this.path = path;
        this.settlementsFile = new SettlementsFile(beside(path, ".settlements.jsonl"));
        this.owned = owned;
        this.lockFile = lockFile;
    }

    /**
     * Takes a file into possession, whether it is there as yet or not.
     *
     * @throws RefusedInputException if it has an owner, or its directory cannot be written
     */
    static AccountsFile open(Path named) throws RefusedInputException {
        try {
            Path path = real(named.toAbsolutePath());
            Path lockPath = beside(path, ".lock");
            try {
                Files.createFile(lockPath);
            } catch (FileAlreadyExistsException there) {
                LOGGER.trace("{} is there", lockPath);
            }
            String owned = OWNED + lockPath.toRealPath();
            Properties properties = System.getProperties();
            if (properties.putIfAbsent(owned, "") != null) {
                throw ownedBy(named, "another workload manager of this virtual machine");
            }
            AccountsFile file = null;
            try {
                file = lock(path, owned, lockPath);
            } finally {
                if (file == null) {
                    properties.remove(owned);
                }
            }
            if (file == null) {
                throw ownedBy(named, "another process");
            }
            return file;
        } catch (IOException cause) {
            throw new RefusedInputException(List.of(new Fault(
                    named.toString(),
                    0,
                    0,
                    "accounts cannot be kept there: " + cause,
                    "name a file in a directory that is there and can be written")));
        }
    }

    /** The file that a name leads to, through links; they, not it, would be replaced otherwise. */
    private static Path real(Path path) throws IOException {
        if (Files.isDirectory(path) || path.getParent() == null || path.getFileName() == null) {
            throw new IOException("it is a directory");
        }
        return Files.exists(path)
                ? path.toRealPath()
                : path.getParent().toRealPath().resolve(path.getFileName());
    }

    private static @Nullable AccountsFile lock(Path path, String owned, Path lockPath) throws IOException {
        FileChannel channel = FileChannel.open(lockPath, StandardOpenOption.WRITE);
        AccountsFile file = null;
        try {
            FileLock lock = channel.tryLock();
            file = lock == null ? null : new AccountsFile(path, owned, channel);
        } catch (OverlappingFileLockException elsewhere) {
            LOGGER.debug("{} is locked in this virtual machine", lockPath, elsewhere);
        } finally {
            if (file == null) {
                channel.close();
            }
        }
        return file;
    }

    private static RefusedInputException ownedBy(Path named, String who) {
        return new RefusedInputException(List.of(new Fault(
                named.toString(),
                0,
                0,
                "accounts are kept there by " + who,
                "give each a file of its own, or within one virtual machine the same helios.manager")));
    }

    private static Path beside(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    @Override
    public List<LoadState> read() throws RefusedInputException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (FileInputStream stream = new FileInputStream(path.toFile())) {
            return settlementsFile.unsettled(AccountsText.read(path.toString(), stream.readAllBytes(), ANEW));
        } catch (IOException cause) {
            throw new RefusedInputException(List.of(
                    new Fault(path.toString(), 0, 0, "the accounts cannot be read: " + cause, "make them readable")));
        }
    }

    @Override
    public List<Settlement> missing(List<Settlement> settlements) throws IOException {
        return settlementsFile.missing(settlements);
    }

    /** What is owed comes first: when a process ends between the two, the next one settles again and finds it written. */
    @Override
    public void write(List<Settlement> settlements, List<LoadState> books, Instant now) throws IOException {
        if (!settlements.isEmpty()) {
            settlementsFile.append(settlements);
            settlements.clear();
        }
        write(books, now);
    }

    /** Puts books in the place of what is written there; when it returns they are on the disk. */
    private void write(List<LoadState> loads, Instant now) throws IOException {
        Path temporary = beside(path, ".tmp");
        // Unlike a channel, a stream does not break off where the thread is interrupted.
        try (FileOutputStream stream = new FileOutputStream(temporary.toFile())) {
            stream.write(AccountsText.write(loads, now));
            stream.getFD().sync();
        }
        try {
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException cause) {
            throw new IOException("the file system cannot replace a file at once", cause);
        }
        forceDirectory(path);
    }

    /** Where a system cannot open a directory, it keeps what was renamed by itself. */
    static void forceDirectory(Path path) {
        try (FileChannel directory = FileChannel.open(path.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException cannot) {
            LOGGER.trace("The directory of {} cannot be forced", path, cannot);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException cause) {
            LOGGER.warn("The lock on {} could not be given back", path, cause);
        } finally {
            System.getProperties().remove(owned);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
