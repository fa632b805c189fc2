package io.heliosjdbc.driver.configuration;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.RefusedInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds and reads the agreements that a configuration names. Not thread-safe. */
final class AgreementFiles {
    private final GivenValues values;
    private final Inputs inputs;
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    AgreementFiles(GivenValues values, Inputs inputs) {
        this.values = values;
        this.inputs = inputs;
    }

    /** The agreements of the files named; the built-in one where none is named; null where there are faults. */
    @Nullable
    Agreements read(@Nullable Given named, @Nullable ConfigurationSource source) {
        if (named == null || named.elements().isEmpty()) {
            return Agreements.builtIn();
        }
        int faults = values.faults().size();
        for (Given element : named.elements()) {
            // A property's names are relative to the working directory, a file's to where the file lies.
            collect(element, element.place().line() == 0 ? null : source);
        }
        if (values.faults().size() > faults) {
            return null;
        }
        try {
            List<Agreements.Source> sources = contents.entrySet().stream()
                    .map(each -> new Agreements.Source(each.getKey(), new ByteArrayInputStream(each.getValue())))
                    .toList();
            return Agreements.readFrom(sources, Instant.now());
        } catch (RefusedInputException refused) {
            values.add(refused.faults());
            return null;
        }
    }

    private void collect(Given element, @Nullable ConfigurationSource source) {
        String name = String.valueOf(element.value());
        try {
            if (name.startsWith(Classpath.PREFIX)) {
                resource(name.substring(Classpath.PREFIX.length()), element);
            } else if (source != null && source.directory() == null) {
                resource(source.packagePath() + name, element);
            } else {
                Path directory = source == null ? null : source.directory();
                files(directory == null ? Path.of("") : directory, name, element);
            }
        } catch (IOException | UncheckedIOException | InvalidPathException cause) {
            values.fault(element.place(), "'" + name + "' cannot be read: " + cause, "mend the name or the file");
        }
    }

    private void resource(String name, Given element) throws IOException {
        if (isPattern(name)) {
            values.fault(
                    element.place(),
                    "'" + name + "' is a pattern, and the class path cannot be searched",
                    "name each resource");
            return;
        }
        byte[] content = inputs.resource(name);
        if (content == null) {
            values.fault(
                    element.place(), "there is no resource '" + name + "'", "give the name of one on the class path");
        } else {
            contents.putIfAbsent(Classpath.PREFIX + name, content);
        }
    }

    private void files(Path directory, String name, Given element) throws IOException {
        if (!isPattern(name)) {
            Path file = directory.resolve(name);
            inputs.file(file);
            if (Files.isRegularFile(file)) {
                contents.putIfAbsent(file.toString(), Files.readAllBytes(file));
            } else {
                values.fault(
                        element.place(),
                        "there is no file '" + file + "'",
                        "give a path relative to "
                                + (element.place().line() == 0 ? "the working directory" : "this file"));
            }
            return;
        }
        inputs.files(directory + "/" + name, () -> matches(directory, name));
        List<Path> found = matches(directory, name);
        if (found.isEmpty()) {
            values.fault(
                    element.place(),
                    "no file matches '" + directory + "/" + name + "'",
                    "mend the pattern, or put the agreements there");
        }
        for (Path file : found) {
            contents.putIfAbsent(file.toString(), Files.readAllBytes(file));
        }
    }

    private static List<Path> matches(Path directory, String pattern) throws IOException {
        List<String> segments = List.of(pattern.split("/", -1));
        int fixed = 0;
        while (!isPattern(segments.get(fixed))) {
            fixed++;
        }
        Path start =
                directory.resolve(String.join("/", segments.subList(0, fixed)) + (pattern.startsWith("/") ? "/" : ""));
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        List<String> rest = new ArrayList<>(segments.subList(fixed, segments.size()));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + String.join("/", rest));
        int depth = pattern.contains("**") ? Integer.MAX_VALUE : rest.size();
        try (Stream<Path> walked = Files.walk(start, depth, FileVisitOption.FOLLOW_LINKS)) {
            return walked.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(start.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }
}
