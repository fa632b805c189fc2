package io.heliosjdbc.driver.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void findsTheNameWithTheFewestEdits() {
        assertThat(Nearest.to("max_concurency", List.of("route_match", "max_concurrency", "max_queue_depth")))
                .isEqualTo("max_concurrency");
    }

    @Test
    void findsNothingWhereEveryNameIsFar() {
        assertThat(Nearest.to("colour", List.of("enabled", "max_concurrency"))).isNull();
    }

    @Test
    void countsASwapOfNeighboursOnce() {
        assertThat(Nearest.edits("kafak", "kafka")).isEqualTo(1);
    }

    @Test
    void countsAsTheRecursiveDefinitionDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            String from = word(random);
            String to = word(random);
            assertThat(Nearest.edits(from, to)).as("%s, %s", from, to).isEqualTo(recursively(from, to));
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int recursively(String from, String to) {
        if (from.isEmpty() || to.isEmpty()) {
            return from.length() + to.length();
        }
        int i = from.length() - 1;
        int j = to.length() - 1;
        int edits = Math.min(recursively(from.substring(0, i), to) + 1, recursively(from, to.substring(0, j)) + 1);
        edits = Math.min(
                edits,
                recursively(from.substring(0, i), to.substring(0, j)) + (from.charAt(i) == to.charAt(j) ? 0 : 1));
        if (i > 0 && j > 0 && from.charAt(i) == to.charAt(j - 1) && from.charAt(i - 1) == to.charAt(j)) {
            edits = Math.min(edits, recursively(from.substring(0, i - 1), to.substring(0, j - 1)) + 1);
        }
        return edits;
    }
}
