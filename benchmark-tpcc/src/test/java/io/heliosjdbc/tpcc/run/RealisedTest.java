package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RealisedTest {
    @Test
    void realisedInputsLieWithinTheAuditsBands() {
        SplittableRandom random = new SplittableRandom(5);
        Inputs inputs = new Inputs(random, NuRand.draw(random), Population.FULL, 4, 1, 1);
        Realised realised = new Realised();
        for (int i = 0; i < 600_000; i++) {
            realised.add(inputs.next());
        }
        assertThat(realised.bands(4)).hasSize(10).allMatch(Realised.Band::holds);
    }
}
