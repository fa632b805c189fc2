package io.heliosjdbc.tpcc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The database under test: the URL that the terminals use, the straight one beside it, and an embedded server if any. */
public final class Target implements AutoCloseable {
    private static final String HELIOS = "jdbc:helios:";
    private static final AtomicInteger EMBEDDED = new AtomicInteger();
    /** In memory, where H2, SQLite and DuckDB have such ones. */
    private static final Pattern UNNAMED =
            Pattern.compile("jdbc:(?:helios:)?(?:h2:mem:|sqlite:(?::memory:)?|duckdb:(?::memory:)?)(?:[;?].*)?");

    private final String url;
    private final Properties credentials;
    private final @Nullable Closeable server;

    private Target(String url, Properties credentials, @Nullable Closeable server) {
        this.url = url;
        this.credentials = credentials;
        this.server = server;
    }

    /**
     * Looks whether there is something to open, before anything is done.
     *
     * @param name as in {@link #open}
     * @throws IllegalArgumentException saying what to mend
     */
    public static void check(String name, @Nullable String user, @Nullable String password) {
        require(
                !UNNAMED.matcher(name).matches(),
                "an unnamed database in memory is another one for each connection; name it, as in jdbc:h2:mem:tpcc");
        require(
                name.startsWith("jdbc:") || name.equals("h2") || isEmbedded(name),
                "--url must be h2, embedded-postgres, embedded-mariadb or begin with jdbc:");
        require(user == null || !isEmbedded(name), name + " has its own user; give no --user");
        require(password == null || !isEmbedded(name), name + " has no password; give no --password");
        require(
                !name.startsWith("jdbc:") || hasDriver(UrlReader.vendors(name)),
                "no driver takes " + Redaction.of(name)
                        + ": mend it, as in jdbc:postgresql:, jdbc:mariadb: or jdbc:h2:, or put the driver's jar into"
                        + " HELIOS_CLASSPATH");
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            throw new IllegalArgumentException(fault);
        }
    }

    private static boolean hasDriver(String url) {
        return DriverManager.drivers().anyMatch(driver -> {
            try {
                return driver.acceptsURL(url);
            } catch (SQLException e) {
                return false;
            }
        });
    }

    /** Takes {@code h2}, {@code embedded-postgres}, {@code embedded-mariadb} or any JDBC URL. */
    public static Target open(String name, @Nullable String user, @Nullable String password, int terminals)
            throws IOException {
        Properties credentials = new Properties();
        if (user != null) {
            credentials.setProperty("user", user);
        }
        if (password != null) {
            credentials.setProperty("password", password);
        }
        return switch (name) {
            case "h2" -> new Target(embeddedH2(HELIOS), credentials, null);
            case "embedded-postgres" -> embeddedPostgres(HELIOS, terminals);
            case "embedded-mariadb" -> embeddedMariaDb(HELIOS, terminals);
            default -> new Target(name, credentials, null);
        };
    }

    /** An H2 database in memory that nobody has used yet. */
    public static String embeddedH2(String prefix) {
        return prefix + "h2:mem:tpcc" + EMBEDDED.incrementAndGet() + ";LOCK_TIMEOUT=10000";
    }

    /** Starts a PostgreSQL for so many terminals; closing the target stops it. */
    public static Target embeddedPostgres(String prefix, int terminals) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                // Otherwise texts would be compared and sorted as whoever calls is used to.
                .setLocaleConfig("locale", "C")
                .setServerConfig("max_connections", Integer.toString(terminals + 20))
                .setServerConfig("shared_buffers", "256MB")
                // Nobody's disk is measured, and nothing has to outlive the run; docs/benchmarks.md says so.
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                // One statement, one core: how many run side by side is what is measured.
                .setServerConfig("max_parallel_workers_per_gather", "0")
                // On a machine that does something else, too, ten seconds are not enough.
                .setPGStartupWait(Duration.ofMinutes(3))
                .start();
        Properties credentials = new Properties();
        credentials.setProperty("user", "postgres");
        return new Target(prefix + "postgresql://localhost:" + server.getPort() + "/postgres", credentials, server);
    }

    /** Starts a MariaDB for so many terminals; closing the target stops it. */
    public static Target embeddedMariaDb(String prefix, int terminals) throws IOException {
        EmbeddedMariaDb server = EmbeddedMariaDb.start(terminals + 20);
        Properties credentials = new Properties();
        credentials.setProperty("user", "root");
        return new Target(prefix + server.url(), credentials, server);
    }

    /** Whether it is a word for a server that is started for the run, and has its own user. */
    public static boolean isEmbedded(String name) {
        return name.equals("embedded-postgres") || name.equals("embedded-mariadb");
    }

    /** What the terminals use. */
    public String url() {
        return url;
    }

    /** Whether what the command line names is Helios's without any more said: a URL of ours, or an embedded server. */
    public static boolean isHelios(String name) {
        return name.startsWith(HELIOS) || name.equals("h2") || isEmbedded(name);
    }

    /** The value of a parameter of Helios's in a URL, by its name with {@code helios.}, where the URL has it. */
    public static Optional<String> parameter(String url, String name) {
        return UrlReader.parameter(url, name);
    }

    /** Whether its URL goes through Helios. */
    public boolean helios() {
        return url.startsWith(HELIOS);
    }

    /** The vendor's own URL, without what only Helios reads. */
    public String straightUrl() {
        return UrlReader.vendors(url);
    }

    /** The same database through Helios. */
    public String heliosUrl() {
        return helios() ? url : HELIOS + url.substring("jdbc:".length());
    }

    /** The same database without Helios; closing it leaves an embedded server running. */
    public Target withoutHelios() {
        return new Target(straightUrl(), credentials, null);
    }

    /** User and password, where they were given; a copy. */
    public Properties credentials() {
        return copy();
    }

    /** A connection of the vendor's own. */
    public Connection straight() throws SQLException {
        return DriverManager.getConnection(straightUrl(), copy());
    }

    /** A connection as the URL says, with more properties. */
    public Connection connect(Properties more) throws SQLException {
        Properties all = copy();
        all.putAll(more);
        return DriverManager.getConnection(url, all);
    }

    private Properties copy() {
        Properties copy = new Properties();
        copy.putAll(credentials);
        return copy;
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
