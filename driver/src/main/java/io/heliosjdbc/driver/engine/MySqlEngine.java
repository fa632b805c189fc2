package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.statement.Plannable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB and MySQL: plans as JSON for queries without parameters. They have no plan for any value, and explain no change on a
 * connection that only reads.
 */
final class MySqlEngine implements DatabaseEngine {
    private static final Pattern QUERY = Pattern.compile("(?:SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE);

    private static final String ROW_COUNT = """
            SELECT table_rows FROM information_schema.tables
            WHERE table_name = ? AND table_schema = COALESCE(?, DATABASE())
            """;

    private final String name;
    private final String timeout;

    /**
     * One of the two.
     *
     * @param timeout what makes statements end after a second
     */
    MySqlEngine(String name, String timeout) {
        this.name = name;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean tells() {
        return true;
    }

    @Override
    public void limit(Connection connection) throws SQLException {
        Catalog.execute(connection, timeout, "SET SESSION lock_wait_timeout = 1", "SET SESSION TRANSACTION READ ONLY");
    }

    @Override
    public @Nullable DatabasePlan plan(Connection connection, Plannable statement) throws SQLException {
        if (statement.parameters() > 0 || !QUERY.matcher(statement.sql()).lookingAt()) {
            return null;
        }
        return read(Catalog.text(connection, "EXPLAIN FORMAT=JSON " + statement.sql()));
    }

    /** MariaDB has {@code query_block.cost}, MySQL {@code query_block.cost_info.query_cost} or, in its newer form, one for all. */
    static DatabasePlan read(String json) {
        Object plan = Json.read(json);
        Object block = Json.member(plan, "query_block");
        Double cost = Json.number(block, "cost");
        if (cost == null) {
            cost = Json.number(Json.member(block, "cost_info"), "query_cost");
        }
        Object newer = Json.member(plan, "query_plan");
        if (cost == null) {
            cost = Json.number(newer == null ? plan : newer, "estimated_total_cost");
        }
        Map<String, Double> scans = new HashMap<>();
        scans(block, scans);
        return new DatabasePlan(cost, Json.number(newer == null ? plan : newer, "estimated_rows"), scans, Map.of());
    }

    private static void scans(@Nullable Object node, Map<String, Double> scans) {
        if (node instanceof List<?> list) {
            list.forEach(each -> scans(each, scans));
        }
        if (!(node instanceof Map<?, ?> members)) {
            return;
        }
        if (members.get("table_name") instanceof String table) {
            Double rows = Json.number(node, "rows");
            if (rows == null) {
                rows = Json.number(node, "rows_examined_per_scan");
            }
            Double loops = Json.number(node, "loops");
            if (rows != null) {
                scans.merge(table, rows * (loops == null ? 1 : Math.max(1, loops)), Double::sum);
            }
        }
        members.values().forEach(each -> scans(each, scans));
    }

    @Override
    public @Nullable Long rowCount(Connection connection, String table) throws SQLException {
        return Catalog.number(connection, true, ROW_COUNT, Catalog.name(table), Catalog.schema(table));
    }
}
