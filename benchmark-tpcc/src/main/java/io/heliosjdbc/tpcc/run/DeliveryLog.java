package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * TPC-C's own record of the Deliveries that were executed (clause 2.7.2), as a CSV file after RFC 4180, one line each. Seconds are since the
 * measurement began, below zero in the warm-up. Stateless.
 */
final class DeliveryLog {
    /**
     * One Delivery.
     *
     * @param orders that were delivered, by district; 0 for none
     */
    record Row(DeliveryQueue.Entry<Terminal.Profile> entry, Session.Done done, List<Integer> orders) {
        Row {
            orders = List.copyOf(orders);
        }
    }

    private DeliveryLog() {}

    /** Writes rows in the order in which they were queued. */
    static void write(Path file, List<Row> rows, int districts) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("terminal,warehouse,carrier,due_s,queued_s,started_s,ended_s,outcome");
            for (int d = 1; d <= districts; d++) {
                out.write(",order_" + d);
            }
            out.write("\n");
            List<Row> sorted = rows.stream()
                    .sorted(Comparator.comparingLong(row -> row.entry().queued()))
                    .toList();
            for (Row row : sorted) {
                out.write(line(row) + "\n");
            }
        }
    }

    private static String line(Row row) {
        DeliveryQueue.Entry<Terminal.Profile> entry = row.entry();
        return String.format(
                Locale.ROOT,
                "%s,%d,%d,%.6f,%.6f,%.6f,%.6f,%s,%s",
                entry.who().name(),
                entry.input().warehouse(),
                entry.input().carrier(),
                entry.due() / 1e9,
                entry.queued() / 1e9,
                row.done().start() / 1e9,
                row.done().end() / 1e9,
                row.done().outcome().word(),
                row.orders().stream()
                        .map(order -> order == 0 ? "" : Integer.toString(order))
                        .collect(Collectors.joining(",")));
    }
}
