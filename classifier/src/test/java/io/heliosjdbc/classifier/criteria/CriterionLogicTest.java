package io.heliosjdbc.classifier.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.Feature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random criteria against a second evaluation that knows neither the parser nor the tree: tables and reverse polish. */
class CriterionLogicTest {
    private static final List<Feature> FLAGS = List.of(
            Feature.SELECT_ONLY, Feature.WRITE_HEAVY, Feature.HAS_LIMIT, Feature.HAS_GROUP_BY, Feature.HAS_ORDER_BY);

    private static final Map<String, Integer> PRECEDENCE = Map.of("OR", 1, "AND", 2, "NOT", 3);

    /** Rows and columns: false, unknown, true. */
    private static final int[][] AND = {{0, 0, 0}, {0, 1, 1}, {0, 1, 2}};

    private static final int[][] OR = {{0, 1, 2}, {1, 1, 2}, {2, 2, 2}};

    @Test
    void randomCriteriaEvaluateLikeTheTablesOfKleenesLogic() throws CriterionSyntaxException {
        Random random = new Random(20_260_101);
        for (int round = 0; round < 20_000; round++) {
            List<String> words = new ArrayList<>();
            expression(random, words, 4);
            int[] truths = random.ints(FLAGS.size(), 0, 3).toArray();
            String text = String.join(" ", words);
            Truth evaluated = Criterion.parse(text).evaluate(feature -> value(truths, feature));
            assertThat(evaluated)
                    .as("%s with %s", text, Arrays.toString(truths))
                    .isEqualTo(reference(words, truths));
        }
    }

    private static @Nullable Object value(int[] truths, Feature feature) {
        int truth = truths[FLAGS.indexOf(feature)];
        return truth == 1 ? null : (Object) (truth == 2);
    }

    private static void expression(Random random, List<String> words, int depth) {
        int parts = 1 + random.nextInt(depth > 0 ? 4 : 1);
        for (int i = 0; i < parts; i++) {
            if (i > 0) {
                words.add(random.nextBoolean() ? "AND" : "OR");
            }
            for (int nots = random.nextInt(5) - 2; nots > 0; nots--) {
                words.add("NOT");
            }
            if (depth > 0 && random.nextInt(3) == 0) {
                words.add("(");
                expression(random, words, depth - 1);
                words.add(")");
            } else {
                String name = FLAGS.get(random.nextInt(FLAGS.size())).featureName();
                words.add(name + (random.nextBoolean() ? " = " : " != ") + random.nextBoolean());
            }
        }
    }

    /** Dijkstra's shunting yard over the words. */
    private static Truth reference(List<String> words, int[] truths) {
        Deque<String> operators = new ArrayDeque<>();
        Deque<Integer> results = new ArrayDeque<>();
        for (String word : words) {
            Integer precedence = PRECEDENCE.get(word);
            if (word.equals("(")) {
                operators.push(word);
            } else if (word.equals(")")) {
                while (!operators.getFirst().equals("(")) {
                    apply(operators.pop(), results);
                }
                operators.pop();
            } else if (precedence != null) {
                while (!word.equals("NOT")
                        && !operators.isEmpty()
                        && PRECEDENCE.getOrDefault(operators.getFirst(), 0) >= precedence) {
                    apply(operators.pop(), results);
                }
                operators.push(word);
            } else {
                results.push(leaf(word, truths));
            }
        }
        while (!operators.isEmpty()) {
            apply(operators.pop(), results);
        }
        return List.of(Truth.FALSE, Truth.UNKNOWN, Truth.TRUE).get(results.pop());
    }

    private static void apply(String operator, Deque<Integer> results) {
        int right = results.pop();
        if (operator.equals("NOT")) {
            results.push(2 - right);
            return;
        }
        int left = results.pop();
        results.push(operator.equals("AND") ? AND[left][right] : OR[left][right]);
    }

    private static int leaf(String word, int[] truths) {
        int index = 0;
        while (!word.startsWith(FLAGS.get(index).featureName())) {
            index++;
        }
        int truth = truths[index];
        boolean straight = word.contains(" = ") == word.endsWith("true");
        return straight ? truth : 2 - truth;
    }
}
