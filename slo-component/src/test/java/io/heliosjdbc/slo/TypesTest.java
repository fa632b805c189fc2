package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Request types and transaction types; their regression has a test of its own. */
class TypesTest {
    private static final long MILLISECOND = 1_000_000;

    private final RequestType first = new RequestType(80 * MILLISECOND);
    private final TransactionType transaction = new TransactionType();

    @Test
    void requestTypeEstimatesTheDefaultBeforeItsFirstObservation() {
        assertThat(first.estimateNanos(1)).isEqualTo(80 * MILLISECOND);
        assertThat(first.estimateNanos(50)).isEqualTo(80 * MILLISECOND);
        first.observe(3, 2 * MILLISECOND);
        assertThat(first.estimateNanos(50)).isEqualTo(2 * MILLISECOND);
    }

    @Test
    void requestTypeRaisesAShortDefaultToTheFloor() {
        assertThat(new RequestType(1).estimateNanos(1)).isEqualTo(1_000);
    }

    @Test
    void noEstimateIsLongerThanAYear() {
        long year = 366L * 24 * 3600 * 1000 * MILLISECOND;
        RequestType endless = new RequestType(Long.MAX_VALUE);
        assertThat(endless.estimateNanos(1)).isEqualTo(year);
        assertThat(endless.beginningWith(Long.MAX_VALUE)).isSameAs(endless);
        endless.observe(1, Long.MAX_VALUE);
        assertThat(endless.estimateNanos(1)).isEqualTo(year);
        assertThat(transaction.slotNearlyAlways(year)).isEqualTo(year);
    }

    @Test
    void transactionTypeTakesTheFirstRequestsEstimateBeforeItsFirstObservation() {
        assertThat(transaction.remainingNanos(first, 7)).isEqualTo(80 * MILLISECOND);
        assertThat(transaction.requests()).isEqualTo(1);
        first.observe(1, 10 * MILLISECOND);
        first.observe(2, 15 * MILLISECOND);
        assertThat(transaction.remainingNanos(first, 3)).isEqualTo(20 * MILLISECOND);
    }

    @Test
    void transactionTypeLearnsTheSumOfItsRequestsByConcurrency() {
        transaction.observe(5, 50 * MILLISECOND, 1);
        transaction.observe(7, 90 * MILLISECOND, 3);
        assertThat(transaction.remainingNanos(first, 6)).isEqualTo(150 * MILLISECOND);
        assertThat(transaction.requests()).isEqualTo((5 * 0.99 + 7) / 1.99, within(1e-12));
    }

    @Test
    void transactionTypeForgetsHowManyRequestsThereWere() {
        for (int i = 0; i < 2_000; i++) {
            transaction.observe(i < 1_000 ? 3 : 9, MILLISECOND, 1);
        }
        assertThat(transaction.requests()).isEqualTo(9, within(0.001));
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestType(0))
                .withMessage("default estimate is 0 ns; make it positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first.estimateNanos(0))
                .withMessage("concurrency is 0; count the request itself");
        assertThatIllegalArgumentException().isThrownBy(() -> transaction.remainingNanos(first, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transaction.observe(0, 1, 1))
                .withMessage("a transaction of 0 requests; observe it after its first");
        assertThatIllegalArgumentException().isThrownBy(() -> transaction.observe(2, 1, 0));
        assertThat(transaction.requests()).isEqualTo(1);
    }
}
