package io.heliosjdbc.driver.accounts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to write so that a table's rows say something else, in the order of their numbers: rows that say it already stay as they are, and
 * what comes in between finds a number there. Not thread-safe while it is made.
 *
 * <p>Rows whose text stands in both, and only once in the table, are taken to be the same, from the first on. What stands between two of
 * them takes the place of what stood there, row by row. Accounts come last of their load's, so new rows follow what is before them closely,
 * and the next ones find room too. Where there is none left, all rows are written anew.
 */
final class RowChanges {
    private static final int ROOM = 1_000;

    /** One row. Immutable. */
    record Row(int number, String text) {}

    /** Numbers, both included. Immutable. */
    record Range(int first, int last) {
        static final Range ALL = new Range(1, Integer.MAX_VALUE);
    }

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> updated = new ArrayList<>();
    private final List<Row> inserted = new ArrayList<>();
    private final List<Range> deleted = new ArrayList<>();

    private RowChanges() {}

    /**
     * What makes rows say these texts.
     *
     * @param before by number
     */
    static RowChanges of(List<Row> before, List<String> texts) {
        RowChanges changes = new RowChanges();
        if (!changes.align(before, texts)) {
            changes = new RowChanges();
            changes.deleted.add(Range.ALL);
            boolean unused = changes.replace(List.of(), texts, Integer.MAX_VALUE);
        }
        return changes;
    }

    /** Whether there were numbers for all. */
    private boolean align(List<Row> before, List<String> texts) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            places.merge(before.get(i).text(), i, (one, other) -> -1);
        }
        int old = 0;
        int done = 0;
        for (int i = 0; i < texts.size(); i++) {
            int place = places.getOrDefault(texts.get(i), -1);
            if (place >= old) {
                Row same = before.get(place);
                if (!replace(before.subList(old, place), texts.subList(done, i), same.number())) {
                    return false;
                }
                rows.add(same);
                old = place + 1;
                done = i + 1;
            }
        }
        return replace(before.subList(old, before.size()), texts.subList(done, texts.size()), Integer.MAX_VALUE);
    }

    /** Puts texts in the place of rows; false where there are not numbers enough before the next. */
    private boolean replace(List<Row> before, List<String> texts, int next) {
        int common = Math.min(before.size(), texts.size());
        for (int i = 0; i < common; i++) {
            Row was = before.get(i);
            Row is = new Row(was.number(), texts.get(i));
            rows.add(is);
            if (!was.equals(is)) {
                updated.add(is);
            }
        }
        if (before.size() > common) {
            deleted.add(new Range(
                    before.get(common).number(), before.get(before.size() - 1).number()));
        }
        int last = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).number();
        int many = texts.size() - common;
        if (many > next - 1 - last) {
            return false;
        }
        int step = next == Integer.MAX_VALUE ? Math.min(ROOM, (next - 1 - last) / Math.max(1, many)) : 1;
        for (String text : texts.subList(common, texts.size())) {
            last += step;
            Row is = new Row(last, text);
            rows.add(is);
            inserted.add(is);
        }
        return true;
    }

    /** The rows that there are afterwards, by number. */
    List<Row> rows() {
        return rows;
    }

    /** Those that are there and say something else; to be written after {@link #deleted} are gone. */
    List<Row> updated() {
        return updated;
    }

    /** Those that are not there yet. */
    List<Row> inserted() {
        return inserted;
    }

    /** Numbers of rows that are to go. */
    List<Range> deleted() {
        return deleted;
    }
}
