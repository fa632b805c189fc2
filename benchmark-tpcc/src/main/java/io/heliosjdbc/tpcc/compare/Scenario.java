package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final Set<String> STREAM_KEYS = Set.of("name", "work", "per_second", "parallel", "declares");
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
        double perSecond = 0;
        if (kind == Work.TRANSACTIONS) {
            Object rate = table.get("per_second");
            if (!(rate instanceof Number number) || !(number.doubleValue() > 0)) {
                throw fault(file, table.inputPositionOf("name"), "per_second of " + name + " must be a number above 0");
            }
            perSecond = number.doubleValue();
        }
        return new Stream(
                name,
                kind,
                perSecond,
                whole(file, table, "parallel"),
                declared(file, table),
                guarantee == null ? null : guarantee.percentile(),
                guarantee == null ? null : guarantee.penalty());
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

    private static @Nullable TomlPosition position(TomlTable table, String key) {
        return table.contains(key) ? table.inputPositionOf(key) : null;
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
        return with(streams.stream()
                .map(stream -> stream.perSecond(stream.perSecond() / sum * perSecond))
                .toList());
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
