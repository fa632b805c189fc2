package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Settlement;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Where one workload manager's accounts are written down, taken into possession by its one owner. Not thread-safe. Its {@code
 * toString} names it for people.
 */
interface AccountStore extends AutoCloseable {
    /**
     * The books that are written down; none where nothing was written as yet.
     *
     * @throws RefusedInputException if they cannot be read, are damaged, or of a later version
     */
    List<LoadState> read() throws RefusedInputException;

    /** Those settlements that are not written down yet: an owner may have ended when he had not written the books any more. */
    List<Settlement> missing(List<Settlement> settlements) throws IOException;

    /**
     * Writes down what is owed, and puts books in the place of those that are there; when it returns both last.
     *
     * @param settlements those that were written down are taken out of it, even where the books then cannot be
     * @param now the time of day
     */
    void write(List<Settlement> settlements, List<LoadState> books, Instant now) throws IOException;

    /** How often {@link #beat} is wanted where nothing is written, nanoseconds; {@link Long#MAX_VALUE} for never. */
    default long beatNanos() {
        return Long.MAX_VALUE;
    }

    /** Tells others that the owner is still there, where nothing else does. */
    default void beat() throws IOException {}

    /** Gives it up. */
    @Override
    void close();
}
