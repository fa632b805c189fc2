package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** What differs between databases, all in this one place. */
public enum Dialect {
    H2(
            "ANALYZE SAMPLE_SIZE 10000",
            "SELECT session_id, executing_statement IS NOT NULL OR contains_uncommitted FROM information_schema.sessions"
                    + " WHERE session_id <> session_id()",
            null) {
        @Override
        public RowWriter writer(Connection connection, String table, List<String> columns) throws SQLException {
            return new BatchWriter(connection, table, columns);
        }
    },
    POSTGRESQL(
            "VACUUM ANALYZE",
            "SELECT pid, state <> 'idle' FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()",
            "SELECT name, current_setting(name) FROM pg_settings WHERE name IN ('shared_buffers', 'work_mem', 'fsync',"
                    + " 'effective_cache_size', 'synchronous_commit', 'full_page_writes', 'max_connections', 'max_wal_size',"
                    + " 'max_parallel_workers_per_gather', 'jit', 'random_page_cost') UNION ALL"
                    + " SELECT 'lc_collate', datcollate::text FROM pg_database WHERE datname = current_database() ORDER BY 1") {
        @Override
        public RowWriter writer(Connection connection, String table, List<String> columns) throws SQLException {
            // There are other drivers for it, and other databases that go by its name.
            return connection.isWrapperFor(PGConnection.class)
                    ? new CopyWriter(connection, table, columns)
                    : new BatchWriter(connection, table, columns);
        }

        @Override
        public Optional<String> checkpoint() {
            return Optional.of("CHECKPOINT");
        }
    },
    /** MySQL's, too. */
    MARIADB(
            "ANALYZE TABLE ",
            "SELECT id, command <> 'Sleep' OR id IN (SELECT trx_mysql_thread_id FROM information_schema.innodb_trx)"
                    + " FROM information_schema.processlist WHERE db = database() AND id <> connection_id()",
            "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_buffer_pool_size', 'innodb_flush_log_at_trx_commit',"
                    + " 'innodb_log_file_size', 'innodb_redo_log_capacity', 'sync_binlog', 'max_connections')") {
        @Override
        public RowWriter writer(Connection connection, String table, List<String> columns) throws SQLException {
            return new BatchWriter(connection, table, columns);
        }

        @Override
        public Optional<String> afterLoad(List<String> tables) {
            return super.afterLoad(tables).map(analyze -> analyze + String.join(", ", tables));
        }

        /** Only who has the privilege PROCESS may ask for transactions. */
        @Override
        public Optional<String> backendsOnly() {
            return Optional.of("SELECT id, FALSE FROM information_schema.processlist"
                    + " WHERE db = database() AND id <> connection_id()");
        }

        /** Texts that differ in nothing but case differ, and instants have fractions of a second and no end in 2038. */
        @Override
        public String create(String table) {
            return table.replace(" TIMESTAMP", " DATETIME(6)") + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
        }
    },
    GENERIC(null, null, null) {
        @Override
        public RowWriter writer(Connection connection, String table, List<String> columns) throws SQLException {
            return new BatchWriter(connection, table, columns);
        }
    };

    /** Classes of states in the standard. */
    private static final String SYNTAX_OR_ACCESS = "42";

    private static final String NOT_SUPPORTED = "0A";

    private static final int H2_LOCK_TIMEOUT = 50200;
    private static final int H2_CONCURRENT_UPDATE = 90131;
    private static final int MARIADB_LOCK_TIMEOUT = 1205;
    private static final int MARIADB_CONCURRENT_UPDATE = 1020;
    private static final int MARIADB_ACCESS_DENIED = 1227;
    private static final String DERBY_LOCK_TIMEOUT = "40XL1";
    private static final int ORACLE_DEADLOCK = 60;
    private static final int ORACLE_CANNOT_SERIALIZE = 8177;

    private final @Nullable String afterLoad;
    private final @Nullable String backends;
    private final @Nullable String settings;

    Dialect(@Nullable String afterLoad, @Nullable String backends, @Nullable String settings) {
        this.afterLoad = afterLoad;
        this.backends = backends;
        this.settings = settings;
    }

    public abstract RowWriter writer(Connection connection, String table, List<String> columns) throws SQLException;

    /** A {@code CREATE TABLE} as this database understands it. */
    public String create(String table) {
        return table;
    }

    /**
     * Whether the database does not know what it was asked for, has no such thing, or lets this user have none: other databases go by the
     * name of one of these.
     */
    public static boolean withholds(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith(SYNTAX_OR_ACCESS) || state.startsWith(NOT_SUPPORTED);
    }

    /**
     * Brings the optimizer's statistics up to date; run outside a transaction.
     *
     * @param tables all that were loaded; most databases look at all that they have
     */
    public Optional<String> afterLoad(List<String> tables) {
        return Optional.ofNullable(afterLoad);
    }

    /** Writes out what has changed; run outside a transaction, by a user who may. Empty where there is no need, or nobody knows how. */
    public Optional<String> checkpoint() {
        return Optional.empty();
    }

    /**
     * Asks for the numbers of the database's other connections, and whether each is in a statement or a transaction, of which H2 tells only
     * those that have changed something; empty where nobody knows how to ask.
     */
    public Optional<String> backends() {
        return Optional.ofNullable(backends);
    }

    /** Asks for their numbers alone, on behalf of a user who may not ask what they do; empty where there is none. */
    public Optional<String> backendsOnly() {
        return Optional.empty();
    }

    /** Whether the user may not ask for what somebody else may. */
    public boolean denied(SQLException e) {
        return this == MARIADB && e.getErrorCode() == MARIADB_ACCESS_DENIED;
    }

    /** Asks for the names and values of those settings of the server that decide how fast it is; empty where nobody knows how to ask. */
    public Optional<String> settings() {
        return Optional.ofNullable(settings);
    }

    /** Whether the transaction failed only because others ran at the same time, so that it may be tried again. */
    public boolean retryable(SQLException e) {
        String state = e.getSQLState();
        if ("40001".equals(state) || "40P01".equals(state)) {
            return true;
        }
        return switch (this) {
            case H2 -> e.getErrorCode() == H2_LOCK_TIMEOUT || e.getErrorCode() == H2_CONCURRENT_UPDATE;
            case MARIADB -> e.getErrorCode() == MARIADB_LOCK_TIMEOUT || e.getErrorCode() == MARIADB_CONCURRENT_UPDATE;
            case POSTGRESQL -> "55P03".equals(state);
            case GENERIC -> isCollision(state, e.getErrorCode());
        };
    }

    /** Of databases that have no dialect here, the states that say so in their own way; with a code where the state says more than that. */
    private static boolean isCollision(@Nullable String state, int code) {
        return DERBY_LOCK_TIMEOUT.equals(state)
                || ("61000".equals(state) && code == ORACLE_DEADLOCK)
                || ("72000".equals(state) && code == ORACLE_CANNOT_SERIALIZE);
    }

    /** What to expect of a database that has no dialect here, for people; empty where it has one. */
    public static Optional<String> note(Connection connection) throws SQLException {
        return of(connection) == GENERIC
                ? Optional.of(
                        connection.getMetaData().getDatabaseProductName()
                                + " is none of H2, PostgreSQL, MariaDB and MySQL: it is spoken to in standard SQL, and fails where it lacks some of it")
                : Optional.empty();
    }

    /** The dialect of the database at the other end. */
    public static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        return switch (product) {
            case "h2" -> H2;
            case "mariadb", "mysql" -> MARIADB;
            case "postgresql" -> POSTGRESQL;
            default -> GENERIC;
        };
    }
}
