package io.heliosjdbc.driver.late;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What PostgreSQL tells of what is left in a session, whoever has made it and how. Functions and operators are named with their schema: the
 * search path is a tenant's, who may have some of his own in front. Stateless.
 */
final class Leftovers {
    /** True where the session has no objects of its own; whatever is in a schema depends on it. */
    static final String NO_TEMPORARIES = "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend"
            + " WHERE refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass"
            + " AND refobjid OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema())";

    /** The driver prepares statements of its own, though not as texts; no transaction is open, so that cursors are those that last. */
    private static final String NOTHING = "SELECT " + NO_TEMPORARIES
            + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_locks"
            + " WHERE locktype OPERATOR(pg_catalog.=) 'advisory'"
            + " AND pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid())"
            + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_listening_channels())"
            + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_prepared_statements WHERE from_sql)"
            + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_cursors WHERE is_holdable)";

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    /**
     * Forgets what was sent to a channel and not fetched: the driver keeps it, and would tell the next owner.
     *
     * @return whether nothing of it is left
     */
    static boolean forgetNotifications(Connection raw) {
        try {
            Object unused = raw.getClass().getMethod("getNotifications").invoke(raw);
            return true;
        } catch (NoSuchMethodException keepsNone) {
            return true;
        } catch (ReflectiveOperationException refused) {
            LOG.debug("A driver does not give up its notifications", refused);
            return false;
        }
    }

    /** Whether nothing is left of temporary objects, locks, channels, prepared statements and cursors; no transaction is open. */
    static boolean areNone(Connection raw) throws SQLException {
        try (Statement statement = raw.createStatement();
                ResultSet answer = statement.executeQuery(NOTHING)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
