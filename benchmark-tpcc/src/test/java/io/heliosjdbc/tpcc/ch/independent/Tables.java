package io.heliosjdbc.tpcc.ch.independent;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of the tables that the questions are about, with those columns that they are about. Immutable. */
record Tables(
        List<Customer> customers,
        List<Order> orders,
        List<NewOrder> newOrders,
        List<Line> lines,
        List<Item> items,
        List<Stock> stocks,
        List<Supplier> suppliers,
        List<Nation> nations,
        List<Region> regions) {

    record Customer(
            int warehouse,
            int district,
            int id,
            String last,
            String city,
            String state,
            String phone,
            BigDecimal balance) {
        CustomerKey key() {
            return new CustomerKey(warehouse, district, id);
        }
    }

    record CustomerKey(int warehouse, int district, int id) {}

    record Order(
            int warehouse,
            int district,
            int id,
            int customer,
            LocalDateTime entered,
            @Nullable Integer carrier,
            int lineCount) {
        OrderKey key() {
            return new OrderKey(warehouse, district, id);
        }

        CustomerKey customerKey() {
            return new CustomerKey(warehouse, district, customer);
        }
    }

    record OrderKey(int warehouse, int district, int id) {}

    record NewOrder(OrderKey order) {}

    /** What was not delivered was delivered neither before nor after anything. */
    record Line(
            OrderKey order,
            int number,
            int item,
            int supplyingWarehouse,
            @Nullable LocalDateTime delivered,
            int quantity,
            BigDecimal amount) {
        boolean deliveredAfter(LocalDateTime date) {
            return delivered != null && delivered.isAfter(date);
        }

        boolean deliveredAtOrAfter(LocalDateTime date) {
            return delivered != null && !delivered.isBefore(date);
        }

        boolean deliveredBefore(LocalDateTime date) {
            return delivered != null && delivered.isBefore(date);
        }

        boolean deliveredAtOrBefore(LocalDateTime date) {
            return delivered != null && !delivered.isAfter(date);
        }
    }

    record Item(int id, String name, BigDecimal price, String data) {}

    record Stock(int warehouse, int item, int quantity, int orderCount) {
        /** Each stock has one of ten thousand suppliers (thesis, B.1). */
        int supplier() {
            return (int) ((long) warehouse * item % 10_000);
        }
    }

    record Supplier(int key, String name, String address, int nation, String phone, String comment) {}

    record Nation(int key, String name, int region) {}

    record Region(int key, String name) {}

    /** One row becomes a record. */
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static Tables read(Connection connection) throws SQLException {
        return new Tables(
                all(
                        connection,
                        "customer",
                        row -> new Customer(
                                row.getInt("c_w_id"),
                                row.getInt("c_d_id"),
                                row.getInt("c_id"),
                                row.getString("c_last"),
                                row.getString("c_city"),
                                row.getString("c_state"),
                                row.getString("c_phone"),
                                row.getBigDecimal("c_balance"))),
                all(
                        connection,
                        "orders",
                        row -> new Order(
                                row.getInt("o_w_id"),
                                row.getInt("o_d_id"),
                                row.getInt("o_id"),
                                row.getInt("o_c_id"),
                                row.getTimestamp("o_entry_d").toLocalDateTime(),
                                row.getObject("o_carrier_id", Integer.class),
                                row.getInt("o_ol_cnt"))),
                all(
                        connection,
                        "new_order",
                        row -> new NewOrder(
                                new OrderKey(row.getInt("no_w_id"), row.getInt("no_d_id"), row.getInt("no_o_id")))),
                all(connection, "order_line", Tables::line),
                all(
                        connection,
                        "item",
                        row -> new Item(
                                row.getInt("i_id"),
                                row.getString("i_name"),
                                row.getBigDecimal("i_price"),
                                row.getString("i_data"))),
                all(
                        connection,
                        "stock",
                        row -> new Stock(
                                row.getInt("s_w_id"),
                                row.getInt("s_i_id"),
                                row.getInt("s_quantity"),
                                row.getInt("s_order_cnt"))),
                all(
                        connection,
                        "supplier",
                        row -> new Supplier(
                                row.getInt("su_suppkey"),
                                row.getString("su_name"),
                                row.getString("su_address"),
                                row.getInt("su_nationkey"),
                                row.getString("su_phone"),
                                row.getString("su_comment"))),
                all(
                        connection,
                        "nation",
                        row -> new Nation(
                                row.getInt("n_nationkey"), row.getString("n_name"), row.getInt("n_regionkey"))),
                all(connection, "region", row -> new Region(row.getInt("r_regionkey"), row.getString("r_name"))));
    }

    private static Line line(ResultSet row) throws SQLException {
        Timestamp delivered = row.getTimestamp("ol_delivery_d");
        return new Line(
                new OrderKey(row.getInt("ol_w_id"), row.getInt("ol_d_id"), row.getInt("ol_o_id")),
                row.getInt("ol_number"),
                row.getInt("ol_i_id"),
                row.getInt("ol_supply_w_id"),
                delivered == null ? null : delivered.toLocalDateTime(),
                row.getInt("ol_quantity"),
                row.getBigDecimal("ol_amount"));
    }

    private static <T> List<T> all(Connection connection, String table, Reader<T> reader) throws SQLException {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                all.add(reader.read(rows));
            }
        }
        return List.copyOf(all);
    }
}
