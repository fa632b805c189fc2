package io.heliosjdbc.tpcc.load;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command that loads a database does it. Filled by the command line. */
public final class LoaderOptions {
    @Option(
            names = "--replace",
            description = "drop TPC-C tables that the database has already, an interrupted load's too")
    boolean replace;

    @Option(
            names = "--loaders",
            paramLabel = "N",
            description =
                    "connections that load side by side, 1 or more, at most one per warehouse and one for the items;"
                            + " default: the processors")
    @Nullable
    Integer loaders;

    /** Whether tables that are there already are dropped. */
    public boolean replace() {
        return replace;
    }

    /**
     * How many connections load.
     *
     * @throws IllegalArgumentException for less than one
     */
    public int loaders() {
        int count = loaders == null ? Runtime.getRuntime().availableProcessors() : loaders;
        if (count < 1) {
            throw new IllegalArgumentException("--loaders must be 1 or more");
        }
        return count;
    }
}
