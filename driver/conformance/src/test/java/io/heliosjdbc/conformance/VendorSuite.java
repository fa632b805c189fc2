package io.heliosjdbc.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The vendor's tests as its source archive has them, in a copy of our own that the two adaptations are made in and that is compiled there.
 *
 * @param directory the copy: sources, certificates and properties, with {@code classes} beside them
 */
record VendorSuite(Path directory) {
    private static final Path UTILITIES = Path.of("src/test/java/org/postgresql/test/TestUtil.java");

    /** Copies the unpacked archive. */
    static VendorSuite copied(Path archive, Path directory) throws IOException {
        if (!Files.isDirectory(archive)) {
            throw new IllegalStateException("there is no unpacked archive at " + archive);
        }
        Files.createDirectories(directory);
        Files.walkFileTree(archive, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = directory.resolve(archive.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
        return new VendorSuite(directory);
    }

    /**
     * Has the suite go through Helios: the URL that all its tests are built from gets the prefix, and five helpers that ask for the vendor's
     * concrete connection unwrap it; without this thousands of tests would find the server too old and skip.
     */
    void adapt() throws IOException {
        Path file = directory.resolve(UTILITIES);
        String text = Files.readString(file, UTF_8);
        text = replaced(
                text,
                "new StringBuilder(\"jdbc:postgresql://\")",
                "new StringBuilder(\"jdbc:helios:postgresql://\")",
                1);
        text = replaced(
                text, "con instanceof PgConnection", "io.heliosjdbc.conformance.Unwrapped.connection(con) != null", 5);
        text = replaced(text, "((PgConnection) con)", "io.heliosjdbc.conformance.Unwrapped.connection(con)", 5);
        Files.writeString(file, text, UTF_8);
    }

    /** Replaces exactly so many: an archive that has changed must not run half adapted. */
    private static String replaced(String text, String old, String by, int times) {
        int found = (text.length() - text.replace(old, "").length()) / old.length();
        if (found != times) {
            throw new IllegalStateException(UTILITIES + " has `" + old + "` " + found + " times, not " + times);
        }
        return text.replace(old, by);
    }

    /** Compiles the tests, as plain Java, and puts their resources beside them. */
    void compile() throws IOException {
        Path classes = classes();
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            List<String> options =
                    List.of("-nowarn", "-proc:none", "-parameters", "-g", "-d", classes.toString(), "-cp", classPath());
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources()))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the suite in " + directory + " does not compile");
            }
        }
        Path resources = directory.resolve("src/test/resources");
        try (Stream<Path> found = Files.walk(resources)) {
            for (Path resource : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                Path copy = classes.resolve(resources.relativize(resource).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(resource, copy, REPLACE_EXISTING);
            }
        }
    }

    Path classes() {
        return directory.resolve("classes");
    }

    /** Driver, Helios, JUnit and this module: what the running test stands on. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private List<Path> sources() {
        try (Stream<Path> found = Files.walk(directory.resolve("src/test/java"))) {
            return new ArrayList<>(
                    found.filter(file -> file.toString().endsWith(".java")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
