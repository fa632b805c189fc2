package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The nine tables; money is NUMERIC. */
public final class Schema {
    static final List<String> TABLES = List.of(
            "warehouse", "district", "customer", "history", "item", "stock", "orders", "new_order", "order_line");

    private static final String ADDRESS = """
            %1$s_street_1 VARCHAR(20) NOT NULL, %1$s_street_2 VARCHAR(20) NOT NULL, %1$s_city VARCHAR(20) NOT NULL,
            %1$s_state CHAR(2) NOT NULL, %1$s_zip CHAR(9) NOT NULL""";

    private static final List<String> CREATE = List.of(
            """
            CREATE TABLE warehouse (w_id INTEGER NOT NULL, w_name VARCHAR(10) NOT NULL, %s,
              w_tax NUMERIC(4,4) NOT NULL, w_ytd NUMERIC(14,2) NOT NULL, PRIMARY KEY (w_id))""".formatted(ADDRESS.formatted("w")),
            """
            CREATE TABLE district (d_w_id INTEGER NOT NULL, d_id INTEGER NOT NULL, d_name VARCHAR(10) NOT NULL, %s,
              d_tax NUMERIC(4,4) NOT NULL, d_ytd NUMERIC(14,2) NOT NULL, d_next_o_id INTEGER NOT NULL,
              PRIMARY KEY (d_w_id, d_id))""".formatted(ADDRESS.formatted("d")),
            """
            CREATE TABLE customer (c_w_id INTEGER NOT NULL, c_d_id INTEGER NOT NULL, c_id INTEGER NOT NULL,
              c_first VARCHAR(16) NOT NULL, c_middle CHAR(2) NOT NULL, c_last VARCHAR(16) NOT NULL, %s,
              c_phone CHAR(16) NOT NULL, c_since TIMESTAMP NOT NULL, c_credit CHAR(2) NOT NULL,
              c_credit_lim NUMERIC(12,2) NOT NULL, c_discount NUMERIC(4,4) NOT NULL, c_balance NUMERIC(14,2) NOT NULL,
              c_ytd_payment NUMERIC(14,2) NOT NULL, c_payment_cnt INTEGER NOT NULL, c_delivery_cnt INTEGER NOT NULL,
              c_data VARCHAR(500) NOT NULL, PRIMARY KEY (c_w_id, c_d_id, c_id))""".formatted(ADDRESS.formatted("c")),
            """
            CREATE TABLE history (h_c_id INTEGER NOT NULL, h_c_d_id INTEGER NOT NULL, h_c_w_id INTEGER NOT NULL,
              h_d_id INTEGER NOT NULL, h_w_id INTEGER NOT NULL, h_date TIMESTAMP NOT NULL,
              h_amount NUMERIC(6,2) NOT NULL, h_data VARCHAR(24) NOT NULL)""",
            """
            CREATE TABLE item (i_id INTEGER NOT NULL, i_im_id INTEGER NOT NULL, i_name VARCHAR(24) NOT NULL,
              i_price NUMERIC(5,2) NOT NULL, i_data VARCHAR(50) NOT NULL, PRIMARY KEY (i_id))""",
            """
            CREATE TABLE stock (s_w_id INTEGER NOT NULL, s_i_id INTEGER NOT NULL, s_quantity INTEGER NOT NULL,
              s_dist_01 CHAR(24) NOT NULL, s_dist_02 CHAR(24) NOT NULL, s_dist_03 CHAR(24) NOT NULL,
              s_dist_04 CHAR(24) NOT NULL, s_dist_05 CHAR(24) NOT NULL, s_dist_06 CHAR(24) NOT NULL,
              s_dist_07 CHAR(24) NOT NULL, s_dist_08 CHAR(24) NOT NULL, s_dist_09 CHAR(24) NOT NULL,
              s_dist_10 CHAR(24) NOT NULL, s_ytd INTEGER NOT NULL, s_order_cnt INTEGER NOT NULL,
              s_remote_cnt INTEGER NOT NULL, s_data VARCHAR(50) NOT NULL, PRIMARY KEY (s_w_id, s_i_id))""",
            """
            CREATE TABLE orders (o_w_id INTEGER NOT NULL, o_d_id INTEGER NOT NULL, o_id INTEGER NOT NULL,
              o_c_id INTEGER NOT NULL, o_entry_d TIMESTAMP NOT NULL, o_carrier_id INTEGER, o_ol_cnt INTEGER NOT NULL,
              o_all_local INTEGER NOT NULL, PRIMARY KEY (o_w_id, o_d_id, o_id))""",
            """
            CREATE TABLE new_order (no_w_id INTEGER NOT NULL, no_d_id INTEGER NOT NULL, no_o_id INTEGER NOT NULL,
              PRIMARY KEY (no_w_id, no_d_id, no_o_id))""",
            """
            CREATE TABLE order_line (ol_w_id INTEGER NOT NULL, ol_d_id INTEGER NOT NULL, ol_o_id INTEGER NOT NULL,
              ol_number INTEGER NOT NULL, ol_i_id INTEGER NOT NULL, ol_supply_w_id INTEGER NOT NULL,
              ol_delivery_d TIMESTAMP, ol_quantity INTEGER NOT NULL, ol_amount NUMERIC(8,2) NOT NULL,
              ol_dist_info CHAR(24) NOT NULL, PRIMARY KEY (ol_w_id, ol_d_id, ol_o_id, ol_number))""");

    private static final List<String> INDEXES = List.of(
            "CREATE INDEX customer_by_name ON customer (c_w_id, c_d_id, c_last, c_first)",
            "CREATE INDEX orders_by_customer ON orders (o_w_id, o_d_id, o_c_id, o_id)");

    private Schema() {}

    static void create(Connection connection, Dialect dialect) throws SQLException {
        execute(connection, CREATE.stream().map(dialect::create).toList());
    }

    /** Indexes come after the rows, because filling them once is faster. */
    static void createIndexes(Connection connection) throws SQLException {
        execute(connection, INDEXES);
    }

    /** Drops the tables of those names. */
    public static void drop(Connection connection, List<String> tables) throws SQLException {
        execute(connection, tables.stream().map(table -> "DROP TABLE " + table).toList());
    }

    /** Which of the tables the database has already. */
    public static List<String> present(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : TABLES) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " WHERE 1 = 0")) {
                rows.next();
                found.add(table);
            } catch (SQLException e) {
                // Portable: state class 42 says that no such table is there; anything else is a fault.
                if (e.getSQLState() == null || !e.getSQLState().startsWith("42")) {
                    throw e;
                }
                connection.rollback();
            }
        }
        connection.rollback();
        return found;
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        connection.commit();
    }
}
