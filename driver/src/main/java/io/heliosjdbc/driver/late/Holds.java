package io.heliosjdbc.driver.late;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a physical connection although nobody works on it: result sets that are read, keys that are waited for. A few at most as a
 * rule, and the last one is the first to go: that is faster in a list than by hash, which the virtual machine makes one by one. Guarded by
 * its {@link Binder}'s lock.
 */
@SuppressWarnings("ReferenceEquality")
final class Holds {
    /** What is held where the last key is to be read yet. */
    static final Object LAST_KEY = new Object();

    private final List<Hold> all = new ArrayList<>(4);

    /**
     * Something that is not read to its end.
     *
     * @param what a result set, or a statement whose keys are waited for, or {@link #LAST_KEY}, or the {@link Locator} of a value that was made
     * @param statement whose it is, or null for the metadata's
     * @param forward whether nothing more can be read from it once it was read to its end
     */
    record Hold(Object what, @Nullable LateStatement statement, boolean forward) {
        /** Whether nobody needs it any more once it was read to its end; where its statement closes with it, it is closed first. */
        boolean endsWithLastRow() {
            return forward && (statement == null || !statement.closesOnCompletion());
        }
    }

    /** In place of what was said of the same before. */
    void put(Hold hold) {
        int known = indexOf(hold.what());
        if (known < 0) {
            all.add(hold);
        } else {
            all.set(known, hold);
        }
    }

    @Nullable
    Hold get(Object what) {
        int known = indexOf(what);
        return known < 0 ? null : all.get(known);
    }

    void remove(Object what) {
        int known = indexOf(what);
        if (known >= 0) {
            all.remove(known);
        }
    }

    void removeThoseOf(LateStatement statement) {
        if (!all.isEmpty()) {
            all.removeIf(hold -> hold.statement() == statement);
        }
    }

    /** Values that were made. */
    void removeMade() {
        if (!all.isEmpty()) {
            all.removeIf(hold -> hold.what() instanceof Locator);
        }
    }

    /** What it is that holds, for the administrator. */
    String inWords() {
        if (get(LAST_KEY) != null) {
            return "its last key";
        }
        return !all.isEmpty() && all.stream().allMatch(hold -> hold.what() instanceof Locator)
                ? "a large object"
                : "an open result set";
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Everything that was held, which is not any more. */
    List<Hold> takeAll() {
        if (all.isEmpty()) {
            return List.of();
        }
        List<Hold> taken = new ArrayList<>(all);
        all.clear();
        return taken;
    }

    private int indexOf(Object what) {
        int at = all.size() - 1;
        while (at >= 0 && all.get(at).what() != what) {
            at--;
        }
        return at;
    }
}
