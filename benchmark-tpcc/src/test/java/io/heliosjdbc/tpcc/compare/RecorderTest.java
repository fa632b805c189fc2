package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.measure.Reading;
import io.heliosjdbc.tpcc.promises.Account;
import io.heliosjdbc.tpcc.promises.Terms;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final long MILLI = 1_000_000;
    private static final long LENGTH = 4000 * MILLI;

    /** 95 percent within 12 ms. */
    private Terms terms;

    @BeforeEach
    void read() throws IOException {
        terms = Scenario.read("mixed").transactions().get(0).terms().get(0);
    }

    private Recorder recorder(Pace pace) {
        return new Recorder(
                new Stream(
                        "pages",
                        Stream.Work.TRANSACTIONS,
                        Mix.TPC_C,
                        pace,
                        1,
                        1,
                        Presence.THROUGHOUT,
                        Map.of(),
                        List.of(terms)),
                LENGTH,
                true);
    }

    private static Recorder.Piece due(long millis) {
        return new Recorder.Piece("Payment", millis * MILLI, millis * MILLI);
    }

    private static void addsUp(Recorder recorder, long completed, long failed, long unfinished) {
        assertThat(recorder.completed()).isEqualTo(completed);
        assertThat(recorder.failed()).isEqualTo(failed);
        assertThat(recorder.unfinished()).isEqualTo(unfinished);
        assertThat(recorder.offered()).isEqualTo(completed + failed + unfinished);
        assertThat(recorder.rows()).hasSize((int) recorder.offered());
        assertThat(recorder.kept()).extracting(Account.Kept::offered).containsExactly(recorder.offered());
    }

    @Test
    void whatWasAnsweredIsThroughputWheneverItWasDue() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.answered(due(-5000), -1, true);
        recorder.answered(due(-3000), 500 * MILLI, true);
        recorder.answered(due(-2000), 1500 * MILLI, false);
        recorder.answered(due(1000), 1600 * MILLI, true);
        recorder.failed(due(-1000), 1700 * MILLI, new SQLException());
        recorder.unfinished(due(-1000));
        recorder.unfinished(due(3990));
        assertThat(recorder.answered()).isEqualTo(3);
        assertThat(recorder.answeredBySecond()).containsExactly(1, 2, 0, 0);
        assertThat(recorder.answeredUntil()).containsExactly(1, 3, 3, 3);
        assertThat(recorder.committed()).isEqualTo(2);
        assertThat(recorder.overTime()[0]).as("since it was due").isBetween(3450.0, 3550.0);
        addsUp(recorder, 1, 0, 1);
        assertThat(recorder.times().percentile(100)).isEqualTo(Reading.atLeast(600.063));
    }

    @Test
    void whatIsQueuedIsAnsweredWithoutAConnection() {
        Recorder recorder = recorder(Closed.WITHOUT_PAUSE);
        assertThat(recorder.queued(due(100), 130 * MILLI)).isTrue();
        assertThat(recorder.queued(due(3990), 4000 * MILLI))
                .as("the end came first")
                .isFalse();
        addsUp(recorder, 1, 0, 1);
        assertThat(recorder.times().percentile(100)).isEqualTo(Reading.exact(30.015));
        assertThat(recorder.untilConnection().percentile(50)).isEqualTo(Reading.NONE);
        assertThat(recorder.withConnection().percentile(50)).isEqualTo(Reading.NONE);
    }

    /** Of what was queued: nobody waits for it, though the stream's terminals wait for their answers. */
    @Test
    void whatNobodyWaitsForIsOfferedFromTheBeginningOn() {
        Stream stream = recorder(Closed.WITHOUT_PAUSE).stream();
        Recorder recorder = new Recorder(stream, List.of(terms), false, LENGTH, true);
        recorder.answered(due(-5), 10 * MILLI, true);
        recorder.answered(due(5), 10 * MILLI, true);
        addsUp(recorder, 1, 0, 0);
        assertThat(recorder.answered()).as("throughput is of both").isEqualTo(2);
    }

    @Test
    void whoWaitsForAnAnswerHasWaitedSinceTheWarmUp() {
        Recorder recorder = recorder(Closed.WITHOUT_PAUSE);
        recorder.answered(due(-5000), -1, true);
        recorder.answered(due(-1000), 500 * MILLI, true);
        recorder.unfinished(due(-4000));
        addsUp(recorder, 1, 0, 1);
        assertThat(recorder.times().percentile(50)).isEqualTo(Reading.exact(1500.159));
        assertThat(recorder.times().percentile(100).bound()).isEqualTo(Reading.Bound.AT_LEAST);
        assertThat(recorder.times().percentile(100).value()).isBetween(8000.0, 8010.0);
        assertThat(recorder.rows()).extracting(RawData.Row::due).containsExactly(-1000 * MILLI, -4000 * MILLI);
        assertThat(recorder.account().percentOverTime())
                .as("both have missed their promise in the warm-up")
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void whatItsUserRollsBackHasTimesOfItsOwn() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.answered(due(0), 10 * MILLI, true);
        recorder.answered(due(0), 900 * MILLI, false);
        recorder.answered(due(3995), LENGTH + 5 * MILLI, false);
        addsUp(recorder, 2, 0, 1);
        assertThat(recorder.times().percentile(100)).isEqualTo(Reading.exact(10.007));
        assertThat(recorder.abortedTimes().percentile(50)).isEqualTo(Reading.exact(10.007));
        assertThat(recorder.abortedTimes().percentile(100)).isEqualTo(Reading.exact(900.095));
        assertThat(recorder.answered()).isEqualTo(2);
        assertThat(recorder.committed()).isEqualTo(1);
    }

    @Test
    void aCollisionInTheWarmUpIsNotCounted() {
        Recorder recorder = recorder(Closed.WITHOUT_PAUSE);
        recorder.retried(due(-20), -10);
        recorder.retried(due(-20), 10);
        assertThat(recorder.retries()).isEqualTo(1);
    }

    @Test
    void aFailureAfterTheEndIsUnfinishedAtTheEnd() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.failed(due(3995), LENGTH, new SQLException("cancelled", "57014"));
        addsUp(recorder, 0, 0, 1);
        assertThat(recorder.failures()).isEmpty();
        assertThat(recorder.late()).isZero();
    }

    @Test
    void aPercentileThatHangsOnWhatIsUnfinishedIsALowerBound() {
        Recorder recorder = recorder(Course.poisson(20));
        for (int i = 0; i < 60; i++) {
            recorder.answered(due(0), 10 * MILLI, true);
        }
        for (int i = 0; i < 39; i++) {
            recorder.unfinished(due(3999));
        }
        recorder.unfinished(due(3000));
        assertThat(recorder.times().percentile(50))
                .as("60 of 100 were answered in 10 ms, whatever becomes of the others")
                .isEqualTo(Reading.exact(10.007));
        assertThat(recorder.times().percentile(95)).isEqualTo(Reading.atLeast(10.007));
        assertThat(recorder.times().percentile(100)).isEqualTo(Reading.atLeast(1000.447));
    }

    @Test
    void aFewThatAreUnfinishedMakeNoBoundOfWhatManyLieBeyond() {
        assertThat(ofAThousand(4, 90)).as("4 of a hundred beyond").isEqualTo(Reading.Bound.EXACT);
        assertThat(ofAThousand(4, 99)).as("4 of ten beyond").isEqualTo(Reading.Bound.AT_LEAST);
        assertThat(ofAThousand(5, 50)).as("half a percent of all").isEqualTo(Reading.Bound.EXACT);
        assertThat(ofAThousand(6, 50))
                .as("of five hundred beyond they are few, but the median may be another one")
                .isEqualTo(Reading.Bound.AT_LEAST);
    }

    /** What a percentile is where so many are unfinished, which were due at the end. */
    private Reading.Bound ofAThousand(int unfinished, double percent) {
        Recorder recorder = recorder(Course.poisson(20));
        for (int i = 1; i <= 1000 - unfinished; i++) {
            recorder.answered(due(0), i * MILLI, true);
        }
        for (int i = 0; i < unfinished; i++) {
            recorder.unfinished(due(3999));
        }
        return recorder.times().percentile(percent).bound();
    }

    @Test
    void whatIsAnsweredAfterTheEndIsUnfinishedButItsTimeIsKnown() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.answered(due(3995), LENGTH + 5 * MILLI, true);
        addsUp(recorder, 0, 0, 1);
        assertThat(recorder.answered()).isZero();
        assertThat(recorder.decided()).as("at the end").isZero();
        assertThat(recorder.times().percentile(100)).isEqualTo(Reading.exact(10.007));
        assertThat(recorder.rows()).extracting(RawData.Row::end).containsExactly(LENGTH + 5 * MILLI);
    }

    /** Whoever turns away what he cannot do in time must not look as if he did everything in time. */
    @Test
    void whatFailedOrWasRefusedHadNoAnswerAtTheEnd() {
        Recorder recorder = recorder(Course.poisson(20));
        for (int i = 0; i < 90; i++) {
            recorder.answered(due(0), 10 * MILLI, true);
        }
        for (int i = 0; i < 8; i++) {
            recorder.failed(due(1000), 2000 * MILLI, new SQLException("queue timeout", "53H04"));
        }
        recorder.failed(due(1000), 2000 * MILLI, new SQLException("gone", "42P01"));
        recorder.failed(due(1000), 2000 * MILLI, new SQLException("gone"));
        assertThat(recorder.times().percentile(50)).isEqualTo(Reading.exact(10.007));
        assertThat(recorder.times().percentile(95)).isEqualTo(Reading.atLeast(3000.319));
        addsUp(recorder, 90, 10, 0);
        assertThat(recorder.refused()).isEqualTo(8);
    }

    @Test
    void whereNothingWasAnsweredThereIsABound() {
        Recorder recorder = recorder(Course.poisson(20));
        assertThat(recorder.times().percentile(95)).isEqualTo(Reading.NONE);
        recorder.failed(due(0), 3000 * MILLI, new SQLException());
        assertThat(recorder.times().percentile(95).bound()).isEqualTo(Reading.Bound.AT_LEAST);
        addsUp(recorder, 0, 1, 0);
        assertThat(recorder.late()).isEqualTo(1);
    }

    @Test
    void whatIsUndecidedIsNeitherKeptNorLate() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.answered(due(0), 10 * MILLI, true);
        recorder.answered(due(0), 20 * MILLI, true);
        recorder.unfinished(due(3995));
        recorder.unfinished(due(3000));
        addsUp(recorder, 2, 0, 2);
        assertThat(recorder.late()).isEqualTo(2);
        assertThat(recorder.decided()).isEqualTo(3);
    }

    @Test
    void whatSomebodyHasWhenItIsClosedIsUnfinishedOnce() {
        Recorder recorder = recorder(Course.poisson(20));
        Recorder.Piece answered = recorder.taken("Payment", 0);
        Recorder.Piece stuck = recorder.taken("Payment", 1000 * MILLI);
        recorder.begun(stuck, 1500 * MILLI);
        recorder.taken("Payment", 3995 * MILLI);
        recorder.answered(answered, 10 * MILLI, true);
        recorder.close();
        addsUp(recorder, 1, 0, 2);
        assertThat(recorder.late()).isEqualTo(1);
        assertThat(recorder.rows()).extracting(RawData.Row::start).contains(1500 * MILLI);
        recorder.answered(stuck, 2000 * MILLI, true);
        recorder.failed(stuck, 2000 * MILLI, new SQLException());
        recorder.unfinished(due(2000));
        recorder.retried(due(2000), 2000 * MILLI);
        addsUp(recorder, 1, 0, 2);
        assertThat(recorder.answered()).isEqualTo(1);
        assertThat(recorder.retries()).isZero();
    }

    @Test
    void theTimeUntilThereWasAConnectionAndTheTimeWithItAreApart() {
        Recorder recorder = recorder(Course.poisson(20));
        for (int i = 0; i < 96; i++) {
            recorder.answered(new Recorder.Piece("Payment", 0, 3 * MILLI), 10 * MILLI, true);
        }
        recorder.failed(new Recorder.Piece("Payment", 0, 5 * MILLI), 2000 * MILLI, new SQLException());
        recorder.answered(new Recorder.Piece("Payment", 3990 * MILLI, 3991 * MILLI), LENGTH + 5 * MILLI, true);
        recorder.unfinished(new Recorder.Piece("Payment", 1000 * MILLI, 1200 * MILLI));
        recorder.unfinished(new Recorder.Piece("Payment", 500 * MILLI, Recorder.NEVER));
        assertThat(recorder.untilConnection().percentile(50)).isEqualTo(Reading.exact(3.001));
        assertThat(recorder.untilConnection().percentile(99)).isEqualTo(Reading.exact(200.063));
        assertThat(recorder.untilConnection().percentile(100)).isEqualTo(Reading.atLeast(3500.031));
        assertThat(recorder.withConnection().percentile(50)).isEqualTo(Reading.exact(7.003));
        assertThat(recorder.withConnection().percentile(100).bound()).isEqualTo(Reading.Bound.AT_LEAST);
        assertThat(recorder.withConnection().percentile(100).value()).isBetween(3990.0, 4000.0);
    }

    /** Times in milliseconds. */
    private static Recorder.Piece waited(Recorder recorder, long due, long start, long... waits) {
        Recorder.Piece piece = new Recorder.Piece("Payment", due * MILLI, start * MILLI);
        for (long wait : waits) {
            recorder.waited(piece, wait * MILLI);
        }
        return piece;
    }

    @Test
    void theWaitInHeliosQueueIsApartAndPartOfTheQueueInRawData() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.answered(waited(recorder, 0, 3, 20, 30), 100 * MILLI, true);
        assertThat(recorder.untilConnection().percentile(100)).isEqualTo(Reading.exact(3.001));
        assertThat(recorder.inHeliosQueue().percentile(100).value()).isBetween(50.0, 50.1);
        assertThat(recorder.withConnection().percentile(100).value()).isBetween(47.0, 47.1);
        assertThat(recorder.rows()).extracting(RawData.Row::start).containsExactly(53 * MILLI);
    }

    @Test
    void whereHeliosHasNotToldNothingIsInItsQueue() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.answered(due(0), 10 * MILLI, true);
        recorder.failed(due(0), 10 * MILLI, new SQLException("queue timeout", "53H04"));
        assertThat(recorder.inHeliosQueue().percentile(100)).isEqualTo(Reading.NONE);
        assertThat(recorder.withConnection().percentile(100).bound()).isEqualTo(Reading.Bound.AT_LEAST);
    }

    @Test
    void whomHeliosRefusedWasInItsQueueToTheEnd() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.failed(waited(recorder, 0, 0, 900), 1000 * MILLI, new SQLException("queue timeout", "53H04"));
        assertThat(recorder.inHeliosQueue().percentile(100).bound()).isEqualTo(Reading.Bound.AT_LEAST);
        assertThat(recorder.inHeliosQueue().percentile(100).value()).isBetween(4000.0, 4004.0);
        assertThat(recorder.withConnection().percentile(100)).isEqualTo(Reading.NONE);
        assertThat(recorder.rows()).extracting(RawData.Row::start).containsExactly(900 * MILLI);
    }

    @Test
    void whatWasCancelledAtTheEndWasWhereItWasThen() {
        Recorder waiting = recorder(Course.poisson(20));
        waiting.failed(waited(waiting, 1000, 1000, 3010), LENGTH + 20 * MILLI, new SQLException("cancelled", "57014"));
        assertThat(waiting.inHeliosQueue().percentile(100).bound()).isEqualTo(Reading.Bound.AT_LEAST);
        assertThat(waiting.withConnection().percentile(100)).isEqualTo(Reading.NONE);
        assertThat(waiting.rows()).extracting(RawData.Row::start).containsExactly(LENGTH);

        Recorder working = recorder(Course.poisson(20));
        working.failed(waited(working, 1000, 1000, 500), LENGTH + 20 * MILLI, new SQLException("cancelled", "57014"));
        assertThat(working.inHeliosQueue().percentile(100).value()).isBetween(500.0, 500.5);
        assertThat(working.inHeliosQueue().percentile(100).bound()).isEqualTo(Reading.Bound.EXACT);
        assertThat(working.withConnection().percentile(100).bound()).isEqualTo(Reading.Bound.AT_LEAST);
        assertThat(working.withConnection().percentile(100).value()).isBetween(2500.0, 2502.0);
    }

    @Test
    void rowsThatAreWrittenAreReleased() throws IOException {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.answered(due(0), 10 * MILLI, true);
        Part.Result part = Results.of(Contender.Way.STRAIGHT, recorder);
        Comparison comparison = new Comparison(Scenario.read("mixed"), Map.of(), List.of(part), Map.of(), "");
        assertThat(comparison.raw().get(0).rows()).hasSize(1);
        comparison.releaseRaw();
        assertThat(comparison.raw().get(0).rows()).isEmpty();
        assertThat(recorder.completed()).isEqualTo(1);
    }

    @Test
    void aKindThatNeverSucceedsIsNamed() {
        Recorder recorder = recorder(Course.poisson(20));
        recorder.failed(due(0), 1000 * MILLI, new SQLException());
        recorder.failed(new Recorder.Piece("Delivery", 0, 0), 1000 * MILLI, new SQLException());
        recorder.unfinished(new Recorder.Piece("Delivery", 0, 0));
        recorder.answered(due(0), 1000 * MILLI, false);
        assertThat(recorder.withoutSuccess()).containsExactly("no Delivery of pages succeeded, and 1 failed");
    }
}
