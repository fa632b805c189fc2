package io.heliosjdbc.tpcc.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ReadingTest {
    private static final Reading TEN = Reading.exact(10);
    private static final Reading AT_LEAST_TWENTY = Reading.atLeast(20);
    private static final Reading AT_MOST_TWO = new Reading(2, Reading.Bound.AT_MOST);

    private static JsonNodeFactory json() {
        return JsonNodeFactory.instance;
    }

    @Test
    void aBoundDividedIsABound() {
        assertThat(TEN.over(TEN)).isEqualTo(Reading.exact(1));
        assertThat(AT_LEAST_TWENTY.over(TEN)).isEqualTo(Reading.atLeast(2));
        assertThat(TEN.over(Reading.atLeast(5))).isEqualTo(AT_MOST_TWO);
        assertThat(TEN.over(AT_MOST_TWO)).isEqualTo(Reading.atLeast(5));
        assertThat(AT_LEAST_TWENTY.over(AT_LEAST_TWENTY))
                .as("both may be anything above")
                .isEqualTo(Reading.NONE);
        assertThat(TEN.over(Reading.exact(0)).text(2)).isEmpty();
        assertThat(TEN.over(Reading.NONE)).isEqualTo(Reading.NONE);
    }

    @Test
    void peopleSeeThatItIsABound() {
        assertThat(Reading.exact(9495).text(2)).isEqualTo("9,495.00");
        assertThat(Reading.atLeast(9495.26).text(1)).isEqualTo(">= 9,495.3");
        assertThat(AT_MOST_TWO.times(100).text(0)).isEqualTo("<= 200");
        assertThat(Reading.NONE.text(2)).isEmpty();
    }

    @Test
    void programsFindANumberAndTheBoundBesideIt() {
        ObjectNode node = json().objectNode();
        TEN.put(node, "p50Ms");
        AT_LEAST_TWENTY.put(node, "p95Ms");
        AT_LEAST_TWENTY.put(node, "p99Ms");
        Reading.NONE.put(node, "none");
        assertThat(node.toString())
                .isEqualTo(
                        "{\"p50Ms\":10.0,\"p95Ms\":20.0,\"atLeast\":[\"p95Ms\",\"p99Ms\"],\"p99Ms\":20.0,\"none\":null}");
    }
}
