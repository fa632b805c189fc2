package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.LearnedSettings;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.engine.Background;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a classifier learned in a file over a restart: takes it over when it opens, writes it every few minutes, when it closes
 * and when the JVM ends. A file is replaced as a whole or not at all. Nothing of this stops a workload manager: what goes wrong is
 * logged. Thread-safe.
 */
final class LearningKeeper {
    /** What was learned in this time is lost where the process dies. */
    static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final Logger LOGGER = LoggerFactory.getLogger(LearningKeeper.class);
    /** A hundred times as much as can be learned. */
    private static final long LARGEST = 64L << 20;
    /** The workload managers of this JVM by their files: two would overwrite each other's. */
    private static final Map<Path, String> USED = new ConcurrentHashMap<>();

    private final Path file;
    private final Thread atEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private Classifier classifier;
    private byte[] kept;
    private volatile long next;
    private boolean complained;
    private boolean closed;

    private LearningKeeper(Path file, Classifier classifier, byte[] kept, long now) {
        this.file = file;
        this.classifier = classifier;
        this.kept = kept;
        this.next = now + INTERVAL_NANOS;
        this.atEnd = Background.daemon("helios-learning", this::write);
    }

    /**
     * Takes over what the file of a configuration holds.
     *
     * @param manager the workload manager's name, for others that name the same file
     * @return who keeps it from now on; null where there is nothing to be written
     */
    static @Nullable LearningKeeper open(
            String manager, HeliosConfiguration configuration, Classifier classifier, long now) {
        LearnedSettings learned = LearnedMode.of(configuration);
        Path named = configuration.learningFile();
        if (named == null || learned == null) {
            return null;
        }
        Path file = named.toAbsolutePath().normalize();
        String other = USED.putIfAbsent(file, manager);
        if (other != null) {
            LOGGER.warn(
                    "learning_file {} belongs to workload manager {}; {} starts without it, and keeps nothing. Give each"
                            + " a file of its own",
                    file,
                    other,
                    manager);
            return null;
        }
        byte[] content = restore(file, classifier);
        if (content == null || !classifier.learns()) {
            USED.remove(file);
            return null;
        }
        LearningKeeper keeper = new LearningKeeper(file, classifier, content, now);
        try {
            Runtime.getRuntime().addShutdownHook(keeper.atEnd);
        } catch (IllegalStateException ending) {
            // The JVM ends already; nothing more is learned.
            return keeper;
        }
        return keeper;
    }

    /** What the file holds, nothing where it is not there yet; null where it cannot be used and must stay as it is. */
    private static byte @Nullable [] restore(Path file, Classifier classifier) {
        byte[] content;
        try {
            if (Files.notExists(file)) {
                return new byte[0];
            }
            content = Files.size(file) > LARGEST ? new byte[0] : Files.readAllBytes(file);
        } catch (IOException cause) {
            LOGGER.warn(
                    "learning_file {} cannot be read; starting without it, and keeping nothing: {}",
                    file,
                    cause.toString());
            return null;
        }
        try {
            if (content.length == 0) {
                throw new IOException("it is empty, or larger than any snapshot");
            }
            classifier.restoreLearning(content);
            LOGGER.info("Took over what was learned from {}", file);
            return content;
        } catch (IOException damaged) {
            return setAside(file, String.valueOf(damaged.getMessage()));
        }
    }

    private static byte @Nullable [] setAside(Path file, String why) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Path unused = Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException cause) {
            LOGGER.warn(
                    "learning_file {} is damaged: {}; starting without it, and keeping nothing, because it cannot be renamed"
                            + " to {}: {}",
                    file,
                    why,
                    aside,
                    cause.toString());
            return null;
        }
        LOGGER.warn("learning_file {} is damaged: {}; starting without it. It is set aside as {}", file, why, aside);
        return new byte[0];
    }

    /** Nanoseconds until it is time to write, 0 where it is; without the lock, under which a disk may be slow. */
    long untilDue(long now) {
        return Math.max(0, next - now);
    }

    /** Writes what was learned where the last time is long enough ago. */
    void keepIfDue(long now) {
        lock.lock();
        try {
            if (now - next < 0) {
                return;
            }
            next = now + INTERVAL_NANOS;
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        write();
    }

    /** Keeps what another classifier learns from now on, which has taken over what this one's had learned. */
    void follow(Classifier next) {
        lock.lock();
        try {
            classifier = next;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what was learned for the last time, and gives the file free. */
    void close() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException ending) {
            // The hook runs, or has run; writing the same twice does no harm.
            LOGGER.debug("the JVM is ending", ending);
        }
        try {
            write();
        } finally {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    USED.remove(file);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void write() {
        lock.lock();
        try {
            byte[] learned = closed ? kept : classifier.learningSnapshot();
            if (Arrays.equals(learned, kept)) {
                return;
            }
            replace(learned);
            kept = learned;
            complained = false;
        } catch (IOException cause) {
            if (!complained) {
                LOGGER.warn("What was learned cannot be written to learning_file {}: {}", file, cause.toString());
            }
            complained = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever reads the file meanwhile, and whoever reads it after a crash, finds the old content or the new one. */
    private void replace(byte[] content) throws IOException {
        Path written = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    int unused = channel.write(left);
                }
                channel.force(true);
            }
            try {
                Path unused = Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException rare) {
                Path unused = Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            boolean unused = Files.deleteIfExists(written);
        }
    }
}
