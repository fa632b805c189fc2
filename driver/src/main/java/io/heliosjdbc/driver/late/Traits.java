package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a pool are like; asked once, of the first one. Immutable.
 *
 * @param product what the database is called in the metadata
 * @param dialect what it speaks
 * @param defaults what they are like when they are opened
 * @param transactionState the driver's method that tells the state of the transaction, or null
 * @param parameterStatuses the driver's method that tells what the server has reported of its session, or null
 * @param serverStatus the driver's method that tells the server's last status, as MariaDB's does, or null
 * @param connectionClass the vendor's
 * @param isEphemeral whether the database is in memory and goes with the last connection to it
 */
record Traits(
        String product,
        Dialect dialect,
        Defaults defaults,
        @Nullable MethodHandle transactionState,
        @Nullable MethodHandle parameterStatuses,
        @Nullable MethodHandle serverStatus,
        Class<?> connectionClass,
        boolean isEphemeral) {

    /**
     * Asks the first one.
     *
     * @throws SQLException the vendor's; F0000 where the database is one connection's own
     */
    static Traits of(Connection first) throws SQLException {
        String url = first.getMetaData().getURL();
        if (url != null && MemoryDatabases.isPrivate(url)) {
            throw new SQLNonTransientException(
                    "An unnamed database in memory belongs to one connection; name it, or set helios.connections=direct",
                    "F0000");
        }
        String product = first.getMetaData().getDatabaseProductName();
        Dialect dialect = Dialect.of(product);
        Defaults defaults = Defaults.of(first);
        MethodHandle transactionState = dialect == Dialect.POSTGRESQL ? Physical.transactionState(first) : null;
        return new Traits(
                product,
                dialect,
                defaults,
                transactionState,
                transactionState == null ? null : Physical.parameterStatuses(first),
                dialect == Dialect.MARIADB ? Physical.serverStatus(first) : null,
                first.getClass(),
                url != null && MemoryDatabases.endsWithItsConnections(url));
    }
}
