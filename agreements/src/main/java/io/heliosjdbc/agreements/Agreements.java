package io.heliosjdbc.agreements;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The agreements that one workload manager keeps, with their user loads in the order of the files. Immutable. */
public final class Agreements {
    private final List<Agreement> all;
    private final Map<UserLoad, Place> places;

    Agreements(List<Agreement> all, Map<UserLoad, Place> places) {
        this.all = List.copyOf(all);
        this.places = Map.copyOf(places);
    }

    /**
     * The agreement that applies where none is given: user loads {@code high} (priorities critical and high),
     * {@code medium}, and {@code low} (low and background), one account each; 90 percent under 5 s, settled each month at
     * 1000, 200 and 40 USD per 10 points. The maximum is a single step: a violation costs the same however far it goes, as
     * in the customer mix of thesis 3.6. A request that names no priority has the medium one.
     */
    public static Agreements builtIn() {
        return BuiltIn.AGREEMENTS;
    }

    /**
     * A document to read.
     *
     * @param name the name by which faults call it
     * @param content read to its end, not closed
     */
    public record Source(String name, InputStream content) {}

    /**
     * Reads agreements from files. This is also how files are checked: they are in order if it returns. DTDs are refused,
     * and nothing but the files themselves is opened. An agreement that has expired is read like any other, and contradicts other
     * ones likewise; see {@link #inForce}.
     *
     * @param files may be empty; then there is no agreement, not the built-in one
     * @throws RefusedInputException with every fault of every file in the order given, then by line and column; what spans
     *     files (names given twice, penalties in different units) included
     */
    public static Agreements read(List<Path> files) throws RefusedInputException {
        AgreementReader reader = new AgreementReader(Instant.MIN);
        reader.files(files);
        return of(reader.result());
    }

    /** Reads agreements from open streams, which it does not close; otherwise like {@link #read}. */
    public static Agreements readFrom(List<Source> sources) throws RefusedInputException {
        return readFrom(sources, Instant.MIN);
    }

    /**
     * Likewise; but what has expired contradicts no other agreement, so that its successor may have the same loads and names.
     *
     * @param now the time of day; {@link #inForce} is to be asked for no earlier one
     */
    public static Agreements readFrom(List<Source> sources, Instant now) throws RefusedInputException {
        AgreementReader reader = new AgreementReader(now);
        sources.forEach(source -> reader.stream(source.name(), source.content()));
        return of(reader.result());
    }

    private static Agreements of(AgreementReader.Result result) {
        return new Agreements(result.agreements(), result.places());
    }

    /** Every agreement, in the order given. */
    public List<Agreement> all() {
        return all;
    }

    /** Those agreements that have not expired at an instant; one expires at the very instant of its expiration time. */
    public Agreements inForce(Instant now) {
        return new Agreements(
                all.stream().filter(agreement -> holds(agreement, now)).toList(), places);
    }

    private static boolean holds(Agreement agreement, Instant now) {
        return !Context.hasExpired(agreement.context().expirationTime(), now);
    }

    /** When the first of these agreements expires; null where all hold for ever. */
    public @Nullable Instant expires() {
        return all.stream()
                .map(agreement -> agreement.context().expirationTime())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
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

    /**
     * What these agreements say that nothing follows from, a sentence each: one JVM sees neither what the others send nor what they complete, so
     * that it can hold nobody to a rate.
     */
    public List<String> withoutEffect() {
        List<String> sentences = new ArrayList<>();
        for (UserLoad load : userLoads()) {
            Guarantee guarantee = load.guarantee();
            if (load.maxArrivalsPerSecond() != null) {
                sentences.add("The ArrivalRate of user load " + load.name() + " is accepted, but has no effect");
            }
            if (guarantee != null && guarantee.minTransactionsPerSecond() != null) {
                sentences.add(
                        "The ThroughputObjective of user load " + load.name() + " is accepted, but has no effect");
            }
        }
        return sentences;
    }

    /**
     * A fault that somebody else finds in a user load, such as a service class that is not configured, at the place of the
     * load's element in its file.
     *
     * @param load one of {@link #userLoads}
     * @param what what is wrong, a clause without a full stop
     * @param mend what to do about it, a clause without a full stop
     * @throws IllegalArgumentException if the load was not read with these agreements
     */
    public Fault fault(UserLoad load, String what, String mend) {
        Place place = places.get(load);
        if (place == null) {
            throw new IllegalArgumentException("not a user load of these agreements: " + load.name());
        }
        return place.fault(what, mend);
    }
}
