package io.heliosjdbc.driver.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file that was found, with what names in it are relative to. Immutable.
 *
 * @param name as the user gave it
 * @param text its content
 * @param directory for a file: where it lies; null for a resource
 * @param packagePath for a resource: its name up to the last slash, included; else empty
 */
record ConfigurationSource(
        String name, String text, @Nullable Path directory, String packagePath) {
    static final String SYSTEM_PROPERTY = Overrides.PREFIX + Parameters.CONFIG;
    private static final String STANDARD = "helios.toml";
    private static final String MEND = "give the path of a file, or classpath: and the name of a resource";

    /**
     * Finds the configuration: the parameter, then the system property, then the class path.
     *
     * @return null where nothing says where it is and the class path has none, or where what is named cannot be read
     */
    static @Nullable ConfigurationSource find(@Nullable String parameter, GivenValues values, Inputs inputs) {
        String named = parameter != null ? parameter : System.getProperty(SYSTEM_PROPERTY);
        if (named != null) {
            return read(named, values, inputs);
        }
        return resource(Classpath.PREFIX + STANDARD, values, inputs);
    }

    private static @Nullable ConfigurationSource read(String named, GivenValues values, Inputs inputs) {
        if (!named.startsWith(Classpath.PREFIX)) {
            return file(named, Place.file(SYSTEM_PROPERTY), values, inputs);
        }
        ConfigurationSource source = resource(named, values, inputs);
        if (source == null) {
            values.fault(Place.file(SYSTEM_PROPERTY), "there is no resource '" + named + "'", MEND);
        }
        return source;
    }

    /** Reads a file; null, with a fault at the place that names it, where that fails. */
    static @Nullable ConfigurationSource file(String named, Place namedAt, GivenValues values, Inputs inputs) {
        try {
            Path path = Path.of(named);
            inputs.file(path);
            if (!Files.isRegularFile(path)) {
                values.fault(namedAt, "there is no file '" + named + "'", MEND);
                return null;
            }
            String text = decoded(Files.readAllBytes(path));
            if (inputs.isEmptied(text)) {
                values.fault(
                        Place.file(named),
                        "the file is empty now",
                        "put back what it said, or write [workload_routing] alone where all defaults are meant");
            }
            Path parent = path.getParent();
            return new ConfigurationSource(named, text, parent == null ? Path.of("") : parent, "");
        } catch (CharacterCodingException wrong) {
            values.fault(Place.file(named), "the file is not encoded in UTF-8", "save it in UTF-8");
        } catch (IOException | InvalidPathException cause) {
            values.fault(namedAt, "'" + named + "' cannot be read: " + cause, MEND);
        }
        return null;
    }

    private static @Nullable ConfigurationSource resource(String named, GivenValues values, Inputs inputs) {
        String name = named.substring(Classpath.PREFIX.length());
        try {
            byte[] content = inputs.resource(name);
            return content == null
                    ? null
                    : new ConfigurationSource(
                            named, decoded(content), null, name.substring(0, name.lastIndexOf('/') + 1));
        } catch (CharacterCodingException wrong) {
            values.fault(Place.file(named), "the resource is not encoded in UTF-8", "save it in UTF-8");
        } catch (IOException cause) {
            values.fault(Place.file(named), "the resource cannot be read: " + cause, "mend the class path");
        }
        return null;
    }

    private static String decoded(byte[] content) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** A name by which two sources are known to be the same one. */
    static String identity(String named) {
        if (named.startsWith(Classpath.PREFIX)) {
            return named;
        }
        try {
            return Path.of(named).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException none) {
            return named;
        }
    }
}
