package io.heliosjdbc.frameworks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** New databases on one PostgreSQL for all tests of one run. */
final class Databases implements ArgumentsProvider {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Databases.class);

    /** The server ends with the run. */
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Server server =
                context.getRoot().getStore(NAMESPACE).computeIfAbsent("server", key -> Server.start(), Server.class);
        return Stream.of(Database.STRAIGHT, Database.HELIOS)
                .map(prefix -> Arguments.of(Database.open(prefix, server.newDatabase())));
    }

    private record Server(EmbeddedPostgres postgres, AtomicInteger databases) implements AutoCloseable {
        static Server start() {
            try {
                // Ten seconds are too short on a machine that does much else.
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(3))
                        .start();
                return new Server(postgres, new AtomicInteger());
            } catch (IOException e) {
                throw new IllegalStateException("no PostgreSQL could be started", e);
            }
        }

        String newDatabase() {
            String name = "test" + databases.incrementAndGet();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException("no database could be created", e);
            }
            return postgres.getJdbcUrl("postgres", name).substring(Database.STRAIGHT.length());
        }

        @Override
        public void close() throws IOException {
            postgres.close();
        }
    }
}
