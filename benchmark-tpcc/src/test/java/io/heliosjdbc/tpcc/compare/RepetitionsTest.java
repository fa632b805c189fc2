package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.audit.Realised;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.promises.Terms;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RepetitionsTest {
    private static final long MILLI = 1_000_000;

    private static Repetitions repetitions(List<Comparison> all, long seed, int asked) {
        return new Repetitions(
                all.get(0), all.stream().map(Comparison::findings).toList(), seed, asked);
    }

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
            parts.add(Results.of(way, recorders));
        }
        return new Comparison(scenario, Map.of("seed", "1"), parts, Map.of(), "");
    }

    @Test
    void severalGiveMediansAndIntervals() throws IOException {
        Repetitions repetitions = repetitions(List.of(taking(10), taking(30), taking(20)), 7, 3);
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

    /** One in which a transaction straight, and nobody else's, had no answer after half a second; questions are not asked at all. */
    private static Comparison stalled() throws IOException {
        Scenario scenario = Scenario.read("loose").withAskers(0);
        List<Part.Result> parts = new ArrayList<>();
        for (Way way : Way.USUAL) {
            Recorder recorder = new Recorder(scenario.transactions().get(0), 1000 * MILLI, false);
            if (way == Way.STRAIGHT) {
                recorder.unfinished(new Recorder.Piece("Payment", 500 * MILLI, Recorder.NEVER));
            } else {
                recorder.answered(new Recorder.Piece("Payment", 0, 0), 10 * MILLI, true);
            }
            parts.add(new Part.Result(
                    way,
                    way == Way.HELIOS,
                    Map.of(recorder.stream(), recorder),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of()));
        }
        return new Comparison(scenario, Map.of("seed", "1"), parts, Map.of(), "");
    }

    @Test
    void aBoundIsShownAsOneEverywhere() throws IOException {
        Comparison once = stalled();
        assertThat(once.text())
                .containsPattern("straight +>= 500\\.\\d\\d +>= 500\\.\\d\\d .* >= 49\\.\\d\\d ")
                .containsPattern("Helios, bound late +10\\.0\\d ")
                .contains(
                        "offered 1 = completed 0 (0 aborted by their users) + failed 0 (0 refused) + unfinished 1; answered 0;");
        assertThat(Page.of(repetitions(List.of(once), 1, 1))).contains("<td>\u2265 500.");
        for (Repetitions repetitions :
                List.of(repetitions(List.of(once), 1, 1), repetitions(List.of(once, taking(10)), 1, 2))) {
            JsonNode json = read(repetitions);
            assertThat(json.at("/straight/oltp/p95Ms").asDouble()).isGreaterThan(200);
            assertThat(json.at("/straight/oltp/atLeast").toString())
                    .isEqualTo("[\"p50Ms\",\"p95Ms\",\"p99Ms\",\"p95OverAlone\"]");
            assertThat(json.at("/heliosOverStraight/oltp/atMost").toString()).contains("p95Ms");
            assertThat(json.at("/helios/oltp").has("atLeast")).isFalse();
        }
        assertThat(read(repetitions(List.of(once), 1, 1))
                        .at("/straight/olap/p95Ms")
                        .isNull())
                .as("no question, no response time")
                .isTrue();
    }

    /** One in which Helios refused three of its transactions, and one failed. */
    private static Comparison refusing() throws IOException {
        Scenario scenario = Scenario.read("loose").withAskers(0);
        Recorder recorder = new Recorder(scenario.transactions().get(0), 1000 * MILLI, false);
        recorder.answered(new Recorder.Piece("Payment", 0, 0), 10 * MILLI, true);
        for (String state : new String[] {"53H04", "53H01", "53H03", "42P01"}) {
            recorder.failed(new Recorder.Piece("Payment", 0, 0), 10 * MILLI, new SQLException("no", state));
        }
        Part.Result part = Results.of(Way.HELIOS, recorder);
        return new Comparison(scenario, Map.of(), List.of(part), Map.of(), "");
    }

    @Test
    void failuresAreInTableJsonAndPage() throws IOException {
        Comparison comparison = refusing();
        List<String> head = comparison.table().get(0);
        List<String> line = comparison.table().get(1);
        assertThat(line.get(head.indexOf("failed"))).isEqualTo("4");
        assertThat(line.get(head.indexOf("of them refused"))).isEqualTo("3");
        assertThat(line.get(head.indexOf("p95 ms"))).startsWith(">= ");
        Repetitions repetitions = repetitions(List.of(comparison), 1, 1);
        assertThat(read(repetitions).at("/helios/oltp/failed").toString()).isEqualTo("4");
        assertThat(read(repetitions).at("/helios/streams/transactions/refused").toString())
                .isEqualTo("3");
        assertThat(Page.of(repetitions)).contains("<th>failed</th><th>of them refused</th>");
        assertThat(comparison.text()).contains("failed 4 (3 refused)");
    }

    /** One in which nobody had an answer to question 10, and to question 2 only somebody who asked for it in the warm-up. */
    private static Comparison unanswered() throws IOException {
        Scenario scenario = Scenario.read("mixed");
        Map<Stream, Recorder> recorders = new LinkedHashMap<>();
        for (Stream stream : scenario.streams()) {
            Recorder recorder = new Recorder(stream, 1000 * MILLI, false);
            boolean asks = stream.work() == Stream.Work.QUESTIONS;
            recorder.answered(new Recorder.Piece(asks ? "Q2" : "NewOrder", 0, 0), 10 * MILLI, true);
            recorder.answered(new Recorder.Piece(asks ? "Q2" : "NewOrder", 0, 0), 20 * MILLI, asks);
            recorder.unfinished(new Recorder.Piece(asks ? "Q10" : "StockLevel", 500 * MILLI, Recorder.NEVER));
            recorders.put(stream, recorder);
        }
        Part.Result part = Results.of(Way.STRAIGHT, recorders);
        return new Comparison(scenario, Map.of(), List.of(part), Map.of(), "");
    }

    @Test
    void eachTypeAndEachQuestionIsToldByItself() throws IOException {
        Repetitions repetitions = repetitions(List.of(unanswered()), 1, 1);
        JsonNode json = read(repetitions);
        JsonNode orders = json.at("/straight/streams/transactions/kinds/NewOrder");
        assertThat(orders.at("/offered").asLong()).isEqualTo(2);
        assertThat(orders.at("/answered").asLong()).isEqualTo(2);
        assertThat(orders.at("/p95Ms").asDouble())
                .as("of what its user did not roll back")
                .isCloseTo(10, within(0.1));
        JsonNode levels = json.at("/straight/streams/transactions/kinds/StockLevel");
        assertThat(levels.at("/p50Ms").asDouble()).isCloseTo(500, within(1.0));
        assertThat(levels.at("/atLeast").toString()).isEqualTo("[\"p50Ms\",\"p95Ms\"]");
        assertThat(json.at("/straight/streams/questions/kinds").propertyNames()).containsExactly("Q2", "Q10");
        assertThat(json.at("/straight/olap/unansweredQuestions").toString()).isEqualTo("[\"Q10\"]");
        assertThat(unanswered().text()).contains("7,200 *", "* straight: nobody had an answer to Q10");
        assertThat(taking(10).text()).doesNotContain("*");
        assertThat(Page.of(repetitions))
                .contains("<td>StockLevel</td><td>straight</td>", "<td>7,200 *</td>")
                .contains("* straight: nobody had an answer to Q10");
    }

    @Test
    void ofOneRepetitionThereIsNoInterval() throws IOException {
        assertThat(repetitions(List.of(taking(10)), 1, 2).text())
                .containsPattern("p95 ms +10\\.0\\d +10")
                .doesNotContain("[,", "[ ,");
    }

    @Test
    void theOrderFollowsFromTheSeed() throws IOException {
        assertThat(Repetition.order(Way.USUAL, 1)).isEqualTo(Way.USUAL);
        assertThat(Repetition.order(Way.USUAL, 2))
                .containsExactly(Way.STRAIGHT, Way.HELIOS, Way.OLTP_ALONE, Way.TWO_POOLS);
        assertThat(Repetition.order(List.of(Way.HELIOS, Way.STRAIGHT), 2)).containsExactly(Way.STRAIGHT, Way.HELIOS);
        assertThat(Repetition.order(List.of(Way.HELIOS, Way.STRAIGHT), -1)).containsExactly(Way.HELIOS, Way.STRAIGHT);
        assertThat(Repetition.order(List.of(Way.OLTP_ALONE), Long.MIN_VALUE)).containsExactly(Way.OLTP_ALONE);
        assertThat(read(repetitions(List.of(taking(10)), 1, 1)).at("/order").toString())
                .isEqualTo("[\"oltpAlone\",\"straight\",\"twoPools\",\"helios\"]");
    }

    /** Whoever is measured in the same place, or after the same way, in each repetition has what that brings in all of them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void eachWayIsInEachPlaceAndAfterEachOtherOneAsOften(int count) {
        List<Way> ways = List.of(Way.values()).subList(0, count);
        int times = count % 2 == 0 ? 1 : 2;
        Map<String, Integer> places = new TreeMap<>();
        Map<String, Integer> pairs = new TreeMap<>();
        for (int seed = 8; seed < 8 + times * count; seed++) {
            List<Way> order = Repetition.order(ways, seed);
            for (int i = 0; i < count; i++) {
                places.merge(order.get(i) + " in " + i, 1, Integer::sum);
                if (i > 0) {
                    pairs.merge(order.get(i) + " after " + order.get(i - 1), 1, Integer::sum);
                }
            }
        }
        assertThat(places).hasSize(count * count).values().allMatch(each -> each == times);
        assertThat(pairs).hasSize(count * (count - 1)).values().allMatch(each -> each == times);
    }

    @Test
    void lateIsOfTheTransactionsEverywhere() throws IOException {
        Repetitions repetitions = repetitions(List.of(late(), late()), 1, 2);
        JsonNode json = read(repetitions);
        assertThat(json.at("/straight/oltp/violationRate").asDouble()).isEqualTo(1);
        assertThat(json.at("/straight/olap/violationRate").asDouble()).isZero();
        assertThat(json.at("/straight/violationRate").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/straight/oltp/p95OverAlone").asDouble()).isEqualTo(1);
        assertThat(json.at("/statistics/straight/oltp/violationRate/mean").asDouble())
                .isEqualTo(1);
        assertThat(repetitions.text()).containsPattern("late % +100\\.00 \\[100\\.00, 100\\.00]");
        assertThat(repetitions.first().table().get(0)).contains("late %");
        assertThat(repetitions.first().table().get(2)).contains("100.00");
    }

    /** All transactions late, and no question: loose promises 500 ms to the ones and a minute to the others. */
    private static Comparison late() throws IOException {
        return taking(600);
    }

    @Test
    void whereNothingIsPromisedNothingIsLateOrInTime() throws IOException {
        Stream stream = new Stream(
                "pages",
                Stream.Work.TRANSACTIONS,
                Mix.TPC_C,
                Course.poisson(1),
                1,
                1,
                Presence.THROUGHOUT,
                Map.of(),
                List.of(Terms.of(Duration.ZERO, null)));
        Recorder recorder = new Recorder(stream, 1000 * MILLI, false);
        recorder.answered(new Recorder.Piece("Payment", 0, 0), 10 * MILLI, true);
        Part.Result part = Results.of(Way.STRAIGHT, recorder);
        Comparison comparison = new Comparison(Scenario.read("loose"), Map.of(), List.of(part), Map.of(), "");
        JsonNode json = read(repetitions(List.of(comparison), 1, 1));
        assertThat(json.at("/straight/violationRate").isNull()).isTrue();
        assertThat(json.at("/straight/oltp/violationRate").isNull()).isTrue();
        assertThat(comparison.table().get(1).get(comparison.table().get(0).indexOf("late %")))
                .isEmpty();
    }

    @Test
    void thePageSaysWhatIsNotAsItShouldBe() throws IOException {
        Comparison faultless = taking(10);
        assertThat(Page.of(repetitions(List.of(faultless), 1, 1)))
                .doesNotContain("class=\"fault\"", "What failed, and why");
        Scenario scenario = Scenario.read("loose");
        Recorder recorder = new Recorder(scenario.transactions().get(0), 1000 * MILLI, false);
        recorder.failed(new Recorder.Piece("Payment", 0, 0), 10 * MILLI, new SQLException("the disk is full", "53100"));
        Part.Result part = new Part.Result(
                Way.STRAIGHT,
                false,
                Map.of(recorder.stream(), recorder),
                Map.of(),
                Map.of(),
                List.of(new Realised.Band("lines per NewOrder", 9.0, 500, 9.5, 10.5, false)),
                List.of(),
                List.of("a worker died: <NullPointerException>"));
        Comparison faulty = new Comparison(
                scenario, Map.of(), List.of(part), Map.of("after straight, condition 3", "violated in 1 place"), "");
        assertThat(faulty.text()).contains("audit: lines per NewOrder 9.00 of 500 (9.500 to 10.50): OUTSIDE");
        assertThat(faulty.tree().at("/straight/audit/0/verdict").asString()).isEqualTo("OUTSIDE");
        assertThat(Page.of(repetitions(List.of(faulty), 1, 1)))
                .contains("<td>lines per NewOrder</td><td>straight</td><td>9.00</td><td>500</td>")
                .contains("Fault: consistency after straight, condition 3: violated in 1 place</p>")
                .contains("Fault: straight: a worker died: &lt;NullPointerException&gt;</p>")
                .contains("What failed, and why", "<td>53100 the disk is full</td>");
        assertThat(Page.of(repetitions(List.of(faulty, faulty), 1, 2)))
                .contains("Fault: repetition 2, straight: a worker died");
    }

    @Test
    void oneGivesWhatItAlwaysGave() throws IOException {
        Comparison comparison = taking(10);
        Repetitions once = repetitions(List.of(comparison), 1, 1);
        JsonNode json = read(once);
        assertThat(read(once)).as("each time").isEqualTo(json);
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
