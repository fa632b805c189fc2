package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Anchor;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.load.Load;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PartTest {
    private static final Load LOAD = new Load(5, Population.SMALL, 1);

    private static Part.Settings settings(Backends backends, Duration length) {
        return new Part.Settings(
                LOAD.nuRand(),
                Population.SMALL,
                1,
                AnalyticalQuestion.all(),
                Dialect.H2,
                backends,
                Duration.ZERO,
                length,
                List.of(),
                5,
                true,
                Duration.ofMinutes(1));
    }

    /** One with transactions alone. */
    private static Scenario scenario() throws Exception {
        return Scenario.read("mixed").withAskers(0).withRate(20);
    }

    private static Backends blind() {
        Lookout blind = new Lookout(() -> {
            throw new SQLException("the server is restarting", "57P03");
        });
        return new Backends(blind, Dialect.H2);
    }

    @Test
    void whoCannotLookMeasuresAllTheSame() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Anchor anchor = new Anchor(target);
                Preparation database = new Preparation(target, 1, false)) {
            database.load(LOAD, line -> {});
            assertThat(database.dialect()).isEqualTo(Dialect.of(anchor.connection()));
            Scenario scenario = scenario();
            Part.Result result;
            try (Contender contender = Contender.open(Way.STRAIGHT, target, scenario, new Properties())) {
                result = new Part(contender, settings(blind(), Duration.ofSeconds(1)), line -> {}).run();
            }
            assertThat(Comparison.sum(result).offered).isPositive();
            assertThat(result.faults())
                    .as("where it has come to look at all")
                    .isSubsetOf("looking at the database's connections: 57P03 the server is restarting");
        }
    }

    @Test
    void whatCannotBeSeenIsAFaultOnceAndTheRestIsSeen() throws Exception {
        Scenario scenario = scenario();
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Contender contender = Contender.open(Way.STRAIGHT, target, scenario, new Properties())) {
            Part part = new Part(contender, settings(blind(), Duration.ofHours(1)), line -> {});
            part.look(0);
            part.look(500_000_000);
            Part.Result result = part.result();
            assertThat(result.faults())
                    .containsExactly("looking at the database's connections: 57P03 the server is restarting");
            assertThat(result.sights()).containsKey("waiting: straight-1").doesNotContainKey(Backends.OPEN);
            assertThat(new Comparison(scenario, Map.of(), List.of(result), Map.of(), "").passed())
                    .isFalse();
        }
    }

    /** Whoever needs 1.2 s to look sees nothing of what was meanwhile, and does not say it was then. */
    @Test
    void whatWasMissedIsNotSeenLater() throws Exception {
        assertThat(Part.nextLook(-1)).isZero();
        assertThat(Part.nextLook(0)).isEqualTo(500_000_000);
        assertThat(Part.nextLook(1_200_000_000)).isEqualTo(1_500_000_000);
        assertThat(Part.nextLook(-600_000_000)).isEqualTo(-500_000_000);
        Scenario scenario = scenario();
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Contender contender = Contender.open(Way.STRAIGHT, target, scenario, new Properties())) {
            Part part = new Part(contender, settings(blind(), Duration.ofSeconds(2)), line -> {});
            part.look(-1);
            part.look(1_200_000_000);
            part.look(9_000_000_000L);
            assertThat(part.result().sights().get("waiting: straight-1"))
                    .containsExactly(Double.NaN, Double.NaN, 0, Double.NaN, Double.NaN);
        }
    }

    private static Recorder recorder() throws Exception {
        return new Recorder(scenario().transactions().get(0), 1_000_000_000, false);
    }

    private static Recorder.Piece piece(String kind) {
        return new Recorder.Piece(kind, 0, 0);
    }

    @Test
    void aKindOfWorkThatIsNeverDoneIsAFault() throws Exception {
        Recorder recorder = recorder();
        recorder.failed(piece("Payment"), 5, new SQLException("gone", "42P01"));
        recorder.answered(piece("NewOrder"), 5, true);
        assertThat(Part.neverSucceeded(List.of(recorder)))
                .containsExactly("no Payment of transactions succeeded, and 1 failed");
    }

    @Test
    void thatNothingIsDoneAtAllIsAFault() throws Exception {
        Recorder recorder = recorder();
        recorder.failed(piece("Payment"), 5, new SQLException("gone", "42P01"));
        String nothing = "no transaction was completed, and none was under way at the end";
        assertThat(Part.neverSucceeded(List.of(recorder))).contains(nothing);
        recorder.unfinished(piece("NewOrder"));
        assertThat(Part.neverSucceeded(List.of(recorder)))
                .as("that everyone waited is a result, too")
                .doesNotContain(nothing);
    }
}
