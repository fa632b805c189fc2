package io.heliosjdbc.tpcc;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files to which results go. That they can be written is looked at before anything is measured; one that cannot be written in the
 * end all the same is no reason to lose the others. Not thread-safe.
 */
public final class Outputs implements AutoCloseable {
    /** What writes one of them. */
    public interface Content {
        void write(Path to) throws IOException;
    }

    /** What writing each file came to the last time. */
    private final Map<Path, IOException> failures = new LinkedHashMap<>();

    /**
     * Looks whether a file can be written.
     *
     * @param option that names it
     * @param file null where it is not asked for
     * @throws IllegalArgumentException saying what to mend
     */
    public static void check(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(option + ": " + file + " is a directory; name a file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    option + ": there is no directory " + folder + " to write to; make it, or name another file");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new IllegalArgumentException(
                    option + ": " + file + " may not be written; name another file, or mend who may write there");
        }
    }

    /**
     * Looks whether two files are two.
     *
     * @param option that names the one; the other option likewise
     * @throws IllegalArgumentException saying what to mend
     */
    public static void checkDistinct(String option, @Nullable Path file, String otherOption, @Nullable Path other) {
        if (file != null
                && other != null
                && file.toAbsolutePath()
                        .normalize()
                        .equals(other.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(option + " and " + otherOption + " name the same file, " + file);
        }
    }

    /**
     * Makes a directory, unless it is there, and looks whether files can be written to it.
     *
     * @param option that names it
     * @param directory null where it is not asked for
     * @throws IllegalArgumentException saying what to mend
     */
    public static void checkDirectory(String option, @Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    option + ": cannot make the directory " + directory + "; name another one", e);
        }
        if (!Files.isWritable(directory)) {
            throw new IllegalArgumentException(option + ": nothing may be written to the directory " + directory
                    + "; name another one, or mend who may write there");
        }
    }

    /**
     * Writes a file at once; what goes wrong, when it is written or when it is made, is thrown when all are closed.
     *
     * @param file null where it is not asked for
     * @return whether it was written
     */
    public boolean write(String option, @Nullable Path file, Content content) {
        if (file == null) {
            return false;
        }
        try {
            content.write(file);
            failures.remove(file);
            return true;
        } catch (IOException | RuntimeException e) {
            failures.put(file, new IOException(option + ": cannot write " + file + why(e), e));
            return false;
        }
    }

    /** The same of a text; what was in the file before is there until the new one is there as a whole. */
    public boolean writeText(String option, @Nullable Path file, Supplier<String> text) {
        return write(option, file, to -> replace(to, text.get()));
    }

    /** The same of a text that a longer one follows; who reads a pipe would take it for the whole, and there it is not written. */
    public void writeTextSoFar(String option, @Nullable Path file, Supplier<String> text) {
        if (file != null && isReplaceable(file)) {
            boolean unused = writeText(option, file, text);
        }
    }

    /** Not what is no file of its own, such as /dev/stdout, or is in somebody else's directory. */
    private static boolean isReplaceable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean ownFile = Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
                || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        return folder != null && Files.isWritable(folder) && ownFile;
    }

    private static void replace(Path file, String text) throws IOException {
        if (!isReplaceable(file)) {
            Files.writeString(file, text);
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Why, as far as it is told: the message of some is the file's name alone. */
    private static String why(Exception e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        if (reason != null) {
            return ": " + reason;
        }
        return e instanceof NoSuchFileException ? ": its directory is gone, or takes no files" : ": " + e;
    }

    @Override
    public void close() throws IOException {
        if (failures.isEmpty()) {
            return;
        }
        IOException all = new IOException(String.join(
                "; ", failures.values().stream().map(IOException::getMessage).toList()));
        failures.values().forEach(all::addSuppressed);
        throw all;
    }
}
