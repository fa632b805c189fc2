package io.heliosjdbc.examples.springboot;

import io.micrometer.core.instrument.MeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The application. Without {@code --shop.postgresql=HOST:PORT/DATABASE} (user and password as usual, {@code
 * --spring.datasource.username}) it starts a PostgreSQL of its own, which ends with it.
 */
@SpringBootApplication
public class ShopApplication {
    private static final String POSTGRESQL = "shop.postgresql";

    /** Runs the shop for a moment, prints what happened, and ends. */
    public static void main(String[] arguments) throws IOException {
        if (Arrays.stream(arguments).anyMatch(each -> each.startsWith("--" + POSTGRESQL + "="))) {
            run(Map.of(), arguments);
            return;
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            run(Map.of(POSTGRESQL, "localhost:" + server.getPort() + "/postgres"), arguments);
        }
    }

    private static void run(Map<String, Object> defaults, String... arguments) {
        SpringApplication application = new SpringApplication(ShopApplication.class);
        application.setDefaultProperties(defaults);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            context.getBean(ShoppingDay.class).print(System.out);
        }
    }

    /** The tables are created early: without this, before there is a registry that counts. */
    @Bean
    static AbstractDependsOnBeanFactoryPostProcessor metersBeforeDatabase() {
        return new AbstractDependsOnBeanFactoryPostProcessor(DataSource.class, MeterRegistry.class) {};
    }
}
