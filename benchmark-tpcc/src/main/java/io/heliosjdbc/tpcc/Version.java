package io.heliosjdbc.tpcc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version something on the class path is of, as its jar says it. Stateless. */
public final class Version implements IVersionProvider {
    /** Created by the command line. */
    public Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {"Helios JDBC " + ofHelios()};
    }

    /** Of this harness, for people. */
    public static String ofHelios() {
        return of("io.heliosjdbc", "helios-benchmark-tpcc").orElse("not from a jar");
    }

    /** Of a Maven artifact; empty where its jar is not there, or does not say. */
    public static Optional<String> of(String group, String artifact) {
        String where = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Version.class.getResourceAsStream(where)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
