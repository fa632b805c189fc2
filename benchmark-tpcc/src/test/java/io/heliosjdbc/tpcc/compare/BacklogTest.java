package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Anchor;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.promises.Terms;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * One asker, whose questions take 20 ms each: at first 1.8 times as many come as he can ask, then half as many. Whoever measured from when a
 * question was begun would see 20 ms throughout.
 */
class BacklogTest {
    private static final double EACH_MILLIS = 20;
    private static final double CAPACITY = 1000 / EACH_MILLIS;

    private static Stream stream(Duration border) {
        Course course =
                new Course(new Course.Constant(), 1.8 * CAPACITY, List.of(new Course.Phase(border, 0.5 * CAPACITY)));
        return new Stream(
                "questions",
                Stream.Work.QUESTIONS,
                Mix.TPC_C,
                course,
                1,
                0,
                Presence.THROUGHOUT,
                Map.of(),
                List.of(Terms.of(Duration.ZERO, null)));
    }

    /** Of what was due then, in milliseconds. */
    private static double median(Recorder recorder, double fromSecond, double toSecond) {
        List<RawData.Row> rows = recorder.rows().stream()
                .filter(row -> row.due() >= fromSecond * 1e9 && row.due() < toSecond * 1e9)
                .sorted(Comparator.comparing(BacklogTest::millis))
                .toList();
        return millis(rows.get(rows.size() / 2));
    }

    private static double millis(RawData.Row row) {
        return (row.end() - row.due()) / 1e6;
    }

    private static RawData.Row firstSince(Recorder recorder, double second) {
        return recorder.rows().stream()
                .filter(row -> row.due() >= second * 1e9)
                .min(Comparator.comparingLong(RawData.Row::due))
                .orElseThrow();
    }

    /** Exactly, for time goes on only when a question takes it, or when there is none to ask until the next one is due. */
    @Test
    void theMedianGrowsWithTheBacklogWhichSurvivesTheBorderOfTwoPhases() {
        AtomicLong now = new AtomicLong();
        Clock clock = new Clock(TimeUnit.SECONDS.toNanos(4), now::get);
        clock.start(0);
        Stream stream = stream(Duration.ofSeconds(1));
        Recorder recorder = new Recorder(stream, clock.length(), true);
        Course.Instants instants = ((Course) stream.pace()).instants(new SplittableRandom(1), 0);
        Agenda<String> arrivals = new Arrivals<>(instants, Long.MAX_VALUE, () -> "question");
        Agenda<String> idling = new Agenda<>() {
            @Override
            public Due<String> next() {
                Due<String> next = arrivals.next();
                now.set(Math.max(now.get(), next.at()));
                return next;
            }

            @Override
            public void answered(Due<String> due, long end) {
                arrivals.answered(due, end);
            }
        };
        new Worker<>(idling, clock, recorder) {
            @Override
            boolean attempt(String question, Piece piece) {
                recorder.begun(piece, clock.now());
                now.addAndGet((long) (EACH_MILLIS * 1e6));
                recorder.answered(piece, clock.now(), true);
                return true;
            }

            @Override
            String kind(String question) {
                return question;
            }
        }.run();
        assertThat(recorder.offered()).isEqualTo(90 + 75);
        // In each second 90 are due and 50 answered, so that the next one waits for 8.9 ms longer.
        assertThat(median(recorder, 0, 0.5)).isBetween(200.0, 250.0);
        assertThat(median(recorder, 0.5, 1)).isBetween(600.0, 650.0);
        assertThat(millis(firstSince(recorder, 1))).as("behind 40 others").isBetween(750.0, 820.0);
        assertThat(median(recorder, 1, 1.5)).isBetween(600.0, 750.0);
        assertThat(median(recorder, 3, 4)).as("when all is worked off").isEqualTo(EACH_MILLIS);
        assertThat(recorder.withConnection().percentile(99).value()).isBetween(EACH_MILLIS, EACH_MILLIS + 0.1);
    }

    /** As it is measured; on a machine that does much else it takes longer, and never less long. */
    @Test
    void nobodyIsMeasuredFromWhenHeWasCalled() throws Exception {
        double border = 0.6;
        Stream stream = stream(Duration.ofMillis(600));
        Scenario mixed = Scenario.read("mixed");
        Scenario scenario = new Scenario(
                mixed.name(),
                mixed.title(),
                mixed.basis(),
                List.of(stream),
                List.of(Way.STRAIGHT),
                null,
                1,
                1,
                mixed.agreements(),
                List.of(),
                mixed.configuration(),
                mixed.files());
        Part.Result result;
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Anchor anchor = new Anchor(target);
                Statement statement = anchor.connection().createStatement();
                Lookout lookout = new Lookout(target::straight);
                Contender contender = Contender.open(Way.STRAIGHT, target, scenario, new Properties())) {
            statement.execute("CREATE ALIAS sleep FOR \"java.lang.Thread.sleep(long)\"");
            Part.Settings settings = new Part.Settings(
                    new Load(1, Population.SMALL, 1).nuRand(),
                    Population.SMALL,
                    1,
                    List.of(new AnalyticalQuestion(1, "How long?", "SELECT sleep(" + (long) EACH_MILLIS + ")")),
                    Dialect.H2,
                    new Backends(lookout, Dialect.H2),
                    Duration.ZERO,
                    Duration.ofMillis(1200),
                    List.of(),
                    1,
                    true,
                    Duration.ofMinutes(1));
            result = new Part(contender, settings, line -> {}).run();
        }
        Recorder recorder = Objects.requireNonNull(result.recorders().get(stream));
        assertThat(recorder.failures()).isEmpty();
        assertThat(recorder.offered()).isEqualTo(54 + 15);
        assertThat(median(recorder, 0, border / 2)).isGreaterThan(5 * EACH_MILLIS);
        assertThat(median(recorder, border / 2, border)).isGreaterThan(15 * EACH_MILLIS);
        assertThat(millis(firstSince(recorder, border))).as("behind 24 others").isGreaterThan(20 * EACH_MILLIS);
        assertThat(recorder.times().percentile(50).value()).as("as reported").isGreaterThan(5 * EACH_MILLIS);
    }
}
