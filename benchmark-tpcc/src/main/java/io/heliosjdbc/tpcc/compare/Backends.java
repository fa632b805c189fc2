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
final class Backends {
    /** How many there are. */
    static final String OPEN = "backends: open";
    /** How many of them are in a statement or a transaction. */
    static final String IN_USE = "backends: in use";

    private final Connection watcher;
    private final Optional<String> question;
    private Set<Long> others = Set.of();

    /** @param watcher a connection of the vendor's that is used for nothing else meanwhile, and not counted */
    Backends(Connection watcher, Dialect dialect) {
        this.watcher = watcher;
        this.question = dialect.backends();
    }

    /** Leaves out of every later count who is there now: a pool of Helios's ends a minute after its last connection was closed. */
    void leaveOutThePresent() throws SQLException {
        others = busy().keySet();
    }

    /**
     * Both by name; nothing where the database cannot be asked.
     *
     * @param onlooking how many are there only to look, and idle
     */
    Map<String, Double> count(int onlooking) throws SQLException {
        if (question.isEmpty()) {
            return Map.of();
        }
        Map<Long, Boolean> busy = busy();
        busy.keySet().removeAll(others);
        double inUse = busy.values().stream().filter(each -> each).count();
        return Map.of(OPEN, (double) busy.size() - onlooking, IN_USE, inUse);
    }

    /** Whether each is in a statement or a transaction, by its number. */
    private Map<Long, Boolean> busy() throws SQLException {
        Map<Long, Boolean> busy = new HashMap<>();
        if (question.isPresent()) {
            try (Statement statement = watcher.createStatement();
                    ResultSet rows = statement.executeQuery(question.get())) {
                while (rows.next()) {
                    busy.put(rows.getLong(1), rows.getBoolean(2));
                }
            }
        }
        return busy;
    }
}
