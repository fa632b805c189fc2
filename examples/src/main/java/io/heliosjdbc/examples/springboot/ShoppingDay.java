package io.heliosjdbc.examples.springboot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

/** Customers who buy while others ask for reports. Thread-safe. */
@Component
class ShoppingDay implements CommandLineRunner {
    static final int CUSTOMERS = 4;
    static final int PURCHASES_EACH = 25;
    static final int REPORTS = 40;
    private static final int PRODUCTS = 3;

    private final Checkout checkout;
    private final SalesReport report;
    private final MeterRegistry meters;

    ShoppingDay(
            org.springframework.jdbc.core.simple.JdbcClient database,
            Checkout checkout,
            SalesReport report,
            MeterRegistry meters) {
        this.checkout = checkout;
        this.report = report;
        this.meters = meters;
    }

    @Override
    public void run(String... arguments) throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS + 2);
        try {
            List<Future<?>> everybody = new ArrayList<>();
            for (int customer = 1; customer <= CUSTOMERS; customer++) {
                int number = customer;
                everybody.add(threads.submit(() -> buy(number)));
            }
            for (int i = 0; i < REPORTS; i++) {
                everybody.add(threads.submit(report::byProduct));
            }
            for (Future<?> each : everybody) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void buy(long customer) {
        for (int i = 0; i < PURCHASES_EACH; i++) {
            checkout.buy(customer, 1 + i % PRODUCTS, 1);
        }
    }

    /** Prints the report, and what Helios measured: its meters are in Spring's registry like all others. */
    void print(PrintStream out) {
        out.println("Sales");
        report.byProduct()
                .forEach(line -> out.printf("  %-10s %6d pieces  %10s%n", line.title(), line.pieces(), line.revenue()));
        out.println("helios.query.duration");
        meters.find("helios.query.duration").timers().stream()
                .filter(timer -> timer.count() > 0)
                .sorted(Comparator.comparing(timer -> timer.getId().toString()))
                .forEach(timer -> out.printf(
                        "  %-16s %-10s %5d statements  mean %8.2f ms  longest %8.2f ms%n",
                        timer.getId().getTag("workload_type"),
                        timer.getId().getTag("user_load"),
                        timer.count(),
                        timer.mean(TimeUnit.MILLISECONDS),
                        timer.max(TimeUnit.MILLISECONDS)));
        out.println("helios.queue.wait");
        meters.find("helios.queue.wait").functionTimers().stream()
                .filter(timer -> timer.count() > 0)
                .sorted(Comparator.comparing(timer -> timer.getId().toString()))
                .forEach(timer -> out.printf(
                        "  %-16s %-10s %5.0f statements  mean %8.2f ms%n",
                        timer.getId().getTag("workload_type"),
                        timer.getId().getTag("user_load"),
                        timer.count(),
                        timer.mean(TimeUnit.MILLISECONDS)));
        out.println("helios.conformance");
        for (Gauge gauge : meters.find("helios.conformance").gauges()) {
            out.printf("  %-10s %.3f%n", gauge.getId().getTag("user_load"), gauge.value());
        }
    }
}
