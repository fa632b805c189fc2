package io.heliosjdbc.examples;

import io.heliosjdbc.examples.scenarios.ApiGateway;
import io.heliosjdbc.examples.scenarios.Saas;
import io.heliosjdbc.examples.scenarios.Shop;
import io.heliosjdbc.examples.springboot.ShopApplication;
import java.util.Arrays;

/** Runs the example whose name is the first argument; it gets the others. Stateless. */
public final class Main {
    private static final String USAGE = """
            usage: helios example NAME

              plain-h2     plain JDBC on H2: a hint, EXPLAIN HELIOS, SHOW HELIOS CLASSES
              spring-boot  a shop on Spring Boot, HikariCP and PostgreSQL, with its metrics
              saas         pages, reports and a nightly job of a platform with tenants
              shop         checkouts and recommendations of a shop
              api-gateway  customers with different promises, told by hints
            """;

    private Main() {}

    /** Runs an example; the process ends with 0, or with 2 where there is no example of that name. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        switch (name) {
            case "plain-h2" -> PlainH2.run(System.out);
            case "spring-boot" -> ShopApplication.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            case "saas" -> Saas.run(System.out);
            case "shop" -> Shop.run(System.out);
            case "api-gateway" -> ApiGateway.run(System.out);
            default -> {
                if (!name.isEmpty()) {
                    System.err.println("there is no example '" + name + "'");
                }
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }
}
