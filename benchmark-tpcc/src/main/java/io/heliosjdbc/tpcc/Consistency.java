package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * TPC-C's twelve consistency conditions, exactly, as queries for what violates them. Both sides of an equation are summed as
 * rows of one union, so that every database needs one pass only and rows without a counterpart are found as well; each branch names its
 * columns, without which some databases know none of them.
 */
public final class Consistency {
    /** Said of a condition that holds. */
    public static final String HOLDS = "ok";

    /** Said of a condition that was not checked; then comes why. */
    private static final String NOT_CHECKED = "not checked: ";

    /** The only condition that holds right after loading but not after a run. */
    public static final int AFTER_LOAD_ONLY = 11;

    private static final String[] VIOLATIONS = {"""
        SELECT w FROM (SELECT w_id AS w, w_ytd AS v FROM warehouse
          UNION ALL SELECT d_w_id AS w, -d_ytd AS v FROM district) t GROUP BY w HAVING SUM(v) <> 0""", """
        SELECT w, d FROM (
          SELECT d_w_id AS w, d_id AS d, d_next_o_id - 1 AS n, 0 AS o, 0 AS u FROM district
          UNION ALL SELECT o_w_id AS w, o_d_id AS d, 0 AS n, MAX(o_id) AS o, 0 AS u FROM orders GROUP BY o_w_id, o_d_id
          UNION ALL SELECT no_w_id AS w, no_d_id AS d, 0 AS n, 0 AS o, MAX(no_o_id) AS u FROM new_order
          GROUP BY no_w_id, no_d_id) t
        GROUP BY w, d HAVING MAX(n) <> MAX(o) OR (MAX(u) > 0 AND MAX(n) <> MAX(u))""", """
        SELECT no_w_id, no_d_id FROM new_order GROUP BY no_w_id, no_d_id
        HAVING MAX(no_o_id) - MIN(no_o_id) + 1 <> COUNT(*)""", """
        SELECT w, d FROM (SELECT o_w_id AS w, o_d_id AS d, o_ol_cnt AS v FROM orders
          UNION ALL SELECT ol_w_id AS w, ol_d_id AS d, -1 AS v FROM order_line) t GROUP BY w, d HAVING SUM(v) <> 0""", """
        SELECT w, d, o FROM (
          SELECT o_w_id AS w, o_d_id AS d, o_id AS o, CASE WHEN o_carrier_id IS NULL THEN 1 ELSE 0 END AS v FROM orders
          UNION ALL SELECT no_w_id AS w, no_d_id AS d, no_o_id AS o, -1 AS v FROM new_order) t GROUP BY w, d, o HAVING SUM(v) <> 0""", """
        SELECT w, d, o FROM (SELECT o_w_id AS w, o_d_id AS d, o_id AS o, o_ol_cnt AS v FROM orders
          UNION ALL SELECT ol_w_id AS w, ol_d_id AS d, ol_o_id AS o, -1 AS v FROM order_line) t GROUP BY w, d, o HAVING SUM(v) <> 0""", """
        SELECT ol_w_id, ol_d_id, ol_o_id, ol_number FROM order_line
        JOIN orders ON o_w_id = ol_w_id AND o_d_id = ol_d_id AND o_id = ol_o_id
        WHERE (ol_delivery_d IS NULL AND o_carrier_id IS NOT NULL)
           OR (ol_delivery_d IS NOT NULL AND o_carrier_id IS NULL)""", """
        SELECT w FROM (SELECT w_id AS w, w_ytd AS v FROM warehouse
          UNION ALL SELECT h_w_id AS w, -h_amount AS v FROM history) t GROUP BY w HAVING SUM(v) <> 0""", """
        SELECT w, d FROM (SELECT d_w_id AS w, d_id AS d, d_ytd AS v FROM district
          UNION ALL SELECT h_w_id AS w, h_d_id AS d, -h_amount AS v FROM history) t GROUP BY w, d HAVING SUM(v) <> 0""", """
        SELECT w, d, c FROM (SELECT c_w_id AS w, c_d_id AS d, c_id AS c, c_balance AS v FROM customer
          UNION ALL SELECT h_c_w_id AS w, h_c_d_id AS d, h_c_id AS c, h_amount AS v FROM history
          UNION ALL SELECT o_w_id AS w, o_d_id AS d, o_c_id AS c, -ol_amount AS v FROM order_line
            JOIN orders ON o_w_id = ol_w_id AND o_d_id = ol_d_id AND o_id = ol_o_id
            WHERE ol_delivery_d IS NOT NULL) t
        GROUP BY w, d, c HAVING SUM(v) <> 0""", """
        SELECT w, d FROM (SELECT d_w_id AS w, d_id AS d, 0 AS v FROM district
          UNION ALL SELECT o_w_id AS w, o_d_id AS d, 1 AS v FROM orders
          UNION ALL SELECT no_w_id AS w, no_d_id AS d, -1 AS v FROM new_order) t
        GROUP BY w, d HAVING SUM(v) <> %d""", """
        SELECT w, d, c FROM (SELECT c_w_id AS w, c_d_id AS d, c_id AS c, c_balance + c_ytd_payment AS v FROM customer
          UNION ALL SELECT o_w_id AS w, o_d_id AS d, o_c_id AS c, -ol_amount AS v FROM order_line
            JOIN orders ON o_w_id = ol_w_id AND o_d_id = ol_d_id AND o_id = ol_o_id
            WHERE ol_delivery_d IS NOT NULL) t
        GROUP BY w, d, c HAVING SUM(v) <> 0"""};

