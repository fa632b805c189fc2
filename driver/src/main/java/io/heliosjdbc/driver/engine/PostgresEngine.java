package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.statement.Plannable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: plans as JSON. For a statement with parameters it prepares one on the server and explains its generic plan; {@code
 * EXPLAIN (GENERIC_PLAN)} of version 16 says the same, but needs the simple protocol, which the vendor's driver would have to be
 * told when it connects.
 *
 * <p>Each question is a transaction that is rolled back, and sets nothing beyond it: behind a pooler such as PgBouncer the server's connection
 * is somebody else's afterwards.
 */
final class PostgresEngine implements DatabaseEngine {
    private static final int GENERIC_PLAN_SINCE = 12;
    /** In one, which the vendor's driver sends at once. */
    private static final String LIMITS = "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = 1000;"
            + " SET LOCAL lock_timeout = 100; SET LOCAL application_name = 'helios estimates'";

    private static final String EXPLAIN = "EXPLAIN (VERBOSE, FORMAT JSON) ";
    private static final String PREPARED = "helios_estimate";
    /** Of a table that was never analyzed it is negative, before version 14 zero. */
    private static final String ROW_COUNT = "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(?)";

    private final int version;

    PostgresEngine(int version) {
        this.version = version;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public boolean tells() {
        return true;
    }

    @Override
    public void limit(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        Catalog.execute(connection, LIMITS);
    }

    @Override
    public void end(Connection connection) throws SQLException {
        connection.rollback();
    }

    @Override
    public @Nullable DatabasePlan plan(Connection connection, Plannable statement) throws SQLException {
        if (statement.parameters() == 0) {
            return read(Catalog.text(connection, EXPLAIN + statement.sql()));
        }
        if (version < GENERIC_PLAN_SINCE) {
            return null;
        }
        Catalog.execute(connection, "SET LOCAL plan_cache_mode = force_generic_plan");
        // What is prepared outlives the transaction and a return to a savepoint before it, and in a transaction that
        // has failed it cannot
        // be given up: the savepoint must be there first.
        Savepoint before = connection.setSavepoint();
        Catalog.execute(connection, "PREPARE " + PREPARED + " AS " + statement.sql());
        try {
            String values = String.join(", ", Collections.nCopies(statement.parameters(), "NULL"));
            return read(Catalog.text(connection, EXPLAIN + "EXECUTE " + PREPARED + "(" + values + ")"));
        } finally {
            connection.rollback(before);
            Catalog.execute(connection, "DEALLOCATE " + PREPARED);
        }
    }

    /** Reads {@code [{"Plan": ...}]}; a rule may make several plans of a statement. */
    static DatabasePlan read(String json) {
        Map<String, Double> scans = new HashMap<>();
        Map<String, Double> wholeTables = new HashMap<>();
        Double cost = null;
        Double rows = null;
        for (Object each : Json.list(Json.read(json))) {
            Object plan = Json.member(each, "Plan");
            Double itsCost = Json.number(plan, "Total Cost");
            if (itsCost == null) {
                continue;
            }
            if (cost == null) {
                rows = rows(plan);
            }
            cost = (cost == null ? 0 : cost) + itsCost;
            scans(plan, 1, scans, wholeTables);
        }
        return new DatabasePlan(cost, rows, scans, wholeTables);
    }

    /** What a change's plan gives itself is what RETURNING gives; what it changes comes from below. */
    private static @Nullable Double rows(@Nullable Object plan) {
        Double sum = null;
        if ("ModifyTable".equals(Json.member(plan, "Node Type"))) {
            for (Object each : Json.list(Json.member(plan, "Plans"))) {
                Double rows = Json.number(each, "Plan Rows");
                if (rows != null && isChanged(relationship(each))) {
                    sum = (sum == null ? 0 : sum) + rows;
                }
            }
        }
        return sum == null ? Json.number(plan, "Plan Rows") : sum;
    }

    /** Whether those are the rows that a change is about; before version 14 it has one such member for each partition. */
    private static boolean isChanged(String relationship) {
        return relationship.equals("Outer") || relationship.equals("Member");
    }

    /** What a plan is to the one above it; where it stands in the list says nothing, for subqueries stand first or last. */
    private static String relationship(@Nullable Object plan) {
        return String.valueOf(Json.member(plan, "Parent Relationship"));
    }

    private static void scans(
            @Nullable Object plan, double times, Map<String, Double> scans, Map<String, Double> wholeTables) {
        String type = String.valueOf(Json.member(plan, "Node Type"));
        Double rows = Json.number(plan, "Plan Rows");
        if (Json.member(plan, "Relation Name") instanceof String name && !type.equals("ModifyTable")) {
            String table = Json.member(plan, "Schema") instanceof String schema ? schema + "." + name : name;
            boolean whole = type.equals("Seq Scan");
            (whole ? wholeTables : scans).merge(table, whole ? times : times * (rows == null ? 1 : rows), Double::sum);
        }
        for (Object each : Json.list(Json.member(plan, "Plans"))) {
            scans(each, times * times(type, plan, each), scans, wholeTables);
        }
    }

    /**
     * How often a plan runs whenever the one above it does. A nested loop runs its inner side once for each row of its outer one. A
     * subquery that depends on its row runs for each row that comes out above it, at least: how many a filter has held back no plan says.
     * What is kept runs once, and so do subqueries that depend on nothing, and all else.
     */
    private static double times(String type, @Nullable Object above, @Nullable Object plan) {
        boolean kept = switch (String.valueOf(Json.member(plan, "Node Type"))) {
            case "Materialize", "Memoize" -> true;
            default -> false;
        };
        if (kept) {
            return 1;
        }
        Double rows = switch (relationship(plan)) {
            case "Inner" -> type.equals("Nested Loop") ? outerRows(above) : null;
            case "SubPlan" -> isHashed(above, plan) ? null : Json.number(above, "Plan Rows");
            default -> null;
        };
        return rows == null ? 1 : Math.max(1, rows);
    }

    private static @Nullable Double outerRows(@Nullable Object join) {
        for (Object each : Json.list(Json.member(join, "Plans"))) {
            if (relationship(each).equals("Outer")) {
                return Json.number(each, "Plan Rows");
            }
        }
        return null;
    }

    /** Whether what a subquery gives is looked up in a table of hashes, as the expressions that use it say. */
    private static boolean isHashed(@Nullable Object above, @Nullable Object subquery) {
        String use = "(hashed " + Json.member(subquery, "Subplan Name") + ")";
        return above instanceof Map<?, ?> members && members.values().stream().anyMatch(each -> uses(each, use));
    }

    /** Of an expression, or of a list of them; not of the plans below, which are no expressions. */
    private static boolean uses(@Nullable Object expressions, String use) {
        return expressions instanceof List<?> list
                ? list.stream().anyMatch(each -> each instanceof String && uses(each, use))
                : expressions instanceof String expression && expression.contains(use);
    }

    @Override
    public @Nullable Long rowCount(Connection connection, String table) throws SQLException {
        StringBuilder quoted = new StringBuilder();
        for (String part : table.split("\\.", -1)) {
            quoted.append(quoted.isEmpty() ? "" : ".")
                    .append('"')
                    .append(part.replace("\"", "\"\""))
                    .append('"');
        }
        return Catalog.number(connection, false, ROW_COUNT, quoted.toString());
    }
}
