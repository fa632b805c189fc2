package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import io.heliosjdbc.tpcc.pace.Phases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Short runs with the small population. */
final class Runs {
    /** Of which a slow machine may be at fault. */
    static final String NOTHING_COMMITTED = "no transaction was committed within the measurement interval";

    private Runs() {}

    static Settings settings(int warehouses, int terminals, Isolation isolation) {
        return settings(warehouses, terminals, isolation, Duration.ofSeconds(3));
    }

    static Settings settings(int warehouses, int terminals, Isolation isolation, Duration length) {
        return new Settings(
                warehouses,
                terminals,
                Phases.constant(0.0005, length),
                Duration.ofMillis(300),
                isolation,
                Population.SMALL,
                7,
                false,
                2,
                new Properties(),
                Duration.ofSeconds(20),
                false,
                Settings.deliveryWorkers(terminals),
                false);
    }

    static Benchmark.Result run(Target target, Settings settings)
            throws SQLException, InterruptedException, RefusedInputException {
        return new Benchmark(target, settings, Promises.read(List.of()), line -> {}).run();
    }

    /** 90 percent within 5 s, for what a match with this attribute describes, on one account; written to the folder. */
    static Promises promises(Path folder, String attribute, String value) throws IOException, RefusedInputException {
        Path file = folder.resolve("agreement.xml");
        Files.writeString(file, """
                <Agreement xmlns="urn:helios:agreement:1" id="one">
                  <Name>One load</Name>
                  <Context><ServiceProvider>p</ServiceProvider><ServiceConsumer>c</ServiceConsumer></Context>
                  <Terms>
                    <ServiceDescriptionTerm name="load">
                      <UserLoad name="load"><Match %s="%s"/></UserLoad>
                    </ServiceDescriptionTerm>
                    <GuaranteeTerm name="term" userLoad="load">
                      <ServiceLevelObjective><PercentileObjective percent="90" responseTime="PT5S"/></ServiceLevelObjective>
                    </GuaranteeTerm>
                  </Terms>
                </Agreement>
                """.formatted(attribute, value));
        return Promises.read(List.of(file));
    }

    /** The harness's own agreement with one text in another's place, written to the folder. */
    static Path ownAgreement(Path folder, String text, String other) throws IOException {
        try (InputStream in = Runs.class.getResourceAsStream("/io/heliosjdbc/tpcc/tpcc-agreement.xml")) {
            String own = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(folder.resolve("own.xml"), own.replace(text, other));
        }
    }

    static void load(Target target) throws SQLException, InterruptedException {
        new Loader(target, new Load(1, Population.SMALL, 2), 2, line -> {}).load(false);
    }
}
