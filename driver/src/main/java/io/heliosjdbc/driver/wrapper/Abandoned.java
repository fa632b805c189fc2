package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.driver.manager.Session;
import java.lang.ref.Cleaner;
import java.lang.ref.Cleaner.Cleanable;

/**
 * Closes the sessions of connections that applications drop without closing them, once the garbage collector has found out: their slots go
 * back, and nothing of them is kept. What becomes of the vendor's connection is the vendor's affair, as it is without Helios. Thread-safe.
 *
 * <p>The cleaner's thread ends when this class's loader is collected: it knows nothing of ours but the sessions of open connections.
 */
final class Abandoned {
    private static final Cleaner CLEANER = Cleaner.create();

    private Abandoned() {}

    /**
     * Sees to it that a session is closed, once: when that is asked for, or when nothing leads to its holder any more.
     *
     * @param holder what everybody holds who may still use the session; the session must not lead to it
     */
    static Cleanable closes(Object holder, Session session) {
        return CLEANER.register(holder, session::close);
    }
}
