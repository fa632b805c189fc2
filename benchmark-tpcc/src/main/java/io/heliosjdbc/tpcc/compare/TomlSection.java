package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of a TOML file whose faults are told with file, line and column, as an {@link IllegalArgumentException} that says what to mend.
 * Immutable.
 *
 * @param file as people named it
 */
record TomlSection(String file, TomlTable table) {
    private static final int MOST = 10_000;
    /** A year: an instant of it in nanoseconds is far from what a number can hold. */
    static final Duration LONGEST = Duration.ofDays(365);

    void onlyKnown(Set<String> known) {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                throw fault(
                        key,
                        "nobody knows the key '" + key + "'; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    boolean has(String key) {
        return table.contains(List.of(key));
    }

    String text(String key) {
        if (table.get(List.of(key)) instanceof String text) {
            return text;
        }
        throw fault(key, "'" + key + "' must be there, as a text");
    }

    /** From 1 to 10000. */
    int whole(String key) {
        return whole(key, 1, MOST);
    }

    /** Within bounds, both inclusive. */
    int whole(String key, int least, int most) {
        if (table.get(List.of(key)) instanceof Long number && number >= least && number <= most) {
            return number.intValue();
        }
        throw fault(key, "'" + key + "' must be there, a whole number from " + least + " to " + most);
    }

    /** Any whole number, down to -2^63 and up to 2^63 - 1. */
    long anyWhole(String key) {
        if (table.get(List.of(key)) instanceof Long number) {
            return number;
        }
        throw fault(key, "'" + key + "' must be a whole number");
    }

    double number(String key, double least, double most) {
        if (table.get(List.of(key)) instanceof Number number
                && number.doubleValue() >= least
                && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        throw fault(
                key, String.format(Locale.ROOT, "'%s' must be there, a number from %.0f to %.0f", key, least, most));
    }

    Duration timeSpan(String key) {
        String text = text(key);
        try {
            Duration span = TimeSpan.parse(text);
            if (span.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("'" + text + "' is too long; write at most 8760h");
            }
            return span;
        } catch (IllegalArgumentException e) {
            throw fault(key, "'" + key + "': " + e.getMessage());
        }
    }

    /** A list of texts. */
    List<String> list(String key) {
        List<String> texts = new ArrayList<>();
        if (table.get(List.of(key)) instanceof TomlArray given) {
            given.toList().stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .forEach(texts::add);
            if (texts.size() == given.size()) {
                return texts;
            }
        }
        throw fault(key, "'" + key + "' must be a list of texts");
    }

    TomlSection section(String key) {
        if (table.get(List.of(key)) instanceof TomlTable found) {
            return new TomlSection(file, found);
        }
        throw fault(key, "'" + key + "' must be a table");
    }

    /**
     * The tables of a list; none where it is not there.
     *
     * @param example how one of them is written
     */
    List<TomlSection> sections(String key, String example) {
        List<TomlSection> sections = new ArrayList<>();
        if (!has(key)) {
            return sections;
        }
        if (!(table.get(List.of(key)) instanceof TomlArray declared)) {
            throw fault(key, "'" + key + "' must be a list, such as [" + example + "]");
        }
        for (int i = 0; i < declared.size(); i++) {
            if (!(declared.get(i) instanceof TomlTable each)) {
                throw fault(file, declared.inputPositionOf(i), "write it such as " + example);
            }
            sections.add(new TomlSection(file, each));
        }
        return sections;
    }

    void refuse(String key, String why) {
        if (has(key)) {
            throw fault(key, "'" + key + "' " + why);
        }
    }

    /** At the key; where it is missing, at the table's first key. */
    IllegalArgumentException fault(String key, String what) {
        return fault(file, has(key) ? table.inputPositionOf(List.of(key)) : first(), what);
    }

    private @Nullable TomlPosition first() {
        return table.keySet().stream()
                .map(key -> table.inputPositionOf(List.of(key)))
                .filter(Objects::nonNull)
                .min(Comparator.comparingInt(TomlPosition::line).thenComparingInt(TomlPosition::column))
                .orElse(null);
    }

    static IllegalArgumentException fault(String file, @Nullable TomlPosition position, @Nullable String what) {
        return new IllegalArgumentException(
                position == null
                        ? file + ": " + what
                        : String.format(Locale.ROOT, "%s:%d:%d: %s", file, position.line(), position.column(), what));
    }
}
