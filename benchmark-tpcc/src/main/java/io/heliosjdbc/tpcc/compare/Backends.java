package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How many connections the database has, by its own account. Not thread-safe. */
final class Backends implements AutoCloseable {
    /** How many there are. */
    static final String OPEN = "backends: open";
    /** How many of them are in a statement or a transaction; not there where the user may not know. */
    static final String IN_USE = "backends: in use";

    private final Lookout watcher;
    private final Dialect dialect;
    private boolean mayKnow = true;
    private Set<Long> others = Set.of();

    /** @param watcher looks at the database with a connection of the vendor's, which is not counted */
    Backends(Lookout watcher, Dialect dialect) {
        this.watcher = watcher;
        this.dialect = dialect;
    }

    /** Leaves out of every later count who is there now: a pool of Helios's ends a minute after its last connection was closed. */
    void leaveOutThePresent() throws SQLException {
        others = busy().keySet();
    }

    /**
     * Both by name, as far as the database can be asked.
     *
     * @param onlooking how many are there only to look, and idle
     */
    Map<String, Double> count(int onlooking) throws SQLException {
        if (dialect.backends().isEmpty()) {
            return Map.of();
        }
        Map<Long, Boolean> busy = busy();
        busy.keySet().removeAll(others);
        double open = (double) busy.size() - onlooking;
        double inUse = busy.values().stream().filter(each -> each).count();
        return mayKnow ? Map.of(OPEN, open, IN_USE, inUse) : Map.of(OPEN, open);
    }

    /** Whether each is in a statement or a transaction, by its number; all false where the user may not know. */
    private Map<Long, Boolean> busy() throws SQLException {
        Optional<String> all = dialect.backends();
        return all.isEmpty() ? Map.of() : watcher.look(connection -> busy(connection, all.get()));
    }

    private Map<Long, Boolean> busy(Connection connection, String all) throws SQLException {
        Optional<String> less = dialect.backendsOnly();
        if (less.isEmpty()) {
            return ask(connection, all);
        }
        if (mayKnow) {
            try {
                return ask(connection, all);
            } catch (SQLException e) {
                if (!dialect.denied(e)) {
                    throw e;
                }
                mayKnow = false;
            }
        }
        return ask(connection, less.get());
    }

    private static Map<Long, Boolean> ask(Connection watcher, String question) throws SQLException {
        Map<Long, Boolean> busy = new HashMap<>();
        try (Statement statement = watcher.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                busy.put(rows.getLong(1), rows.getBoolean(2));
            }
        }
        return busy;
    }

    @Override
    public void close() {
        watcher.close();
    }
}
