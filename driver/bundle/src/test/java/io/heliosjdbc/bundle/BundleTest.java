package io.heliosjdbc.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar, with nothing beside it but the vendor's, and beside an application's own copies of what it brings along. */
class BundleTest {
    private static final Path BUNDLE = Path.of(System.getProperty("bundle"));
    private static final Path APPLICATION = Path.of(System.getProperty("application"));

    @TempDir
    private Path directory;

    @Test
    void everyClassHasANameOfOurs() throws IOException {
        try (JarFile jar = new JarFile(BUNDLE.toFile())) {
            assertThat(names(jar).filter(name -> name.endsWith(".class")))
                    .hasSizeGreaterThan(1000)
                    .allMatch(name -> name.startsWith("io/heliosjdbc/"));
            assertThat(names(jar).filter(name -> name.startsWith("META-INF/services/")))
                    .contains("META-INF/services/java.sql.Driver")
                    .allMatch(name -> name.equals("META-INF/services/java.sql.Driver")
                            || name.startsWith("META-INF/services/io.heliosjdbc."));
        }
    }

    private static Stream<String> names(JarFile jar) {
        return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName);
    }

    @Test
    void alone() throws Exception {
        assertThat(run(BUNDLE, application("h2"))).contains("user load checkout", "booked 1", "caffeine none");
    }

    @Test
    void behindAnApplicationsOwnCopies() throws Exception {
        assertThat(run(
                        application("caffeine"),
                        application("byte-buddy"),
                        application("jackson-core"),
                        application("h2"),
                        BUNDLE))
                .contains("user load checkout", "booked 1", "caffeine caffeine.jar", "byte-buddy byte-buddy.jar");
    }

    @Test
    void beforeAnApplicationsOwnCopies() throws Exception {
        assertThat(run(
                        BUNDLE,
                        application("caffeine"),
                        application("byte-buddy"),
                        application("jackson-core"),
                        application("h2")))
                .contains("user load checkout", "booked 1", "caffeine caffeine.jar", "byte-buddy byte-buddy.jar");
    }

    private static Path application(String name) {
        return APPLICATION.resolve(name + ".jar");
    }

    /** What the application says; it fails where it fails. */
    private String run(Path... jars) throws Exception {
        Files.writeString(directory.resolve("agreement.xml"), BundleApplication.AGREEMENT, UTF_8);
        Files.writeString(directory.resolve("helios.toml"), BundleApplication.CONFIGURATION, UTF_8);
        List<String> classPath = new ArrayList<>(List.of(Path.of(BundleApplication.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString()));
        for (Path jar : jars) {
            assertThat(jar).exists();
            classPath.add(jar.toString());
        }
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        BundleApplication.class.getName())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String said = Files.readString(output, UTF_8);
        assertThat(exit).as(said).isZero();
        return said;
    }
}
