package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ReportTest {
    @Test
    void aPercentileOfNothingIsNoNumber() {
        double none = Report.percentile(new Histogram(3), 95);
        assertThat(Report.number("%.1f", none)).isEqualTo("-");
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Report.number(node, "p95", none);
        assertThat(node.toString()).isEqualTo("{\"p95\":null}");
        Histogram one = new Histogram(3);
        one.recordValue(1500);
        assertThat(Report.number("%.1f", Report.percentile(one, 95))).isEqualTo("1.5");
    }
}