    private final Population population;

    public Consistency(Population population) {
        this.population = population;
    }

    /**
     * {@code ok}, or how much violates the condition, or why it was not checked, by its number from 1 to 12. The connection is one of its
     * own: one that was there all the while may have broken meanwhile.
     */
    public Map<Integer, String> check(Target target, boolean afterLoad) {
        Map<Integer, String> results = new TreeMap<>();
        try (Connection connection = target.straight()) {
            results.putAll(check(connection, afterLoad));
        } catch (SQLException e) {
            numbers(afterLoad).forEach(number -> results.putIfAbsent(number, notChecked(e)));
        }
        return results;
    }

    /** The same on a connection that is there. */
    public Map<Integer, String> check(Connection connection, boolean afterLoad) {
        Map<Integer, String> results = new TreeMap<>();
        numbers(afterLoad).forEach(number -> results.put(number, check(connection, number)));
        return results;
    }

    private static List<Integer> numbers(boolean afterLoad) {
        return IntStream.rangeClosed(1, VIOLATIONS.length)
                .filter(number -> number != AFTER_LOAD_ONLY || afterLoad)
                .boxed()
                .toList();
    }

    private static String notChecked(SQLException e) {
        return NOT_CHECKED + Redaction.of(String.valueOf(e.getMessage()));
    }

    private String check(Connection connection, int number) {
        String sql = "SELECT COUNT(*) FROM ("
                + VIOLATIONS[number - 1].replace("%d", Integer.toString(population.deliveredOrders())) + ") violations";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long count = row.getLong(1);
            return count == 0 ? HOLDS : "violated in " + count + (count == 1 ? " place" : " places");
        } catch (SQLException e) {
            return notChecked(e);
        }
    }

    /** Whether it is said of a condition that it was not checked. */
    public static boolean isUnchecked(String result) {
        return result.startsWith(NOT_CHECKED);
    }

    /** For people: of conditions not all of which hold, whether one is violated, or they were only not checked. */
    public static String complaint(Collection<String> results) {
        boolean violated = results.stream().anyMatch(each -> !HOLDS.equals(each) && !isUnchecked(each));
        return violated ? "VIOLATED" : "NOT CHECKED";
    }

    /** Whether every condition of these holds. */
    public static boolean passed(Map<Integer, String> results) {
        return results.values().stream().allMatch(HOLDS::equals);
    }
}
