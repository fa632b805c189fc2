package io.heliosjdbc.driver.late;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A logical connection's hold on a physical one, from the taking to the giving back. Guarded by the {@code state} of its {@link Binder}. */
final class Binding {
    private final Physical physical;
    /** How many threads are at work on it. */
    private int busy;
    /** Whether a commit or rollback has ended everything, and nobody has entered since: then autocommit may stay off. */
    boolean ended;
    /** How many cancels and aborts are on their way to it: it is given back to nobody before they have arrived. */
    int cancels;
    /** Whether it is being given back, or asked what is left in its session: nobody works on it. */
    boolean releasing;
    /** Whether something ran that may have opened a transaction. */
    boolean worked;
    /** Whether something has run that may have ended a transaction, or opened none; else there is one outside autocommit. */
    boolean mayBeIdle;
    /** Whether something was executed. */
    boolean ran;
    /** Whether something was queried. */
    boolean queried;
    /** Whether something was changed. */
    boolean changed;
    /** Whether the database has had a change of rows, if only to refuse it: what it says of its last statements is said of this connection's. */
    boolean changeArrived;
    /** Whether rows may have been inserted through a result set, which nobody tells. */
    boolean mayHaveInserted;
    /** Whether somebody was refused the key of a change, for another's may be there. */
    boolean keysRefused;
    /** Whether the schema, the catalog or the holdability may have been set: statements are prepared with what is there then. */
    volatile boolean moved;
    /** Whether statements may be prepared in a search path that PostgreSQL's driver takes for another one. */
    boolean pathUnseen;
    /** Whether statements may be prepared, and plans of functions made, that read literals otherwise than others do. */
    boolean readsOtherwise;
    /** Whether statements may be prepared for tables of the session's own that are gone when it is given back. */
    boolean hadTemporaries;
    /** Whether the physical connection is not to be used again. */
    boolean broken;
    /** Whether the logical connection has it no more. */
    boolean over;

    /** That it stays beyond its transactions, and why; null where it does not. */
    private Pins.@Nullable Pin pin;
    /** Whether something pins of which nobody tells when nothing is left of it. */
    boolean pinnedForGood;
    /** Whether something was done after which nothing may be left of what pins. */
    boolean pinMayHaveEnded;

    final Holds holds = new Holds();

    /** Statements that have one of the physical connection's. */
    final List<LateStatement> attached = new ArrayList<>();

    /** Settings that a text has changed. */
    final Set<String> settings = new HashSet<>();
    /** Why the physical connection is to stay, though it might have gone: that was found in the giving back; null where it was not. */
    @Nullable
    String staysFor;
    /** Whether they have been read back. */
    boolean settingsKnown;

    Binding(Physical physical) {
        this.physical = physical;
    }

    Physical physical() {
        return physical;
    }

    long since() {
        return physical.takenAt();
    }

    /** One thread more is at work. */
    void enter() {
        busy++;
        ended = false;
    }

    /** One less. */
    void leave() {
        busy--;
    }

    int busy() {
        return busy;
    }

    /** Whether it is there, and nobody works on it, nor is any cancel on its way to it. */
    boolean isIdle() {
        return busy == 0 && cancels == 0 && !releasing && !over;
    }

    /**
     * The physical connection stays.
     *
     * @param visible whether the server tells when nothing is left of the reason
     */
    void pin(Pins pins, String reason, boolean visible) {
        if (over) {
            return;
        }
        pinnedForGood |= !visible;
        if (pin == null) {
            pin = pins.begin(reason);
            // It may have failed, or last to the end of its transaction.
            pinMayHaveEnded = true;
        }
    }

    boolean isPinned() {
        return pin != null;
    }

    /** Why it is pinned, or null where it is not. */
    @Nullable
    String pinnedBy() {
        return pin == null ? null : pin.reason();
    }

    /** It need not stay any more, if it had to. */
    void unpin() {
        if (pin != null) {
            pin.end();
            pin = null;
        }
    }

    /** Whether there may be a key in the session that is this connection's. */
    boolean mayHaveKeys() {
        return changed || mayHaveInserted;
    }
}
