package io.heliosjdbc.driver.late;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of a prepared statement's parameters, kept until they are given to one of the vendor's. As thread-safe as its connection. */
final class Parameters {
    /** More than that a text has hardly: PostgreSQL counts them in sixteen bits. */
    static final int MOST = 65_535;

    private static final int FEW = 8;

    /** From the first parameter on, null where none is set. */
    private @Nullable Value[] values = new Value[FEW];

    private int highest;
    private int count;
    /** Parameters that can be read once, and are for the execution. */
    private Set<Integer> streams = Set.of();
    /** Those that an execution, or an entry of a batch, has had already. */
    private Set<Integer> spent = Set.of();

    /** One of the vendor's setters, and what it is given. */
    @FunctionalInterface
    interface Value {
        void on(PreparedStatement statement) throws SQLException;
    }

    /** @param index from 1 on */
    void set(int index, Value value) {
        if (index > values.length) {
            values = Arrays.copyOf(values, Math.max(index, 2 * values.length));
        }
        if (values[index - 1] == null) {
            count++;
        }
        values[index - 1] = value;
        highest = Math.max(highest, index);
        if (!streams.isEmpty()) {
            streams.remove(index);
            spent.remove(index);
        }
    }

    /** What was set last can be read once. */
    void isStream(int index) {
        if (streams.isEmpty()) {
            streams = new HashSet<>();
            spent = new HashSet<>();
        }
        streams.add(index);
    }

    void clear() {
        values = new Value[FEW];
        highest = 0;
        count = 0;
        streams = Set.of();
        spent = Set.of();
    }

    /** How many are set. */
    int count() {
        return count;
    }

    boolean hasStreams() {
        return !streams.isEmpty();
    }

    /** Those that an execution, or an entry of a batch, has read already. */
    Set<Integer> spent() {
        return spent;
    }

    /** Those that can be read once are read now. */
    void spend() {
        if (!streams.isEmpty()) {
            spent.addAll(streams);
        }
    }

    /** As they are now, whatever is set afterwards. */
    @Nullable
    Value[] copy() {
        return Arrays.copyOf(values, highest);
    }

    void giveTo(PreparedStatement statement) throws SQLException {
        give(values, highest, statement);
    }

    /** All but those that can be read once. */
    void giveLastingTo(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < highest; i++) {
            Value value = values[i];
            if (value != null && !streams.contains(i + 1)) {
                value.on(statement);
            }
        }
    }

    /** Gives a copy. */
    static void give(@Nullable Value[] copy, PreparedStatement statement) throws SQLException {
        give(copy, copy.length, statement);
    }

    private static void give(@Nullable Value[] values, int highest, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < highest; i++) {
            Value value = values[i];
            if (value != null) {
                value.on(statement);
            }
        }
    }
}
