package io.heliosjdbc.tpcc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RealisedTest {
    @Test
    void realisedInputsLieWithinTheAuditsBands() {
        SplittableRandom random = new SplittableRandom(5);
        Inputs inputs = new Inputs(random, Mix.TPC_C, NuRand.draw(random), Population.FULL, 4, 1, 1);
        Realised realised = new Realised();
        for (int i = 0; i < 600_000; i++) {
            realised.add(inputs.next());
        }
        assertThat(realised.bands(4)).hasSize(12).allMatch(Realised.Band::holds);
        assertThat(realised.violations(4)).isEmpty();
        assertThat(realised.bandsOfInputs(4))
                .hasSize(7)
                .isEqualTo(realised.bands(4).subList(5, 12));
    }

    private static Input newOrder(int lines, boolean rollback) {
        return new Input.NewOrder(1, 1, 1, rollback, Collections.nCopies(lines, new Input.Line(1, 1, 1)));
    }

    private static Realised of(int newOrders, int rolledBack, int payments) {
        Realised realised = new Realised();
        for (int i = 0; i < newOrders; i++) {
            realised.add(newOrder(5 + i % 11, i < rolledBack));
        }
        for (int i = 0; i < payments; i++) {
            Input.Customer customer = new Input.Customer(1, 1, 1, i % 10 < 6 ? "BARBARBAR" : null);
            realised.add(new Input.Payment(1, 1, customer, BigDecimal.ONE));
        }
        return realised;
    }

    private static Realised.Band band(Realised realised, String name) {
        return realised.bands(1).stream()
                .filter(band -> band.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatAFewCasesAreOutsideByIsNoViolation() {
        Realised.Band rolledBack = band(of(300, 6, 0), "rolled back NewOrders, %");
        assertThat(rolledBack.value()).isEqualTo(2);
        assertThat(rolledBack.holds()).isFalse();
        assertThat(rolledBack.isViolated()).isFalse();
        assertThat(rolledBack.verdict()).isEqualTo("too few cases to say");
        assertThat(band(of(3, 1, 0), "rolled back NewOrders, %").isViolated())
                .as("one of three, where one of a hundred is expected, comes in one of thirty runs")
                .isFalse();
        assertThat(band(of(0, 0, 0), "rolled back NewOrders, %").verdict()).isEqualTo("no cases");
    }

    @Test
    void whatManyCasesAreOutsideByIsOne() {
        Realised none = of(3_000, 0, 0);
        assertThat(band(none, "rolled back NewOrders, %").verdict()).isEqualTo("OUTSIDE");
        assertThat(none.violations(1))
                .contains(
                        "rolled back NewOrders, %: 0.00 of 3000, an audit wants 0.9000 to 1.100, and that is no chance")
                .noneMatch(each -> each.startsWith("lines"));
        assertThat(band(of(30_000, 600, 0), "rolled back NewOrders, %").isViolated())
                .isTrue();
    }

    @Test
    void theMixIsNotWidened() {
        Realised.Band payments = band(of(571, 0, 429), "Payment, % of all");
        assertThat(payments.low()).isEqualTo(43);
        assertThat(payments.holds()).as("42.9 %").isFalse();
        assertThat(payments.isViolated()).isFalse();
        assertThat(band(of(580_000, 0, 420_000), "Payment, % of all").isViolated())
                .isTrue();
    }

    /** Clause 5.5.1.5 wants them uniform, not only ten on average. */
    @Test
    void numbersOfLinesMustBeEven() {
        Realised even = new Realised();
        Realised uneven = new Realised();
        for (int i = 0; i < 1_100; i++) {
            even.add(newOrder(5 + i % 11, false));
            uneven.add(newOrder(i % 2 == 0 ? 5 : 15, false));
        }
        assertThat(band(even, "lines, chi-square").value()).isZero();
        assertThat(band(uneven, "lines per NewOrder").holds()).isTrue();
        assertThat(band(uneven, "lines, chi-square").isViolated()).isTrue();
        Realised few = new Realised();
        for (int i = 0; i < 3; i++) {
            few.add(newOrder(5, false));
        }
        assertThat(band(few, "lines, chi-square").verdict()).isEqualTo("too few cases to say");
        assertThat(band(new Realised(), "lines, chi-square").verdict()).isEqualTo("no cases");
    }

    @Test
    void customersByNameAreHeldTypeByType() {
        Realised realised = of(0, 0, 10_000);
        for (int i = 0; i < 1_000; i++) {
            realised.add(new Input.OrderStatus(new Input.Customer(1, 1, 1, null)));
        }
        assertThat(band(realised, "Payments by name, %").holds()).isTrue();
        assertThat(band(realised, "OrderStatuses by name, %").isViolated()).isTrue();
    }
}
