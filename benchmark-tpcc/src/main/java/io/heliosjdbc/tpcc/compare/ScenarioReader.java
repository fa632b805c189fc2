package io.heliosjdbc.tpcc.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Match;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import io.heliosjdbc.tpcc.promises.Expiry;
import io.heliosjdbc.tpcc.promises.Terms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** Reads {@code scenario.toml} and the agreements that it names. One use only; not thread-safe. */
final class ScenarioReader {
    private static final Set<String> KEYS = Set.of(
            "title",
            "duration",
            "warmup",
            "seed",
            "population",
            "warehouses",
            "isolation",
            "agreement",
            "amendment",
            "configuration",
            "ways",
            "one_pool",
            "two_pools",
            "stream");
    private static final Set<String> STREAM_KEYS = Set.of(
            "name",
            "work",
            "mix",
            "arrivals",
            "per_second",
            "burst_factor",
            "burst_period",
            "scale",
            "percent",
            "phases",
            "parallel",
            "delivery_workers",
            "starts",
            "stops",
            "declares");
    private static final Map<String, TransactionType> TYPES = Arrays.stream(TransactionType.values())
            .collect(Collectors.toMap(TransactionType::label, Function.identity()));
    private static final Set<String> OPEN_KEYS = Set.of("per_second", "burst_factor", "burst_period");
    private static final Set<String> TERMINAL_KEYS = Set.of("scale", "percent");
    private static final Set<String> AMENDMENT_KEYS = Set.of("from", "agreement");
    private static final Set<String> POOL_KEYS = Set.of("transactions", "questions");
    private static final Set<String> ONE_POOL_KEYS = Set.of("physical", "logical");
    private static final double LARGEST_BURST = 1_000;
    private static final double LARGEST_SCALE = 1_000;
    private static final double LEAST_PERCENT = 1;
    private static final double MOST_PERCENT = 10_000;
    /** The user load of whatever belongs to no other one. */
    private static final String FALLBACK = "default";

    private static final TomlPosition TOP = TomlPosition.positionAt(1, 1);

    /**
     * What was agreed from an instant on.
     *
     * @param file as people are told of it
     */
    private record Agreed(Duration from, String file, Agreements agreements) {}

    private final String name;
    private final String file;
    private final String folder;
    private final List<Agreed> agreed = new ArrayList<>();
    private final List<Amendment> amendments = new ArrayList<>();
    private final Map<String, String> files = new LinkedHashMap<>();

    /**
     * For one file.
     *
     * @param name of the scenario
     * @param file as faults name it
     * @param folder before the names of the files beside it, as Helios's keys take it
     */
    ScenarioReader(String name, String file, String folder) {
        this.name = name;
        this.file = file;
        this.folder = folder;
    }

    /** @throws IllegalArgumentException saying what to mend, with file, line and column */
    Scenario read(TomlParseResult toml) throws IOException {
        if (toml.hasErrors()) {
            var error = toml.errors().get(0);
            throw TomlSection.fault(file, error.position(), error.getMessage());
        }
        TomlSection scenario = new TomlSection(file, toml);
        scenario.onlyKnown(KEYS);
        agreed.add(new Agreed(Duration.ZERO, scenario.text("agreement"), agreements(scenario)));
        amendments(scenario);
        text(scenario, "configuration");
        List<TomlSection> declared = scenario.sections("stream", "{ name = \"pages\", ... }");
        if (declared.isEmpty()) {
            throw TomlSection.fault(file, TOP, "there is no [[stream]]; say what the load is made of");
        }
        List<Stream> streams = new ArrayList<>();
        for (TomlSection each : declared) {
            Stream next = stream(each);
            if (streams.stream().anyMatch(before -> before.name().equals(next.name()))) {
                throw each.fault(
                        "name", "there is a stream '" + next.name() + "' already; give each a name of its own");
            }
            streams.add(next);
        }
        requireThatNamesMeet(declared, streams);
        requireOneUnit(scenario, streams);
        if (!scenario.has("two_pools")) {
            throw TomlSection.fault(file, TOP, "[two_pools] is missing; say how large people would make them");
        }
        TomlSection pools = scenario.section("two_pools");
        pools.onlyKnown(POOL_KEYS);
        return new Scenario(
                name,
                scenario.text("title"),
                basis(scenario),
                streams,
                ways(scenario),
                scenario.has("one_pool") ? onePool(scenario.section("one_pool")) : null,
                pools.whole("transactions"),
                pools.whole("questions"),
                agreementsName(scenario),
                amendments,
                folder + scenario.text("configuration"),
                files);
    }

