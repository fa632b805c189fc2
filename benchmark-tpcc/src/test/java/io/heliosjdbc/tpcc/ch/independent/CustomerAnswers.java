package io.heliosjdbc.tpcc.ch.independent;

import static io.heliosjdbc.tpcc.ch.Answers.row;
import static io.heliosjdbc.tpcc.ch.independent.World.SINCE_2007;
import static io.heliosjdbc.tpcc.ch.independent.World.UNTIL_2100;

import io.heliosjdbc.tpcc.ch.independent.Tables.Customer;
import io.heliosjdbc.tpcc.ch.independent.Tables.CustomerKey;
import io.heliosjdbc.tpcc.ch.independent.Tables.Line;
import io.heliosjdbc.tpcc.ch.independent.Tables.NewOrder;
import io.heliosjdbc.tpcc.ch.independent.Tables.Order;
import io.heliosjdbc.tpcc.ch.independent.Tables.OrderKey;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The questions about customers and their orders. Immutable. */
final class CustomerAnswers {
    /** As the question has them. */
    private static final String BEGINNINGS = "1234567";

    private static final Comparator<OrderKey> BY_KEY = Comparator.comparing(OrderKey::warehouse)
            .thenComparing(OrderKey::district)
            .thenComparing(OrderKey::id);

    private final World world;

    CustomerAnswers(World world) {
        this.world = world;
    }

    private record Worth(Order order, BigDecimal amount) {
        /** What is worth most first, then as entered; where that is level, in the order of the keys. */
        static final Comparator<Worth> MOST_FIRST = Comparator.comparing(Worth::amount)
                .reversed()
                .thenComparing(worth -> worth.order().entered())
                .thenComparing(worth -> worth.order().key(), BY_KEY);
    }

    private List<Line> linesOf(Order order) {
        return world.linesOfOrders.getOrDefault(order.key(), List.of());
    }

    /** Question 3: unshipped orders with the highest value, of customers in certain states. */
    List<String> unshipped() {
        Set<OrderKey> unshipped =
                world.tables.newOrders().stream().map(NewOrder::order).collect(Collectors.toSet());
        return world.tables.orders().stream()
                .filter(order -> unshipped.contains(order.key()))
                .filter(order -> order.entered().isAfter(SINCE_2007))
                .filter(order -> world.customerOf(order).state().startsWith("A"))
                .map(order -> new Worth(order, World.amount(linesOf(order))))
                .sorted(Worth.MOST_FIRST)
                .map(worth -> row(
                        worth.order().id(),
                        worth.order().warehouse(),
                        worth.order().district(),
                        worth.amount(),
                        Timestamp.valueOf(worth.order().entered())))
                .toList();
    }

    /** Question 4: orders that were partially shipped late, by their number of lines; the thesis ends in 2012. */
    List<String> shippedLate() {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (Order order : world.tables.orders()) {
            boolean counted =
                    !order.entered().isBefore(SINCE_2007) && order.entered().isBefore(UNTIL_2100);
            if (counted && linesOf(order).stream().anyMatch(line -> line.deliveredAtOrAfter(order.entered()))) {
                counts.merge(order.lineCount(), 1, Integer::sum);
            }
        }
        List<String> answer = new ArrayList<>();
        counts.forEach((lineCount, orders) -> answer.add(row(lineCount, orders)));
        return answer;
    }

    private record Person(int id, String last, String city, String phone, String nation) {}

    /** Question 10: customers who received their ordered products late. */
    List<String> receivedLate() {
        Map<Person, BigDecimal> revenue = new HashMap<>();
        for (Line line : world.tables.lines()) {
            Order order = world.orderOf(line);
            if (!order.entered().isBefore(SINCE_2007) && line.deliveredAtOrAfter(order.entered())) {
                Customer customer = world.customerOf(order);
                Person person = new Person(
                        customer.id(),
                        customer.last(),
                        customer.city(),
                        customer.phone(),
                        world.nationOf(customer).name());
                revenue.merge(person, line.amount(), BigDecimal::add);
            }
        }
        return revenue.entrySet().stream()
                .sorted(Map.Entry.<Person, BigDecimal>comparingByValue()
                        .reversed()
                        .thenComparing(each -> each.getKey().id())
                        .thenComparing(each -> each.getKey().phone()))
                .map(each -> row(
                        each.getKey().id(),
                        each.getKey().last(),
                        each.getValue(),
                        each.getKey().city(),
                        each.getKey().phone(),
                        each.getKey().nation()))
                .toList();
    }

