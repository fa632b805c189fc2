package io.heliosjdbc.tpcc.ch.independent;

import static io.heliosjdbc.tpcc.ch.Answers.row;
import static io.heliosjdbc.tpcc.ch.independent.World.SINCE_2007;

import io.heliosjdbc.tpcc.ch.independent.Tables.Item;
import io.heliosjdbc.tpcc.ch.independent.Tables.Line;
import io.heliosjdbc.tpcc.ch.independent.Tables.Stock;
import io.heliosjdbc.tpcc.ch.independent.Tables.Supplier;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The questions about suppliers and what they have in stock. Immutable. */
final class SupplierAnswers {
    private final World world;
    private final Map<Integer, List<Stock>> stocksOfItems;

    SupplierAnswers(World world) {
        this.world = world;
        stocksOfItems = world.tables.stocks().stream().collect(Collectors.groupingBy(Stock::item));
    }

    private record Offer(Supplier supplier, String nation, Item item) {}

    /** Question 2: the most important combinations of supplier and item, those with the lowest stock in a certain region. */
    List<String> lowestInEurope() {
        List<Offer> offers = new ArrayList<>();
        for (Item item : world.tables.items()) {
            List<Stock> european = stocksOfItems.getOrDefault(item.id(), List.of()).stream()
                    .filter(stock -> world.regionOf(world.nationOf(world.supplierOf(stock)))
                            .name()
                            .startsWith("Europ"))
                    .toList();
            int lowest = european.stream().mapToInt(Stock::quantity).min().orElse(0);
            for (Stock stock : european) {
                if (item.data().endsWith("b") && stock.quantity() == lowest) {
                    Supplier supplier = world.supplierOf(stock);
                    offers.add(new Offer(supplier, world.nationOf(supplier).name(), item));
                }
            }
        }
        return offers.stream()
                .sorted(Comparator.comparing(Offer::nation)
                        .thenComparing(offer -> offer.supplier().name())
                        .thenComparing(offer -> offer.item().id()))
                .map(offer -> row(
                        offer.supplier().key(),
                        offer.supplier().name(),
                        offer.nation(),
                        offer.item().id(),
                        offer.item().name(),
                        offer.supplier().address(),
                        offer.supplier().phone(),
                        offer.supplier().comment()))
                .toList();
    }

    /** Question 11: the most important parts of suppliers of a particular nation. */
    List<String> importantParts() {
        Map<Integer, Long> counts = new HashMap<>();
        long all = 0;
        for (Stock stock : world.tables.stocks()) {
            if (world.isGerman(stock)) {
                counts.merge(stock.item(), (long) stock.orderCount(), Long::sum);
                all += stock.orderCount();
            }
        }
        long total = all;
        return counts.entrySet().stream()
                // A two-hundredth is half a percent.
                .filter(each -> each.getValue() * 200 > total)
                .sorted(Map.Entry.<Integer, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(each -> row(each.getKey(), each.getValue()))
                .toList();
    }

    /** Question 15: the top supplier. */
    List<String> top() {
        Map<Integer, BigDecimal> revenue = new HashMap<>();
        for (Line line : world.tables.lines()) {
            if (line.deliveredAtOrAfter(SINCE_2007)) {
                world.stockItComesFrom(line)
                        .ifPresent(stock -> revenue.merge(stock.supplier(), line.amount(), BigDecimal::add));
            }
        }
        BigDecimal most =
                revenue.values().stream().max(Comparator.naturalOrder()).orElseThrow();
        return world.tables.suppliers().stream()
                .filter(supplier -> most.compareTo(revenue.getOrDefault(supplier.key(), BigDecimal.ZERO)) == 0)
                .sorted(Comparator.comparing(Supplier::key))
                .map(supplier -> row(supplier.key(), supplier.name(), supplier.address(), supplier.phone(), most))
                .toList();
    }

    private record Part(String name, String brand, BigDecimal price) {}

    /** Question 16: the number of suppliers that can supply parts with given attributes. */
    List<String> withoutComplaints() {
        Map<Part, Set<Integer>> suppliers = new HashMap<>();
        for (Item item : world.tables.items()) {
            if (!item.data().startsWith("zz")) {
                Part part = new Part(
                        item.name(),
                        item.data().substring(0, Math.min(3, item.data().length())),
                        item.price());
                for (Stock stock : stocksOfItems.getOrDefault(item.id(), List.of())) {
                    if (!world.supplierOf(stock).comment().contains("bad")) {
                        suppliers.computeIfAbsent(part, each -> new HashSet<>()).add(stock.supplier());
                    }
                }
            }
        }
        return suppliers.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Part, Set<Integer>> each) ->
                                each.getValue().size())
                        .reversed()
                        .thenComparing(each -> each.getKey().name())
                        .thenComparing(each -> each.getKey().brand())
                        .thenComparing(each -> each.getKey().price()))
                .map(each -> row(
                        each.getKey().name(),
                        each.getKey().brand(),
                        each.getKey().price(),
                        each.getValue().size()))
                .toList();
    }

    /** Question 20: suppliers of a nation with parts that may be candidates for a promotion. */
    List<String> candidates() {
        LocalDateTime since = LocalDateTime.parse("2010-05-23T12:00:00");
        Set<Supplier> candidates = new HashSet<>();
        for (Item item : world.tables.items()) {
            List<Line> delivered = world.linesOfItems.getOrDefault(item.id(), List.of()).stream()
                    .filter(line -> line.deliveredAfter(since))
                    .toList();
            if (item.data().startsWith("co") && !delivered.isEmpty()) {
                for (Stock stock : stocksOfItems.getOrDefault(item.id(), List.of())) {
                    if (2L * stock.quantity() > World.quantity(delivered) && world.isGerman(stock)) {
                        candidates.add(world.supplierOf(stock));
                    }
                }
            }
        }
        return candidates.stream()
                .sorted(Comparator.comparing(Supplier::name))
                .map(supplier -> row(supplier.name(), supplier.address()))
                .toList();
    }

    /** Question 21: suppliers who did not ship in time: of each order the lines that came last, if after it was entered. */
    List<String> late() {
        Map<String, Long> waiting = new TreeMap<>();
        world.linesOfOrders.forEach((key, lines) -> lines.stream()
                .filter(line -> line.deliveredAfter(world.orderOf(line).entered()))
                .filter(line -> lines.stream().allMatch(other -> cameNoLater(other, line)))
                .map(world::stockWhereOrdered)
                .flatMap(stock -> stock.stream())
                .filter(world::isGerman)
                .map(world::supplierOf)
                .forEach(supplier -> waiting.merge(supplier.name(), 1L, Long::sum)));
        return waiting.entrySet().stream()
                // Those who are level stay in the order of their names.
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(each -> row(each.getKey(), each.getValue()))
                .toList();
    }

    private static boolean cameNoLater(Line other, Line line) {
        LocalDateTime delivered = line.delivered();
        return delivered == null || !other.deliveredAfter(delivered);
    }
}
