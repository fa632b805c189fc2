package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.heliosjdbc.tpcc.Anchor;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.load.Load;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PartTest {
    private static final Load LOAD = new Load(5, Population.SMALL, 1);

    private static Part.Settings settings(Backends backends) {
        return new Part.Settings(
                LOAD.nuRand(),
                Population.SMALL,
                1,
                AnalyticalQuestion.all(),
                Dialect.H2,
                backends,
                Duration.ZERO,
                Duration.ofSeconds(1),
                List.of(),
                5,
                true);
    }

    /** One with transactions alone. */
    private static Part.Result run(Target target, Backends backends) throws Exception {
        Scenario scenario = Scenario.read("mixed").withAskers(0).withRate(20);
        try (Contender contender = Contender.open(Way.STRAIGHT, target, scenario, new Properties())) {
            return new Part(contender, settings(backends), line -> {}).run();
        }
    }

    @Test
    void whoCannotLookMeasuresAllTheSame() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Anchor anchor = new Anchor(target);
                Preparation database = new Preparation(target, 1, false)) {
            database.load(LOAD, line -> {});
            Lookout blind = new Lookout(() -> {
                throw new SQLException("the server is restarting", "57P03");
            });
            Part.Result result = run(target, new Backends(blind, Dialect.of(anchor.connection())));
            assertThat(result.faults())
                    .containsExactly("looking at the database's connections: 57P03 the server is restarting");
            assertThat(result.sights()).containsKey("waiting: straight-1").doesNotContainKey(Backends.OPEN);
            assertThat(Comparison.sum(result).completed).isPositive();
            assertThat(new Comparison(Scenario.read("mixed"), Map.of(), List.of(result), Map.of(), "").passed())
                    .isFalse();
        }
    }

    @Test
    void aKindOfWorkThatIsNeverDoneIsAFault() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Anchor anchor = new Anchor(target);
                Preparation database = new Preparation(target, 1, false);
                Statement statement = anchor.connection().createStatement()) {
            database.load(LOAD, line -> {});
            statement.execute("DROP TABLE history");
            Part.Result result = run(target, database.backends());
            assertThat(result.faults())
                    .singleElement(as(STRING))
                    .matches("no Payment of transactions succeeded, and [1-9][0-9]* failed");
            statement.execute("DROP TABLE district");
            statement.execute("DROP TABLE customer");
            statement.execute("DROP TABLE new_order");
            assertThat(run(target, database.backends()).faults())
                    .contains("no transaction was completed, and none was under way at the end");
        }
    }
}
