package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Stream.Work;
import io.heliosjdbc.tpcc.promises.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;

/**
 * A mixed load and what was promised for it, as a file says it: {@code scenario.toml} with an agreement and a configuration beside it.
 * Immutable.
 *
 * @param name of its file or folder
 * @param title one sentence
 * @param basis how long it takes, how large and from which seed, unless the command line says otherwise
 * @param ways how the load reaches the database, in the order in which they are measured
 * @param onePool the size of the one pool; null where it has a connection for everyone
 * @param transactionPool connections of the first of two pools
 * @param questionPool connections of the second of two pools
 * @param agreements where the agreement is that holds at the beginning, as Helios's key {@code agreements} takes it
 * @param amendments those that take its place, one after the other
 * @param configuration where the configuration is, as Helios's key {@code config} takes it
 * @param files the texts of its configuration and its agreements as they were when it was read, by the names that it gives them
 */
record Scenario(
        String name,
        String title,
        Basis basis,
        List<Stream> streams,
        List<Contender.Way> ways,
        @Nullable OnePool onePool,
        int transactionPool,
        int questionPool,
        String agreements,
        List<Amendment> amendments,
        String configuration,
        Map<String, String> files) {
    /** The scenarios that ship. */
    static final Set<String> SHIPPED =
            Set.of("mixed", "tight", "loose", "saas", "shop", "api-gateway", "thesis", "dynamic", "pool-inversion");

    private static final String RESOURCES = "io/heliosjdbc/tpcc/compare/";
    private static final String CLASSPATH = "classpath:";

    Scenario {
        streams = List.copyOf(streams);
        ways = List.copyOf(ways);
        amendments = List.copyOf(amendments);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /**
     * A scenario that ships, or one of a file.
     *
     * @throws IllegalArgumentException saying what to mend, with file, line and column
     */
    static Scenario read(String nameOrFile) throws IOException {
        if (SHIPPED.contains(nameOrFile)) {
            String folder = CLASSPATH + RESOURCES + nameOrFile + "/";
            try (InputStream in = open(folder + "scenario.toml")) {
                return new ScenarioReader(nameOrFile, nameOrFile + "/scenario.toml", folder).read(Toml.parse(in));
            }
        }
        Path file = Path.of(nameOrFile);
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "'" + nameOrFile + "' is a directory; name the scenario.toml in it, or one of " + shipped());
        }
        if (Files.exists(file) && !Files.isReadable(file)) {
            throw new IllegalArgumentException("cannot read '" + nameOrFile + "'; mend who may read it");
        }
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "there is no scenario '" + nameOrFile + "'; choose one of " + shipped() + ", or name a file");
        }
        Path folder = file.toAbsolutePath().getParent();
        return new ScenarioReader(file.getFileName() + "", nameOrFile, folder + "/").read(Toml.parse(file));
    }

    private static String shipped() {
        return String.join(", ", SHIPPED.stream().sorted().toList());
    }

    /** Opens what is beside a scenario: a file, or a resource after {@code classpath:}. */
    static InputStream open(String where) throws IOException {
        if (!where.startsWith(CLASSPATH)) {
            return Files.newInputStream(Path.of(where));
        }
        InputStream in = Scenario.class.getClassLoader().getResourceAsStream(where.substring(CLASSPATH.length()));
        if (in == null) {
            throw new IllegalStateException("there is no " + where);
        }
        return in;
    }

    List<Stream> transactions() {
        return streams.stream()
                .filter(stream -> stream.work() == Work.TRANSACTIONS)
                .toList();
    }

    List<Stream> questions() {
        return streams.stream()
                .filter(stream -> stream.work() == Work.QUESTIONS)
                .toList();
    }

    /** As many connections as the streams can use at once, and one to look with. */
    int parallel() {
        return streams.stream().mapToInt(Stream::connections).sum() + 1;
    }

    /** The connections of the one pool, where each is one of the database's. */
    int physicalConnections() {
        return onePool == null ? parallel() : onePool.physical();
    }

    /** The connections of the one pool, where they are bound late. */
    int logicalConnections() {
        return onePool == null ? parallel() : onePool.logical();
    }

    /** As many connections as one of its ways has at most, and one to look with. */
    int mostConnections() {
        return 1 + ways.stream().mapToInt(this::connections).max().orElse(0);
    }

    /** Those to the database, of which connections that are bound late share some. */
    private int connections(Contender.Way way) {
        return switch (way) {
            case OLTP_ALONE, STRAIGHT, HELIOS -> physicalConnections();
            case TWO_POOLS -> transactionPool + questionPool;
            case HELIOS_LATE -> logicalConnections();
        };
    }

    /** What changes in the load and in what is promised, in the order of time. */
    List<Event> timeline() {
        List<Event> events = new ArrayList<>();
        for (Stream stream : streams) {
            Presence presence = stream.presence();
            if (presence.begins()) {
                events.add(new Event(Duration.ofNanos(presence.from()), stream.name() + " begin: " + stream.amount()));
            }
            if (presence.ends()) {
                events.add(new Event(Duration.ofNanos(presence.until()), stream.name() + " end"));
            }
            for (Event change : stream.pace().changes(stream.work())) {
                events.add(new Event(change.at(), stream.name() + ": " + change.what()));
            }
            for (int i = 1; i < stream.terms().size(); i++) {
                Terms next = stream.terms().get(i);
                events.add(new Event(
                        next.from(),
                        stream.name() + " are promised " + next.text() + ", no longer "
                                + stream.terms().get(i - 1).text()));
            }
        }
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    /**
     * With another number of askers; 0 leaves no questions.
     *
     * @throws IllegalArgumentException where it is not one stream that asks
     */
    Scenario withAskers(int askers) {
        if (askers == 0) {
            return with(basis, transactions(), ways, transactionPool, questionPool, amendments);
        }
        if (questions().size() != 1) {
            throw new IllegalArgumentException(
                    questions().isEmpty()
                            ? name + " has no stream of questions, and so no askers"
                            : name + " has more than one stream of questions, "
                                    + String.join(
                                            ", ",
                                            questions().stream()
                                                    .map(Stream::name)
                                                    .toList())
                                    + "; how many ask in which one can be said in a scenario file");
        }
        Stream asking = questions().get(0);
        if (asking.pace() instanceof Course) {
            throw new IllegalArgumentException(
                    asking.name() + " of " + name
                            + " are questions that come at a rate, and of nobody who asks; more or fewer of them are said by per_second in a scenario file");
        }
        List<Stream> changed = streams.stream()
                .map(stream -> stream.work() == Work.QUESTIONS ? stream.parallel(askers) : stream)
                .toList();
        return with(basis, changed, ways, transactionPool, questionPool, amendments);
    }

    /**
     * With another rate of transactions in all, shared as before.
     *
     * @throws IllegalArgumentException where none come at a rate, or that is too many
     */
    Scenario withRate(double perSecond) {
        double sum = transactions().stream().mapToDouble(Stream::perSecond).sum();
        if (sum == 0) {
            throw new IllegalArgumentException(
                    name + " has no transactions that come at a rate; terminals are as many as it says");
        }
        List<Stream> changed =
                streams.stream().map(stream -> stream.times(perSecond / sum)).toList();
        return with(basis, changed, ways, transactionPool, questionPool, amendments);
    }

    /** With other sizes of the two pools. */
    Scenario withPools(int forTransactions, int forQuestions) {
        return with(basis, streams, ways, forTransactions, forQuestions, amendments);
    }

    /** The same ways and streams, each stream without a pause and from the beginning, and with nothing that changes on the way. */
    Scenario atFullSpeed() {
        List<Stream> busy = streams.stream().map(Stream::atFullSpeed).toList();
        return with(basis, busy, ways, transactionPool, questionPool, List.of());
    }

    /** With other ways to the database, or in another order. */
    Scenario withWays(List<Contender.Way> others) {
        return with(basis, streams, others, transactionPool, questionPool, amendments);
    }

    /** On another basis. */
    Scenario withBasis(Basis other) {
        return with(other, streams, ways, transactionPool, questionPool, amendments);
    }

    private Scenario with(
            Basis itsBasis,
            List<Stream> itsStreams,
            List<Contender.Way> itsWays,
            int forTransactions,
            int forQuestions,
            List<Amendment> itsAmendments) {
        return new Scenario(
                name,
                title,
                itsBasis,
                itsStreams,
                itsWays,
                onePool,
                forTransactions,
                forQuestions,
                agreements,
                itsAmendments,
                configuration,
                files);
    }

    /** For people: what is promised to its streams, and nobody is held to here. */
    List<String> notMeasured() {
        return streams.stream()
                .filter(stream -> !stream.notMeasured().isEmpty())
                .map(stream -> stream.name() + " are promised " + String.join(" and ", stream.notMeasured())
                        + ", which is not measured: a promise is a PercentileObjective here"
                        + (stream.terms().stream().anyMatch(Terms::promisesAnything)
                                ? ""
                                : ", and without one they count as promised nothing"))
                .toList();
    }

    Properties heliosProperties() {
        Properties properties = new Properties();
        properties.setProperty("helios.config", configuration);
        properties.setProperty("helios.agreements", agreements);
        return properties;
    }
}
