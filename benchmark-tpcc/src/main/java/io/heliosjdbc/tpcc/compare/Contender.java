package io.heliosjdbc.tpcc.compare;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.heliosjdbc.tpcc.BoundLate;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of the ways to the database that are compared, open: its pools, and what can be seen of its queues. */
final class Contender implements AutoCloseable {
    /** How the streams reach the database. */
    enum Way {
        /** Without the questions: the reference. */
        OLTP_ALONE("oltpAlone", "transactions alone", "#8a9096"),
        /** One pool on the vendor's driver. */
        STRAIGHT("straight", "straight", "#d9503f"),
        /** A pool for the transactions and a small one for the questions, the way people do it by hand. */
        TWO_POOLS("twoPools", "two pools", "#d68910"),
        /** One pool on {@code jdbc:helios:}, whose connections are one to one unless URL or configuration say otherwise. */
        HELIOS("helios", "Helios", "#2f86d1"),
        /** One pool on {@code jdbc:helios:}, whose connections are bound late. */
        HELIOS_LATE("heliosLate", "Helios late", "#2e9e62");

        /** Those of a scenario that says nothing else. */
        static final List<Way> USUAL = List.of(OLTP_ALONE, STRAIGHT, TWO_POOLS, HELIOS);

        private final String key;
        private final String title;
        private final String colour;

        Way(String key, String title, String colour) {
            this.key = key;
            this.title = title;
            this.colour = colour;
        }

        /**
         * Those of the keys, in that order.
         *
         * @throws IllegalArgumentException saying what the list must do, unless each key is of a way, and of another one
         */
        static List<Way> named(List<String> keys) {
            List<Way> ways = new ArrayList<>();
            for (String key : keys) {
                Arrays.stream(values()).filter(way -> way.key.equals(key)).forEach(ways::add);
            }
            if (ways.isEmpty()
                    || ways.size() != keys.size()
                    || EnumSet.copyOf(ways).size() != ways.size()) {
                throw new IllegalArgumentException("must name each once, of "
                        + Arrays.stream(values()).map(Way::key).collect(Collectors.joining(", ")));
            }
            return ways;
        }

        /** Whether it goes through Helios. */
        boolean isHelios() {
            return this == HELIOS || this == HELIOS_LATE;
        }

        /** In which it is drawn, as CSS has it. */
        String colour() {
            return colour;
        }

        /** As JSON and scenarios name it. */
        String key() {
            return key;
        }

        /** As raw data name it. */
        String word() {
            return this == OLTP_ALONE ? "alone" : key;
        }

        String title() {
            return title;
        }

        /** The same; where connections were not what it is called after, it says so. */
        String title(boolean late) {
            if (isHelios() && late != (this == HELIOS_LATE)) {
                return title + (late ? ", bound late" : ", one to one");
            }
            return title;
        }
    }

    private static final long PATIENCE_MILLIS = 600_000;

    private final Way way;
    private final Map<Stream, HikariDataSource> pools = new LinkedHashMap<>();
    private final List<HikariDataSource> opened = new ArrayList<>();
    /** Through Helios, to look with: one of the pool's would have to be waited for just when there is something to see. */
    private @Nullable Lookout window;
    /** What Helios follows where it is going to change; else null. */
    private @Nullable AgreementInForce agreement;

    /** Whether its connections are bound late, whatever its name is: URL and configuration have a say in it. */
    private boolean late;

    private final Isolation isolation;

    private Contender(Way way, Isolation isolation) {
        this.way = way;
        this.isolation = isolation;
    }

    /**
     * Opens the pools that this way needs for the scenario's streams.
     *
     * @param helios connection properties that only Helios reads
     */
    static Contender open(Way way, Target target, Scenario scenario, Properties helios)
            throws IOException, SQLException {
        Contender contender = new Contender(way, scenario.basis().isolation());
        boolean open = false;
        try {
            contender.connect(target, scenario, helios);
            open = true;
            return contender;
        } finally {
            if (!open) {
                contender.close();
            }
        }
    }

    private void connect(Target target, Scenario scenario, Properties helios) throws IOException, SQLException {
        List<Stream> streams = way == Way.OLTP_ALONE ? scenario.transactions() : scenario.streams();
        switch (way) {
            case OLTP_ALONE, STRAIGHT -> share(streams, target, scenario.physicalConnections(), new Properties());
            case TWO_POOLS -> {
                share(scenario.transactions(), target, scenario.transactionPool(), new Properties());
                share(scenario.questions(), target, scenario.questionPool(), new Properties());
            }
            case HELIOS -> share(streams, target, scenario.physicalConnections(), following(scenario, helios));
            case HELIOS_LATE ->
                share(streams, target, scenario.logicalConnections(), late(following(scenario, helios)));
        }
    }

    /** Its pools of physical connections need a workload manager of their own. */
    private Properties late(Properties helios) {
        helios.setProperty("helios.connections", "late");
        helios.merge("helios.manager", way.key(), (repetition, own) -> repetition + "-" + own);
        return helios;
    }

