package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What HikariCP opens connections with: each of them carries its {@link Physical}. Whenever one is opened, what its database knows that a
 * text does not say is asked for. Thread-safe.
 */
final class PhysicalSource implements DataSource {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PhysicalSource.class);

    private final String name;
    private final AtomicReference<@Nullable Connection> first;
    private final Traits traits;
    private final ConnectionSource source;
    private final OpenConnections open;
    private final LongSupplier clock;
    private final KnownFunctions functions;
    private final TemporaryTables temporaryTables = new TemporaryTables();

    /**
     * Opens none yet.
     *
     * @param name the pool's
     * @param first is open already, and is given first
     * @param traits the first one's
     * @param source opens the others
     * @param open takes in each that is open
     * @param clock in nanoseconds
     */
    PhysicalSource(
            String name,
            Connection first,
            Traits traits,
            ConnectionSource source,
            OpenConnections open,
            LongSupplier clock) {
        this.name = name;
        this.first = new AtomicReference<>(first);
        this.traits = traits;
        this.functions = new KnownFunctions(traits.product());
        this.source = source;
        this.open = open;
        this.clock = clock;
    }

    /** What the functions of a PostgreSQL or a MySQL are called. */
    KnownFunctions functions() {
        return functions;
    }

    /** What tables of an engine that nothing else is known of have rows that are a session's own. */
    TemporaryTables temporaryTables() {
        return temporaryTables;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection opened = first.getAndSet(null);
        Connection raw = opened != null ? opened : source.open();
        open.add(raw);
        boolean carried = false;
        try {
            learn(raw);
            Physical physical = new Physical(
                    raw, traits.transactionState(), traits.parameterStatuses(), traits.serverStatus(), clock);
            Connection carrier = Carrier.of(physical, traits.defaults().items().get(Item.ISOLATION), open::closed);
            carried = true;
            return carrier;
        } finally {
            if (!carried) {
                open.discard(raw);
            }
        }
    }

    private void learn(Connection raw) throws SQLException {
        if (traits.dialect() == Dialect.POSTGRESQL) {
            functions.learn(raw);
        } else if (traits.dialect() == Dialect.OTHER) {
            learnTemporaryTables(raw);
        }
    }

    /** A driver that does not tell has none. */
    private void learnTemporaryTables(Connection raw) {
        try {
            temporaryTables.learn(raw);
        } catch (SQLException | RuntimeException notTold) {
            LOG.debug("{}: the driver does not tell which tables are temporary", name, notTold);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // Nothing is written.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The vendor's properties say it.
    }

    /** For so long the pool waits, when it is closed, for who is opening a connection; it warns of those who take longer. */
    @Override
    public int getLoginTimeout() {
        return 1;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Helios logs through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("Not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
