package io.heliosjdbc.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What engines read out of plans, without a database. */
class EnginesTest {
    @Test
    void jsonIsReadAsItStands() {
        Object read = Json.read(" {\"a\": [1, -2.5e1, \"x\\\"\\u0041\\n\"], \"b\": {}, \"c\": null, \"d\": true}\n");

        assertThat(Json.member(read, "a")).isEqualTo(List.of(1.0, -25.0, "x\"A\n"));
        assertThat(Json.member(read, "b")).isEqualTo(Map.of());
        assertThat(Json.member(read, "c")).isNull();
        assertThat(Json.member(read, "d")).isEqualTo(true);
        assertThat(Json.member("text", "d")).isNull();
        assertThat(Json.number(Json.read("{\"cost\": \"1.25\", \"none\": \"much\"}"), "cost"))
                .isEqualTo(1.25);
        assertThat(Json.number(Json.read("{\"none\": \"much\"}"), "none")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\"", "{\"a\" 1}", "[1, 2", "\"open", "\"\\u00", "nothing"})
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deepJsonIsRefusedBeforeTheStackEnds() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNestedLoopScansItsInnerSideAgainAndAgain() {
        DatabasePlan plan = PostgresEngine.read("""
                [{"Plan": {"Node Type": "Nested Loop", "Total Cost": 80.5, "Plan Rows": 30, "Plans": [
                    {"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "customer", "Schema": "public",
                        "Plan Rows": 10},
                    {"Node Type": "Index Scan", "Parent Relationship": "Inner", "Relation Name": "orders", "Schema": "public",
                        "Plan Rows": 3}]}}]
                """);

        assertThat(plan)
                .isEqualTo(new DatabasePlan(80.5, 30.0, Map.of("public.orders", 30.0), Map.of("public.customer", 1.0)));
    }

    @Test
    void aChangeGivesTheRowsBelowIt() {
        DatabasePlan plan = PostgresEngine.read("""
                [{"Plan": {"Node Type": "ModifyTable", "Relation Name": "orders", "Total Cost": 8, "Plan Rows": 0, "Plans": [
                    {"Node Type": "Index Scan", "Parent Relationship": "Outer", "Relation Name": "orders", "Plan Rows": 7}]}}]
                """);

        assertThat(plan).isEqualTo(new DatabasePlan(8.0, 7.0, Map.of("orders", 7.0), Map.of()));
    }

    @Test
    void aChangeOfPartitionsGivesTheRowsBelowAllOfThem() {
        DatabasePlan plan = PostgresEngine.read("""
                [{"Plan": {"Node Type": "ModifyTable", "Relation Name": "orders", "Total Cost": 8, "Plan Rows": 0, "Plans": [
                    {"Node Type": "Result", "Parent Relationship": "InitPlan", "Plan Rows": 1},
                    {"Node Type": "Index Scan", "Parent Relationship": "Member", "Relation Name": "may", "Plan Rows": 7},
                    {"Node Type": "Index Scan", "Parent Relationship": "Member", "Relation Name": "june", "Plan Rows": 5}]}}]
                """);

        assertThat(plan).isEqualTo(new DatabasePlan(8.0, 12.0, Map.of("may", 7.0, "june", 5.0), Map.of()));
    }

    @Test
    void plansOfMariaDbAndMySqlAreRead() {
        assertThat(MySqlEngine.read("""
                        {"query_block": {"select_id": 1, "cost": 0.0117, "nested_loop": [
                            {"table": {"table_name": "a", "access_type": "ALL", "loops": 1, "rows": 10, "cost": 0.01}},
                            {"table": {"table_name": "b", "access_type": "ref", "loops": 10, "rows": 2, "cost": 0.01}}]}}
                        """))
                .isEqualTo(new DatabasePlan(0.0117, null, Map.of("a", 10.0, "b", 20.0), Map.of()));
        assertThat(MySqlEngine.read("""
                        {"query_block": {"select_id": 1, "cost_info": {"query_cost": "1.25"},
                            "table": {"table_name": "a", "rows_examined_per_scan": 10}}}
                        """)).isEqualTo(new DatabasePlan(1.25, null, Map.of("a", 10.0), Map.of()));
        assertThat(MySqlEngine.read("{\"query_plan\": {\"estimated_total_cost\": 2.5, \"estimated_rows\": 4}}"))
                .as("which tables it reads is not looked for")
                .isEqualTo(new DatabasePlan(2.5, 4.0, null, Map.of()));
    }

    @Test
    void aTableOfMySqlIsReadForEachRowOfThoseBeforeIt() {
        DatabasePlan plan = MySqlEngine.read("""
                {"query_block": {"select_id": 1, "cost_info": {"query_cost": "4600.50"}, "ordering_operation": {
                    "using_filesort": false, "nested_loop": [
                    {"table": {"table_name": "o", "access_type": "ALL", "rows_examined_per_scan": 1000,
                        "rows_produced_per_join": 1000, "filtered": "100.00"}},
                    {"table": {"table_name": "l", "access_type": "ref", "rows_examined_per_scan": 10,
                        "rows_produced_per_join": 5000, "filtered": "50.00"}},
                    {"table": {"table_name": "i", "access_type": "eq_ref", "rows_examined_per_scan": 1,
                        "rows_produced_per_join": 5000, "filtered": "100.00"}}]}}}
                """);

        assertThat(plan)
                .isEqualTo(new DatabasePlan(4600.5, null, Map.of("o", 1000.0, "l", 10_000.0, "i", 5000.0), Map.of()));
    }

    @Test
    void aTableOfMySqlThatIsJoinedThroughABufferIsReadOnceAndSoIsWhatIsMaterialized() {
        DatabasePlan plan = MySqlEngine.read("""
                {"query_block": {"select_id": 1, "cost_info": {"query_cost": "100.50"}, "nested_loop": [
                    {"table": {"table_name": "o", "access_type": "ALL", "rows_examined_per_scan": 1000,
                        "rows_produced_per_join": 1000}},
                    {"table": {"table_name": "h", "access_type": "ALL", "rows_examined_per_scan": 200,
                        "rows_produced_per_join": 2000, "using_join_buffer": "hash join"}},
                    {"table": {"table_name": "d", "access_type": "ref", "rows_examined_per_scan": 2,
                        "rows_produced_per_join": 4000, "materialized_from_subquery": {"dependent": false,
                        "query_block": {"select_id": 2, "table": {"table_name": "l", "access_type": "ALL",
                            "rows_examined_per_scan": 300, "rows_produced_per_join": 300}}}}}]}}
                """);

        assertThat(plan)
                .isEqualTo(new DatabasePlan(
                        100.5, null, Map.of("o", 1000.0, "h", 200.0, "d", 4000.0, "l", 300.0), Map.of()));
    }
}
