package io.heliosjdbc.driver.admin;

import org.jspecify.annotations.Nullable;

/**
 * What one connection has to do with a physical one. Immutable.
 *
 * @param connection the connection's number within its workload manager
 * @param state {@code direct}, {@code unbound}, {@code bound} or {@code pinned}
 * @param reason what it is bound or pinned by, or null
 * @param boundNanos for how long it has been bound, nanoseconds
 * @param pool the pool of its physical connections, or null where it has one of its own
 * @param user the database user, or null
 * @param application the application, or null
 * @param client the client, or null
 */
public record ConnectionStatus(
        long connection,
        String state,
        @Nullable String reason,
        long boundNanos,
        @Nullable String pool,
        @Nullable String user,
        @Nullable String application,
        @Nullable String client) {}
