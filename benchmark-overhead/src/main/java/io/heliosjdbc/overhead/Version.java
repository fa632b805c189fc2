package io.heliosjdbc.overhead;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version of Helios the commands are of, as their jar says it. Stateless. */
public final class Version implements IVersionProvider {
    private static final String JAR = "/META-INF/maven/io.heliosjdbc/helios-benchmark-overhead/pom.properties";

    /** Created by the command line. */
    public Version() {}

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(JAR)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return new String[] {"Helios JDBC " + properties.getProperty("version", "not from a jar")};
        }
    }
}
