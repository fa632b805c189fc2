package io.heliosjdbc.tpcc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the five transactions on one connection, each up to its commit or its intended rollback. Not thread-safe. */
public final class Transactions {
    private static final int DATA_LENGTH = 500;
    private static final int DELIVERY_ATTEMPTS = 100;

    private final Connection connection;
    private final Statements statements;
    private BigDecimal shownTotal = BigDecimal.ZERO;
    private String shownBrands = "";
    private final int[] delivered = new int[Population.DISTRICTS];

    /** For a connection whose autocommit is off. */
    public Transactions(Connection connection) {
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    /** Whether it was committed; false when its user aborted it. */
    public boolean run(Input input) throws SQLException {
        boolean commit = true;
        if (input instanceof Input.NewOrder newOrder) {
            commit = newOrder(newOrder);
        } else if (input instanceof Input.Payment payment) {
            payment(payment);
        } else if (input instanceof Input.OrderStatus orderStatus) {
            orderStatus(orderStatus);
        } else if (input instanceof Input.Delivery delivery) {
            delivery(delivery);
        } else if (input instanceof Input.StockLevel stockLevel) {
            stockLevel(stockLevel);
        }
        if (commit) {
            connection.commit();
        } else {
            connection.rollback();
        }
        return commit;
    }

    /** What the terminal shows as the total of its last order; nothing stores it. */
    BigDecimal shownTotal() {
        return shownTotal;
    }

    /**
     * What it shows beside each line of its last order, in their order: {@code B} where both item and stock are original brands, else
     * {@code G}, generic.
     */
    String shownBrands() {
        return shownBrands;
    }

    /** The orders that the last Delivery took, by district; 0 where there was none to deliver. */
    public List<Integer> delivered() {
        return Arrays.stream(delivered).boxed().toList();
    }

    private boolean newOrder(Input.NewOrder in) throws SQLException {
        int w = in.warehouse();
        int d = in.district();
        BigDecimal discounted;
        BigDecimal taxed;
        try (ResultSet row = one(Sql.NEW_ORDER_CUSTOMER, w, d, in.customer())) {
            discounted = BigDecimal.ONE.subtract(row.getBigDecimal(1));
            taxed = BigDecimal.ONE.add(row.getBigDecimal(4));
        }
        statements.update(Sql.NEW_ORDER_NUMBER, w, d);
        int order;
        try (ResultSet row = one(Sql.NEW_ORDER_DISTRICT, w, d)) {
            order = row.getInt(1);
            taxed = taxed.add(row.getBigDecimal(2));
        }
        int local = in.remoteLines() == 0 ? 1 : 0;
        statements.update(
                Sql.NEW_ORDER_ORDER,
                w,
                d,
                order,
                in.customer(),
                now(),
                in.lines().size(),
                local);
        statements.update(Sql.NEW_ORDER_NEW, w, d, order);
        BigDecimal total = BigDecimal.ZERO;
        List<Object[]> lines = new ArrayList<>();
        StringBuilder brands = new StringBuilder();
        boolean valid = true;
        int number = 0;
        for (Input.Line line : in.lines()) {
            number++;
            Item item = item(line.item());
            if (item == null) {
                valid = false;
                break;
            }
            Stock stock = take(in, line);
            BigDecimal amount = item.price().multiply(BigDecimal.valueOf(line.quantity()));
            total = total.add(amount);
            brands.append(item.isOriginal() && stock.isOriginal() ? 'B' : 'G');
            lines.add(new Object[] {
                w, d, order, number, line.item(), line.supplyWarehouse(), line.quantity(), amount, stock.district()
            });
        }
        // Also of what is rolled back then: it is to cost the server what the others cost (clause 2.4.2.3).
        insert(lines);
        if (!valid) {
            return false;
        }
        shownBrands = brands.toString();
        shownTotal = total.multiply(discounted).multiply(taxed).setScale(2, RoundingMode.HALF_UP);
        return true;
    }

    /** Fills the batch only when nothing can come between it and its execution, so that a retry finds it empty. */
    private void insert(List<Object[]> lines) throws SQLException {
        PreparedStatement batch = statements.with(Sql.NEW_ORDER_LINE);
        batch.clearBatch();
        for (Object[] line : lines) {
            statements.with(Sql.NEW_ORDER_LINE, line).addBatch();
        }
        batch.executeBatch();
    }

    private record Item(BigDecimal price, boolean isOriginal) {}

    private @Nullable Item item(int number) throws SQLException {
        try (ResultSet row = statements.with(Sql.NEW_ORDER_ITEM, number).executeQuery()) {
            return row.next() ? new Item(row.getBigDecimal(1), isOriginal(row.getString("i_data"))) : null;
        }
    }

    private static boolean isOriginal(String data) {
        return data.contains("ORIGINAL");
    }

    private record Stock(String district, boolean isOriginal) {}

    private Stock take(Input.NewOrder in, Input.Line line) throws SQLException {
        int quantity = line.quantity();
        int remote = line.supplyWarehouse() == in.warehouse() ? 0 : 1;
        statements.update(
                Sql.NEW_ORDER_TAKE,
                quantity,
                quantity,
                quantity,
                quantity,
                remote,
                line.supplyWarehouse(),
                line.item());
        try (ResultSet row = one(Sql.NEW_ORDER_STOCK, line.supplyWarehouse(), line.item())) {
            return new Stock(row.getString(in.district()), isOriginal(row.getString("s_data")));
        }
    }

    private void payment(Input.Payment in) throws SQLException {
        BigDecimal amount = in.amount();
        Input.Customer who = in.customer();
        statements.update(Sql.PAYMENT_WAREHOUSE, amount, in.warehouse());
        String data;
        try (ResultSet row = one(Sql.PAYMENT_WAREHOUSE_NAME, in.warehouse())) {
            data = row.getString(1);
        }
        statements.update(Sql.PAYMENT_DISTRICT, amount, in.warehouse(), in.district());
        try (ResultSet row = one(Sql.PAYMENT_DISTRICT_NAME, in.warehouse(), in.district())) {
            data = data + "    " + row.getString(1);
        }
        int customer = customer(Sql.PAYMENT_BY_NAME, who);
        statements.update(Sql.PAYMENT_CUSTOMER, amount, amount, who.warehouse(), who.district(), customer);
        String badCredit = null;
        try (ResultSet row = one(Sql.PAYMENT_CREDIT, who.warehouse(), who.district(), customer)) {
            if ("BC".equals(row.getString("c_credit"))) {
                badCredit = row.getString("c_data");
            }
        }
        if (badCredit != null) {
            String text = customer + " " + who.district() + " " + who.warehouse() + " " + in.district() + " "
                    + in.warehouse() + " " + amount + " " + badCredit;
            String kept = text.length() > DATA_LENGTH ? text.substring(0, DATA_LENGTH) : text;
            statements.update(Sql.PAYMENT_DATA, kept, who.warehouse(), who.district(), customer);
        }
        statements.update(
                Sql.PAYMENT_HISTORY,
                customer,
                who.district(),
                who.warehouse(),
                in.district(),
                in.warehouse(),
                now(),
                amount,
                data);
    }

    private void orderStatus(Input.OrderStatus in) throws SQLException {
        Input.Customer who = in.customer();
        int customer = customer(Sql.ORDER_STATUS_BY_NAME, who);
        one(Sql.ORDER_STATUS_CUSTOMER, who.warehouse(), who.district(), customer)
                .close();
        int order;
        try (ResultSet row = statements
                .with(Sql.ORDER_STATUS_ORDER, who.warehouse(), who.district(), customer)
                .executeQuery()) {
            if (!row.next()) {
                return;
            }
            order = row.getInt(1);
        }
        try (ResultSet rows = statements
                .with(Sql.ORDER_STATUS_LINES, who.warehouse(), who.district(), order)
                .executeQuery()) {
            while (rows.next()) {
                rows.getBigDecimal(4);
            }
        }
    }

    private void delivery(Input.Delivery in) throws SQLException {
        int w = in.warehouse();
        Timestamp now = now();
        for (int d = 1; d <= Population.DISTRICTS; d++) {
            int order = oldest(w, d);
            delivered[d - 1] = order;
            if (order == 0) {
                continue;
            }
            int customer;
            try (ResultSet row = one(Sql.DELIVERY_CUSTOMER, w, d, order)) {
                customer = row.getInt(1);
            }
            statements.update(Sql.DELIVERY_CARRIER, in.carrier(), w, d, order);
            statements.update(Sql.DELIVERY_LINES, now, w, d, order);
            BigDecimal amount;
            try (ResultSet row = one(Sql.DELIVERY_AMOUNT, w, d, order)) {
                amount = row.getBigDecimal(1);
            }
            statements.update(Sql.DELIVERY_BALANCE, amount, w, d, customer);
        }
    }

    /** Takes the oldest new order; whoever deletes it has it, and who comes second takes the next. 0 without any. */
    private int oldest(int w, int d) throws SQLException {
        for (int i = 0; i < DELIVERY_ATTEMPTS; i++) {
            int order;
            try (ResultSet row = one(Sql.DELIVERY_OLDEST, w, d)) {
                order = row.getInt(1);
                if (row.wasNull()) {
                    return 0;
                }
            }
            if (statements.update(Sql.DELIVERY_TAKE, w, d, order) == 1) {
                return order;
            }
        }
        throw new SQLTransactionRollbackException("others took the oldest new order again and again", "40001");
    }

    private void stockLevel(Input.StockLevel in) throws SQLException {
        int next;
        try (ResultSet row = one(Sql.STOCK_LEVEL_DISTRICT, in.warehouse(), in.district())) {
            next = row.getInt(1);
        }
        one(Sql.STOCK_LEVEL_COUNT, in.warehouse(), in.district(), next - 20, next, in.threshold())
                .close();
    }

    /** The customer's number; of those with the same last name the middle one by first name. */
    private int customer(String byName, Input.Customer who) throws SQLException {
        String lastName = who.lastName();
        if (lastName == null) {
            return who.number();
        }
        int[] found = new int[16];
        int count = 0;
        try (ResultSet rows = statements
                .with(byName, who.warehouse(), who.district(), lastName)
                .executeQuery()) {
            while (rows.next()) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = rows.getInt(1);
            }
        }
        if (count == 0) {
            throw new SQLException("no customer is called " + lastName + "; the population is not complete");
        }
        return found[(count - 1) / 2];
    }

    private ResultSet one(String sql, Object... parameters) throws SQLException {
        ResultSet rows = statements.with(sql, parameters).executeQuery();
        if (!rows.next()) {
            rows.close();
            throw new SQLException("no row for: " + sql);
        }
        return rows;
    }

    private static Timestamp now() {
        return Timestamp.from(Instant.now());
    }
}
