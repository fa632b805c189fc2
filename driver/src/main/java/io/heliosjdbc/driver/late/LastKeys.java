package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.Dialect;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has learned of those who ask a session for its last key, as by {@code lastval()}: after which changes they do. Such a change
 * keeps its physical connection until the key was read; to keep it after every change would hold one for each connection that has
 * ever changed something. Once anybody has asked, no session is lent on with another one's keys in it. Thread-safe.
 */
final class LastKeys {
    /** Who puts values into texts has no end of them. */
    private static final int MOST = 1000;

    private final Set<String> changes = ConcurrentHashMap.newKeySet();
    private volatile boolean asked;

    /**
     * Somebody asks for it.
     *
     * @param change the template of the connection's last change, or null where it has made none
     */
    void asked(@Nullable String change) {
        asked = true;
        if (change != null && changes.size() < MOST) {
            changes.add(change);
        }
    }

    /** Whether anybody has asked for one. */
    boolean areAskedFor() {
        return asked;
    }

    /** Whether somebody has asked for it after such a change. */
    boolean areAskedForAfter(String change) {
        return asked && changes.contains(change);
    }

    /** Whether a session can be made to forget them. */
    static boolean canBeForgotten(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL || dialect == Dialect.MARIADB;
    }

    /** Makes a session forget those of an earlier owner; no transaction is open. */
    static void forget(Physical physical, Dialect dialect) throws SQLException {
        try (Statement statement = physical.raw().createStatement()) {
            statement.execute(dialect == Dialect.POSTGRESQL ? "DISCARD SEQUENCES" : "SET last_insert_id = 0");
        }
        physical.hasKeys(false);
    }
}
