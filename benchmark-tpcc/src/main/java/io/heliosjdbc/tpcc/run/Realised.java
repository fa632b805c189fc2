package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.TransactionType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frequencies of the inputs as they really came, beside the bands that an audit accepts. Not thread-safe. */
final class Realised {
    /** Of what a band is wide: an audit's bands are a twentieth to either side. */
    private static final double TOLERANCE = 0.05;

    private final Map<TransactionType, Long> byType = new EnumMap<>(TransactionType.class);
    private long newOrders;
    private long rolledBack;
    private long lines;
    private long remoteLines;
    private long payments;
    private long remotePayments;
    private long customers;
    private long byName;

    /**
     * A value beside what is accepted.
     *
     * @param value null without any case
     * @param cases of how many it is a share or a mean; a few hundred scatter beyond any band
     * @param low of the accepted band, inclusive
     * @param high of the accepted band, inclusive
     */
    record Band(String name, @Nullable Double value, long cases, double low, double high) {
        boolean holds() {
            return value != null && value >= low && value <= high;
        }
    }

    void add(Input input) {
        byType.merge(input.type(), 1L, Long::sum);
        if (input instanceof Input.NewOrder newOrder) {
            newOrders++;
            rolledBack += newOrder.rollback() ? 1 : 0;
            lines += newOrder.lines().size();
            remoteLines += newOrder.remoteLines();
        } else if (input instanceof Input.Payment payment) {
            payments++;
            remotePayments += payment.customer().warehouse() == payment.warehouse() ? 0 : 1;
            named(payment.customer());
        } else if (input instanceof Input.OrderStatus orderStatus) {
            named(orderStatus.customer());
        }
    }

    private void named(Input.Customer customer) {
        customers++;
        byName += customer.lastName() == null ? 0 : 1;
    }

    /**
     * All bands. Remote cases are left out where there is one warehouse only. Shares of the mix are minima for all types but NewOrder, whose
     * share is a maximum (clause 5.2.3), with the same tolerance as the others: terminals stop in the middle of their decks.
     */
    List<Band> bands(int warehouses) {
        List<Band> bands = new ArrayList<>();
        long all = byType.values().stream().mapToLong(Long::longValue).sum();
        for (TransactionType type : TransactionType.values()) {
            boolean atMost = type == TransactionType.NEW_ORDER;
            bands.add(band(
                    type.label() + ", % of all",
                    100,
                    byType.getOrDefault(type, 0L),
                    all,
                    atMost ? 0 : type.cards() * (1 - TOLERANCE),
                    atMost ? type.cards() * (1 + TOLERANCE) : 100));
        }
        bands.add(band("rolled back NewOrders, %", 100, rolledBack, newOrders, 0.9, 1.1));
        bands.add(band("lines per NewOrder", 1, lines, newOrders, 9.5, 10.5));
        if (warehouses > 1) {
            bands.add(band("remote lines, %", 100, remoteLines, lines, 0.95, 1.05));
            bands.add(band("remote Payments, %", 100, remotePayments, payments, 14, 16));
        }
        bands.add(band("customers by name, %", 100, byName, customers, 57, 63));
        return bands;
    }

    private static Band band(String name, double factor, long part, long whole, double low, double high) {
        return new Band(name, ratio(factor, part, whole), whole, low, high);
    }

    private static @Nullable Double ratio(double factor, long part, long whole) {
        return whole == 0 ? null : factor * part / whole;
    }
}
