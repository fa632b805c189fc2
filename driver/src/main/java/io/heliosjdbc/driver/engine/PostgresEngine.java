package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.statement.Plannable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: plans as JSON. For a statement with parameters it prepares one on the server and explains its generic plan; {@code
 * EXPLAIN (GENERIC_PLAN)} of version 16 says the same, but needs the simple protocol, which the vendor's driver would have to be
 * told when it connects.
 */
final class PostgresEngine implements DatabaseEngine {
    private static final int GENERIC_PLAN_SINCE = 12;
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
        Catalog.execute(
                connection,
                "SET statement_timeout = 1000",
                "SET lock_timeout = 100",
                "SET default_transaction_read_only = on",
                "SET application_name = 'helios estimates'");
    }

    @Override
    public @Nullable DatabasePlan plan(Connection connection, Plannable statement) throws SQLException {
        if (statement.parameters() == 0) {
            return read(Catalog.text(connection, EXPLAIN + statement.sql()));
        }
        if (version < GENERIC_PLAN_SINCE) {
            return null;
        }
        Catalog.execute(
                connection,
                "SET plan_cache_mode = force_generic_plan",
                "PREPARE " + PREPARED + " AS " + statement.sql());
        try {
            String values = String.join(", ", Collections.nCopies(statement.parameters(), "NULL"));
            return read(Catalog.text(connection, EXPLAIN + "EXECUTE " + PREPARED + "(" + values + ")"));
        } finally {
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
        List<?> below = Json.list(Json.member(plan, "Plans"));
        boolean changes = "ModifyTable".equals(Json.member(plan, "Node Type"));
        return Json.number(changes && !below.isEmpty() ? below.get(0) : plan, "Plan Rows");
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
        List<?> below = Json.list(Json.member(plan, "Plans"));
        for (int i = 0; i < below.size(); i++) {
            scans(below.get(i), times * times(type, below, i), scans, wholeTables);
        }
    }

    /** A nested loop runs its inner side once for each row of its outer one, unless what it gave is kept. */
    private static double times(String type, List<?> below, int i) {
        if (!type.equals("Nested Loop") || i == 0) {
            return 1;
        }
        boolean kept = switch (String.valueOf(Json.member(below.get(i), "Node Type"))) {
            case "Materialize", "Memoize" -> true;
            default -> false;
        };
        Double outer = Json.number(below.get(0), "Plan Rows");
        return kept || outer == null ? 1 : Math.max(1, outer);
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
