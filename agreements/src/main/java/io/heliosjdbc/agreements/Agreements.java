package io.heliosjdbc.agreements;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agreements that one workload manager keeps, with their user loads in the order of the files. Immutable. */
public final class Agreements {
    private final List<Agreement> all;

    private Agreements(List<Agreement> all) {
        this.all = List.copyOf(all);
    }

    /**
     * The agreement that applies where none is given: user loads {@code high}, {@code medium} and {@code low} by priority,
     * each 90 percent under 5 s at 1000, 200 and 40 USD per 10 points.
     */
    public static Agreements builtIn() {
        throw new UnsupportedOperationException();
    }

    /** A document to read. */
    public record Source(String name, InputStream content) {}

    /**
     * Reads agreements from files.
     *
     * @throws RefusedInputException with every fault of every file, duplicate names across files included
     */
    public static Agreements read(List<Path> files) throws RefusedInputException {
        throw new UnsupportedOperationException();
    }

    /** Reads agreements from open streams, which it does not close; otherwise like {@link #read}. */
    public static Agreements readFrom(List<Source> sources) throws RefusedInputException {
        throw new UnsupportedOperationException();
    }

    /** Every agreement, in the order given. */
    public List<Agreement> all() {
        return all;
    }

    /** Every user load of every agreement, in the order given. */
    public List<UserLoad> userLoads() {
        return all.stream().flatMap(agreement -> agreement.userLoads().stream()).toList();
    }

    /** The user load of that name, or null. */
    public @Nullable UserLoad userLoad(String name) {
        return userLoads().stream()
                .filter(load -> load.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** A fault at the place where a user load of these agreements is declared. */
    public Fault fault(UserLoad load, String what, String mend) {
        throw new UnsupportedOperationException();
    }
}
