package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PenaltyFunctionTest {
    @Test
    void startIsFreeUpToAndIncludingTheInstantAndDearAfterIt() {
        PenaltyFunction function = new PenaltyFunction(10, 490, 30);
        assertThat(function.at(10)).isZero();
        assertThat(function.nextStep(10)).isEqualTo(490);
        assertThat(function.at(11)).isEqualTo(490);
        assertThat(function.nextStep(11)).isZero();
    }

    @Test
    void requestIsEnforcedFromItsInstantOn() {
        PenaltyFunction function = new PenaltyFunction(10, 490, 30);
        assertThat(function.isEnforced(29)).isFalse();
        assertThat(function.isEnforced(30)).isTrue();
    }

    @Test
    void neverIsNotReached() {
        PenaltyFunction function = new PenaltyFunction(Long.MAX_VALUE, 490, Long.MAX_VALUE);
        assertThat(function.at(Long.MAX_VALUE)).isZero();
        assertThat(function.nextStep(0)).isZero();
        assertThat(function.isEnforced(Long.MAX_VALUE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void penaltyThatIsNoAmountIsRefused(double penalty) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PenaltyFunction(0, penalty, 0))
                .withMessage("penalty is " + penalty + "; make it 0 or a positive amount");
    }
}
