package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.tpcc.TimeSpan;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A mixed load and what was promised for it, as a file says it: {@code scenario.toml} with an agreement and a configuration beside it.
 * Immutable.
 *
 * @param name of its file or folder
 * @param title one sentence
 * @param transactionPool connections of the first of two pools
 * @param questionPool connections of the second of two pools
 * @param agreements where the agreement is, as Helios's key {@code agreements} takes it
 * @param configuration where the configuration is, as Helios's key {@code config} takes it
 */
record Scenario(
        String name,
        String title,
        List<Stream> streams,
        int transactionPool,
        int questionPool,
        String agreements,
        String configuration) {
    /** The scenarios that ship. */
    static final Set<String> SHIPPED = Set.of("mixed", "tight", "loose", "saas", "shop", "api-gateway", "thesis");

    private static final String RESOURCES = "io/heliosjdbc/tpcc/compare/";
    private static final Set<String> KEYS = Set.of("title", "agreement", "configuration", "two_pools", "stream");
    private static final Set<String> STREAM_KEYS = Set.of(
            "name", "work", "arrivals", "per_second", "burst_factor", "burst_period", "phases", "parallel", "declares");
    private static final Set<String> PHASE_KEYS = Set.of("from", "rate");
    private static final double MOST_PER_SECOND = 1_000_000;
    private static final double LARGEST_BURST = 1_000;
    private static final Set<String> POOL_KEYS = Set.of("transactions", "questions");

    Scenario {
        streams = List.copyOf(streams);
    }

    /**
     * A scenario that ships, or one of a file.
     *
     * @throws IllegalArgumentException saying what to mend, with file, line and column
     */
    static Scenario read(String nameOrFile) throws IOException {
        if (SHIPPED.contains(nameOrFile)) {
            String folder = RESOURCES + nameOrFile + "/";
            try (InputStream in = Scenario.class.getClassLoader().getResourceAsStream(folder + "scenario.toml")) {
                if (in == null) {
                    throw new IllegalStateException("the scenario " + nameOrFile + " is missing");
                }
                return parse(nameOrFile, nameOrFile + "/scenario.toml", Toml.parse(in), "classpath:" + folder);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no scenario '" + nameOrFile + "'; choose one of "
                    + String.join(", ", SHIPPED.stream().sorted().toList()) + ", or name a file");
        }
        Path folder = file.toAbsolutePath().getParent();
        return parse(file.getFileName() + "", nameOrFile, Toml.parse(file), folder + "/");
    }

    private static Scenario parse(String name, String file, TomlParseResult toml, String folder) throws IOException {
        if (toml.hasErrors()) {
            var error = toml.errors().get(0);
            throw fault(file, error.position(), error.getMessage());
        }
        onlyKnown(file, toml, KEYS);
        String agreements = folder + text(file, toml, "agreement");
        Agreements promised = agreements(agreements);
        TomlArray declared = toml.getArray("stream");
        if (declared == null || declared.isEmpty()) {
            throw fault(file, TomlPosition.positionAt(1, 1), "there is no [[stream]]; say what the load is made of");
        }
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            streams.add(stream(file, declared.getTable(i), promised));
        }
        TomlTable pools = toml.getTable("two_pools");
        if (pools == null) {
            throw fault(
                    file,
                    TomlPosition.positionAt(1, 1),
                    "[two_pools] is missing; say how large people would make them");
        }
        onlyKnown(file, pools, POOL_KEYS);
        return new Scenario(
                name,
                text(file, toml, "title"),
                streams,
                whole(file, pools, "transactions"),
                whole(file, pools, "questions"),
                agreements,
                folder + text(file, toml, "configuration"));
    }

    private static Agreements agreements(String where) throws IOException {
        try {
            if (!where.startsWith("classpath:")) {
                return Agreements.read(List.of(Path.of(where)));
            }
            try (InputStream in =
                    Scenario.class.getClassLoader().getResourceAsStream(where.substring("classpath:".length()))) {
                if (in == null) {
                    throw new IllegalArgumentException("there is no " + where);
                }
                return Agreements.readFrom(List.of(new Agreements.Source(where, in)));
            }
        } catch (RefusedInputException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Stream stream(String file, TomlTable table, Agreements promised) {
        onlyKnown(file, table, STREAM_KEYS);
        String name = text(file, table, "name");
        String work = text(file, table, "work");
        UserLoad load = promised.userLoad(name);
        Guarantee guarantee = load == null ? null : load.guarantee();
        Work kind = switch (work) {
            case "transactions" -> Work.TRANSACTIONS;
            case "questions" -> Work.QUESTIONS;
            default ->
                throw fault(
                        file, table.inputPositionOf("work"), "work is '" + work + "'; write transactions or questions");
        };
        return new Stream(
                name,
                kind,
                kind == Work.TRANSACTIONS ? course(file, table, name) : closed(file, table),
                whole(file, table, "parallel"),
                declared(file, table),
                guarantee == null ? null : guarantee.percentile(),
                guarantee == null ? null : guarantee.penalty());
    }

    /** Questions are asked one after the other, so that nothing can be said of when they arrive. */
    private static @Nullable Course closed(String file, TomlTable table) {
        if (table.contains("arrivals") && !text(file, table, "arrivals").equals("closed")) {
            throw fault(
                    file,
                    position(table, "arrivals"),
                    "arrivals is '" + text(file, table, "arrivals")
                            + "'; questions are asked one after the other, write closed or nothing");
        }
        for (String key : List.of("burst_factor", "burst_period", "phases")) {
            refuse(file, table, key, "is for transactions; questions are asked one after the other");
        }
        return null;
    }

    private static Course course(String file, TomlTable table, String name) {
        Object rate = table.get("per_second");
        if (!(rate instanceof Number number) || !(number.doubleValue() > 0 && Double.isFinite(number.doubleValue()))) {
            throw fault(
                    file,
                    table.inputPositionOf(table.contains("per_second") ? "per_second" : "name"),
                    "per_second of " + name + " must be a number above 0");
        }
        String arrivals = table.contains("arrivals") ? text(file, table, "arrivals") : "poisson";
        if (!arrivals.equals("bursts")) {
            refuse(file, table, "burst_factor", "is for arrivals = \"bursts\"");
            refuse(file, table, "burst_period", "is for arrivals = \"bursts\"");
        }
        Course.Way way = switch (arrivals) {
            case "poisson" -> new Course.Poisson();
            case "constant" -> new Course.Constant();
            case "bursts" -> bursts(file, table);
            default ->
                throw fault(
                        file,
                        position(table, "arrivals"),
                        "arrivals is '" + arrivals + "'; transactions have poisson, constant or bursts");
        };
        return new Course(way, number.doubleValue(), phases(file, table));
    }

    private static Course.Bursts bursts(String file, TomlTable table) {
        double factor = number(file, table, "burst_factor", 1, LARGEST_BURST);
        if (factor == 1) {
            throw fault(file, position(table, "burst_factor"), "'burst_factor' must be above 1; 1 is no burst");
        }
        Duration period = timeSpan(file, table, "burst_period");
        if (period.isZero()) {
            throw fault(file, position(table, "burst_period"), "'burst_period' must be above zero");
        }
        return new Course.Bursts(factor, period);
    }

    private static List<Course.Phase> phases(String file, TomlTable table) {
        if (!table.contains("phases")) {
            return List.of();
        }
        if (!(table.get("phases") instanceof TomlArray declared)) {
            throw fault(
                    file,
                    position(table, "phases"),
                    "'phases' must be a list, such as [{ from = \"10s\", rate = 200 }]");
        }
        List<Course.Phase> phases = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            if (!(declared.get(i) instanceof TomlTable each)) {
                throw fault(
                        file, declared.inputPositionOf(i), "a phase must be such as { from = \"10s\", rate = 200 }");
            }
            onlyKnown(file, each, PHASE_KEYS);
            if (!each.contains("from") || !each.contains("rate")) {
                throw fault(file, declared.inputPositionOf(i), "a phase must have both, 'from' and 'rate'");
            }
            Course.Phase phase =
                    new Course.Phase(timeSpan(file, each, "from"), number(file, each, "rate", 0, MOST_PER_SECOND));
            if (i > 0 && phase.from().compareTo(phases.get(i - 1).from()) <= 0) {
                throw fault(file, position(each, "from"), "'from' must be later than that of the phase before");
            }
            phases.add(phase);
        }
        return phases;
    }

    private static double number(String file, TomlTable table, String key, double least, double most) {
        if (table.get(key) instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        throw fault(
                file,
                position(table, key),
                String.format(Locale.ROOT, "'%s' must be there, a number from %.0f to %.0f", key, least, most));
    }

    private static Duration timeSpan(String file, TomlTable table, String key) {
        String text = text(file, table, key);
        try {
            return TimeSpan.parse(text);
        } catch (IllegalArgumentException e) {
            throw fault(file, position(table, key), "'" + key + "': " + e.getMessage());
        }
    }

    private static void refuse(String file, TomlTable table, String key, String why) {
        if (table.contains(key)) {
            throw fault(file, position(table, key), "'" + key + "' " + why);
        }
    }

    private static Map<String, String> declared(String file, TomlTable stream) {
        Map<String, String> declared = new TreeMap<>();
        TomlTable table = stream.getTable("declares");
        if (table != null) {
            table.keySet().forEach(key -> declared.put(key, text(file, table, key)));
        }
        return declared;
    }

    private static void onlyKnown(String file, TomlTable table, Set<String> known) {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                throw fault(
                        file,
                        table.inputPositionOf(key),
                        "nobody knows the key '" + key + "'; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static String text(String file, TomlTable table, String key) {
        if (table.get(key) instanceof String text) {
            return text;
        }
        throw fault(file, position(table, key), "'" + key + "' must be there, as a text");
    }

    private static int whole(String file, TomlTable table, String key) {
        if (table.get(key) instanceof Long number && number >= 1 && number <= 10_000) {
            return number.intValue();
        }
        throw fault(file, position(table, key), "'" + key + "' must be there, a whole number from 1 to 10000");
    }

    /** Where the key is; where it is missing, where the table's first key is. */
    private static @Nullable TomlPosition position(TomlTable table, String key) {
        if (table.contains(key)) {
            return table.inputPositionOf(key);
        }
        return table.keySet().stream()
                .map(table::inputPositionOf)
                .filter(Objects::nonNull)
                .min(Comparator.comparingInt(TomlPosition::line).thenComparingInt(TomlPosition::column))
                .orElse(null);
    }

    private static IllegalArgumentException fault(String file, @Nullable TomlPosition position, @Nullable String what) {
        return new IllegalArgumentException(
                position == null
                        ? file + ": " + what
                        : String.format(Locale.ROOT, "%s:%d:%d: %s", file, position.line(), position.column(), what));
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
        return streams.stream().mapToInt(Stream::parallel).sum() + 1;
    }

    /** With another number of askers, all in the first stream of questions; 0 leaves none. */
    Scenario withAskers(int askers) {
        List<Stream> changed = new ArrayList<>(transactions());
        if (askers > 0 && !questions().isEmpty()) {
            changed.add(questions().get(0).parallel(askers));
        }
        return with(changed);
    }

    /** With another rate of transactions in all, shared as before. */
    Scenario withRate(double perSecond) {
        double sum = transactions().stream().mapToDouble(Stream::perSecond).sum();
        return with(
                streams.stream().map(stream -> stream.times(perSecond / sum)).toList());
    }

    private Scenario with(List<Stream> changed) {
        return new Scenario(name, title, changed, transactionPool, questionPool, agreements, configuration);
    }

    Properties heliosProperties() {
        Properties properties = new Properties();
        properties.setProperty("helios.config", configuration);
        properties.setProperty("helios.agreements", agreements);
        return properties;
    }
}
