package io.heliosjdbc.tpcc;

/** The SQL text of the five transactions: the same for all terminals, with the transaction's name as a constant hint. */
final class Sql {
    private static final String NEW_ORDER = "/* transaction=NewOrder */ ";
    private static final String PAYMENT = "/* transaction=Payment */ ";
    private static final String ORDER_STATUS = "/* transaction=OrderStatus */ ";
    private static final String DELIVERY = "/* transaction=Delivery */ ";
    private static final String STOCK_LEVEL = "/* transaction=StockLevel */ ";

    static final String NEW_ORDER_CUSTOMER = NEW_ORDER
            + "SELECT c_discount, c_last, c_credit, w_tax FROM customer JOIN warehouse ON w_id = c_w_id"
            + " WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?";
    // The number is taken before it is read: not every database locks what is only read, nor knows FOR UPDATE.
    static final String NEW_ORDER_NUMBER =
            NEW_ORDER + "UPDATE district SET d_next_o_id = d_next_o_id + 1 WHERE d_w_id = ? AND d_id = ?";
    static final String NEW_ORDER_DISTRICT =
            NEW_ORDER + "SELECT d_next_o_id - 1, d_tax FROM district WHERE d_w_id = ? AND d_id = ?";
    static final String NEW_ORDER_ORDER = NEW_ORDER
            + "INSERT INTO orders (o_w_id, o_d_id, o_id, o_c_id, o_entry_d, o_ol_cnt, o_all_local)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    static final String NEW_ORDER_NEW =
            NEW_ORDER + "INSERT INTO new_order (no_w_id, no_d_id, no_o_id) VALUES (?, ?, ?)";
    static final String NEW_ORDER_ITEM = NEW_ORDER + "SELECT i_price, i_name, i_data FROM item WHERE i_id = ?";
    static final String NEW_ORDER_TAKE = NEW_ORDER
            + "UPDATE stock SET s_quantity = CASE WHEN s_quantity >= ? + 10 THEN s_quantity - ?"
            + " ELSE s_quantity - ? + 91 END, s_ytd = s_ytd + ?, s_order_cnt = s_order_cnt + 1,"
            + " s_remote_cnt = s_remote_cnt + ? WHERE s_w_id = ? AND s_i_id = ?";
    static final String NEW_ORDER_STOCK = NEW_ORDER
            + "SELECT s_dist_01, s_dist_02, s_dist_03, s_dist_04, s_dist_05, s_dist_06, s_dist_07, s_dist_08, s_dist_09,"
            + " s_dist_10, s_quantity, s_data FROM stock WHERE s_w_id = ? AND s_i_id = ?";
    static final String NEW_ORDER_LINE = NEW_ORDER
            + "INSERT INTO order_line (ol_w_id, ol_d_id, ol_o_id, ol_number, ol_i_id, ol_supply_w_id, ol_quantity,"
            + " ol_amount, ol_dist_info) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String PAYMENT_WAREHOUSE = PAYMENT + "UPDATE warehouse SET w_ytd = w_ytd + ? WHERE w_id = ?";
    static final String PAYMENT_WAREHOUSE_NAME =
            PAYMENT + "SELECT w_name, w_street_1, w_street_2, w_city, w_state, w_zip FROM warehouse WHERE w_id = ?";
    static final String PAYMENT_DISTRICT =
            PAYMENT + "UPDATE district SET d_ytd = d_ytd + ? WHERE d_w_id = ? AND d_id = ?";
    static final String PAYMENT_DISTRICT_NAME = PAYMENT
            + "SELECT d_name, d_street_1, d_street_2, d_city, d_state, d_zip FROM district"
            + " WHERE d_w_id = ? AND d_id = ?";
    static final String PAYMENT_BY_NAME = PAYMENT + byName();
    static final String PAYMENT_CUSTOMER = PAYMENT
            + "UPDATE customer SET c_balance = c_balance - ?, c_ytd_payment = c_ytd_payment + ?,"
            + " c_payment_cnt = c_payment_cnt + 1 WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?";
    static final String PAYMENT_CREDIT = PAYMENT
            + "SELECT c_credit, c_first, c_middle, c_last, c_street_1, c_street_2, c_city, c_state, c_zip, c_phone,"
            + " c_since, c_credit_lim, c_discount, c_balance, c_data FROM customer"
            + " WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?";
    static final String PAYMENT_DATA =
            PAYMENT + "UPDATE customer SET c_data = ? WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?";
    static final String PAYMENT_HISTORY = PAYMENT
            + "INSERT INTO history (h_c_id, h_c_d_id, h_c_w_id, h_d_id, h_w_id, h_date, h_amount, h_data)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    static final String ORDER_STATUS_BY_NAME = ORDER_STATUS + byName();
    static final String ORDER_STATUS_CUSTOMER = ORDER_STATUS
            + "SELECT c_balance, c_first, c_middle, c_last FROM customer WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?";
    // A customer has few orders, and databases have many ways to ask for the first row only.
    static final String ORDER_STATUS_ORDER = ORDER_STATUS
            + "SELECT o_id, o_entry_d, o_carrier_id FROM orders WHERE o_w_id = ? AND o_d_id = ? AND o_c_id = ?"
            + " ORDER BY o_id DESC";
    static final String ORDER_STATUS_LINES = ORDER_STATUS
            + "SELECT ol_i_id, ol_supply_w_id, ol_quantity, ol_amount, ol_delivery_d FROM order_line"
            + " WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id = ?";

    static final String DELIVERY_OLDEST =
            DELIVERY + "SELECT MIN(no_o_id) FROM new_order WHERE no_w_id = ? AND no_d_id = ?";
    static final String DELIVERY_TAKE =
            DELIVERY + "DELETE FROM new_order WHERE no_w_id = ? AND no_d_id = ? AND no_o_id = ?";
    static final String DELIVERY_CUSTOMER =
            DELIVERY + "SELECT o_c_id FROM orders WHERE o_w_id = ? AND o_d_id = ? AND o_id = ?";
    static final String DELIVERY_CARRIER =
            DELIVERY + "UPDATE orders SET o_carrier_id = ? WHERE o_w_id = ? AND o_d_id = ? AND o_id = ?";
    static final String DELIVERY_LINES =
            DELIVERY + "UPDATE order_line SET ol_delivery_d = ? WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id = ?";
    static final String DELIVERY_AMOUNT =
            DELIVERY + "SELECT SUM(ol_amount) FROM order_line WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id = ?";
    static final String DELIVERY_BALANCE = DELIVERY
            + "UPDATE customer SET c_balance = c_balance + ?, c_delivery_cnt = c_delivery_cnt + 1"
            + " WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?";

    static final String STOCK_LEVEL_DISTRICT =
            STOCK_LEVEL + "SELECT d_next_o_id FROM district WHERE d_w_id = ? AND d_id = ?";
    static final String STOCK_LEVEL_COUNT = STOCK_LEVEL
            + "SELECT COUNT(DISTINCT s_i_id) FROM order_line JOIN stock ON s_w_id = ol_w_id AND s_i_id = ol_i_id"
            + " WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id >= ? AND ol_o_id < ? AND s_quantity < ?";

    private Sql() {}

    private static String byName() {
        return "SELECT c_id FROM customer WHERE c_w_id = ? AND c_d_id = ? AND c_last = ? ORDER BY c_first, c_id";
    }
}
