package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.measure.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SpreadTest {
    private static final Reading TEN = Reading.exact(10);
    private static final Reading AT_LEAST_TWENTY = Reading.atLeast(20);
    private static final Reading AT_MOST_TWO = new Reading(2, Reading.Bound.AT_MOST);

    @Test
    void repetitionsOfWhichOneHasABoundHaveNoInterval() {
        assertThat(Spread.of(List.of(TEN, TEN)).text(1, 0)).isEqualTo("10 [10, 10]");
        Spread spread = Spread.of(List.of(TEN, AT_LEAST_TWENTY, AT_LEAST_TWENTY));
        assertThat(spread.median()).isEqualTo(AT_LEAST_TWENTY);
        assertThat(spread.text(2, 0)).isEqualTo(">= 40");
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        spread.put(node);
        assertThat(node.at("/low").isNull()).isTrue();
        assertThat(node.at("/atLeast").toString()).isEqualTo("[\"median\",\"mean\"]");
        assertThat(Spread.of(List.of(AT_MOST_TWO, AT_LEAST_TWENTY)).text(1, 0)).isEmpty();
        assertThat(Spread.of(List.of(TEN, Reading.NONE)).text(1, 0)).isEmpty();
    }

    @Test
    void aPageSaysThatItIsABound() {
        assertThat(Page.escaped(Reading.atLeast(9495).text(0) + " < x")).isEqualTo("\u2265 9,495 &lt; x");
    }
}
