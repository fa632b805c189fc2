package io.heliosjdbc.driver;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Gives tests the location of a real PostgreSQL, one for all tests of one run: in a container where Docker runs, else from embedded binaries. */
public final class PostgresServer implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(PostgresServer.class);

    /** Off by default; global transactions need them. */
    private static final String PREPARED_TRANSACTIONS = "max_prepared_transactions";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == String.class;
    }

    /** The part of its URL behind {@code jdbc:}, with user and password; the server ends with the run. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("server", key -> start(), Server.class)
                .location();
    }

    private record Server(String location, Closeable stop) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stop.close();
        }
    }

    /** An embedded server that is given longer to start than ten seconds, which is too short on a machine that does much else. */
    public static EmbeddedPostgres.Builder embedded() {
        return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(3));
    }

    private static Server start() {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
            container.setCommand("postgres", "-c", "fsync=off", "-c", PREPARED_TRANSACTIONS + "=16");
            container.start();
            return new Server(
                    container.getJdbcUrl().substring("jdbc:".length()) + "&user=" + container.getUsername()
                            + "&password=" + container.getPassword(),
                    container::stop);
        }
        try {
            EmbeddedPostgres server =
                    embedded().setServerConfig(PREPARED_TRANSACTIONS, "16").start();
            return new Server(server.getJdbcUrl("postgres", "postgres").substring("jdbc:".length()), server);
        } catch (IOException e) {
            throw new IllegalStateException("no PostgreSQL could be started", e);
        }
    }
}
