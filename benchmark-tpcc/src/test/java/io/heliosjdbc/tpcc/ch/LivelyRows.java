package io.heliosjdbc.tpcc.ch;

import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A small database in which each question has an answer and each of its conditions decides about some rows: dates lie before, on and after the
 * limits, items are of all kinds, some are supplied from elsewhere, some customers never ordered, some values are level.
 */
public final class LivelyRows {
    /** Five warehouses, for question 19 names them; few rows of each, for some questions pair many. */
    private static final Load LOAD = new Load(3, new Population("lively", 400, 12, 5), 5);

    private static final List<String> CHANGES = List.of(
            // Numbers beyond question 8's, and such that the suppliers of warehouses 4 and 5 come round.
            "UPDATE item SET i_id = i_id + 2600 WHERE i_id > 300",
            "UPDATE stock SET s_i_id = s_i_id + 2600 WHERE s_i_id > 300",
            "UPDATE order_line SET ol_i_id = ol_i_id + 2600 WHERE ol_i_id > 300",
            "UPDATE item SET i_price = 0.50 WHERE MOD(i_id, 17) = 0",
            "UPDATE item SET i_name = 'twin', i_price = 9.99 WHERE MOD(i_id, 33) IN (1, 2, 5, 12)",
            "UPDATE item SET i_name = 'twin', i_price = 8.88 WHERE MOD(i_id, 33) = 23",
            """
            UPDATE item SET i_data = CASE MOD(i_id, 11)
              WHEN 0 THEN 'xBB' WHEN 1 THEN 'PRxb' WHEN 2 THEN 'coxB' WHEN 3 THEN 'zzxb' WHEN 4 THEN 'xa' WHEN 5 THEN 'PRxc'
              WHEN 6 THEN 'cob' WHEN 7 THEN 'zZbb' WHEN 8 THEN 'caxB' WHEN 9 THEN 'xcob' ELSE i_data END""",
            // Germans, Cambodians and Danes.
            """
            UPDATE supplier SET su_nationkey = CASE MOD(su_suppkey, 7)
              WHEN 3 THEN ASCII('G') WHEN 4 THEN ASCII('C') WHEN 5 THEN ASCII('D') ELSE su_nationkey END""",
            "UPDATE supplier SET su_comment = 'is said to be bad' WHERE MOD(su_suppkey, 90) = 1",
            """
            UPDATE customer SET c_state = CASE MOD(c_id, 6)
              WHEN 0 THEN 'Gx' WHEN 1 THEN 'Cx' WHEN 2 THEN 'Ax' WHEN 3 THEN 'Dx' ELSE c_state END""",
            // One customer of ten districts of five warehouses.
            "UPDATE customer SET c_city = 'Everywhere', c_phone = '5555555555555555' WHERE c_id = 7",
            "UPDATE customer SET c_balance = c_id * c_d_id + c_w_id * 0.25 - 50",
            "UPDATE stock SET s_quantity = MOD(MOD(s_w_id, 2) * 11 + s_i_id * 17, 40)",
            // A few items make up most orders.
            "UPDATE stock SET s_order_cnt = FLOOR(100000.0 / s_i_id)",
            "DELETE FROM stock WHERE MOD(s_i_id, 97) = 5 AND s_w_id = 2",
            "UPDATE orders SET o_c_id = 1 + MOD(o_c_id, 8)",
            "UPDATE orders SET o_carrier_id = NULL WHERE o_id = 6",
            """
            UPDATE orders SET o_entry_d = CASE MOD(o_id, 7)
              WHEN 0 THEN TIMESTAMP '2005-06-07 08:09:10' WHEN 1 THEN TIMESTAMP '2007-01-02 00:00:00'
              WHEN 2 THEN TIMESTAMP '2015-06-07 08:09:10' WHEN 3 THEN TIMESTAMP '2100-01-02 00:00:00'
              WHEN 4 THEN TIMESTAMP '2100-01-02 00:00:01' ELSE o_entry_d END""",
            "UPDATE order_line SET ol_supply_w_id = 1 + MOD(ol_w_id + ol_number, 5) WHERE MOD(ol_number, 4) = 0",
            """
            UPDATE order_line SET ol_delivery_d = CASE MOD(ol_o_id + 3 * ol_number, 11)
              WHEN 0 THEN TIMESTAMP '1998-12-31 23:59:59' WHEN 1 THEN TIMESTAMP '1999-01-01 00:00:00'
              WHEN 2 THEN TIMESTAMP '2007-01-02 00:00:00' WHEN 3 THEN TIMESTAMP '2010-05-23 12:00:00'
              WHEN 4 THEN TIMESTAMP '2015-06-07 08:09:10' WHEN 5 THEN TIMESTAMP '2030-01-01 00:00:00'
              WHEN 6 THEN TIMESTAMP '2100-01-01 00:00:00' WHEN 7 THEN TIMESTAMP '2100-01-02 00:00:00'
              WHEN 8 THEN TIMESTAMP '2100-01-03 00:00:00' ELSE ol_delivery_d END
              WHERE ol_delivery_d IS NOT NULL""",
            // Delivered when they were entered.
            "UPDATE order_line SET ol_delivery_d = TIMESTAMP '2007-01-02 00:00:00' WHERE ol_o_id = 1 AND ol_d_id = 2",
            "UPDATE order_line SET ol_quantity = 1 + MOD(ol_o_id * 7 + ol_number, 12)",
            "UPDATE order_line SET ol_amount = ol_quantity * ol_number + MOD(ol_i_id, 13) + 0.25 * MOD(ol_i_id, 4)",
            "UPDATE order_line SET ol_quantity = 0 WHERE MOD(ol_o_id + ol_number, 19) = 0",
            "UPDATE order_line SET ol_quantity = 100001 WHERE ol_o_id = 3 AND ol_number = 2 AND ol_d_id = 1",
            "CREATE INDEX lines_by_item ON order_line (ol_i_id)",
            "CREATE INDEX suppliers_by_nation ON supplier (su_nationkey)");

    private LivelyRows() {}

    /** Loads them, CH's tables included; who asks closes the connection, which is around Helios. */
    public static Connection load(Target target) throws SQLException, InterruptedException {
        Connection connection = target.straight();
        new Loader(target, LOAD, 2, line -> {}).load(false);
        connection.setAutoCommit(false);
        SupplierTables.load(connection);
        try (Statement statement = connection.createStatement()) {
            for (String change : CHANGES) {
                statement.executeUpdate(change);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        return connection;
    }
}
