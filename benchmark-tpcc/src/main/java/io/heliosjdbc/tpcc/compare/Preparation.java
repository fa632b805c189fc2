package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Reason;
import io.heliosjdbc.tpcc.Schema;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.ch.SupplierTables;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings the database to where a part begins: TPC-C's tables and CH's loaded, and nothing left to be done for them. Whatever it does it does on
 * a connection of its own, for one that is there all the while may have broken meanwhile. Not thread-safe.
 */
final class Preparation implements AutoCloseable {
    private static final List<String> TABLES = java.util.stream.Stream.concat(
                    Schema.TABLES.stream(), SupplierTables.ANNEX.tables().stream())
            .toList();

    private final Target target;
    private final Dialect dialect;
    private final Backends backends;
    private final int loaders;
    private boolean replace;
    /** Why there are no statistics, or no checkpoints, by what asks for them. */
    private final Map<String, String> withheld = new LinkedHashMap<>();

    /**
     * @param target somebody must be connected to an H2 database in memory all the while
     * @param loaders how many connections load, 1 or more
     * @param replace whether tables may be dropped that this has not made
     */
    Preparation(Target target, int loaders, boolean replace) throws SQLException {
        this.target = target;
        try (Connection straight = target.straight()) {
            this.dialect = Dialect.of(straight);
        }
        this.backends = new Backends(new Lookout(target::straight), dialect);
        this.loaders = loaders;
        this.replace = replace;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Those that {@link #settle} has not found, in its last run. */
    Backends backends() {
        return backends;
    }

    /** Whether {@link #load} goes on with the same load, which was interrupted. */
    boolean goesOn(Load load) throws SQLException {
        return !replace && loader(load, line -> {}).interrupted();
    }

    /**
     * Loads all tables; what this has loaded before is dropped.
     *
     * @throws SQLException also where there are tables that may not be dropped, or another load was interrupted
     */
    void load(Load load, Consumer<String> listener) throws SQLException, InterruptedException {
        loader(load, listener).load(replace);
        replace = true;
    }

    private Loader loader(Load load, Consumer<String> listener) {
        return new Loader(target, load, loaders, listener, SupplierTables.ANNEX);
    }

    /** What was done before must not be cleaned up, written out nor counted while a part is measured. */
    void settle() throws SQLException {
        try (Connection straight = target.straight()) {
            execute(straight, dialect.afterLoad(TABLES));
            execute(straight, dialect.checkpoint());
        }
        backends.leaveOutThePresent();
    }

    /** Without it the parts can be measured, too, and begin alike. */
    private void execute(Connection straight, Optional<String> sql) throws SQLException {
        if (sql.isPresent()) {
            try (Statement statement = straight.createStatement()) {
                statement.execute(sql.get());
            } catch (SQLException e) {
                if (!Dialect.withholds(e)) {
                    throw e;
                }
                withheld.put(sql.get(), Reason.of(e));
            }
        }
    }

    /** When checkpoints were made, for people; empty where this makes none. */
    Optional<String> checkpoints() {
        return dialect.checkpoint().map(this::before);
    }

    /** When the optimizer's statistics were made, for people; empty where this makes none. */
    Optional<String> statistics() {
        return dialect.afterLoad(TABLES).map(this::before);
    }

    private String before(String sql) {
        String reason = withheld.get(sql);
        return reason == null ? "before each part" : "as the server likes, for it gave none: " + reason;
    }

    /** How many orders there are: whether a part begins with what another one began with. */
    long orders() throws SQLException {
        try (Connection straight = target.straight();
                Statement statement = straight.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        backends.close();
    }
}
