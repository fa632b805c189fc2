package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.compare.Agenda.Due;
import io.heliosjdbc.tpcc.compare.Course.Phase;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import io.heliosjdbc.tpcc.promises.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgendasTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long ANSWER = SECOND / 100;
    private static final Course BURSTS =
            new Course(new Course.Bursts(4, Duration.ofSeconds(2)), 50, List.of(new Phase(Duration.ofSeconds(2), 20)));
    private static final Closed TERMINALS =
            new Closed(0.01, 100, List.of(new Closed.Phase(Duration.ofSeconds(2), 180)));

    private static Agendas agendas(long seed) {
        return new Agendas(
                seed,
                Duration.ofSeconds(1),
                NuRand.draw(new SplittableRandom(3)),
                Population.named("small"),
                2,
                AnalyticalQuestion.all());
    }

    private static Stream stream(Work work, Pace pace, Presence presence) {
        return stream(work, work == Work.TRANSACTIONS ? Mix.TPC_C : Mix.NONE, pace, presence);
    }

    private static Stream stream(Work work, Mix mix, Pace pace, Presence presence) {
        Terms terms = Terms.of(Duration.ZERO, null);
        return new Stream("stream", work, mix, pace, 3, 1, presence, Map.of(), List.of(terms));
    }

    /** What three workers do one after the other, each of whom has an answer a hundredth of a second after what he asks is due. */
    private static <T> List<Due<T>> first(int count, List<Agenda<T>> agendas) {
        List<Due<T>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Agenda<T> agenda = agendas.get(i % agendas.size());
            Due<T> due = agenda.next();
            all.add(due);
            if (due.at() < Long.MAX_VALUE) {
                agenda.answered(due, due.at() + ANSWER);
            }
        }
        return all;
    }

    private static List<? extends Due<?>> drawn(Stream stream, Agendas agendas) {
        return stream.work() == Work.TRANSACTIONS
                ? first(99, agendas.ofTransactions(stream))
                : first(99, agendas.ofQuestions(stream));
    }

    static List<Stream> streams() {
        return List.of(
                stream(Work.TRANSACTIONS, BURSTS, Presence.THROUGHOUT),
                stream(Work.TRANSACTIONS, TERMINALS, Presence.THROUGHOUT),
                stream(Work.QUESTIONS, BURSTS, Presence.THROUGHOUT),
                stream(Work.QUESTIONS, Closed.WITHOUT_PAUSE, Presence.THROUGHOUT));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void workAndInstantsFollowFromTheSeed(Stream stream) {
        List<? extends Due<?>> once = drawn(stream, agendas(5));
        assertThat(once).isEqualTo(drawn(stream, agendas(5)));
        assertThat(once).isNotEqualTo(drawn(stream, agendas(6)));
    }

    /** Or what was measured from a seed could not be measured again. */
    @Test
    void tpccsDeckIsDrawnAsItWasBeforeThereWereOthers() {
        assertThat(told(Mix.TPC_C, BURSTS))
                .isEqualTo("PPNPOPNNPPPPNPNPDNPNNNDNPNNPNPONSPPSPSNPOPNPPNPNNPNSSNPPNNPPPPNSDP"
                        + "NPPNNPNPNPNNNPNNPNNONPPPNNPDPNPPN 457503071");
        assertThat(told(Mix.TPC_C, TERMINALS))
                .isEqualTo("SNOPSNNPNPPNPNPPOPPNPPPNPPNPNPNONOPPNNPPNONNNNNNNNPPPNPPPPPPNNNNPD"
                        + "PNNNPNPPPNPDNNPNPNDPNNNPPNPNNNPNP 4930873006");
    }

    @Test
    void aMixOfItsOwnIsAllThatComes() {
        Mix mix = new Mix(Map.of(TransactionType.STOCK_LEVEL, 2, TransactionType.ORDER_STATUS, 1));
        assertThat(told(mix, TERMINALS))
                .as("each of three terminals has eleven decks of three cards")
                .matches("O*(?:SO*){66} [0-9]+");
        assertThat(told(mix, BURSTS)).matches("[SO]{99} 457503071");
    }

    /** The initials of what is due and the instant of the last one. */
    private static String told(Mix mix, Pace pace) {
        StringBuilder told = new StringBuilder();
        List<Due<Input>> drawn =
                first(99, agendas(5).ofTransactions(stream(Work.TRANSACTIONS, mix, pace, Presence.THROUGHOUT)));
        drawn.forEach(due -> told.append(due.work().type().label().charAt(0)));
        return told.append(' ').append(drawn.get(98).at()).toString();
    }

    @Test
    void pausesFollowFromTheSeedAndChangeNothingElse() {
        Stream stream = stream(Work.TRANSACTIONS, BURSTS, Presence.THROUGHOUT);
        Agendas agendas = agendas(5);
        long first = agendas.pauses().nextLong();
        assertThat(drawn(stream, agendas)).isEqualTo(drawn(stream, agendas(5)));
        assertThat(agendas.pauses().nextLong()).as("of each worker its own").isNotEqualTo(first);
        assertThat(agendas(5).pauses().nextLong()).isEqualTo(first);
        assertThat(agendas(6).pauses().nextLong()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void nothingIsDueWhileAStreamIsNotThere(Stream stream) {
        Presence presence = new Presence(2 * SECOND, 9 * SECOND / 4);
        List<? extends Due<?>> drawn = drawn(stream(stream.work(), stream.pace(), presence), agendas(5));
        assertThat(drawn).anySatisfy(due -> assertThat(due.at()).isLessThan(presence.until()));
        assertThat(drawn)
                .extracting(Due::at)
                .allMatch(at -> at == Long.MAX_VALUE || (at >= presence.from() && at < presence.until()));
        assertThat(drawn.get(98).at()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void questionsAtARateWaitForNobody() {
        Course course = new Course(new Course.Constant(), 10, List.of(new Phase(Duration.ofSeconds(1), 100)));
        List<Agenda<AnalyticalQuestion>> agendas =
                agendas(5).ofQuestions(stream(Work.QUESTIONS, course, Presence.THROUGHOUT));
        List<Due<AnalyticalQuestion>> due = new ArrayList<>();
        for (int i = 0; i < 44; i++) {
            due.add(agendas.get(i % 3).next());
        }
        assertThat(due).filteredOn(each -> each.at() < SECOND).hasSize(20);
        assertThat(due.get(43).at() - due.get(42).at()).isEqualTo(SECOND / 100);
        assertThat(due.subList(0, 22)).extracting(Due::work).doesNotHaveDuplicates();
        assertThat(due.subList(22, 44))
                .extracting(Due::work)
                .isEqualTo(due.subList(0, 22).stream().map(Due::work).toList());
    }

    @Test
    void anAskerAsksTheNextOneWhenTheLastOneWasAnswered() {
        Agenda<AnalyticalQuestion> asker = agendas(5)
                .ofQuestions(stream(Work.QUESTIONS, Closed.WITHOUT_PAUSE, Presence.THROUGHOUT))
                .get(0);
        Due<AnalyticalQuestion> first = asker.next();
        assertThat(first.at()).as("with the warm-up").isEqualTo(-SECOND);
        asker.answered(first, 7);
        assertThat(asker.next().at()).isEqualTo(7);
    }

    @Test
    void aTerminalKeysAndThinksBetweenAnAnswerAndTheNextTransaction() {
        Closed half = new Closed(0.5, 100, List.of());
        Agenda<Input> terminal = agendas(5)
                .ofTransactions(stream(Work.TRANSACTIONS, half, Presence.THROUGHOUT))
                .get(0);
        double thought = 0;
        double meanThought = 0;
        Due<Input> due = terminal.next();
        for (int i = 0; i < 10_000; i++) {
            long answered = due.at() + ANSWER;
            TransactionType before = due.work().type();
            terminal.answered(due, answered);
            due = terminal.next();
            long keying = due.work().type().keying().toNanos() / 2;
            assertThat(due.at() - answered).isGreaterThanOrEqualTo(keying);
            thought += due.at() - answered - keying;
            meanThought += before.meanThink().toNanos() / 2.0;
        }
        // Negative exponential: four standard deviations of the mean of so many.
        assertThat(thought / meanThought).isCloseTo(1, within(0.04));
    }

    @Test
    void terminalsHaveOneWarehouseAfterTheOther() {
        Agendas agendas = agendas(5);
        Stream three = stream(Work.TRANSACTIONS, TERMINALS, Presence.THROUGHOUT);
        List<Integer> homes = new ArrayList<>();
        for (int streams = 0; streams < 2; streams++) {
            agendas.ofTransactions(three).forEach(terminal -> homes.add(home(terminal)));
        }
        assertThat(homes).containsExactly(1, 2, 1, 2, 1, 2);
    }

    private static int home(Agenda<Input> terminal) {
        while (true) {
            if (terminal.next().work() instanceof Input.NewOrder order) {
                return order.warehouse();
            }
        }
    }
}
