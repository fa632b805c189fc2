package io.heliosjdbc.tpcc.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.AssessmentInterval;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final long MILLI = 1_000_000;

    /** 95 percent within 12 ms; each 5 points below begun cost 500, at most 5000. */
    private final Terms terms = settledEach(new AssessmentInterval.Calendar(Period.ofMonths(1)));

    private static Terms settledEach(AssessmentInterval interval) {
        return new Terms(
                Duration.ZERO,
                new PercentileObjective(95, Duration.ofMillis(12)),
                new Penalty(interval, "USD", 5, new BigDecimal(500), new BigDecimal(5000)));
    }

    private static Account account(Terms... terms) {
        return new Account(List.of(terms), 3500 * MILLI);
    }

    @Test
    void somethingCountsFromWhenItsFateIsKnown() {
        Account account = account(terms);
        account.answered(990 * MILLI, 1001 * MILLI);
        account.answered(1980 * MILLI, 3400 * MILLI);
        account.failed(2100 * MILLI, 2105 * MILLI);
        account.answered(3495 * MILLI, 3500 * MILLI);
        assertThat(account.percentOverTime())
                .as("in time in the second 1, late in 1 although answered in 3, failed in 2, in time at the end")
                .containsExactly(Double.NaN, 50, 100.0 / 3, 50);
        assertThat(account.penaltyOverTime())
                .as("at 50 percent nine steps of five points have been started, at a third more than the maximum")
                .containsExactly(0, 4500, 5000, 4500);
        assertThat(account.promisedOverTime()).containsExactly(95, 95, 95, 95);
        assertThat(account.kept()).containsExactly(new Account.Kept(terms, 4, 2, 0, true, new BigDecimal("4500")));
    }

    @Test
    void inSumItIsKeptAlikeAndNotBySeconds() {
        for (AssessmentInterval interval : List.of(
                new AssessmentInterval.Calendar(Duration.ofSeconds(1)), new AssessmentInterval.Transactions(10))) {
            Terms each = settledEach(interval);
            Account overTime = account(each);
            Account inSum = Account.inSum(List.of(each));
            three(overTime);
            three(inSum);
            assertThat(inSum.kept()).isEqualTo(overTime.kept());
            assertThat(inSum.percentOverTime()).isEmpty();
        }
    }

    @Test
    void fewLateOnesAreOwedByTheStep() {
        Account account = account(terms);
        for (int i = 0; i < 93; i++) {
            account.answered(i, 100 + i);
        }
        for (int i = 0; i < 7; i++) {
            account.answered(1500 * MILLI, 1600 * MILLI);
        }
        assertThat(account.percentOverTime()).containsExactly(100, 93, 93, 93);
        assertThat(account.penaltyOverTime()).containsExactly(0, 500, 500, 500);
    }

    @Test
    void whatHasNoAnswerAtTheEndIsLateOrUndecided() {
        Account account = account(terms);
        account.answered(0, 5 * MILLI);
        account.unanswered(1500 * MILLI, 3500 * MILLI);
        account.unanswered(3490 * MILLI, 3500 * MILLI);
        assertThat(account.kept()).containsExactly(new Account.Kept(terms, 2, 1, 1, true, new BigDecimal("4500")));
        assertThat(account.kept().get(0).offered()).isEqualTo(3);
        assertThat(account.kept().get(0).percent()).isEqualTo(50);
        assertThat(account.percentOverTime())
                .as("late from when its promise was missed")
                .containsExactly(100, 50, 50, 50);
        account.unanswered(-2000 * MILLI, 3500 * MILLI);
        assertThat(account.percentOverTime()[0]).as("missed in the warm-up").isEqualTo(50);
    }

    @Test
    void eachTermsHaveTheirOwnTime() {
        Terms nothing = new Terms(Duration.ofSeconds(1), null, null);
        Terms again = new Terms(Duration.ofSeconds(2), terms.objective(), terms.penalty());
        Account account = account(terms, nothing, again);
        account.answered(500 * MILLI, 600 * MILLI);
        account.answered(1500 * MILLI, 3000 * MILLI);
        account.answered(2500 * MILLI, 2501 * MILLI);
        assertThat(account.percentOverTime()).containsExactly(0, Double.NaN, 100, 100);
        assertThat(account.promisedOverTime()).containsExactly(95, Double.NaN, 95, 95);
        assertThat(account.penaltyOverTime()).as("what was lost stays lost").containsExactly(5000, 5000, 5000, 5000);
    }

    /** Two in time, then two late of ten, then all in time: by itself the one in the middle owes three steps of five points. */
    private static void three(Account account) {
        for (int i = 0; i < 10; i++) {
            account.answered(i * MILLI, (i + 1) * MILLI);
        }
        for (int i = 0; i < 10; i++) {
            account.answered((1000 + i) * MILLI, (1000 + i + (i < 2 ? 100 : 1)) * MILLI);
        }
        for (int i = 0; i < 20; i++) {
            account.answered((2000 + i) * MILLI, (2001 + i) * MILLI);
        }
    }

    @Test
    void eachAssessmentIntervalIsSettledByItself() {
        Account month = account(settledEach(new AssessmentInterval.Calendar(Period.ofMonths(1))));
        three(month);
        assertThat(month.kept().get(0).penalty()).as("38 of 40 are enough").isEqualByComparingTo("0");
        assertThat(month.kept().get(0).violated()).isFalse();
        Account millennium = account(settledEach(new AssessmentInterval.Calendar(Period.ofDays(366_000))));
        three(millennium);
        assertThat(millennium.kept().get(0).penalty()).isEqualByComparingTo("0");
        Account second = account(settledEach(new AssessmentInterval.Calendar(Duration.ofSeconds(1))));
        three(second);
        assertThat(second.kept().get(0).penalty()).isEqualByComparingTo("1500");
        assertThat(second.kept().get(0).violated()).isTrue();
        assertThat(second.kept().get(0).late()).isEqualTo(2);
        assertThat(second.penaltyOverTime()).containsExactly(0, 1500, 1500, 1500);
        Account ten = account(settledEach(new AssessmentInterval.Transactions(10)));
        three(ten);
        assertThat(ten.kept().get(0).penalty()).isEqualByComparingTo("1500");
        Account twenty = account(settledEach(new AssessmentInterval.Transactions(20)));
        three(twenty);
        assertThat(twenty.kept().get(0).penalty()).as("at 90 percent").isEqualByComparingTo("500");
        assertThat(twenty.penaltyOverTime()).containsExactly(0, 500, 500, 500);
    }
}
