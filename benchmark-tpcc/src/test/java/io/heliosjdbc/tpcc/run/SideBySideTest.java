package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.measure.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SideBySideTest {
    @Test
    void whatCameToNothingIsTold() {
        SideBySide.Slice well = new SideBySide.Slice(100, Reading.exact(1), 0, 3, 0, Map.of());
        SideBySide.Slice badly =
                new SideBySide.Slice(200, Reading.atLeast(1), 300, 2, 17, Map.of("53H02 refused", 301L));
        SideBySide compared = new SideBySide(
                SideBySide.Against.STRAIGHT,
                List.of(new SideBySide.Pair(well, badly)),
                Map.of(1, "ok", 2, "violated in 3 places"),
                List.of());
        assertThat(compared.text())
                .contains("pair 1, Helios: 17 Deliveries waited for room in the queue")
                .contains("pair 1, Helios: 300 failed, 2 unfinished", "pair 1, Helios: failed 301 times: 53H02 refused")
                .doesNotContain("pair 1, straight");
        Settings settings = Runs.settings(1, 2, Isolation.SERIALIZABLE);
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(compared.json("jdbc:x", "direct", settings, 1, new Provenance(Map.of(), Map.of())));
        assertThat(json.at("/pairs/0/helios/failed").asLong()).isEqualTo(300);
        assertThat(json.at("/pairs/0/helios/unfinished").asLong()).isEqualTo(2);
        assertThat(json.at("/pairs/0/helios/failures/53H02 refused").asLong()).isEqualTo(301);
        assertThat(json.at("/pairs/0/helios/atLeast/0").asString()).isEqualTo("p50Ms");
        assertThat(json.at("/pairs/0/straight/failed").asLong(-1)).isZero();
        assertThat(json.at("/pairs/0/helios/deliveriesHeldUp").asLong()).isEqualTo(17);
        assertThat(json.at("/pairs/0/straight/unfinished").asLong()).isEqualTo(3);
        assertThat(json.at("/consistency/passed").asBoolean(true)).isFalse();
        assertThat(json.at("/consistency/conditions/2").asString()).isEqualTo("violated in 3 places");
        assertThat(json.at("/isolation").asString()).isEqualTo("serializable");
    }
}
