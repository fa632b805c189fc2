package io.heliosjdbc.tpcc;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** The stream of inputs and think times of one terminal, determined by its random generator. Not thread-safe. */
public final class Inputs {
    private final SplittableRandom random;
    private final SplittableRandom thinking;
    private final Deck deck;
    private final NuRand nuRand;
    private final Population population;
    private final int warehouses;
    private final int home;
    private final int homeDistrict;

    /**
     * For a terminal of the given home.
     *
     * @param mix of one transaction at least
     */
    public Inputs(
            SplittableRandom random,
            Mix mix,
            NuRand nuRand,
            Population population,
            int warehouses,
            int home,
            int homeDistrict) {
        this.deck = new Deck(random.split(), mix);
        this.thinking = random.split();
        this.random = random;
        this.nuRand = nuRand;
        this.population = population;
        this.warehouses = warehouses;
        this.home = home;
        this.homeDistrict = homeDistrict;
    }

    /**
     * For one of many terminals, which have one warehouse after the other as their home; its deck is TPC-C's.
     *
     * @param number of the terminal, from 0
     */
    public static Inputs ofTerminal(
            int number, SplittableRandom random, NuRand nuRand, Population population, int warehouses) {
        return ofTerminal(number, random, Mix.TPC_C, nuRand, population, warehouses);
    }

    /**
     * For one of many terminals, which have one warehouse after the other as their home.
     *
     * @param number of the terminal, from 0
     * @param mix of one transaction at least
     */
    public static Inputs ofTerminal(
            int number, SplittableRandom random, Mix mix, NuRand nuRand, Population population, int warehouses) {
        int home = number % warehouses + 1;
        int district = number / warehouses % Population.DISTRICTS + 1;
        return new Inputs(random, mix, nuRand, population, warehouses, home, district);
    }

    /** The next transaction of the terminal's deck. */
    public Input next() {
        return switch (deck.draw()) {
            case NEW_ORDER -> newOrder();
            case PAYMENT -> payment();
            case ORDER_STATUS -> new Input.OrderStatus(customer(home, district()));
            case DELIVERY -> new Input.Delivery(home, between(1, 10));
            case STOCK_LEVEL -> new Input.StockLevel(home, homeDistrict, between(10, 20));
        };
    }

    /** A think time: negative exponential, cut at ten times its mean. */
    public Duration think(TransactionType type) {
        double mean = type.meanThink().toNanos();
        double drawn = -Math.log(1 - thinking.nextDouble()) * mean;
        return Duration.ofNanos((long) Math.min(drawn, 10 * mean));
    }

    private Input newOrder() {
        int district = district();
        int customer = customerNumber();
        int count = between(5, 15);
        boolean rollback = between(1, 100) == 1;
        List<Input.Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int item = NuRand.next(random, NuRand.ITEM_A, 1, population.items(), nuRand.item());
            int supply = between(1, 100) == 1 ? otherWarehouse() : home;
            boolean unused = rollback && i == count - 1;
            lines.add(new Input.Line(unused ? population.items() + 1 : item, supply, between(1, 10)));
        }
        lines.sort(Comparator.comparingInt(Input.Line::item).thenComparingInt(Input.Line::supplyWarehouse));
        return new Input.NewOrder(home, district, customer, rollback, lines);
    }

    private Input payment() {
        int district = district();
        boolean remote = between(1, 100) <= 15 && warehouses > 1;
        Input.Customer customer = remote ? customer(otherWarehouse(), district()) : customer(home, district);
        return new Input.Payment(home, district, customer, BigDecimal.valueOf(between(100, 500_000), 2));
    }

    private Input.Customer customer(int warehouse, int district) {
        if (between(1, 100) <= 60) {
            int name = NuRand.next(random, NuRand.LAST_NAME_A, 0, population.highestLastName(), nuRand.runLastName());
            return new Input.Customer(warehouse, district, 0, LastNames.of(name));
        }
        return new Input.Customer(warehouse, district, customerNumber(), null);
    }

    private int customerNumber() {
        return NuRand.next(random, NuRand.CUSTOMER_A, 1, population.customers(), nuRand.customer());
    }

    private int district() {
        return between(1, Population.DISTRICTS);
    }

    private int otherWarehouse() {
        if (warehouses == 1) {
            return home;
        }
        int other = between(1, warehouses - 1);
        return other < home ? other : other + 1;
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }
}
