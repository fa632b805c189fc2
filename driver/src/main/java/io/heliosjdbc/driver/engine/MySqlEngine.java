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
        // In MySQL's newer form tables stand in a tree of their own, which is not read.
        Map<String, Double> scans = block == null ? null : new HashMap<>();
        if (scans != null) {
            scans(block, 1, scans);
        }
        return new DatabasePlan(cost, Json.number(newer == null ? plan : newer, "estimated_rows"), scans, Map.of());
    }

    /** @param before how many rows the tables before this one give together, where it is one of a join */
    private static void scans(@Nullable Object node, double before, Map<String, Double> scans) {
        if (node instanceof List<?> list) {
            list.forEach(each -> scans(each, 1, scans));
        }
        if (!(node instanceof Map<?, ?> members)) {
            return;
        }
        if (members.get("table_name") instanceof String table) {
            Double rows = Json.number(node, "rows");
            Double times = Json.number(node, "loops");
            if (rows == null) {
                rows = Json.number(node, "rows_examined_per_scan");
                times = members.containsKey("using_join_buffer") ? 1 : before;
            }
            if (rows != null) {
                scans.merge(table, rows * (times == null ? 1 : Math.max(1, times)), Double::sum);
            }
        }
        members.forEach((name, each) -> {
            if ("nested_loop".equals(name)) {
                join(Json.list(each), scans);
            } else {
                scans(each, 1, scans);
            }
        });
    }

    /**
     * The tables of a join in their order. MariaDB says how often each is read. MySQL says how many rows come out of it and those before
     * it; the next one is read for each of them, unless they are gathered in a buffer first, and what is materialized for it once.
     */
    private static void join(List<?> tables, Map<String, Double> scans) {
        double before = 1;
        for (Object each : tables) {
            Object table = Json.member(each, "table");
            if (table == null) {
                scans(each, 1, scans);
                continue;
            }
            scans(table, before, scans);
            Double produced = Json.number(table, "rows_produced_per_join");
            before = produced == null ? 1 : produced;
        }
    }

    @Override
    public @Nullable Long rowCount(Connection connection, String table) throws SQLException {
        return Catalog.number(connection, true, ROW_COUNT, Catalog.name(table), Catalog.schema(table));
    }
}
