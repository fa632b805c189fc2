package io.heliosjdbc.tpcc.ch.independent;

import static io.heliosjdbc.tpcc.ch.Answers.row;
import static io.heliosjdbc.tpcc.ch.independent.World.SINCE_2007;
import static io.heliosjdbc.tpcc.ch.independent.World.UNTIL_2100;

import io.heliosjdbc.tpcc.ch.independent.Tables.Customer;
import io.heliosjdbc.tpcc.ch.independent.Tables.Item;
import io.heliosjdbc.tpcc.ch.independent.Tables.Line;
import io.heliosjdbc.tpcc.ch.independent.Tables.Nation;
import io.heliosjdbc.tpcc.ch.independent.Tables.Order;
import io.heliosjdbc.tpcc.ch.independent.Tables.Stock;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The questions about the nations of customers and suppliers. Immutable. */
final class TradeAnswers {
    private final World world;

    TradeAnswers(World world) {
        this.world = world;
    }

    private Nation sellerOf(Stock stock) {
        return world.nationOf(world.supplierOf(stock));
    }

    private static boolean within(LocalDateTime date) {
        return !date.isBefore(SINCE_2007) && !date.isAfter(UNTIL_2100);
    }

    /** Question 5: revenue achieved through local suppliers. */
    List<String> localRevenue() {
        Map<String, BigDecimal> revenue = new HashMap<>();
        for (Line line : world.tables.lines()) {
            Order order = world.orderOf(line);
            Nation nation = world.nationOf(world.customerOf(order));
            boolean local = world.stockWhereOrdered(line)
                    .filter(stock -> sellerOf(stock).equals(nation))
                    .isPresent();
            if (local
                    && !order.entered().isBefore(SINCE_2007)
                    && world.regionOf(nation).name().equals("Europe")) {
                revenue.merge(nation.name(), line.amount(), BigDecimal::add);
            }
        }
        return revenue.entrySet().stream()
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(each -> row(each.getKey(), each.getValue()))
                .toList();
    }

    private record Trade(int seller, char buyer, int year) {}

    /** Question 7: trade between two nations in both directions; the thesis ends in 2012. */
    List<String> tradeInBothDirections() {
        Map<Trade, BigDecimal> revenue = new HashMap<>();
        for (Line line : world.tables.lines()) {
            Optional<Stock> stock = world.stockItComesFrom(line);
            if (stock.isPresent() && line.deliveredAtOrAfter(SINCE_2007) && line.deliveredAtOrBefore(UNTIL_2100)) {
                Order order = world.orderOf(line);
                Customer customer = world.customerOf(order);
                Nation seller = sellerOf(stock.get());
                Set<String> between = Set.of("Germany", "Cambodia");
                String buyer = world.nationOf(customer).name();
                if (between.contains(seller.name()) && between.contains(buyer) && !buyer.equals(seller.name())) {
                    Trade trade = new Trade(
                            seller.key(),
                            customer.state().charAt(0),
                            order.entered().getYear());
                    revenue.merge(trade, line.amount(), BigDecimal::add);
                }
            }
        }
        return revenue.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Trade::seller)
                        .thenComparing(Trade::buyer)
                        .thenComparing(Trade::year)))
                .map(each -> row(
                        each.getKey().seller(),
                        each.getKey().buyer(),
                        each.getKey().year(),
                        each.getValue()))
                .toList();
    }

    /** Question 8: a nation's share of a region's market for certain parts; the thesis ends in 2012. */
    List<String> marketShare() {
        Map<Integer, BigDecimal> markets = new TreeMap<>();
        Map<Integer, BigDecimal> german = new HashMap<>();
        for (Line line : world.tables.lines()) {
            Order order = world.orderOf(line);
            Optional<Stock> stock = world.stockItComesFrom(line);
            Nation buyer = world.nationOf(world.customerOf(order));
            boolean wanted = line.item() < 1000
                    && world.itemOf(line).data().endsWith("b")
                    && within(order.entered())
                    && world.regionOf(buyer).name().equals("Europe");
            if (wanted && stock.isPresent()) {
                int year = order.entered().getYear();
                markets.merge(year, line.amount(), BigDecimal::add);
                if (world.isGerman(stock.get())) {
                    german.merge(year, line.amount(), BigDecimal::add);
                }
            }
        }
        List<String> answer = new ArrayList<>();
        markets.forEach((year, market) ->
                answer.add(row(year, World.quotient(german.getOrDefault(year, BigDecimal.ZERO), market))));
        return answer;
    }

    private record Sold(String nation, int year) {}

    /** Question 9: profit made on a line of parts, by the supplier's nation and by year. */
    List<String> profit() {
        Map<Sold, BigDecimal> profit = new HashMap<>();
        for (Line line : world.tables.lines()) {
            Item item = world.itemOf(line);
            Optional<Stock> stock = world.stockItComesFrom(line);
            if (item.data().endsWith("BB") && stock.isPresent()) {
                Sold sold = new Sold(
                        sellerOf(stock.get()).name(),
                        world.orderOf(line).entered().getYear());
                profit.merge(sold, line.amount(), BigDecimal::add);
            }
        }
        return profit.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(Sold::nation).thenComparing(Sold::year, Comparator.reverseOrder())))
                .map(each -> row(each.getKey().nation(), each.getKey().year(), each.getValue()))
                .toList();
    }
}
