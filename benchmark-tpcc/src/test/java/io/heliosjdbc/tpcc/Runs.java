package io.heliosjdbc.tpcc;

import io.heliosjdbc.agreements.RefusedInputException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;

/** Short runs with the small population. */
final class Runs {
    private Runs() {}

    static Settings settings(int warehouses, int terminals, int isolation) {
        return new Settings(
                warehouses,
                terminals,
                Phases.constant(0.0005, Duration.ofSeconds(3)),
                Duration.ofMillis(300),
                isolation,
                Population.SMALL,
                7,
                false,
                new Properties(),
                Duration.ofSeconds(20),
                false);
    }

    static Benchmark.Result run(Target target, Settings settings)
            throws SQLException, InterruptedException, RefusedInputException {
        return new Benchmark(target, settings, Promises.read(List.of()), line -> {}).run();
    }

    static void load(Connection connection) throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        new Loader(connection, Population.SMALL, 2, NuRand.draw(random), random, line -> {}).load();
    }
}
