package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.measure.RawData;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Terminal.Profile WHO = new Terminal.Profile("terminal-1", PriorityClass.HIGH);

    private static void completed(Measurements measurements) {
        measurements.completed(
                WHO,
                new Input.NewOrder(1, 1, 1, false, Collections.nCopies(5, new Input.Line(1, 1, 1))),
                new Measurements.Ended(RawData.Outcome.DONE, 0, 0, SECOND));
    }

    /** A terminal that was given up may have its answer whenever it likes. */
    @Test
    void whatIsToldAfterItIsClosedComesTooLate() throws Exception {
        Measurements measurements = new Measurements(new Figures(100 * SECOND, Promises.read(List.of()), true, true));
        measurements.terminal(WHO);
        completed(measurements);
        assertThat(measurements.committed()).isEqualTo(1);
        assertThat(measurements.tpmC(60 * SECOND)).isEqualTo(1);
        Figures figures = measurements.close();
        completed(measurements);
        measurements.unfinished(WHO, TransactionType.NEW_ORDER, 0, 0);
        measurements.retried(TransactionType.NEW_ORDER, SECOND);
        measurements.failure("gone");
        assertThat(figures.type(TransactionType.NEW_ORDER).offered()).isEqualTo(1);
        assertThat(figures.type(TransactionType.NEW_ORDER).retries()).isZero();
        assertThat(figures.failures()).isEmpty();
        assertThat(figures.rows("straight").get(0).rows()).hasSize(1);
    }
}
