package io.heliosjdbc.driver.late;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What functions are called of which a text that calls one of the database's own may mean another: in a PostgreSQL those that did not come with
 * it, as far as it was asked, and in a MySQL those that only MariaDB has, whose texts are read alike. And what those of PostgreSQL's own are called
 * that leave nothing behind. Those of extensions are left out, for they bring along {@code replace} and the like for types of their own.
 * Thread-safe.
 */
final class KnownFunctions {
    /** From 16384 on numbers are given to what is created after the cluster. */
    private static final String OWN = "SELECT DISTINCT p.proname FROM pg_catalog.pg_proc p WHERE p.oid >= 16384"
            + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e')";

    /** What is not volatile changes nothing; but for those that execute a text, or read a table that may be a view. */
    private static final String HARMLESS = "SELECT p.proname FROM pg_catalog.pg_proc p"
            + " WHERE p.pronamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'pg_catalog')"
            + " AND p.proname NOT LIKE '%to_xml%' AND p.proname NOT IN ('ts_stat', 'ts_rewrite')"
            + " GROUP BY p.proname HAVING pg_catalog.bool_and(p.oid < 16384 AND p.provolatile <> 'v')";

    /** Who comes from Oracle makes functions of these names. */
    private static final Set<String> ONLY_OF_MARIADB = Set.of(
            "add_months",
            "chr",
            "column_get",
            "column_json",
            "column_list",
            "decode",
            "encode",
            "json_compact",
            "json_detailed",
            "json_equals",
            "json_exists",
            "json_loose",
            "json_normalize",
            "json_query",
            "median",
            "natural_sort_key",
            "nextval",
            "nvl",
            "nvl2",
            "percentile_cont",
            "percentile_disc",
            "rownum",
            "sformat",
            "sys_guid",
            "to_char",
            "value");

    /** Asked whenever a connection is opened. */
    private volatile Set<String> own;

    /** Where all of that name came with the database and leave nothing behind in a session; asked once. */
    private volatile Set<String> harmless = Set.of();
    /** Who wants few bytes of an answer, by {@code maxResultBuffer}, loses a connection with each such question. */
    private final AtomicInteger harmlessQuestions = new AtomicInteger(2);

    /**
     * As far as it is known without asking.
     *
     * @param product what the database is called in its metadata
     */
    KnownFunctions(String product) {
        this.own = product.equalsIgnoreCase("MySQL") ? ONLY_OF_MARIADB : Set.of();
    }

    /** Asks a connection that was just opened. */
    void learn(Connection raw) throws SQLException {
        own = names(raw, OWN);
        if (harmless.isEmpty() && harmlessQuestions.get() > 0) {
            int unused = harmlessQuestions.decrementAndGet();
            harmless = names(raw, HARMLESS);
        }
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

    /** Whether one of them did not come with the database. */
    boolean hasOwn(Set<String> functions) {
        Set<String> known = own;
        return !known.isEmpty() && !Collections.disjoint(functions, known);
    }

    /** Whether all of them came with it and leave nothing behind in a session. */
    boolean areHarmless(Set<String> functions) {
        return harmless.containsAll(functions);
    }
}
