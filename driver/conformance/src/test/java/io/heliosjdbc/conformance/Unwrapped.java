package io.heliosjdbc.conformance;

import io.heliosjdbc.driver.wrapper.JdbcWrapper;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/** What the suite's helpers ask in place of {@code instanceof PgConnection}, which no wrapper can be. */
public final class Unwrapped {
    private Unwrapped() {}

    /** The vendor's own connection, as it is or under a wrapper of ours; null for any other, such as the vendor's own pooled ones. */
    public static @Nullable PgConnection connection(Connection connection) {
        try {
            Connection own = connection instanceof JdbcWrapper && connection.isWrapperFor(PgConnection.class)
                    ? connection.unwrap(PgConnection.class)
                    : connection;
            return own instanceof PgConnection vendors ? vendors : null;
        } catch (SQLException e) {
            throw new IllegalStateException("the connection does not say what it wraps", e);
        }
    }
}
