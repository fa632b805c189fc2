package io.heliosjdbc.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<Path> PATHS = List.of(Path.RAW, Path.HELIOS);

    @Test
    void aRowHasBothPathsTheirDifferenceAndItsSpread() {
        Comparison comparison = new Comparison(
                Operation.GETTER,
                2,
                Map.of(Path.RAW, new Figure(2.04, 3, 0), Path.HELIOS, new Figure(1234.4, 4, 23.6)));
        assertThat(Table.of(PATHS, List.of(comparison))).isEqualTo("""
                        | operation             | threads | raw ns | helios ns | difference | raw B | helios B |
                        | --------------------- | ------: | -----: | --------: | ---------: | ----: | -------: |
                        | one result set getter |       2 |    2.0 |      1234 |   1232 ± 5 |     0 |       24 |
                        """);
    }

    @Test
    void aMissingTwinIsNamed() {
        Comparison comparison = new Comparison(Operation.GETTER, 1, Map.of(Path.HELIOS, new Figure(4, 0, 0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.of(PATHS, List.of(comparison)))
                .withMessage("GETTER was not measured on the path raw");
    }
}
