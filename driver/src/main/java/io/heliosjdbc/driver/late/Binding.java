package io.heliosjdbc.driver.late;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A logical connection's hold on a physical one, from the taking to the giving back. Guarded by its {@link Binder}'s lock. */
final class Binding {
    private final Physical physical;
    private final long since = System.nanoTime();

    /** How many threads are at work on it. */
    int busy;
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
    /** Whether rows may have been inserted through a result set, which nobody tells. */
    boolean mayHaveInserted;
    /** Whether somebody was refused the key of a change, for another's may be there. */
    boolean keysRefused;
    /** Whether the schema, the catalog or the holdability may have been set: statements are prepared with what is there then. */
    volatile boolean moved;
    /** Whether the physical connection is not to be used again. */
    boolean broken;

    /** Whether something pins of which nobody tells when nothing is left of it. */
    boolean pinnedForGood;
    /** Whether something was done after which nothing may be left of what pins. */
    boolean pinMayHaveEnded;

    final Holds holds = new Holds();

    /** Statements that have one of the physical connection's. */
    final List<LateStatement> attached = new ArrayList<>();

    /** Settings that a text has changed. */
    final Set<String> settings = new HashSet<>();
    /** Whether they have been read back. */
    boolean settingsKnown;

    Binding(Physical physical) {
        this.physical = physical;
    }

    Physical physical() {
        return physical;
    }

    long since() {
        return since;
    }

    /** Whether there may be a key in the session that is this connection's. */
    boolean mayHaveKeys() {
        return changed || mayHaveInserted;
    }
}
