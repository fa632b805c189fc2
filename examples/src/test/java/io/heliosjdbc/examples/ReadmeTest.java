package io.heliosjdbc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it stands there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme())
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** They guess it from URLs that they know, and ours is none. */
    @Test
    void theDriversNameIsThereForWhoNeedsIt() throws Exception {
        MatchResult named = Pattern.compile("`driver-class-name`, it is\\s+`([\\w.]+)`")
                .matcher(readme())
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(Class.forName(named.group(1))).isAssignableTo(java.sql.Driver.class);
    }

    @Test
    void theProgramCompilesAndPrintsWhy(@TempDir Path folder) throws Exception {
        assertThat(blocks("java")).hasSize(1);
        Path source = folder.resolve("Program.java");
        Files.writeString(
                source,
                "import java.sql.*;\npublic class Program {\n  public static void main(String[] arguments) throws Exception {\n"
                        + blocks("java").get(0) + "  }\n}\n");
        ByteArrayOutputStream faults = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, faults, source.toString());
        assertThat(status).as(faults.toString(StandardCharsets.UTF_8)).isZero();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Program").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("service_class: fast_lane")
                .contains("user_load: high");
    }

    @Test
    void theConfigurationIsInOrder(@TempDir Path folder) throws Exception {
        assertThat(blocks("toml")).hasSize(1);
        Path agreements = Files.createDirectory(folder.resolve("agreements"));
        Files.copy(
                ROOT.resolve("examples/scenarios/shop/agreement.xml"),
                Objects.requireNonNull(agreements).resolve("shop.xml"));
        Path file = folder.resolve("helios.toml");
        Files.writeString(file, blocks("toml").get(0));
        assertGoesToParallelLanes("jdbc:helios:h2:mem:readme;helios.config=" + file);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader applications =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(applications);
            assertGoesToParallelLanes("jdbc:helios:h2:mem:readme-on-the-class-path");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void assertGoesToParallelLanes(String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet why = statement.executeQuery(
                        "EXPLAIN HELIOS SELECT a.x, count(*), sum(b.y) FROM a JOIN b ON a.id = b.id GROUP BY a.x")) {
            String serviceClass = "";
            while (why.next()) {
                if (why.getString("property").equals("service_class")) {
                    serviceClass = why.getString("value");
                }
            }
            assertThat(serviceClass).isEqualTo("parallel_lanes");
        }
    }

    @Test
    void everyCommandIsOneOfTheLaunchers() throws Exception {
        String launcher = Files.readString(ROOT.resolve("helios"));
        TreeSet<String> commands = new TreeSet<>(Pattern.compile("\\./helios (\\w+)")
                .matcher(readme())
                .results()
                .map((MatchResult command) -> command.group(1))
                .toList());
        assertThat(commands).contains("tpcc", "check", "example", "simulate");
        for (String command : commands) {
            assertThat(launcher).containsPattern("(?m)^  (\\w+ \\| )*" + command + "( \\| \\w+)*\\)$");
        }
        ByteArrayOutputStream usage = new ByteArrayOutputStream();
        Main.run(List.of(), System.out, new PrintStream(usage, true, StandardCharsets.UTF_8));
        for (MatchResult example : Pattern.compile("\\./helios example ([\\w-]+)")
                .matcher(readme())
                .results()
                .toList()) {
            assertThat(usage.toString(StandardCharsets.UTF_8)).contains("  " + example.group(1) + " ");
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        assertThat(Pattern.compile("\\]\\(([^)#]+)\\)").matcher(readme()).results())
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link.group(1))).exists());
        assertThat(Pattern.compile("benchmark-tpcc/experiments/[\\w./-]+\\w")
                        .matcher(readme())
                        .results())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(ROOT.resolve(option.group())).exists());
    }
}
