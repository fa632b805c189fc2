package io.heliosjdbc.tpcc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frequencies of the inputs as they really came, beside the bands that an audit accepts. Not thread-safe. */
final class Realised {
    private long newOrders;
    private long rolledBack;
    private long lines;
    private long remoteLines;
    private long payments;
    private long remotePayments;
    private long customers;
    private long byName;

    /** A value, null without any case; low and high are the accepted band, inclusive. */
    record Band(String name, @Nullable Double value, double low, double high) {
        boolean holds() {
            return value != null && value >= low && value <= high;
        }
    }

    void add(Input input) {
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

    /** Remote cases are left out where there is one warehouse only. */
    List<Band> bands(int warehouses) {
        List<Band> bands = new ArrayList<>();
        bands.add(new Band("rolled back NewOrders, %", ratio(100, rolledBack, newOrders), 0.9, 1.1));
        bands.add(new Band("lines per NewOrder", ratio(1, lines, newOrders), 9.5, 10.5));
        if (warehouses > 1) {
            bands.add(new Band("remote lines, %", ratio(100, remoteLines, lines), 0.95, 1.05));
            bands.add(new Band("remote Payments, %", ratio(100, remotePayments, payments), 14, 16));
        }
        bands.add(new Band("customers by name, %", ratio(100, byName, customers), 57, 63));
        return bands;
    }

    private static @Nullable Double ratio(double factor, long part, long whole) {
        return whole == 0 ? null : factor * part / whole;
    }
}
