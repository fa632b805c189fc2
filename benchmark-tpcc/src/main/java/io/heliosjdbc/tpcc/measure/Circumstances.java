package io.heliosjdbc.tpcc.measure;

import com.sun.management.OperatingSystemMXBean;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a figure depends on besides what was asked for: versions, machine, and how the server is set. Stateless. */
public final class Circumstances {
    private static final long MEBIBYTE = 1 << 20;

    private Circumstances() {}

    /**
     * By name, for people; no secrets. Host names and paths are there only where the JVM was started with some.
     *
     * @param straight a connection of the vendor's
     */
    public static Map<String, String> of(Connection straight) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("Helios", Version.ofHelios());
        DatabaseMetaData database = straight.getMetaData();
        all.put("database", database.getDatabaseProductName() + " " + database.getDatabaseProductVersion());
        settings(straight).ifPresent(settings -> all.put("server", settings));
        all.put("driver", database.getDriverName() + " " + database.getDriverVersion());
        Version.of("com.zaxxer", "HikariCP").ifPresent(version -> all.put("HikariCP", version));
        Runtime runtime = Runtime.getRuntime();
        all.put(
                "machine",
                runtime.availableProcessors() + " processors, " + model() + memory() + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch"));
        all.put(
                "java",
                System.getProperty("java.vm.name") + " " + Runtime.version() + ", at most "
                        + runtime.maxMemory() / MEBIBYTE + " MiB, " + collectors());
        all.put("java options", options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        return all;
    }

    /** Of the processors, as Linux has it; nothing elsewhere. */
    private static String model() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", ")
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize() / MEBIBYTE + " MiB, "
                : "";
    }

    /** What the JVM was started with, which can make it another one; without passwords. */
    static String options(List<String> arguments) {
        return arguments.isEmpty()
                ? "none"
                : arguments.stream().map(Redaction::of).collect(Collectors.joining(" "));
    }

    private static String collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(each -> each.getName())
                .reduce((one, other) -> one + " and " + other)
                .orElse("no garbage collector");
    }

    /** What of the server's settings decides how fast it is; empty where nobody knows how to ask. */
    private static Optional<String> settings(Connection straight) throws SQLException {
        Optional<String> question = Dialect.of(straight).settings();
        if (question.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder all = new StringBuilder();
        try (Statement statement = straight.createStatement();
                ResultSet rows = statement.executeQuery(question.get())) {
            while (rows.next()) {
                all.append(all.isEmpty() ? "" : ", ")
                        .append(rows.getString(1))
                        .append(" = ")
                        .append(rows.getString(2));
            }
        }
        return Optional.of(all.toString());
    }
}