    /**
     * Question 12: whether less expensive modes of shipping affect critical orders; by number of lines, with the first two carriers and with
     * others. An order without a carrier is with neither. The thesis ends in 2020.
     */
    List<String> byCarriers() {
        Map<Integer, int[]> counts = new TreeMap<>();
        for (Order order : world.tables.orders()) {
            for (Line line : linesOf(order)) {
                if (line.deliveredAtOrAfter(order.entered()) && line.deliveredBefore(UNTIL_2100.withDayOfMonth(1))) {
                    int[] count = counts.computeIfAbsent(order.lineCount(), lineCount -> new int[2]);
                    Integer carrier = order.carrier();
                    if (carrier != null) {
                        count[carrier <= 2 ? 0 : 1]++;
                    }
                }
            }
        }
        List<String> answer = new ArrayList<>();
        counts.forEach((lineCount, count) -> answer.add(row(lineCount, count[0], count[1])));
        return answer;
    }

    /** Question 13: how many customers have how many orders with late carriers; customers of one number count as one. */
    List<String> byOrders() {
        Map<CustomerKey, Integer> placed = new HashMap<>();
        for (Order order : world.tables.orders()) {
            Integer carrier = order.carrier();
            if (carrier != null && carrier > 8) {
                placed.merge(order.customerKey(), 1, Integer::sum);
            }
        }
        Map<Integer, Integer> byNumber = new HashMap<>();
        for (Customer customer : world.tables.customers()) {
            byNumber.merge(customer.id(), placed.getOrDefault(customer.key(), 0), Integer::sum);
        }
        Map<Integer, Long> distribution =
                byNumber.values().stream().collect(Collectors.groupingBy(orders -> orders, Collectors.counting()));
        return distribution.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey())
                        .reversed())
                .map(each -> row(each.getKey(), each.getValue()))
                .toList();
    }

    /** Question 18: customers ranked by their placement of a large order. */
    List<String> largeOrders() {
        return world.tables.orders().stream()
                .map(order -> new Worth(order, World.amount(linesOf(order))))
                .filter(worth -> worth.amount().compareTo(BigDecimal.valueOf(200)) > 0)
                .sorted(Worth.MOST_FIRST)
                .map(worth -> row(
                        world.customerOf(worth.order()).last(),
                        worth.order().customer(),
                        worth.order().id(),
                        Timestamp.valueOf(worth.order().entered()),
                        worth.order().lineCount(),
                        worth.amount()))
                .toList();
    }

    /** Question 22: where customers live who may be likely to make a purchase. */
    List<String> likelyToBuy() {
        List<Customer> asked = world.tables.customers().stream()
                .filter(customer -> BEGINNINGS.indexOf(customer.phone().charAt(0)) >= 0)
                .toList();
        List<BigDecimal> positive = asked.stream()
                .map(Customer::balance)
                .filter(balance -> balance.signum() > 0)
                .toList();
        BigDecimal usual = World.quotient(
                positive.stream().reduce(BigDecimal.ZERO, BigDecimal::add), BigDecimal.valueOf(positive.size()));
        Set<CustomerKey> ordered =
                world.tables.orders().stream().map(Order::customerKey).collect(Collectors.toSet());
        Map<Character, List<BigDecimal>> balances = new TreeMap<>();
        for (Customer customer : asked) {
            if (customer.balance().compareTo(usual) > 0 && !ordered.contains(customer.key())) {
                balances.computeIfAbsent(customer.state().charAt(0), country -> new ArrayList<>())
                        .add(customer.balance());
            }
        }
        List<String> answer = new ArrayList<>();
        balances.forEach((country, money) ->
                answer.add(row(country, money.size(), money.stream().reduce(BigDecimal.ZERO, BigDecimal::add))));
        return answer;
    }
}
