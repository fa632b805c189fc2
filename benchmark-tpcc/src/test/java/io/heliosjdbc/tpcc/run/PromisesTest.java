package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.Match;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PromisesTest {
    private static final Set<String> TOLD = Set.of("transaction", "priority", "client");

    @TempDir
    Path folder;

    private boolean promised(String attribute, String value) throws Exception {
        return Runs.promises(folder, attribute, value)
                .to("terminal-1", PriorityClass.HIGH, TransactionType.PAYMENT)
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "transaction, Payment, true",
        "transaction, Delivery, false",
        "priority, high, true",
        "priority, low, false",
        "client, terminal-1, true",
        "client, terminal-2, false"
    })
    void whatTerminalsTellIsCompared(String attribute, String value, boolean promised) throws Exception {
        assertThat(promised(attribute, value)).isEqualTo(promised);
    }

    static Stream<String> untold() {
        return Arrays.stream(Match.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !TOLD.contains(name));
    }

    /** Of what no terminal tells, the harness cannot say whether it holds. */
    @ParameterizedTest
    @MethodSource("untold")
    void aMatchThatAsksForMoreDescribesNoTerminal(String attribute) throws Exception {
        assertThat(promised(attribute, "oltp")).isFalse();
    }
}
