package io.heliosjdbc.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class ShopApplicationTest {
    private static final int PURCHASES = ShoppingDay.CUSTOMERS * ShoppingDay.PURCHASES_EACH;

    @Test
    void aDayInTheShopIsBookedScheduledAndMeasured() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String conformance;
        // Ten seconds are too short on a machine that does much else.
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(3))
                        .start();
                ConfigurableApplicationContext context = SpringApplication.run(
                        ShopApplication.class, "--shop.postgresql=localhost:" + server.getPort() + "/postgres")) {
            JdbcClient database = context.getBean(JdbcClient.class);
            assertThat(count(database, "SELECT COUNT(*) FROM customer_order")).isEqualTo(PURCHASES);
            assertThat(count(database, "SELECT 3000 - SUM(stock) FROM product")).isEqualTo(PURCHASES);

            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(statements(meters, "fast_lane", "checkout")).isEqualTo(3L * PURCHASES);
            assertThat(statements(meters, "parallel_lanes", "reports")).isEqualTo(ShoppingDay.REPORTS);

            // How many are late depends on the machine.
            double late = meters.get("helios.sla.violations").tag("user_load", "checkout").counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
            conformance = String.format("%.3f", 1 - late / PURCHASES);

            context.getBean(ShoppingDay.class).print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("kettle +36 pieces +1076\\.40")
                .containsPattern("fast_lane +checkout +300 statements")
                .containsPattern("checkout +" + Pattern.quote(conformance) + "\\R");
    }

    private static long count(JdbcClient database, String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    private static long statements(MeterRegistry meters, String serviceClass, String userLoad) {
        return meters
                .get("helios.query.duration")
                .tag("workload_type", serviceClass)
                .tag("user_load", userLoad)
                .tag("outcome", "success")
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
