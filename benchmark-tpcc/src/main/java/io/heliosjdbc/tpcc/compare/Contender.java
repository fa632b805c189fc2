package io.heliosjdbc.tpcc.compare;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.heliosjdbc.tpcc.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One of the ways to the database that are compared, open: its pools, and what can be seen of its queues. */
final class Contender implements AutoCloseable {
    /** How the streams reach the database. */
    enum Way {
        /** Without the questions: the reference. */
        OLTP_ALONE("oltpAlone", "transactions alone"),
        /** One pool on the vendor's driver. */
        STRAIGHT("straight", "straight"),
        /** A pool for the transactions and a small one for the questions, the way people do it by hand. */
        TWO_POOLS("twoPools", "two pools"),
        /** One pool on {@code jdbc:helios:}. */
        HELIOS("helios", "Helios");

        private final String key;
        private final String title;

        Way(String key, String title) {
            this.key = key;
            this.title = title;
        }

        /** As JSON and the command line name it. */
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
    }

    private static final long PATIENCE_MILLIS = 600_000;

    private final Way way;
    private final Map<Stream, HikariDataSource> pools = new LinkedHashMap<>();
    private final List<HikariDataSource> opened = new ArrayList<>();

    private Contender(Way way) {
        this.way = way;
    }

    /**
     * Opens the pools that this way needs for the scenario's streams.
     *
     * @param helios connection properties that only Helios reads
     */
    static Contender open(Way way, Target target, Scenario scenario, Properties helios) {
        Contender contender = new Contender(way);
        List<Stream> streams = way == Way.OLTP_ALONE ? scenario.transactions() : scenario.streams();
        switch (way) {
            case OLTP_ALONE, STRAIGHT -> contender.share(streams, target, scenario.parallel(), new Properties());
            case TWO_POOLS -> {
                contender.share(scenario.transactions(), target, scenario.transactionPool(), new Properties());
                contender.share(scenario.questions(), target, scenario.questionPool(), new Properties());
            }
            case HELIOS -> contender.share(streams, target, scenario.parallel(), helios);
        }
        return contender;
    }

    private void share(List<Stream> streams, Target target, int size, Properties helios) {
        if (streams.isEmpty()) {
            return;
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName(way.key() + "-" + (opened.size() + 1));
        config.setJdbcUrl(way == Way.HELIOS ? target.heliosUrl() : target.straightUrl());
        Properties properties = target.credentials();
        properties.putAll(helios);
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        // TPC-C wants no more; databases differ in what they give unasked.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(PATIENCE_MILLIS);
        HikariDataSource pool = new HikariDataSource(config);
        opened.add(pool);
        streams.forEach(stream -> pools.put(stream, pool));
    }

    Way way() {
        return way;
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
        if (way != Way.HELIOS) {
            return pool::getConnection;
        }
        return () -> {
            Connection connection = pool.getConnection();
            boolean told = false;
            try {
                connection.setClientInfo("helios.client", stream.name());
                for (Map.Entry<String, String> each : stream.declares().entrySet()) {
                    connection.setClientInfo("helios." + each.getKey(), each.getValue());
                }
                told = true;
                return connection;
            } finally {
                if (!told) {
                    connection.close();
                }
            }
        };
    }

    /** How many wait, by where they wait; through Helios also how many each class lets in at present. */
    Map<String, Double> look() throws SQLException {
        Map<String, Double> seen = new LinkedHashMap<>();
        for (HikariDataSource pool : opened) {
            seen.put("waiting: " + pool.getPoolName(), (double)
                    pool.getHikariPoolMXBean().getThreadsAwaitingConnection());
        }
        if (way == Way.HELIOS) {
            try (Connection connection = opened.get(0).getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
                while (classes.next()) {
                    String name = classes.getString("service_class");
                    seen.put("waiting: " + name, classes.getDouble("queued"));
                    seen.put("running: " + name, classes.getDouble("active"));
                    seen.put("let in: " + name, classes.getDouble("mpl"));
                }
            }
        }
        return seen;
    }

    @Override
    public void close() {
        opened.forEach(HikariDataSource::close);
    }
}
