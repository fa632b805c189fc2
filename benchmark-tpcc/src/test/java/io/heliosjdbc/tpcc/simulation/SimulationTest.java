package io.heliosjdbc.tpcc.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.tpcc.PriorityClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = 5;

    private static Summary run(String discipline, double degree, boolean deadlines) throws IOException {
        Experiment experiment = new Experiment(discipline, degree, deadlines, 0.73, 10, 0.5, 0, false);
        List<Outcome> outcomes = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            outcomes.add(new Simulation(experiment, SimulateCommand.loads(), seed).run());
        }
        return new Summary(experiment, 1, outcomes);
    }

    private static double newOrderPenalty(String discipline, double degree, boolean deadlines) throws IOException {
        return run(discipline, degree, deadlines).mean(outcome -> outcome.newOrderPenalty);
    }

    @Test
    void firstComeFirstServedLosesEveryNewOrderAccount() throws IOException {
        Summary fifo = run("fifo", 1, false);
        assertThat(fifo.mean(outcome -> outcome.newOrderPenalty)).isEqualTo(48_000);
        assertThat(fifo.deviation(outcome -> outcome.newOrderPenalty)).isZero();
        assertThat(fifo.mean(outcome -> outcome.newOrdersDone)).isCloseTo(12_000, within(200.0));
    }

    /** The reference's means with degree 1, and three of its standard deviations. */
    @Test
    void theThesissDisciplinesFallIntoTheReferencesBands() throws IOException {
        assertThat(newOrderPenalty("static", 1, false)).isCloseTo(8810, within(3 * 2308.0));
        assertThat(newOrderPenalty("mefi", 1, false)).isCloseTo(2352, within(3 * 501.0));
        assertThat(newOrderPenalty("kafka", 1, false)).isCloseTo(3436, within(3 * 774.0));
        assertThat(newOrderPenalty("fisher_krieger", 1, false)).isCloseTo(3366, within(3 * 599.0));
    }

    @Test
    void budgetKeepsNearlyEveryNewOrderAccountAndItsDeadlines() throws IOException {
        Summary budget = run("budget", 6, true);
        assertThat(budget.mean(outcome -> outcome.newOrderPenalty)).isLessThan(400);
        assertThat(budget.mean(outcome -> outcome.allTypesPenalty)).isLessThan(25_000);
        assertThat(budget.mean(outcome -> outcome.overruns)).isLessThan(20);
    }

    @Test
    void theSameSeedGivesTheSameRun() throws IOException {
        Experiment experiment = new Experiment("kafka", 6, true, 0.73, 10, 0.5, 0.3, true);
        Outcome one = new Simulation(experiment, SimulateCommand.loads(), 42).run();
        Outcome other = new Simulation(experiment, SimulateCommand.loads(), 42).run();
        assertThat(one.samples).isEqualTo(other.samples).isNotEmpty();
        assertThat(one.allTypesPenalty).isEqualTo(other.allTypesPenalty);
    }

    @Test
    void deadlinesBoundTheWaitOfTheLow() throws IOException {
        double without = longest("kafka", false);
        double with = longest("kafka", true);
        assertThat(without).isGreaterThan(100);
        assertThat(with).isLessThan(70);
    }

    private static double longest(String discipline, boolean deadlines) throws IOException {
        return run(discipline, 1, deadlines)
                .mean(outcome -> outcome.longestSeconds.getOrDefault(PriorityClass.LOW, 0.0));
    }

    @Test
    void gammaAmountsHaveTheirMeanAndVariation() {
        for (double variation : new double[] {0, 0.5, 1, 2}) {
            SplittableRandom random = new SplittableRandom(3);
            double sum = 0;
            double squares = 0;
            int count = 200_000;
            for (int i = 0; i < count; i++) {
                double amount = Gamma.next(random, 4, variation);
                assertThat(amount).isNotNegative();
                sum += amount;
                squares += amount * amount;
            }
            double mean = sum / count;
            assertThat(mean).isCloseTo(4, within(0.1));
            assertThat(Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean)
                    .isCloseTo(variation, within(0.05));
        }
    }
}