    /**
     * A stream need not be promised anything, and an agreement may have other user loads. Where it has one that no stream is called after, and
     * a stream has none, it is a slip of the pen that would have the stream promised nothing.
     */
    private void requireThatNamesMeet(List<TomlSection> declared, List<Stream> streams) {
        Set<String> left = new TreeSet<>();
        for (Agreed each : agreed) {
            each.agreements().userLoads().forEach(load -> left.add(load.name()));
        }
        Set<String> loads = Set.copyOf(left);
        streams.forEach(stream -> left.remove(stream.name()));
        for (int i = 0; i < streams.size() && !left.isEmpty(); i++) {
            String stream = streams.get(i).name();
            if (!loads.contains(stream)) {
                throw declared.get(i)
                        .fault(
                                "name",
                                "there is no user load '" + stream + "' in the agreement, and no stream for its "
                                        + String.join(", ", left) + "; give a stream and its user load the same name");
            }
        }
    }

    private static void requireOneUnit(TomlSection scenario, List<Stream> streams) {
        List<String> units = streams.stream()
                .flatMap(stream -> stream.terms().stream())
                .flatMap(terms -> java.util.stream.Stream.ofNullable(terms.penalty()))
                .map(Penalty::valueUnit)
                .distinct()
                .sorted()
                .toList();
        if (units.size() > 1) {
            throw scenario.fault(
                    "agreement",
                    "penalties are in " + String.join(" and ", units)
                            + ", and cannot be added up; give all one valueUnit");
        }
    }

    private static Basis basis(TomlSection scenario) {
        Basis usual = Basis.USUAL;
        return new Basis(
                scenario.has("duration") ? duration(scenario) : usual.duration(),
                scenario.has("warmup") ? scenario.timeSpan("warmup") : usual.warmup(),
                scenario.has("seed") ? scenario.anyWhole("seed") : usual.seed(),
                scenario.has("population") ? population(scenario) : usual.population(),
                scenario.has("warehouses") ? scenario.whole("warehouses") : usual.warehouses(),
                scenario.has("isolation") ? isolation(scenario) : usual.isolation());
    }

    private static Duration duration(TomlSection scenario) {
        Duration duration = scenario.timeSpan("duration");
        if (duration.compareTo(Basis.SHORTEST) < 0) {
            throw scenario.fault("duration", "'duration' must be one second or more");
        }
        return duration;
    }

    private static Population population(TomlSection scenario) {
        try {
            return Population.named(scenario.text("population"));
        } catch (IllegalArgumentException e) {
            throw scenario.fault("population", String.valueOf(e.getMessage()));
        }
    }

    private static Isolation isolation(TomlSection scenario) {
        String word = scenario.text("isolation");
        try {
            return Isolation.named(word);
        } catch (IllegalArgumentException e) {
            throw scenario.fault("isolation", "'isolation' " + e.getMessage());
        }
    }

    private static List<Way> ways(TomlSection scenario) {
        if (!scenario.has("ways")) {
            return Way.USUAL;
        }
        List<String> keys = scenario.list("ways");
        try {
            return Way.named(keys);
        } catch (IllegalArgumentException e) {
            throw scenario.fault("ways", "'ways' " + e.getMessage());
        }
    }

    private static OnePool onePool(TomlSection pool) {
        pool.onlyKnown(ONE_POOL_KEYS);
        return new OnePool(pool.whole("physical"), pool.whole("logical"));
    }

