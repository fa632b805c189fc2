package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

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
                2,
                new Properties(),
                Duration.ofSeconds(20),
                false);
    }

    static Benchmark.Result run(Target target, Settings settings)
            throws SQLException, InterruptedException, RefusedInputException {
        return new Benchmark(target, settings, Promises.read(List.of()), line -> {}).run();
    }

    static void load(Target target) throws SQLException, InterruptedException {
        new Loader(target, new Load(1, Population.SMALL, 2), 2, line -> {}).load(false);
    }
}
