package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InputsTest {
    @Test
    void nuRandStaysWithinItsRange() {
        SplittableRandom random = new SplittableRandom(1);
        int[] counts = new int[3_001];
        for (int i = 0; i < 200_000; i++) {
            counts[NuRand.next(random, 1023, 1, 3_000, 77)]++;
        }
        assertThat(counts[0]).isZero();
        assertThat(counts).hasSize(3_001);
    }

    @Test
    void nuRandHasTheFrequenciesOfItsFormula() {
        int a = 15;
        int x = 3;
        int y = 40;
        int c = 9;
        double[] expected = new double[y + 1];
        for (int left = 0; left <= a; left++) {
            for (int right = x; right <= y; right++) {
                expected[((left | right) + c) % (y - x + 1) + x] += 1.0 / ((a + 1) * (y - x + 1));
            }
        }
        SplittableRandom random = new SplittableRandom(2);
        int[] counts = new int[y + 1];
        int draws = 400_000;
        for (int i = 0; i < draws; i++) {
            counts[NuRand.next(random, a, x, y, c)]++;
        }
        for (int value = 0; value <= y; value++) {
            assertThat((double) counts[value] / draws).isCloseTo(expected[value], within(0.002));
        }
    }

    @Test
    void lastNameConstantsOfLoadAndRunAreApartAsAuditsWant() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            NuRand drawn = NuRand.draw(random);
            assertThat(Math.abs(drawn.runLastName() - drawn.loadLastName()))
                    .isBetween(65, 119)
                    .isNotIn(96, 112);
            assertThat(drawn.runLastName()).isBetween(0, 255);
        }
    }

    @Test
    void lastNameConstantsTooCloseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NuRand(10, 74, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new NuRand(10, 106, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new NuRand(10, 122, 0, 0));
    }

    @Test
    void lastNamesAreMadeOfThreeSyllables() {
        assertThat(LastNames.of(0)).isEqualTo("BARBARBAR");
        assertThat(LastNames.of(371)).isEqualTo("PRICALLYOUGHT");
        assertThat(LastNames.of(999)).isEqualTo("EINGEINGEING");
        assertThatIllegalArgumentException().isThrownBy(() -> LastNames.of(1_000));
    }

    @Test
    void everyDeckHasTheExactMix() {
        Deck deck = new Deck(new SplittableRandom(4), Mix.TPC_C);
        for (int round = 0; round < 20; round++) {
            Map<TransactionType, Integer> counts = new EnumMap<>(TransactionType.class);
            for (int i = 0; i < 100; i++) {
                counts.merge(deck.draw(), 1, Integer::sum);
            }
            assertThat(counts)
                    .containsEntry(TransactionType.NEW_ORDER, 45)
                    .containsEntry(TransactionType.PAYMENT, 43)
                    .containsEntry(TransactionType.ORDER_STATUS, 4)
                    .containsEntry(TransactionType.DELIVERY, 4)
                    .containsEntry(TransactionType.STOCK_LEVEL, 4);
        }
    }

    @Test
    void aDeckOfAnotherMixIsDrawnToItsEnd() {
        Deck one = new Deck(new SplittableRandom(4), new Mix(Map.of(TransactionType.PAYMENT, 1)));
        Deck four = new Deck(
                new SplittableRandom(4),
                new Mix(Map.of(
                        TransactionType.NEW_ORDER, 3, TransactionType.PAYMENT, 1, TransactionType.STOCK_LEVEL, 0)));
        for (int round = 0; round < 20; round++) {
            List<TransactionType> drawn = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                assertThat(one.draw()).isEqualTo(TransactionType.PAYMENT);
                drawn.add(four.draw());
            }
            assertThat(drawn)
                    .containsExactlyInAnyOrder(
                            TransactionType.PAYMENT,
                            TransactionType.NEW_ORDER,
                            TransactionType.NEW_ORDER,
                            TransactionType.NEW_ORDER);
        }
    }

    @Test
    void aMixIsWhatIsInIt() {
        Mix none = new Mix(Map.of(TransactionType.DELIVERY, 0));
        assertThat(none).isEqualTo(Mix.NONE);
        assertThat(none.has(TransactionType.DELIVERY)).isFalse();
        assertThat(Mix.TPC_C.text()).isEqualTo("NewOrder 45, Payment 43, OrderStatus 4, Delivery 4, StockLevel 4");
        assertThatIllegalArgumentException().isThrownBy(() -> new Mix(Map.of(TransactionType.PAYMENT, -1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mix(Map.of(TransactionType.PAYMENT, 10_000, TransactionType.NEW_ORDER, 1)));
    }

    @Test
    void oneWarehouseHasNothingRemote() {
        Inputs inputs = inputs(6, 1);
        for (int i = 0; i < 20_000; i++) {
            Input input = inputs.next();
            if (input instanceof Input.NewOrder newOrder) {
                assertThat(newOrder.remoteLines()).isZero();
            } else if (input instanceof Input.Payment payment) {
                assertThat(payment.customer().warehouse()).isEqualTo(1);
            }
        }
    }

    @Test
    void linesAreInItemOrderAndTheUnusedItemComesLast() {
        Inputs inputs = inputs(7, 3);
        for (int i = 0; i < 20_000; i++) {
            if (inputs.next() instanceof Input.NewOrder newOrder) {
                List<Input.Line> lines = newOrder.lines();
                assertThat(lines).hasSizeBetween(5, 15).isSortedAccordingTo(Comparator.comparingInt(Input.Line::item));
                int last = lines.get(lines.size() - 1).item();
                assertThat(last > Population.FULL.items()).isEqualTo(newOrder.rollback());
            }
        }
    }

    @Test
    void theSameSeedYieldsTheSameInputsWhateverTheThinkTimes() {
        Inputs one = inputs(8, 2);
        Inputs other = inputs(8, 2);
        List<Input> first = new ArrayList<>();
        List<Input> second = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            first.add(one.next());
            second.add(other.next());
            assertThat(other.think(TransactionType.PAYMENT)).isPositive();
        }
        assertThat(first).isEqualTo(second);
        assertThat(inputs(9, 2).next()).isNotEqualTo(first.get(0));
    }

    @Test
    void thinkTimesHaveTheirMeanAndAreCut() {
        Inputs inputs = inputs(10, 1);
        double sum = 0;
        for (int i = 0; i < 200_000; i++) {
            double seconds = inputs.think(TransactionType.NEW_ORDER).toNanos() / 1e9;
            assertThat(seconds).isBetween(0.0, 120.0);
            sum += seconds;
        }
        assertThat(sum / 200_000).isCloseTo(12, within(0.1));
    }

    @Test
    void classesOfTerminalsHaveTheirShares() {
        List<PriorityClass> hundred = PriorityClass.assign(100, 1);
        assertThat(Collections.frequency(hundred, PriorityClass.HIGH)).isEqualTo(15);
        assertThat(Collections.frequency(hundred, PriorityClass.MEDIUM)).isEqualTo(35);
        assertThat(Collections.frequency(hundred, PriorityClass.LOW)).isEqualTo(50);
        for (int terminals = 1; terminals < 200; terminals++) {
            assertThat(PriorityClass.assign(terminals, 2)).hasSize(terminals);
        }
        assertThat(PriorityClass.assign(50, 3)).isEqualTo(PriorityClass.assign(50, 3));
    }

    private static Inputs inputs(long seed, int warehouses) {
        SplittableRandom random = new SplittableRandom(seed);
        NuRand nuRand = NuRand.draw(random);
        return new Inputs(random, Mix.TPC_C, nuRand, Population.FULL, warehouses, 1, 1);
    }
}
