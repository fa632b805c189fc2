package io.heliosjdbc.classifier.command;

import io.heliosjdbc.classifier.learned.Example;
import io.heliosjdbc.classifier.learned.FeatureVector;
import io.heliosjdbc.classifier.learned.Lane;
import io.heliosjdbc.classifier.reading.Reading;
import io.heliosjdbc.classifier.shape.FeatureReader;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A corpus: lines of {@code {"sql":..., "class":...}}, with {@code "schema"} if it is known. Not thread-safe.
 *
 * <p>Statements without a schema belong together where they name a table in common, directly or over others; those that name
 * none, where their templates are the same.
 */
final class CorpusFile {
    private static final int MOST_FAULTS = 20;

    private final String name;
    private final List<String> faults = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private final List<FeatureVector> vectors = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<@Nullable String> schemas = new ArrayList<>();
    private final Map<String, String> joined = new HashMap<>();

    private CorpusFile(String name) {
        this.name = name;
    }

    /** Reads a file; whatever is wrong is among its faults, never thrown. */
    static CorpusFile read(String name) {
        CorpusFile corpus = new CorpusFile(name);
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                corpus.line(number, number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line);
            }
            if (corpus.lanes.isEmpty() && corpus.faults.isEmpty()) {
                corpus.faults.add(name + ": there are no statements in it");
            }
        } catch (NoSuchFileException missing) {
            corpus.faults.add(name + ": there is no such file; give the path of one");
        } catch (MalformedInputException notText) {
            corpus.faults.add(name + ": after line " + number + ": this is not UTF-8");
        } catch (IOException | IllegalArgumentException unreadable) {
            corpus.faults.add(name + ": it cannot be read: " + unreadable.getMessage());
        }
        return corpus;
    }

    private void line(int number, String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            Map<String, String> members = JsonLine.read(line);
            String sql = members.get("sql");
            String lane = members.get("class");
            Lane known = lane == null ? null : Lane.of(lane);
            if (sql == null) {
                fault(number, "there is no string \"sql\"; give the statement's text");
            } else if (lane == null) {
                fault(number, "there is no string \"class\"; give fast_lane, parallel_lanes or background_queue");
            } else if (known == null) {
                fault(number, "the class is '" + lane + "'; give fast_lane, parallel_lanes or background_queue");
            } else {
                add(sql, known, members.get("schema"));
            }
        } catch (JsonLine.Malformed wrong) {
            fault(
                    number,
                    wrong.getMessage()
                            + "; give a JSON object a line, as in {\"sql\": \"SELECT 1\", \"class\": \"fast_lane\"}");
        }
    }

    private void fault(int line, String what) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(name + ":" + line + ": " + what);
        } else if (faults.size() == MOST_FAULTS) {
            faults.add(name + ": and more");
        }
    }

    private void add(String sql, Lane lane, @Nullable String schema) {
        Tokens tokens = Lexer.read(sql);
        Reading reading = Reading.of(tokens);
        readings.add(reading);
        vectors.add(FeatureReader.of(tokens, reading.features()).vector());
        lanes.add(lane);
        schemas.add(schema);
        if (schema == null) {
            List<?> tables = reading.features().tableNames();
            for (Object table : tables) {
                join(String.valueOf(tables.get(0)), String.valueOf(table));
            }
        }
    }

    private void join(String one, String other) {
        joined.put(root(one), root(other));
    }

    private String root(String table) {
        String at = table;
        String above = joined.getOrDefault(at, at);
        while (!above.equals(at)) {
            String further = joined.getOrDefault(above, above);
            joined.put(at, further);
            at = above;
            above = further;
        }
        return at;
    }

    /** What is wrong with it, a line each; empty where nothing is. */
    List<String> faults() {
        return faults;
    }

    /** The statements, with the groups that cross validation must not tear apart. */
    List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            String schema = schemas.get(i);
            List<?> tables = reading.features().tableNames();
            String group = schema != null
                    ? "schema " + schema
                    : tables.isEmpty()
                            ? "template " + reading.template()
                            : "table " + root(String.valueOf(tables.get(0)));
            examples.add(new Example(vectors.get(i), lanes.get(i), group));
        }
        return examples;
    }
}
