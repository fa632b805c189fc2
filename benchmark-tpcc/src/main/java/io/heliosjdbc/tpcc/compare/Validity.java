package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.tpcc.promises.Expiry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** Whether a scenario's agreements hold for as long as they are in force. Stateless. */
final class Validity {
    private Validity() {}

    /**
     * Refuses what expires before that. How long it takes to load is not known, so that more time may pass than is reckoned with.
     *
     * @param parts how many are measured from now on, at least one; what holds in the last one held in those before it
     * @throws IllegalArgumentException saying what to mend
     */
    static void require(Scenario scenario, int parts) throws IOException {
        Basis basis = scenario.basis();
        Instant last = Instant.now()
                .plus(basis.warmup().plus(basis.duration()).multipliedBy(parts - 1L))
                .plus(basis.warmup());
        String inForce = scenario.agreements();
        for (Amendment amendment : scenario.amendments()) {
            requireUntil(last.plus(amendment.from()), inForce);
            inForce = amendment.agreements();
        }
        requireUntil(last.plus(basis.duration()), inForce);
    }

    private static void requireUntil(Instant end, String agreements) throws IOException {
        try (InputStream in = Scenario.open(agreements)) {
            Expiry.refuse(agreements, Agreements.readFrom(List.of(new Agreements.Source(agreements, in))), end);
        } catch (RefusedInputException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
