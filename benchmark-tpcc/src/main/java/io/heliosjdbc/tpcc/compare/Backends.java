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
    /** How many of them are in a statement or a transaction. */
    static final String IN_USE = "backends: in use";

    private final Lookout watcher;
    private final Optional<String> question;
    private Set<Long> others = Set.of();

    /** @param watcher looks at the database with a connection of the vendor's, which is not counted */
    Backends(Lookout watcher, Dialect dialect) {
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
        return question.isEmpty() ? Map.of() : watcher.look(connection -> busy(connection, question.get()));
    }

    private static Map<Long, Boolean> busy(Connection watcher, String question) throws SQLException {
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
