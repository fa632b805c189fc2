package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.measure.Reading;
import io.heliosjdbc.tpcc.promises.Account;
import io.heliosjdbc.tpcc.run.Measurements.Outcome;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Terminal.Profile WHO = new Terminal.Profile("terminal-1", PriorityClass.HIGH);
    private static final Input STOCK_LEVEL = new Input.StockLevel(1, 1, 15);

    private Promises promises;
    private Figures figures;

    @BeforeEach
    void read() throws RefusedInputException {
        promises = Promises.read(List.of());
        open();
    }

    private void open() {
        figures = new Figures(100 * SECOND, promises, true, true);
        figures.terminal(WHO);
    }

    @Test
    void theAgreementPromisesWhatTpccAndTheThesisSay() {
        for (PriorityClass priority : PriorityClass.values()) {
            for (TransactionType type : TransactionType.values()) {
                Promises.Promise promise =
                        promises.to("terminal-9", priority, type).orElseThrow();
                assertThat(promise.account()).isEqualTo(type.label() + "-" + priority.label() + "/terminal-9");
                assertThat(promise.terms().percent()).isEqualTo(90);
                assertThat(promise.terms().withinNanos()).isEqualTo(type.limit().toNanos());
                String value = switch (priority) {
                    case HIGH -> "1000";
                    case MEDIUM -> "200";
                    case LOW -> "40";
                };
                assertThat(promise.terms().due(10, 100)).isZero();
                assertThat(promise.terms().due(11, 100)).isEqualByComparingTo(value);
                assertThat(promise.terms().due(100, 100)).isEqualByComparingTo(value);
                assertThat(promise.terms().due(0, 0)).isZero();
            }
        }
    }

    @Test
    void aKindThatNeverSucceedsIsNamed() {
        completed(RawData.Outcome.FAILED, 0, SECOND);
        completed(RawData.Outcome.REFUSED, 0, SECOND);
        assertThat(figures.withoutSuccess()).containsExactly("no StockLevel succeeded, and 2 failed");
        completed(RawData.Outcome.ABORTED, 0, SECOND);
        assertThat(figures.withoutSuccess()).isEmpty();
    }

    @Test
    void warmUpCountsNowhere() {
        completed(RawData.Outcome.DONE, -2 * SECOND, -1);
        completed(RawData.Outcome.FAILED, -2 * SECOND, -1);
        assertThat(type().offered()).isZero();
        assertThat(account().decided()).isZero();
        assertThat(rows()).isEmpty();
        assertThat(figures.committed()).isZero();
    }

    @Test
    void aRetriedTransactionCountsOnceFromWhenItWasDue() {
        figures.retried(TransactionType.STOCK_LEVEL, 2 * SECOND);
        figures.retried(TransactionType.STOCK_LEVEL, 3 * SECOND);
        completed(RawData.Outcome.DONE, SECOND, 4 * SECOND);
        assertThat(type().count(Outcome.COMMITTED)).isEqualTo(1);
        assertThat(type().retries()).isEqualTo(2);
        assertThat(type().ended(Outcome.COMMITTED).getMaxValue()).isBetween(3_000_000L, 3_003_000L);
    }

    @Test
    void aRetryCountsWhenItIsMadeWhateverBecomesOfIt() {
        figures.retried(TransactionType.STOCK_LEVEL, -1);
        completed(RawData.Outcome.DONE, -SECOND, SECOND);
        assertThat(type().retries()).as("made in the warm-up").isZero();
        figures.retried(TransactionType.STOCK_LEVEL, 99 * SECOND);
        figures.retried(TransactionType.STOCK_LEVEL, 100 * SECOND);
        figures.unfinished(WHO, TransactionType.STOCK_LEVEL, 98 * SECOND, 98 * SECOND);
        assertThat(type().retries()).as("made before the end").isEqualTo(1);
    }

    @Test
    void outcomesAreKeptApartAndAddUpToTheOffered() {
        completed(RawData.Outcome.DONE, SECOND, 2 * SECOND);
        completed(RawData.Outcome.ABORTED, SECOND, 2 * SECOND);
        completed(RawData.Outcome.FAILED, SECOND, 2 * SECOND);
        figures.unfinished(WHO, TransactionType.STOCK_LEVEL, 99 * SECOND, 99 * SECOND);
        assertThat(type().offered()).isEqualTo(4);
        for (Outcome outcome : Outcome.values()) {
            assertThat(type().count(outcome)).isEqualTo(1);
        }
        assertThat(type().unfinished()).isEqualTo(1);
        assertThat(type().unfinishedLate()).isZero();
        assertThat(account().decided()).isEqualTo(3);
        assertThat(account().late()).isEqualTo(1);
        assertThat(rows())
                .extracting(RawData.Row::outcome)
                .containsExactly(
                        RawData.Outcome.DONE, RawData.Outcome.ABORTED, RawData.Outcome.FAILED, RawData.Outcome.DROPPED);
    }

    @Test
    void whatIsUnfinishedAndLateAtTheEndIsMissed() {
        figures.unfinished(WHO, TransactionType.STOCK_LEVEL, 79 * SECOND, 79 * SECOND);
        completed(RawData.Outcome.DONE, 70 * SECOND, 101 * SECOND);
        figures.unfinished(WHO, TransactionType.STOCK_LEVEL, 80 * SECOND, 80 * SECOND);
        assertThat(type().unfinishedLate()).isEqualTo(2);
        assertThat(type().count(Outcome.COMMITTED)).isZero();
        assertThat(account().violated()).isTrue();
        assertThat(account().penalty()).isEqualByComparingTo(new BigDecimal(1_000));
    }

    @Test
    void responsesLateByTheLimitMissTheObjective() {
        completed(RawData.Outcome.DONE, 0, 20 * SECOND);
        completed(RawData.Outcome.DONE, 0, 20 * SECOND + 1);
        assertThat(account().late()).isEqualTo(1);
        assertThat(account().decided()).isEqualTo(2);
    }

    /** Where ten of each interval are in time but two of the second, 38 of 40 are enough, and 8 of 10 are not. */
    @ParameterizedTest
    @CsvSource({
        "assessmentInterval=\"P1M\", 0",
        "assessmentInterval=\"PT10S\", 1000",
        "assessmentTransactions=\"10\", 1000"
    })
    void eachAssessmentIntervalIsSettledByItself(String interval, int owed, @TempDir Path folder) throws Exception {
        promises = Promises.read(List.of(Runs.ownAgreement(folder, "assessmentInterval=\"P1M\"", interval)));
        open();
        for (int i = 0; i < 10; i++) {
            completed(RawData.Outcome.DONE, 0, SECOND);
        }
        for (int i = 0; i < 10; i++) {
            completed(RawData.Outcome.DONE, i < 2 ? -5 * SECOND : 11 * SECOND, 16 * SECOND);
        }
        for (int i = 0; i < 20; i++) {
            completed(RawData.Outcome.DONE, (20 + 5 * (i / 10)) * SECOND, (21 + 10 * (i / 10)) * SECOND);
        }
        assertThat(account().penalty()).isEqualByComparingTo(BigDecimal.valueOf(owed));
        assertThat(account().violated()).isEqualTo(owed > 0);
        assertThat(account().late()).isEqualTo(2);
    }

    @Test
    void aServerThatStallsUntilTheEndShowsInThePercentiles() {
        for (int i = 0; i < 80; i++) {
            completed(RawData.Outcome.DONE, i * SECOND, i * SECOND + SECOND / 100);
        }
        for (int i = 0; i < 20; i++) {
            figures.unfinished(WHO, TransactionType.STOCK_LEVEL, 60 * SECOND, 60 * SECOND);
        }
        assertThat(type().responses().times().percentile(50).bound()).isEqualTo(Reading.Bound.EXACT);
        Reading slowest = type().responses().times().percentile(99);
        assertThat(slowest.bound()).isEqualTo(Reading.Bound.AT_LEAST);
        assertThat(slowest.value()).isBetween(40_000.0, 40_100.0);
        assertThat(figures.type(TransactionType.STOCK_LEVEL)
                        .responses(PriorityClass.HIGH)
                        .times()
                        .percentile(99))
                .isEqualTo(slowest);
        assertThat(SideBySide.Slice.of(figures, 100).median()).isEqualTo(Reading.exact(10.007));
    }

    @Test
    void whatFailsHadNoAnswerAndRanksAsThat() {
        for (int i = 0; i < 60; i++) {
            completed(RawData.Outcome.DONE, SECOND, SECOND + SECOND / 100);
        }
        for (int i = 0; i < 40; i++) {
            completed(RawData.Outcome.REFUSED, SECOND, SECOND + 1000);
        }
        assertThat(type().responses().times().percentile(50)).isEqualTo(Reading.exact(10.007));
        Reading slow = type().responses().times().percentile(90);
        assertThat(slow.bound()).isEqualTo(Reading.Bound.AT_LEAST);
        assertThat(slow.value()).isGreaterThan(98_000);
        assertThat(type().ended(Outcome.FAILED).getMaxValue()).isEqualTo(1);
        assertThat(type().responses().withinPercent()).isEqualTo(60);
        assertThat(type().responses().isKept()).isFalse();
    }

    @Test
    void whatIsAnsweredAfterTheEndIsUnfinishedButItsTimeIsKnown() {
        completed(RawData.Outcome.DONE, 99 * SECOND, 102 * SECOND);
        assertThat(type().unfinished()).isEqualTo(1);
        assertThat(type().responses().times().percentile(100)).isEqualTo(Reading.exact(3000.319));
    }

    @Test
    void theLimitIsKeptWhereNineOfTenAreWithinIt() {
        assertThat(type().responses().withinPercent()).isNaN();
        for (int i = 0; i < 9; i++) {
            completed(RawData.Outcome.DONE, 0, 20 * SECOND);
        }
        figures.unfinished(WHO, TransactionType.STOCK_LEVEL, 95 * SECOND, 95 * SECOND);
        assertThat(type().responses().withinPercent())
                .as("the unfinished one may still be in time")
                .isEqualTo(100);
        completed(RawData.Outcome.DONE, 0, 20 * SECOND + 1);
        assertThat(type().responses().withinPercent()).isEqualTo(90);
        assertThat(type().responses().isKept()).isTrue();
        figures.unfinished(WHO, TransactionType.STOCK_LEVEL, 79 * SECOND, 79 * SECOND);
        assertThat(type().responses().isKept()).isFalse();
    }

    @Test
    void whatItsUserRolledBackIsHeldToTheLimitAndInNoPercentile() {
        completed(RawData.Outcome.DONE, 0, SECOND);
        completed(RawData.Outcome.ABORTED, 0, 20 * SECOND);
        completed(RawData.Outcome.ABORTED, 0, 20 * SECOND + 1);
        completed(RawData.Outcome.ABORTED, 70 * SECOND, 101 * SECOND);
        for (Responses responses : List.of(type().responses(), type().responses(PriorityClass.HIGH))) {
            assertThat(responses.withinPercent()).isEqualTo(50);
            assertThat(responses.isKept()).isFalse();
            assertThat(responses.times().percentile(100).value()).isLessThan(1001);
        }
    }

    private void completed(RawData.Outcome outcome, long due, long end) {
        figures.completed(WHO, STOCK_LEVEL, new Measurements.Ended(outcome, due, due, end));
    }

    private List<RawData.Row> rows() {
        return figures.rows("helios").get(0).rows();
    }

    private ByType type() {
        return figures.type(TransactionType.STOCK_LEVEL);
    }

    private Account.Kept account() {
        return Optional.ofNullable(figures.accounts().get("StockLevel-high/terminal-1"))
                .orElseThrow()
                .kept();
    }
}