    /** Where the agreement is going to change it must be in a file, for Helios follows nothing else. */
    private Properties following(Scenario scenario, Properties helios) throws IOException {
        Properties properties = new Properties();
        properties.putAll(helios);
        if (!scenario.amendments().isEmpty()) {
            AgreementInForce file = AgreementInForce.open(scenario.agreements());
            agreement = file;
            properties.setProperty("helios.agreements", file.where());
        }
        return properties;
    }

    private void share(List<Stream> streams, Target target, int size, Properties helios) throws SQLException {
        if (streams.isEmpty()) {
            return;
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName(way.key() + "-" + (opened.size() + 1));
        config.setJdbcUrl(way.isHelios() ? target.heliosUrl() : target.straightUrl());
        Properties properties = target.credentials();
        properties.putAll(helios);
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        // Databases differ in what they give unasked.
        config.setTransactionIsolation(isolation.constant());
        config.setConnectionTimeout(PATIENCE_MILLIS);
        HikariDataSource pool = new HikariDataSource(config);
        opened.add(pool);
        streams.forEach(stream -> pools.put(stream, pool));
        if (way.isHelios()) {
            Lookout lookout = new Lookout(() -> DriverManager.getConnection(target.heliosUrl(), properties));
            window = lookout;
            late = lookout.look(BoundLate::is);
        }
    }

    Way way() {
        return way;
    }

    /** Whether its connections are bound late; false without Helios. */
    boolean isLate() {
        return late;
    }

    /** For people; it says how its connections are where the way is called otherwise. */
    String title() {
        return way.title(late);
    }

    List<Stream> streams() {
        return List.copyOf(pools.keySet());
    }

    /** Takes connections for a stream; to Helios it says whom it serves. */
    Checkout checkout(Stream stream) {
        HikariDataSource pool = pools.get(stream);
        if (pool == null) {
            throw new IllegalArgumentException(stream.name() + " has no pool");
        }
        if (!way.isHelios()) {
            return pool::getConnection;
        }
        // The pool leaves client info as it is: what another stream has said of itself is taken back.
        Set<String> declared = pools.keySet().stream()
                .flatMap(each -> each.declares().keySet().stream())
                .collect(Collectors.toSet());
        return new ThroughHelios(() -> {
            Connection connection = pool.getConnection();
            boolean told = false;
            try {
                connection.setClientInfo("helios.client", stream.name());
                for (String hint : declared) {
                    connection.setClientInfo("helios." + hint, stream.declares().get(hint));
                }
                told = true;
                return connection;
            } finally {
                if (!told) {
                    connection.close();
                }
            }
        });
    }

    /** How many wait for a connection, by the pool in which they wait. */
    Map<String, Double> waiting() {
        Map<String, Double> seen = new LinkedHashMap<>();
        for (HikariDataSource pool : opened) {
            seen.put("waiting: " + pool.getPoolName(), (double)
                    pool.getHikariPoolMXBean().getThreadsAwaitingConnection());
        }
        return seen;
    }

    /** How many wait in Helios's queues, and what it does about it; nothing where it is not there. */
    Map<String, Double> classes() throws SQLException {
        return window == null ? Map.of() : window.look(Contender::classes);
    }

    private static Map<String, Double> classes(Connection helios) throws SQLException {
        Map<String, Double> seen = new LinkedHashMap<>();
        try (Statement statement = helios.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            while (classes.next()) {
                String name = classes.getString("service_class");
                seen.put("waiting: " + name, classes.getDouble("queued"));
                seen.put("running: " + name, classes.getDouble("active"));
                seen.put(Actions.LET_IN + name, classes.getDouble("mpl"));
                seen.put(Actions.REFUSED + name, classes.getDouble("refused"));
                seen.put(Actions.GAVE_UP + name, classes.getDouble("gave_up"));
            }
        }
        return seen;
    }

    /** How many connections to the database nobody works with, but for looking. */
    int onlooking() {
        return window != null && !late ? 1 : 0;
    }

    /**
     * Puts another agreement in the place of the one that Helios follows; nobody else knows of any.
     *
     * @return what was done; empty where there is nothing to do
     */
    Optional<String> amend(Amendment amendment) throws IOException, SQLException {
        if (agreement == null) {
            return Optional.empty();
        }
        agreement.replace(amendment.agreements());
        return Optional.of("the agreement's file is replaced by " + amendment.name()
                + ", which is in force after two looks; Helios looks every "
                + Objects.requireNonNull(window).look(Contender::reloadMillis) + " ms");
    }

    /** How often Helios looks whether its files have changed, in milliseconds; 0 for never. */
    static long reloadMillis(Connection helios) throws SQLException {
        return Long.parseLong(settings(helios, "reload_ms").get(0));
    }

    /** What of an agreement that was put in place Helios would not follow, each with what to mend. */
    List<String> refusals() throws SQLException {
        return agreement == null
                ? List.of()
                : Objects.requireNonNull(window).look(helios -> settings(helios, "refused"));
    }

    private static List<String> settings(Connection helios, String name) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = helios.createStatement();
                ResultSet settings = statement.executeQuery("SHOW HELIOS CONFIG")) {
            while (settings.next()) {
                if (settings.getString("name").equals(name)) {
                    values.add(settings.getString("value"));
                }
            }
        }
        return values;
    }

    @Override
    public void close() {
        opened.forEach(HikariDataSource::close);
        if (window != null) {
            window.close();
        }
    }
}
