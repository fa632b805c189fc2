package io.heliosjdbc.driver.engines;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between engines in the tables that the questions use. Immutable.
 *
 * @param key the type of a key that the engine generates, without its name
 * @param bytes the type of a short string of bytes
 * @param text the type of a long text
 * @param blob the type of a large object
 * @param before statements to run before the tables are made; they may fail
 * @param after statements that make what is called
 * @param calls texts for {@code prepareCall}, with one number to be given; the first parameter is an out parameter where the
 *     text has two
 * @param slow a query that takes some seconds at least
 * @param running a query that has a row while the server executes the slow one; null where the engine runs in this JVM, and a
 *     cancel reaches it or not before it returns
 */
record Dialect(
        String key,
        String bytes,
        String text,
        String blob,
        List<String> before,
        List<String> after,
        List<String> calls,
        String slow,
        @Nullable String running) {

    /** Of an engine that runs in this JVM. */
    Dialect(
            String key,
            String bytes,
            String text,
            String blob,
            List<String> before,
            List<String> after,
            List<String> calls,
            String slow) {
        this(key, bytes, text, blob, before, after, calls, slow, null);
    }
}
