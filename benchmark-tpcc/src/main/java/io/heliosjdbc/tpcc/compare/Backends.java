package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** How many connections the database has, by its own account. Not thread-safe. */
final class Backends {
    /** How many there are. */
    static final String OPEN = "backends: open";
    /** How many of them are in a statement or a transaction. */
    static final String IN_USE = "backends: in use";

    private final Connection watcher;
    private final Optional<String> question;

    /** @param watcher a connection of the vendor's that is used for nothing else meanwhile, and not counted */
    Backends(Connection watcher, Dialect dialect) {
        this.watcher = watcher;
        this.question = dialect.backends();
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
        try (Statement statement = watcher.createStatement();
                ResultSet row = statement.executeQuery(question.get())) {
            return row.next() ? Map.of(OPEN, row.getDouble(1) - onlooking, IN_USE, row.getDouble(2)) : Map.of();
        }
    }
}
