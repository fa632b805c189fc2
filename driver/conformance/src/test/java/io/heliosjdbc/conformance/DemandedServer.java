package io.heliosjdbc.conformance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * PostgreSQL as the suite demands it: a role and a database {@code test}, the extensions hstore and sslinfo, prepared transactions, and passwords
 * for everybody but the superuser; two roles that a test of authentication creates log in each in its own way. One for each run, so that nothing of the first is there for the second.
 */
final class DemandedServer implements AutoCloseable {
    private static final String HOST_BASED_AUTHENTICATION = """
            local   all          all                        trust
            host    all          postgres   127.0.0.1/32    trust
            host    all          postgres   ::1/128         trust
            host    replication  postgres   127.0.0.1/32    trust
            host    replication  postgres   ::1/128         trust
            host    authtest     nobody     127.0.0.1/32    trust
            host    authtest     nobody     ::1/128         trust
            host    authtest     pword      127.0.0.1/32    password
            host    authtest     pword      ::1/128         password
            host    all          all        127.0.0.1/32    md5
            host    all          all        ::1/128         md5
            """;

    private final EmbeddedPostgres server;

    private DemandedServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static DemandedServer start(Path data) throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                // Ten seconds are too short on a machine that does much else.
                .setPGStartupWait(Duration.ofMinutes(3))
                .setServerConfig("max_prepared_transactions", "64")
                .setServerConfig("max_connections", "200")
                .setServerConfig("wal_level", "logical")
                .start();
        DemandedServer demanded = new DemandedServer(server);
        demanded.prepare(data);
        return demanded;
    }

    int port() {
        return server.getPort();
    }

    private void prepare(Path data) throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE test LOGIN PASSWORD 'test'");
            statement.execute(
                    "CREATE DATABASE test OWNER test TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
            Files.writeString(data.resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
            try (ResultSet reloaded = statement.executeQuery("SELECT pg_reload_conf()")) {
                reloaded.next();
            }
        }
        try (Connection connection = server.getDatabase("postgres", "test").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION hstore");
            statement.execute("CREATE EXTENSION sslinfo");
            statement.execute("GRANT ALL ON SCHEMA public TO test");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
