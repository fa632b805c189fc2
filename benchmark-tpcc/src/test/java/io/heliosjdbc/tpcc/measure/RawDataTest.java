package io.heliosjdbc.tpcc.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.measure.RawData.Outcome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawDataTest {
    private static final long MILLI = 1_000_000;

    @Test
    void rowsAreWrittenInTheOrderInWhichTheyBecameDue(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("raw.csv");
        RawData.write(
                file,
                List.of(
                        new RawData.Block(
                                "alone",
                                "pages",
                                List.of(
                                        new RawData.Row(
                                                "Payment", 2_500 * MILLI, 2_501 * MILLI, 2_504 * MILLI, Outcome.DONE),
                                        new RawData.Row("NewOrder", -MILLI, 0, 1_500, Outcome.ABORTED))),
                        new RawData.Block(
                                "helios",
                                "the \"big\", slow",
                                List.of(new RawData.Row("Q7", 0, 25_000 * MILLI, 25_000 * MILLI, Outcome.DROPPED)))));
        assertThat(file).hasContent("""
                        part,stream,kind,due_s,queue_ms,service_ms,outcome
                        alone,pages,NewOrder,-0.001000,1.000,0.002,aborted
                        alone,pages,Payment,2.500000,1.000,3.000,done
                        helios,"the ""big"", slow",Q7,0.000000,25000.000,0.000,dropped
                        """);
    }

    @Test
    void noTimeIsNegative() {
        RawData.Row row = new RawData.Row("Q1", 10, 5, 3, Outcome.DONE);
        assertThat(row.start()).isEqualTo(10);
        assertThat(row.end()).isEqualTo(10);
    }

    @Test
    void whatHeliosRefusedIsToldFromOtherErrors() {
        assertThat(Outcome.of(new SQLException("queue full", "53H01"))).isEqualTo(Outcome.REFUSED);
        assertThat(Outcome.of(new SQLException("too many connections", "53300")))
                .isEqualTo(Outcome.FAILED);
        assertThat(Outcome.of(new SQLException("no state"))).isEqualTo(Outcome.FAILED);
    }
}
