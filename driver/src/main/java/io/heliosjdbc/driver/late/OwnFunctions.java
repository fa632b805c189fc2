package io.heliosjdbc.driver.late;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * What the functions of a PostgreSQL are called that did not come with it: one of them may be meant where a text calls one of the
 * database's own. Those of extensions are left out, for they bring along {@code replace} and the like for types of their own. Stateless.
 */
final class OwnFunctions {
    /** From 16384 on numbers are given to what is created after the cluster. */
    private static final String NAMES = "SELECT DISTINCT p.proname FROM pg_catalog.pg_proc p WHERE p.oid >= 16384"
            + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e')";

    /** What is not volatile changes nothing; but for those that execute a text, or read a table that may be a view. */
    private static final String HARMLESS = "SELECT p.proname FROM pg_catalog.pg_proc p"
            + " WHERE p.pronamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'pg_catalog')"
            + " AND p.proname NOT LIKE '%to_xml%' AND p.proname NOT IN ('ts_stat', 'ts_rewrite')"
            + " GROUP BY p.proname HAVING pg_catalog.bool_and(p.oid < 16384 AND p.provolatile <> 'v')";

    private OwnFunctions() {}

    static Set<String> of(Connection raw) throws SQLException {
        return names(raw, NAMES);
    }

    /** What functions are called that came with it, where all of that name leave nothing behind in a session. */
    static Set<String> harmless(Connection raw) throws SQLException {
        return names(raw, HARMLESS);
    }

    private static Set<String> names(Connection raw, String question) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = raw.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return Set.copyOf(names);
    }
}
