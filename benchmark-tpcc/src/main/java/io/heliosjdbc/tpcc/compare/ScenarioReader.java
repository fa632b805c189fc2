package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** Reads {@code scenario.toml} and the agreements that it names. One use only; not thread-safe. */
final class ScenarioReader {
    private static final Set<String> KEYS = Set.of(
            "title", "duration", "agreement", "amendment", "configuration", "ways", "one_pool", "two_pools", "stream");
    private static final Set<String> STREAM_KEYS = Set.of(
            "name",
            "work",
            "arrivals",
            "per_second",
            "burst_factor",
            "burst_period",
            "phases",
            "parallel",
            "starts",
            "stops",
            "declares");
    private static final Set<String> PHASE_KEYS = Set.of("from", "rate");
    private static final Set<String> AMENDMENT_KEYS = Set.of("from", "agreement");
    private static final Set<String> POOL_KEYS = Set.of("transactions", "questions");
    private static final Set<String> ONE_POOL_KEYS = Set.of("physical", "logical");
    private static final double MOST_PER_SECOND = 1_000_000;
    private static final double LARGEST_BURST = 1_000;
    private static final TomlPosition TOP = TomlPosition.positionAt(1, 1);

    /** What was agreed from an instant on. */
    private record Agreed(Duration from, Agreements agreements) {}

    private final String name;
    private final String file;
    private final String folder;
    private final List<Agreed> agreed = new ArrayList<>();
    private final List<Amendment> amendments = new ArrayList<>();

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
        agreed.add(new Agreed(Duration.ZERO, agreements(scenario)));
        amendments(scenario);
        List<TomlSection> declared = scenario.sections("stream", "{ name = \"pages\", ... }");
        if (declared.isEmpty()) {
            throw TomlSection.fault(file, TOP, "there is no [[stream]]; say what the load is made of");
        }
        List<Stream> streams = new ArrayList<>();
        for (TomlSection each : declared) {
            streams.add(stream(each));
        }
        if (!scenario.has("two_pools")) {
            throw TomlSection.fault(file, TOP, "[two_pools] is missing; say how large people would make them");
        }
        TomlSection pools = scenario.section("two_pools");
        pools.onlyKnown(POOL_KEYS);
        return new Scenario(
                name,
                scenario.text("title"),
                scenario.has("duration") ? scenario.timeSpan("duration") : null,
                streams,
                ways(scenario),
                scenario.has("one_pool") ? onePool(scenario.section("one_pool")) : null,
                pools.whole("transactions"),
                pools.whole("questions"),
                agreementsName(scenario),
                amendments,
                folder + scenario.text("configuration"));
    }

    private static List<Way> ways(TomlSection scenario) {
        if (!scenario.has("ways")) {
            return Way.USUAL;
        }
        List<String> named = scenario.list("ways");
        List<Way> ways = Arrays.stream(Way.values())
                .filter(way -> named.contains(way.key()))
                .toList();
        if (ways.isEmpty() || ways.size() != named.size()) {
            throw scenario.fault(
                    "ways",
                    "'ways' must name each once, of "
                            + Arrays.stream(Way.values()).map(Way::key).collect(Collectors.joining(", ")));
        }
        return ways;
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
            agreed.add(new Agreed(from, agreements(each)));
            amendments.add(new Amendment(from, agreementsName(each)));
        }
    }

    private String agreementsName(TomlSection section) {
        return folder + section.text("agreement");
    }

    private Agreements agreements(TomlSection section) throws IOException {
        String where = agreementsName(section);
        try (InputStream in = Scenario.open(where)) {
            return Agreements.readFrom(List.of(new Agreements.Source(where, in)));
        } catch (NoSuchFileException e) {
            throw section.fault("agreement", "there is no file '" + where + "'");
        } catch (RefusedInputException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Stream stream(TomlSection stream) {
        stream.onlyKnown(STREAM_KEYS);
        String itsName = stream.text("name");
        Work work = switch (stream.text("work")) {
            case "transactions" -> Work.TRANSACTIONS;
            case "questions" -> Work.QUESTIONS;
            default ->
                throw stream.fault("work", "work is '" + stream.text("work") + "'; write transactions or questions");
        };
        return new Stream(
                itsName,
                work,
                work == Work.TRANSACTIONS ? course(stream, itsName) : closed(stream),
                stream.whole("parallel"),
                presence(stream),
                stream.texts("declares"),
                terms(itsName));
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

    /** Questions are asked one after the other, so that nothing can be said of when they arrive. */
    private static @Nullable Course closed(TomlSection stream) {
        if (stream.has("arrivals") && !stream.text("arrivals").equals("closed")) {
            throw stream.fault(
                    "arrivals",
                    "arrivals is '" + stream.text("arrivals")
                            + "'; questions are asked one after the other, write closed or nothing");
        }
        for (String key : List.of("burst_factor", "burst_period", "phases")) {
            stream.refuse(key, "is for transactions; questions are asked one after the other");
        }
        return null;
    }

    private static Course course(TomlSection stream, String name) {
        Object rate = stream.table().get("per_second");
        if (!(rate instanceof Number number) || !(number.doubleValue() > 0 && Double.isFinite(number.doubleValue()))) {
            throw stream.fault(
                    stream.has("per_second") ? "per_second" : "name",
                    "per_second of " + name + " must be a number above 0");
        }
        String arrivals = stream.has("arrivals") ? stream.text("arrivals") : "poisson";
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
                        "arrivals", "arrivals is '" + arrivals + "'; transactions have poisson, constant or bursts");
        };
        return new Course(way, number.doubleValue(), phases(stream));
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

    private static List<Course.Phase> phases(TomlSection stream) {
        List<Course.Phase> phases = new ArrayList<>();
        for (TomlSection each : stream.sections("phases", "{ from = \"10s\", rate = 200 }")) {
            each.onlyKnown(PHASE_KEYS);
            Course.Phase phase = new Course.Phase(each.timeSpan("from"), each.number("rate", 0, MOST_PER_SECOND));
            if (!phases.isEmpty()
                    && phase.from().compareTo(phases.get(phases.size() - 1).from()) <= 0) {
                throw each.fault("from", "'from' must be later than that of the phase before");
            }
            phases.add(phase);
        }
        return phases;
    }
}
