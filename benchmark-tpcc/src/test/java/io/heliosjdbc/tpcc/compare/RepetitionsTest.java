package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.tpcc.compare.Contender.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RepetitionsTest {
    private static final long MILLI = 1_000_000;

    private static JsonNode read(Repetitions repetitions) {
        return JsonMapper.builder().build().readTree(repetitions.json());
    }

    /** One in which every transaction took so many milliseconds straight, twice that through Helios, and nobody was late. */
    private static Comparison taking(long straightMillis) throws IOException {
        Scenario scenario = Scenario.read("loose");
        List<Part.Result> parts = new ArrayList<>();
        for (Way way : Way.USUAL) {
            long millis = way == Way.HELIOS ? 2 * straightMillis : straightMillis;
            Map<Stream, Recorder> recorders = new LinkedHashMap<>();
            for (Stream stream : way == Way.OLTP_ALONE ? scenario.transactions() : scenario.streams()) {
                Recorder recorder = new Recorder(stream, 1000 * MILLI, false);
                recorder.answered(new Recorder.Piece("Payment", 0, 0), millis * MILLI, true);
                recorders.put(stream, recorder);
            }
            parts.add(new Part.Result(way, recorders, Map.of(), List.of(), List.of()));
        }
        return new Comparison(scenario, Map.of("seed", "1"), parts, Map.of());
    }

    @Test
    void severalGiveMediansAndIntervals() throws IOException {
        Repetitions repetitions = new Repetitions(List.of(taking(10), taking(30), taking(20)), 7);
        JsonNode json = read(repetitions);
        assertThat(json.at("/repetitions").asInt()).isEqualTo(3);
        assertThat(json.at("/seed").asLong()).isEqualTo(7);
        assertThat(json.at("/straight/oltp/p95Ms").asDouble()).isCloseTo(20, within(0.1));
        assertThat(json.at("/helios/oltp/p95Ms").asDouble()).isCloseTo(40, within(0.1));
        // 4.302653 * sqrt(100 / 3) = 24.84 to either side.
        assertThat(json.at("/statistics/straight/oltp/p95Ms/low").asDouble()).isCloseTo(-4.84, within(0.1));
        assertThat(json.at("/statistics/straight/oltp/p95Ms/high").asDouble()).isCloseTo(44.84, within(0.1));
        assertThat(json.at("/heliosOverStraight/oltp/p95Ms").asDouble()).isCloseTo(2, within(0.01));
        assertThat(json.at("/statistics/heliosOverStraight/oltp/p95Ms/low").asDouble())
                .as("ratios are taken within a repetition, where they hardly scatter")
                .isCloseTo(2, within(0.02));
        assertThat(json.at("/heliosOverStraight/penalty").isNull())
                .as("nothing over nothing")
                .isTrue();
        assertThat(json.at("/runs").size()).isEqualTo(3);
        assertThat(json.at("/runs/1/straight/oltp/p95Ms").asDouble()).isCloseTo(30, within(0.1));
        assertThat(repetitions.text())
                .contains("3 repetitions, seeds 7 to 9")
                .containsPattern("p95 ms .*20\\.0\\d \\[-4\\.8\\d, 44\\.\\d\\d] .*2\\.00 \\[")
                .doesNotContain("NaN");
        assertThat(Page.of(repetitions)).contains("3 repetitions", "The first repetition");
    }

    @Test
    void oneGivesWhatItAlwaysGave() throws IOException {
        Comparison comparison = taking(10);
        Repetitions once = new Repetitions(List.of(comparison), 1);
        JsonNode json = read(once);
        Set<String> added = new TreeSet<>(json.propertyNames());
        JsonNode plain = comparison.tree();
        for (String name : plain.propertyNames()) {
            assertThat(json.get(name).toString()).isEqualTo(plain.get(name).toString());
            added.remove(name);
        }
        assertThat(added).containsExactly("heliosOverStraight", "repetitions");
        assertThat(json.at("/heliosOverStraight/oltp/p50Ms").asDouble()).isCloseTo(2, within(0.01));
        assertThat(once.text()).isEmpty();
        assertThat(Page.of(once)).doesNotContain("repetition");
    }
}
