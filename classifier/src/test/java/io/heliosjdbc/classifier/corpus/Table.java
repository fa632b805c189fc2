package io.heliosjdbc.classifier.corpus;

import io.heliosjdbc.classifier.corpus.Column.Kind;
import java.util.List;

/**
 * A table of the corpus.
 *
 * @param name its name, unquoted
 * @param size how it grows
 * @param columns its columns, in order
 */
record Table(String name, Size size, List<Column> columns) {
    /** How a table grows. */
    enum Size {
        SMALL,
        MIDDLE,
        ENDLESS
    }

    List<Column> primary() {
        return columns.stream().filter(Column::primary).toList();
    }

    List<Column> of(Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        return columns.stream().filter(column -> wanted.contains(column.kind())).toList();
    }

    boolean has(Kind... kinds) {
        return !of(kinds).isEmpty();
    }
}
