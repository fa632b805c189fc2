package io.heliosjdbc.driver.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that a configuration was read from, and how they looked before: by size, time of the last change and identity, not by
 * content. Resources are read once, for a later thread may not find them. Not thread-safe.
 */
public final class Inputs {
    private final Map<String, Look> looks = new LinkedHashMap<>();
    private final Map<String, String> asRead = new HashMap<>();
    private final Map<String, Optional<byte[]>> resources;
    /** Whether the configuration file has said something, now or when it was read before. */
    private boolean hasContent;

    /** Finds the files of one name or pattern. */
    interface Look {
        List<Path> find() throws IOException;
    }

    /** Nothing read as yet. */
    public Inputs() {
        this(new HashMap<>(), false);
    }

    private Inputs(Map<String, Optional<byte[]>> resources, boolean hasContent) {
        this.resources = resources;
        this.hasContent = hasContent;
    }

    /** For reading once more: knows the resources, and whether the configuration file has said something, and nothing else. */
    public Inputs again() {
        return new Inputs(resources, hasContent);
    }

    /** Takes in what the configuration file holds; whether that is nothing any more, as where a disk is full or a copy was cut off. */
    boolean isEmptied(String text) {
        boolean had = hasContent;
        hasContent |= !text.isBlank();
        return had && text.isBlank();
    }

    /** A file is about to be read. */
    void file(Path file) {
        files(file.toString(), () -> List.of(file));
    }

    /** The files that match something are about to be read. */
    void files(String name, Look look) {
        looks.put(name, look);
        asRead.put(name, stamps(look));
    }

    /** A resource's content, or null where there is none. */
    byte @Nullable [] resource(String name) throws IOException {
        Optional<byte[]> known = resources.get(name);
        if (known == null) {
            known = Optional.ofNullable(Classpath.read(name));
            resources.put(name, known);
        }
        return known.orElse(null);
    }

    /** Whether there is any file that could change. */
    public boolean canChange() {
        return !looks.isEmpty();
    }

    /** How the files looked when they were read. */
    public Map<String, String> asRead() {
        return Map.copyOf(asRead);
    }

    /** How they look now. */
    public Map<String, String> now() {
        Map<String, String> now = new HashMap<>();
        looks.forEach((name, look) -> now.put(name, stamps(look)));
        return now;
    }

    private static String stamps(Look look) {
        StringBuilder stamps = new StringBuilder();
        try {
            for (Path file : look.find()) {
                stamps.append(file).append(' ').append(stamp(file)).append('\n');
            }
        } catch (IOException | UncheckedIOException cause) {
            stamps.append(cause);
        }
        return stamps.toString();
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime().toInstant() + " " + attributes.fileKey();
        } catch (IOException gone) {
            return "none";
        }
    }
}
