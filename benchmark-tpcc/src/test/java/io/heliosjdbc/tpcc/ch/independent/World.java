package io.heliosjdbc.tpcc.ch.independent;

import io.heliosjdbc.tpcc.ch.independent.Tables.Customer;
import io.heliosjdbc.tpcc.ch.independent.Tables.CustomerKey;
import io.heliosjdbc.tpcc.ch.independent.Tables.Item;
import io.heliosjdbc.tpcc.ch.independent.Tables.Line;
import io.heliosjdbc.tpcc.ch.independent.Tables.Nation;
import io.heliosjdbc.tpcc.ch.independent.Tables.Order;
import io.heliosjdbc.tpcc.ch.independent.Tables.OrderKey;
import io.heliosjdbc.tpcc.ch.independent.Tables.Region;
import io.heliosjdbc.tpcc.ch.independent.Tables.Stock;
import io.heliosjdbc.tpcc.ch.independent.Tables.Supplier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables, and who belongs to whom in them. Immutable. */
final class World {
    /** A limit of most questions. */
    static final LocalDateTime SINCE_2007 = LocalDateTime.parse("2007-01-02T00:00:00");

    /** Where the thesis has 2012. */
    static final LocalDateTime UNTIL_2100 = LocalDateTime.parse("2100-01-02T00:00:00");

    private static final int DIGITS = 20;

    private record StockKey(int warehouse, int item) {}

    final Tables tables;
    final Map<OrderKey, List<Line>> linesOfOrders;
    final Map<Integer, List<Line>> linesOfItems;

    private final Map<CustomerKey, Customer> customers;
    private final Map<OrderKey, Order> orders;
    private final Map<Integer, Item> items;
    private final Map<StockKey, Stock> stocks;
    private final Map<Integer, Supplier> suppliers;
    private final Map<Integer, Nation> nations;
    private final Map<Integer, Region> regions;

    World(Tables tables) {
        this.tables = tables;
        linesOfOrders = tables.lines().stream().collect(Collectors.groupingBy(Line::order));
        linesOfItems = tables.lines().stream().collect(Collectors.groupingBy(Line::item));
        customers = byKey(tables.customers(), Customer::key);
        orders = byKey(tables.orders(), Order::key);
        items = byKey(tables.items(), Item::id);
        stocks = byKey(tables.stocks(), stock -> new StockKey(stock.warehouse(), stock.item()));
        suppliers = byKey(tables.suppliers(), Supplier::key);
        nations = byKey(tables.nations(), Nation::key);
        regions = byKey(tables.regions(), Region::key);
    }

    private static <K, V> Map<K, V> byKey(List<V> rows, Function<V, K> key) {
        return rows.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    private static <K, V> V required(Map<K, V> rows, K key) {
        return Objects.requireNonNull(rows.get(key), () -> "nothing has the key " + key);
    }

    Order orderOf(Line line) {
        return required(orders, line.order());
    }

    Customer customerOf(Order order) {
        return required(customers, order.customerKey());
    }

    Item itemOf(Line line) {
        return required(items, line.item());
    }

    /** What a line's item has in the warehouse where it was ordered; nothing where the warehouse does not keep it. */
    Optional<Stock> stockWhereOrdered(Line line) {
        return Optional.ofNullable(stocks.get(new StockKey(line.order().warehouse(), line.item())));
    }

    /** What a line's item has in the warehouse that it comes from. */
    Optional<Stock> stockItComesFrom(Line line) {
        return Optional.ofNullable(stocks.get(new StockKey(line.supplyingWarehouse(), line.item())));
    }

    Supplier supplierOf(Stock stock) {
        return required(suppliers, stock.supplier());
    }

    Nation nationOf(Supplier supplier) {
        return required(nations, supplier.nation());
    }

    /** The first character of a state is the key of the nation (thesis, B.1). */
    Nation nationOf(Customer customer) {
        return required(nations, (int) customer.state().charAt(0));
    }

    Region regionOf(Nation nation) {
        return required(regions, nation.region());
    }

    boolean isGerman(Stock stock) {
        return nationOf(supplierOf(stock)).name().equals("Germany");
    }

    static BigDecimal amount(Collection<Line> lines) {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static long quantity(Collection<Line> lines) {
        return lines.stream().mapToLong(Line::quantity).sum();
    }

    static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, DIGITS, RoundingMode.HALF_UP);
    }
}
