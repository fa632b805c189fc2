package io.heliosjdbc.driver.chaos;

import io.heliosjdbc.driver.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of the test's own, which can be restarted on the same port. */
final class RestartableServer implements Closeable {
    private final Path data;
    private final EmbeddedPostgres postgres;

    RestartableServer(Path data) throws IOException {
        this.data = data;
        this.postgres = PostgresServer.embedded()
                .setDataDirectory(data)
                .setServerConfig("max_connections", "200")
                .setErrorRedirector(Redirect.DISCARD)
                .setOutputRedirector(Redirect.DISCARD)
                .start();
    }

    int port() {
        return postgres.getPort();
    }

    /** The part of its URL behind {@code jdbc:}, through a port that leads to it. */
    static String location(int port) {
        return "postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /** As after a power cut: nobody is told, everybody is gone, and it recovers from its log. */
    void restart() throws IOException, InterruptedException {
        // The server's own command line, where its binaries are.
        String options = Files.readString(data.resolve("postmaster.opts"));
        Path control = Path.of(options.substring(0, options.indexOf(' '))).resolveSibling("pg_ctl");
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL does not run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                control.toString(), "restart", "-D", data.toString(), "-m", "immediate", "-w", "-t", "60", "-s"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("the server did not come back: " + process);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
