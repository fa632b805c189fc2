package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** All questions in an order that follows from a seed, again and again. Not thread-safe. */
final class QuestionOrder implements Supplier<AnalyticalQuestion> {
    private final List<AnalyticalQuestion> order;
    private int next;

    QuestionOrder(List<AnalyticalQuestion> questions, long seed) {
        order = new ArrayList<>(questions);
        Collections.shuffle(order, new Random(seed));
    }

    @Override
    public AnalyticalQuestion get() {
        AnalyticalQuestion question = order.get(next);
        next = (next + 1) % order.size();
        return question;
    }
}
