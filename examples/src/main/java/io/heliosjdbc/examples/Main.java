package io.heliosjdbc.examples;

import io.heliosjdbc.examples.scenarios.ApiGateway;
import io.heliosjdbc.examples.scenarios.Saas;
import io.heliosjdbc.examples.scenarios.Shop;
import io.heliosjdbc.examples.springboot.ShopApplication;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;

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

    /** Runs an example; the process ends with 0, with 1 where it failed, or with 2 where there is no example of that name. */
    public static void main(String[] arguments) {
        int status = run(List.of(arguments), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(List<String> arguments, PrintStream out, PrintStream notes) {
        try {
            return example(arguments, out, notes);
        } catch (Exception e) {
            notes.println("failed: " + why(e));
            return 1;
        }
    }

    /** What the database says where it is the reason, for what lies below that names no server; else what is at the bottom. */
    private static String why(Throwable thrown) {
        Throwable said = thrown;
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLException || !(said instanceof SQLException)) {
                said = each;
            }
        }
        return said instanceof SQLException ? String.valueOf(said.getMessage()) : said.toString();
    }

    private static int example(List<String> arguments, PrintStream out, PrintStream notes) throws Exception {
        String name = arguments.isEmpty() ? "" : arguments.get(0);
        switch (name) {
            case "-h", "--help" -> out.print(USAGE);
            case "plain-h2" -> PlainH2.run(out);
            case "spring-boot" ->
                ShopApplication.main(arguments.subList(1, arguments.size()).toArray(String[]::new));
            case "saas" -> Saas.run(out);
            case "shop" -> Shop.run(out);
            case "api-gateway" -> ApiGateway.run(out);
            default -> {
                if (!name.isEmpty()) {
                    notes.println("there is no example '" + name + "'");
                }
                notes.print(USAGE);
                return 2;
            }
        }
        return 0;
    }
}
