package io.heliosjdbc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PlainH2Test {

    @Test
    void showsTheRowsTheReasonAndTheClasses() throws SQLException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PlainH2.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("Ada +1190\\.00")
                .containsPattern("EXPLAIN HELIOS SELECT owner")
                .containsPattern("service_class +parallel_lanes")
                .containsPattern("reason +parallel_lanes: ")
                .containsPattern("(?m)^features.*has_group_by=true")
                .containsPattern("(?m)^service_class +mpl +active")
                .containsPattern("(?m)^parallel_lanes +4 +0 +0 +0 +1 ")
                .containsPattern("(?m)^fast_lane +50 +0 +0 +0 +3 ");
    }
}
