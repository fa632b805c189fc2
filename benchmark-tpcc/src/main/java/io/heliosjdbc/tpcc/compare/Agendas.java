package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Draws what the workers of one stream after the other have to do, and when; all of it follows from the seed and from the streams drawn
 * before. Not thread-safe.
 */
final class Agendas {
    private final SplittableRandom random;
    /** Apart, so that what is drawn of one changes nothing of the other. */
    private final SplittableRandom pauses;

    private final long beginning;
    private final NuRand nuRand;
    private final Population population;
    private final int warehouses;
    private final List<AnalyticalQuestion> questions;
    private int terminals;

    /** @param warmup before the measurement begins; what is there from the beginning comes in it already */
    Agendas(
            long seed,
            Duration warmup,
            NuRand nuRand,
            Population population,
            int warehouses,
            List<AnalyticalQuestion> questions) {
        this.random = new SplittableRandom(seed);
        this.pauses = new SplittableRandom(~seed);
        this.beginning = -warmup.toNanos();
        this.nuRand = nuRand;
        this.population = population;
        this.warehouses = warehouses;
        this.questions = questions;
    }

    /** For each worker of a stream of transactions: all have one agenda, or each terminal its own. */
    List<Agenda<Input>> ofTransactions(Stream stream) {
        Presence presence = stream.presence().notBefore(beginning);
        if (stream.pace() instanceof Closed closed) {
            return each(stream, () -> new AtTerminal(terminal(stream.mix()), closed, presence));
        }
        Course course = (Course) stream.pace();
        return Collections.nCopies(
                stream.parallel(),
                Arrivals.ofTransactions(
                        random.split(), stream.mix(), course, presence, nuRand, population, warehouses));
    }

    /** For each worker of a stream of questions: all have one agenda, or each asker its own. */
    List<Agenda<AnalyticalQuestion>> ofQuestions(Stream stream) {
        Presence presence = stream.presence().notBefore(beginning);
        if (stream.pace() instanceof Closed) {
            return each(stream, () -> new WithoutPause(order(), presence));
        }
        Course course = (Course) stream.pace();
        return Collections.nCopies(
                stream.parallel(),
                new Arrivals<>(course.instants(random.split(), presence.from()), presence.until(), order()));
    }

    /** For how long the next worker waits before it tries again what collided. */
    SplittableRandom pauses() {
        return pauses.split();
    }

    private static <T> List<Agenda<T>> each(Stream stream, Supplier<Agenda<T>> one) {
        return java.util.stream.Stream.generate(one).limit(stream.parallel()).toList();
    }

    private Inputs terminal(Mix mix) {
        return Inputs.ofTerminal(terminals++, random.split(), mix, nuRand, population, warehouses);
    }

    private QuestionOrder order() {
        return new QuestionOrder(questions, random.nextLong());
    }
}
