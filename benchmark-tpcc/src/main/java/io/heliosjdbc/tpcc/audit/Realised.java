package io.heliosjdbc.tpcc.audit;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.TransactionType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frequencies of the inputs as they really came, beside the bands that an audit accepts. Not thread-safe. */
public final class Realised {
    private static final int FEWEST_LINES = 5;
    private static final int MOST_LINES = 15;
    /** Of chi-square with ten degrees of freedom what is more is as unlikely as any other band has it. */
    private static final double MOST_UNEVEN = 28.78;

    /** Of the number of lines of one NewOrder, each as likely. */
    private static final double VARIANCE_OF_LINES = 10;

    private final Map<TransactionType, Long> byType = new EnumMap<>(TransactionType.class);
    private long newOrders;
    private long rolledBack;
    private long lines;
    /** How many NewOrders had the fewest lines, one more, and so on. */
    private final long[] byLines = new long[MOST_LINES - FEWEST_LINES + 1];

    private long remoteLines;
    private long payments;
    private long remotePayments;
    private long paymentsByName;
    private long orderStatuses;
    private long orderStatusesByName;

    /**
     * A value beside what is accepted.
     *
     * @param value null without any case
     * @param cases of how many it is a share or a mean; a few hundred scatter beyond any band
     * @param low of the accepted band, inclusive
     * @param high of the accepted band, inclusive
     * @param isChance whether so few cases come to such a value by chance, though those they are drawn from lie within the band
     */
    public record Band(String name, @Nullable Double value, long cases, double low, double high, boolean isChance) {
        /** Whether it is within, and there is one. */
        public boolean holds() {
            return value != null && value >= low && value <= high;
        }

        /** Whether it is outside, and that is no chance. */
        public boolean isViolated() {
            return value != null && !holds() && !isChance;
        }

        /** For people. */
        public String verdict() {
            if (value == null) {
                return "no cases";
            }
            return holds() ? "within" : isChance ? "too few cases to say" : "OUTSIDE";
        }

        /** For people: {@code lines per NewOrder 9.98 of 1200 (9.5 to 10.5): within}. */
        public String text() {
            return value == null
                    ? name + ": " + verdict()
                    : String.format(
                            Locale.ROOT, "%s %.2f of %d (%.4g to %.4g): %s", name, value, cases, low, high, verdict());
        }
    }

    /** One came. */
    public void add(Input input) {
        byType.merge(input.type(), 1L, Long::sum);
        if (input instanceof Input.NewOrder newOrder) {
            newOrders++;
            rolledBack += newOrder.rollback() ? 1 : 0;
            lines += newOrder.lines().size();
            byLines[newOrder.lines().size() - FEWEST_LINES]++;
            remoteLines += newOrder.remoteLines();
        } else if (input instanceof Input.Payment payment) {
            payments++;
            remotePayments += payment.customer().warehouse() == payment.warehouse() ? 0 : 1;
            paymentsByName += payment.customer().lastName() == null ? 0 : 1;
        } else if (input instanceof Input.OrderStatus orderStatus) {
            orderStatuses++;
            orderStatusesByName += orderStatus.customer().lastName() == null ? 0 : 1;
        }
    }

    /** All bands, of the mix and {@link #bandsOfInputs}. */
    public List<Band> bands(int warehouses) {
        List<Band> bands = new ArrayList<>(mix());
        bands.addAll(bandsOfInputs(warehouses));
        return bands;
    }

    /**
     * Shares of the mix, which are minima for all types but NewOrder, which has what they leave (clause 5.2.3). As terminals stop in the middle
     * of their decks, a few cases can be short of them.
     */
    private List<Band> mix() {
        List<Band> bands = new ArrayList<>();
        long all = byType.values().stream().mapToLong(Long::longValue).sum();
        for (TransactionType type : TransactionType.values()) {
            boolean atMost = type == TransactionType.NEW_ORDER;
            bands.add(band(
                    type.label() + ", % of all",
                    byType.getOrDefault(type, 0L),
                    all,
                    atMost ? 0 : type.cards(),
                    atMost ? type.cards() : 100));
        }
        return bands;
    }

    /** Of what is within a transaction, in whatever mix they come. Remote cases are left out where there is one warehouse only. */
    List<Band> bandsOfInputs(int warehouses) {
        List<Band> bands = new ArrayList<>();
        bands.add(band("rolled back NewOrders, %", rolledBack, newOrders, 0.9, 1.1));
        bands.add(linesPerNewOrder(9.5, 10.5));
        bands.add(evenLines());
        if (warehouses > 1) {
            bands.add(band("remote lines, %", remoteLines, lines, 0.95, 1.05));
            bands.add(band("remote Payments, %", remotePayments, payments, 14, 16));
        }
        bands.add(band("Payments by name, %", paymentsByName, payments, 57, 63));
        bands.add(band("OrderStatuses by name, %", orderStatusesByName, orderStatuses, 57, 63));
        return bands;
    }

    /** Which bands are violated, and not by chance, for people. */
    public List<String> violations(int warehouses) {
        return bands(warehouses).stream()
                .filter(Band::isViolated)
                .map(band -> String.format(
                        Locale.ROOT,
                        "%s: %.2f of %d, an audit wants %.4g to %.4g, and that is no chance",
                        band.name(),
                        band.value(),
                        band.cases(),
                        band.low(),
                        band.high()))
                .toList();
    }

    private Band linesPerNewOrder(double low, double high) {
        if (newOrders == 0) {
            return new Band("lines per NewOrder", null, 0, low, high, true);
        }
        double mean = (double) lines / newOrders;
        double beyond = Math.max(low - mean, mean - high);
        boolean chance = beyond <= Chance.SIGMAS * Math.sqrt(VARIANCE_OF_LINES / newOrders);
        return new Band("lines per NewOrder", mean, newOrders, low, high, chance);
    }

    /** Whether each number of lines was as likely: chi-square, which is 10 on average where it was. */
    private Band evenLines() {
        if (newOrders == 0) {
            return new Band("lines, chi-square", null, 0, 0, MOST_UNEVEN, true);
        }
        boolean few = newOrders < Chance.FEWEST_OF_EACH * byLines.length;
        return new Band("lines, chi-square", Chance.chiSquare(byLines), newOrders, 0, MOST_UNEVEN, few);
    }

    /** Of a share, in percent. */
    private static Band band(String name, long part, long whole, double low, double high) {
        if (whole == 0) {
            return new Band(name, null, 0, low, high, true);
        }
        double percent = 100.0 * part / whole;
        boolean chance = percent < low
                ? Chance.canBeSoFew(part, whole, low / 100)
                : percent <= high || Chance.canBeSoMany(part, whole, high / 100);
        return new Band(name, percent, whole, low, high, chance);
    }
}
