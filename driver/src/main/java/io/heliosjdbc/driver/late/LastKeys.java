package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has learned of those who ask a session for its last key, as by {@code lastval()}: after which changes they do though the
 * transaction is over, and how often. Such a change keeps its physical connection until the key was read so often; to keep it after every
 * change would hold one for each connection that has ever changed something. Once anybody has asked, no session is lent on with another
 * one's keys in it. Thread-safe.
 */
final class LastKeys {
    /** Who puts values into texts has no end of them. */
    private static final int MOST = 1000;

    /** They ask for the last value of a sequence that they name. */
    private static final Set<String> OF_SEQUENCES = Set.of("lastval", "currval", SessionUse.PREVIOUS_VALUE);

    /** How often somebody wanted to read after a change, by the change's template. */
    private final Map<String, Integer> readings = new ConcurrentHashMap<>();

    private volatile boolean asked;
    private volatile boolean askedOfSequences;

    /** Somebody asks for one in a text that does this. */
    void asked(SessionUse question) {
        askedOfSequences |= !Collections.disjoint(question.functions(), OF_SEQUENCES);
        asked = true;
    }

    /**
     * Somebody was refused one, for the session may be another by now.
     *
     * @param change the template of the connection's last change, or null where it has made none
     * @param answered how often it was told after that change
     */
    void refused(@Nullable String change, int answered) {
        if (change != null && (readings.containsKey(change) || readings.size() < MOST)) {
            readings.merge(change, answered + 1, Math::max);
        }
    }

    /** Whether anybody has asked for one. */
    boolean areAskedFor() {
        return asked;
    }

    /** How often somebody wants to read it after such a change; 0 where nobody was refused. */
    int readingsAfter(String change) {
        return asked ? readings.getOrDefault(change, 0) : 0;
    }

    /** Whether somebody else's may be in a session that is lent now, of those that anybody has asked for. */
    boolean areIn(Physical physical, Dialect dialect) {
        return asked && (keepsSequences(dialect) ? physical.hadKeys() : physical.hasKeys());
    }

    /** Whether a session can be made to forget those that anybody has asked for. */
    boolean canBeForgotten(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL || (dialect == Dialect.MARIADB && !keepsSequences(dialect));
    }

    /** MariaDB's session tells what it took last from each sequence until it ends. */
    private boolean keepsSequences(Dialect dialect) {
        return askedOfSequences && dialect == Dialect.MARIADB;
    }

    /** Makes a session forget those of an earlier owner. */
    static void forget(Physical physical, Dialect dialect) throws SQLException {
        try (Statement statement = physical.raw().createStatement()) {
            statement.execute(dialect == Dialect.POSTGRESQL ? "DISCARD SEQUENCES" : "SET last_insert_id = 0");
        }
        physical.hasKeys(false);
    }
}
