package io.heliosjdbc.driver.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.accounts.RowChanges.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowChangesTest {
    /** A table does what it says, whatever the rows were numbered by. */
    @Test
    void whateverTheRowsSaidTheySayTheTextsAfterwards() {
        SplittableRandom random = new SplittableRandom(17);
        for (int round = 0; round < 300; round++) {
            boolean close = random.nextBoolean();
            NavigableMap<Integer, String> table = new TreeMap<>();
            List<String> texts = new ArrayList<>();
            List<Row> rows = List.of();
            for (int step = 0; step < 20; step++) {
                change(texts, random);
                if (close) {
                    // As they were numbered once.
                    table = numbered(table);
                    rows = rows(table);
                }
                RowChanges changes = RowChanges.of(rows, texts);
                apply(changes, table);
                rows = changes.rows();
                assertThat(table.values()).containsExactlyElementsOf(texts);
                assertThat(rows).isEqualTo(rows(table));
            }
        }
    }

    private static void change(List<String> texts, SplittableRandom random) {
        for (int i = random.nextInt(6); i > 0; i--) {
            int place = random.nextInt(texts.size() + 1);
            switch (random.nextInt(4)) {
                case 0 ->
                    texts.subList(place, Math.min(texts.size(), place + 2)).clear();
                case 1 -> texts.subList(place, texts.size()).replaceAll(each -> each + "x");
                default -> texts.add(place, "text " + random.nextInt(30));
            }
        }
    }

    private static void apply(RowChanges changes, NavigableMap<Integer, String> table) {
        changes.deleted()
                .forEach(each ->
                        table.subMap(each.first(), true, each.last(), true).clear());
        changes.updated()
                .forEach(each -> assertThat(table.replace(each.number(), each.text()))
                        .isNotNull()
                        .isNotEqualTo(each.text()));
        changes.inserted()
                .forEach(each ->
                        assertThat(table.put(each.number(), each.text())).isNull());
    }

    private static List<Row> rows(NavigableMap<Integer, String> table) {
        return table.entrySet().stream()
                .map(each -> new Row(each.getKey(), each.getValue()))
                .toList();
    }

    private static NavigableMap<Integer, String> numbered(NavigableMap<Integer, String> table) {
        NavigableMap<Integer, String> close = new TreeMap<>();
        table.values().forEach(each -> close.put(close.size() + 1, each));
        return close;
    }

    @Test
    void rowsThatHaveNoRoomAreNumberedAnewOnce() {
        List<String> texts = new ArrayList<>(List.of("load", "a", "b", "end"));
        List<Row> rows = List.of(new Row(1, "load"), new Row(2, "a"), new Row(3, "b"), new Row(4, "end"));
        texts.add(2, "new");
        RowChanges anew = RowChanges.of(rows, texts);
        assertThat(anew.deleted()).containsExactly(RowChanges.Range.ALL);
        assertThat(anew.inserted()).hasSize(5);
        texts.add(3, "newer");
        RowChanges next = RowChanges.of(anew.rows(), texts);
        assertThat(next.deleted()).isEmpty();
        assertThat(next.updated()).isEmpty();
        assertThat(next.inserted()).extracting(Row::text).containsExactly("newer");
    }
}