    private void amendments(TomlSection scenario) throws IOException {
        for (TomlSection each : scenario.sections("amendment", "{ from = \"10s\", agreement = \"night.xml\" }")) {
            each.onlyKnown(AMENDMENT_KEYS);
            Duration from = each.timeSpan("from");
            if (from.compareTo(agreed.get(agreed.size() - 1).from()) <= 0) {
                throw each.fault("from", "'from' must be later than that of the agreement before, and above zero");
            }
            agreed.add(new Agreed(from, each.text("agreement"), agreements(each)));
            amendments.add(new Amendment(from, agreementsName(each)));
        }
    }

    private String agreementsName(TomlSection section) {
        return folder + section.text("agreement");
    }

    private Agreements agreements(TomlSection section) throws IOException {
        String where = agreementsName(section);
        try (InputStream in =
                new ByteArrayInputStream(text(section, "agreement").getBytes(UTF_8))) {
            Agreements read = Agreements.readFrom(List.of(new Agreements.Source(where, in)));
            refuseExpired(section, where, read);
            return read;
        } catch (RefusedInputException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void refuseExpired(TomlSection section, String where, Agreements read) {
        try {
            Expiry.refuse(where, read);
        } catch (IllegalArgumentException e) {
            throw section.fault("agreement", String.valueOf(e.getMessage()));
        }
    }

    /** Of a file that a key names; it is what the report has of it, too, whatever becomes of the file meanwhile, but for passwords. */
    private String text(TomlSection section, String key) throws IOException {
        String where = folder + section.text(key);
        try (InputStream in = Scenario.open(where)) {
            String text = new String(in.readAllBytes(), UTF_8);
            files.put(section.text(key), Redaction.of(text));
            return text;
        } catch (NoSuchFileException e) {
            throw section.fault(key, "there is no file '" + where + "'");
        } catch (IOException | InvalidPathException e) {
            throw section.fault(key, "cannot read '" + where + "' (" + e + "); name a file that can be read");
        }
    }

    private Stream stream(TomlSection stream) {
        stream.onlyKnown(STREAM_KEYS);
        String itsName = name(stream);
        Work work = switch (stream.text("work")) {
            case "transactions" -> Work.TRANSACTIONS;
            case "questions" -> Work.QUESTIONS;
            default ->
                throw stream.fault("work", "work is '" + stream.text("work") + "'; write transactions or questions");
        };
        Mix mix = mix(stream, work);
        int parallel = stream.whole("parallel");
        Map<String, String> declares = stream.has("declares") ? Declared.of(stream.section("declares")) : Map.of();
        requireThatHeliosFindsItsLoad(stream, itsName, declares);
        return new Stream(
                itsName,
                work,
                mix,
                pace(stream, itsName, work),
                parallel,
                deliveryWorkers(stream, work, mix, parallel),
                presence(stream),
                declares,
                terms(itsName));
    }

    /** What Helios would never apply to it must not be measured: Helios would be held to what it does not know of. */
    private void requireThatHeliosFindsItsLoad(TomlSection stream, String itsName, Map<String, String> declares) {
        String hinted = declares.get("load");
        for (Agreed each : agreed) {
            UserLoad load = each.agreements().userLoad(itsName);
            if (load == null || itsName.equals(hinted) || itsName.equals(FALLBACK)) {
                continue;
            }
            if (hinted != null && each.agreements().userLoad(hinted) != null) {
                throw stream.fault(
                        "declares",
                        "Helios takes '" + itsName + "' for the user load '" + hinted
                                + "' that it declares, and never applies that of its name in '" + each.file()
                                + "'; leave out 'load', or call the stream '" + hinted + "'");
            }
            if (load.matches().stream().noneMatch(match -> canHold(match, itsName, declares))) {
                throw stream.fault(
                        "name",
                        "Helios never applies the user load '" + itsName + "' of '" + each.file()
                                + "' to this stream, for none of its <Match> holds for it; write <Match client=\""
                                + itsName
                                + "\"/> there");
            }
        }
    }

    /** As far as that is known: a stream's client is its name, and transaction and workload are what it declares. */
    private static boolean canHold(Match match, String client, Map<String, String> declares) {
        return isOrAny(match.client(), client)
                && isOrAny(match.transaction(), declares.get("transaction"))
                && isOrAny(
                        match.workload(), declares.getOrDefault("workload", "").toLowerCase(Locale.ROOT));
    }

    private static boolean isOrAny(@Nullable String wanted, @Nullable String given) {
        return wanted == null || wanted.equals(given);
    }

    private static Mix mix(TomlSection stream, Work work) {
        if (work == Work.QUESTIONS) {
            stream.refuse("mix", "is for transactions");
            return Mix.NONE;
        }
        if (!stream.has("mix")) {
            return Mix.TPC_C;
        }
        TomlSection said = stream.section("mix");
        said.onlyKnown(TYPES.keySet());
        Map<TransactionType, Integer> cards = new EnumMap<>(TransactionType.class);
        for (String label : said.table().keySet()) {
            cards.put(Objects.requireNonNull(TYPES.get(label)), said.whole(label, 0, Mix.MOST_CARDS));
        }
        Mix mix;
        try {
            mix = new Mix(cards);
        } catch (IllegalArgumentException e) {
            throw stream.fault("mix", "'mix': " + e.getMessage());
        }
        if (mix.equals(Mix.NONE)) {
            throw stream.fault(
                    "mix", "'mix' has no card; give one type 1 or more, such as { NewOrder = 1, Payment = 1 }");
        }
        return mix;
    }

    private static int deliveryWorkers(TomlSection stream, Work work, Mix mix, int parallel) {
        if (work == Work.QUESTIONS) {
            stream.refuse("delivery_workers", "is for transactions");
        } else if (!mix.has(TransactionType.DELIVERY)) {
            stream.refuse("delivery_workers", "execute Deliveries, and there are none in the mix; leave it out");
        }
        return stream.has("delivery_workers")
                ? stream.whole("delivery_workers")
                : Stream.usualDeliveryWorkers(mix, parallel);
    }

    private static String name(TomlSection stream) {
        String name = stream.text("name");
        if (!Declared.isName(name)) {
            throw stream.fault(
                    "name",
                    "'name' must be a text of 1 to 256 characters, and not blank: it is what Helios knows the stream by");
        }
        if (Repetition.CIRCUMSTANCES.contains(name)) {
            throw stream.fault(
                    "name",
                    "a stream cannot be called '" + name
                            + "', for the report has something else under that name; give it another one");
        }
        return name;
    }

    /** What one agreement after the other says of a stream; what an amendment leaves as it was goes on. */
    private List<Terms> terms(String stream) {
        List<Terms> terms = new ArrayList<>();
        for (Agreed each : agreed) {
            UserLoad load = each.agreements().userLoad(stream);
            Terms next = Terms.of(each.from(), load == null ? null : load.guarantee());
            if (terms.isEmpty() || !next.sameAs(terms.get(terms.size() - 1))) {
                terms.add(next);
            }
        }
        return terms;
    }

    private static Presence presence(TomlSection stream) {
        long from = stream.has("starts") ? stream.timeSpan("starts").toNanos() : Presence.THROUGHOUT.from();
        long until = stream.has("stops") ? stream.timeSpan("stops").toNanos() : Presence.THROUGHOUT.until();
        if (until <= Math.max(0, from)) {
            throw stream.fault("stops", "'stops' must be later than 'starts', and above zero");
        }
        return new Presence(from, until);
    }

    private static Pace pace(TomlSection stream, String name, Work work) {
        String unlessSaid = work == Work.TRANSACTIONS ? "poisson" : "closed";
        String arrivals = stream.has("arrivals") ? stream.text("arrivals") : unlessSaid;
        if (arrivals.equals("closed")) {
            return work == Work.TRANSACTIONS ? terminals(stream) : askers(stream);
        }
        refuse(stream, TERMINAL_KEYS, "is for transactions with arrivals = \"closed\"");
        if (!arrivals.equals("bursts")) {
            stream.refuse("burst_factor", "is for arrivals = \"bursts\"");
            stream.refuse("burst_period", "is for arrivals = \"bursts\"");
        }
        Course.Way way = switch (arrivals) {
            case "poisson" -> new Course.Poisson();
            case "constant" -> new Course.Constant();
            case "bursts" -> bursts(stream);
            default ->
                throw stream.fault(
                        "arrivals", "arrivals is '" + arrivals + "'; write poisson, constant, bursts or closed");
        };
        return new Course(way, perSecond(stream, name), rates(stream));
    }

    /** Questions are asked one after the other, so that nothing can be said of when they arrive. */
    private static Closed askers(TomlSection stream) {
        refuse(stream, OPEN_KEYS, "is for arrivals = \"poisson\", \"constant\" or \"bursts\"; say which, beside it");
        refuse(stream, TERMINAL_KEYS, "is for transactions");
        stream.refuse("phases", "is for what comes at a rate; write arrivals = \"poisson\" and per_second beside it");
        return Closed.WITHOUT_PAUSE;
    }

    private static Closed terminals(TomlSection stream) {
        refuse(stream, OPEN_KEYS, "is for what comes at a rate; terminals have parallel, scale and percent");
        double scale = stream.number("scale", 0, LARGEST_SCALE);
        if (scale == 0) {
            stream.refuse("percent", "divides keying and think times, and with scale = 0 there are none");
            stream.refuse("phases", "divides keying and think times, and with scale = 0 there are none");
        }
        double percent = stream.has("percent") ? percent(stream) : 100;
        List<Closed.Phase> phases = phases(stream, "percent").stream()
                .map(each -> new Closed.Phase(each.timeSpan("from"), percent(each)))
                .toList();
        return new Closed(scale, percent, phases);
    }

    private static double percent(TomlSection section) {
        return section.number("percent", LEAST_PERCENT, MOST_PERCENT);
    }

    private static void refuse(TomlSection stream, Set<String> keys, String why) {
        keys.stream().sorted().forEach(key -> stream.refuse(key, why));
    }

    private static double perSecond(TomlSection stream, String name) {
        Object rate = stream.table().get("per_second");
        if (!(rate instanceof Number number)
                || !(number.doubleValue() > 0 && number.doubleValue() <= Course.MOST_PER_SECOND)) {
            throw stream.fault(
                    stream.has("per_second") ? "per_second" : "name",
                    "per_second of " + name + " must be a number above 0, and at most "
                            + Course.shortly(Course.MOST_PER_SECOND));
        }
        return number.doubleValue();
    }

    private static Course.Bursts bursts(TomlSection stream) {
        double factor = stream.number("burst_factor", 1, LARGEST_BURST);
        if (factor == 1) {
            throw stream.fault("burst_factor", "'burst_factor' must be above 1; 1 is no burst");
        }
        Duration period = stream.timeSpan("burst_period");
        if (period.isZero()) {
            throw stream.fault("burst_period", "'burst_period' must be above zero");
        }
        return new Course.Bursts(factor, period);
    }

    private static List<Course.Phase> rates(TomlSection stream) {
        return phases(stream, "rate").stream()
                .map(each -> new Course.Phase(each.timeSpan("from"), each.number("rate", 0, Course.MOST_PER_SECOND)))
                .toList();
    }

    /**
     * The phases of a stream, in the order of their beginnings.
     *
     * @param load the key that says how much there is from then on
     */
    private static List<TomlSection> phases(TomlSection stream, String load) {
        List<TomlSection> phases = stream.sections("phases", "{ from = \"10s\", " + load + " = 200 }");
        Duration last = null;
        for (TomlSection each : phases) {
            each.onlyKnown(Set.of("from", load));
            Duration from = each.timeSpan("from");
            if (last != null && from.compareTo(last) <= 0) {
                throw each.fault("from", "'from' must be later than that of the phase before");
            }
            last = from;
        }
        return phases;
    }
}
