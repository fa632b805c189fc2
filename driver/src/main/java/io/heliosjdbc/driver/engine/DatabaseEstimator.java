package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.DatabaseEstimates;
import io.heliosjdbc.classifier.Estimate;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.Plannable;
import io.heliosjdbc.classifier.statement.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database, in the background and on a connection of its own, what it thinks of the templates that statements have. A
 * statement meets nothing of this but a volatile read; the first one of a template puts it in a queue that has bounds. Thread-safe.
 *
 * <p>The connection is open only while there is something to ask, a second's worth of new templates at a time, and every ten minutes
 * for those that somebody wanted to know since; the others are forgotten.
 */
public final class DatabaseEstimator implements DatabaseEstimates, AutoCloseable {
    static final int MOST_TEMPLATES = 2_000;
    static final int MOST_PENDING = 500;
    static final long COLLECT_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long REFRESH_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** Executions of any templates; from these on a unit of cost is known to take some time. */
    static final int LEAST_OBSERVATIONS = 8;

    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseEstimator.class);
    /** Executions that the time of a unit of cost is the mean of, older ones fading. */
    private static final int WINDOW = 256;
    /** Texts are kept for the next time. */
    private static final int LONGEST_TEXT = 10_000;

    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;
    private static final int VALID_SECONDS = 1;

    /** Classes of SQL states: connection, rollback, resources, object in use, intervention; 70 is MariaDB's and MySQL's for an interrupted statement. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "70");
    /** What MariaDB and MySQL give no state of their own: a lock that was waited for too long, a statement that took too long. */
    private static final Set<Integer> PASSING_CODES = Set.of(1205, 3024);

    private static final String GENERAL_ERROR = "HY000";

    private static final OfTemplate NOTHING = new OfTemplate() {
        @Override
        public @Nullable Estimate now() {
            return null;
        }

        @Override
        public void executed(long nanos) {}
    };

    private final String name;
    private final ConnectionSource source;
    private final Background background;
    private final Map<String, TemplateEstimate> templates = new ConcurrentHashMap<>();
    private final Queue<TemplateEstimate> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pendings = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean collecting = new AtomicBoolean();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();
    private final LogMean rate = new LogMean(WINDOW);
    private volatile @Nullable Connection current;
    private volatile boolean closed;

    /**
     * An estimator that has not asked anything yet.
     *
     * @param name the workload manager's, for logs
     * @param background its own; closed with it
     */
    public DatabaseEstimator(String name, ConnectionSource source, Background background) {
        this.name = name;
        this.source = source;
        this.background = background;
    }

    @Override
    public @Nullable OfTemplate of(StatementProfile profile) {
        if (profile.kind() != StatementKind.WORK || profile.sql().length() > LONGEST_TEXT) {
            return NOTHING;
        }
        TemplateEstimate known = templates.get(profile.templateName());
        if (known != null) {
            return known;
        }
        if (closed) {
            return NOTHING;
        }
        if (templates.size() >= MOST_TEMPLATES) {
            return null;
        }
        TemplateEstimate made = new TemplateEstimate(this, profile);
        TemplateEstimate other = templates.putIfAbsent(profile.templateName(), made);
        if (other != null) {
            return other;
        }
        begin(made);
        return made;
    }

    private void begin(TemplateEstimate template) {
        offer(template);
        if (refreshing.compareAndSet(false, true)) {
            background.later(this::refresh, REFRESH_NANOS);
        }
    }

    /** Takes a template in again that was forgotten, and is wanted after all; where there is no room, it stays forgotten. */
    void remember(TemplateEstimate template) {
        if (closed || templates.size() >= MOST_TEMPLATES) {
            template.forgotten();
            return;
        }
        TemplateEstimate other = templates.putIfAbsent(template.template(), template);
        if (other == null) {
            begin(template);
        } else if (other != template) {
            template.succeededBy(other);
        }
    }

    private void offer(TemplateEstimate template) {
        if (pendings.get() >= MOST_PENDING) {
            if (dropped.getAndIncrement() == 0) {
                LOGGER.info(
                        "Workload manager {}: more templates at once than the database is asked for; some have to wait"
                                + " until they are asked for again",
                        name);
            }
            return;
        }
        enqueue(template);
    }

    /** Each template stands in the queue once at most, so that it cannot outgrow them. */
    private void enqueue(TemplateEstimate template) {
        if (template.queued().compareAndSet(false, true)) {
            int unused = pendings.incrementAndGet();
            pending.add(template);
        }
        // Also for one that stands there already: the database may not have been there the last time.
        if (collecting.compareAndSet(false, true)) {
            background.later(this::ask, COLLECT_NANOS);
        }
    }

    /** How many templates found the queue full; they are asked for at the next refresh. */
    public long dropped() {
        return dropped.get();
    }

    /** How many templates wait to be asked for. */
    int pending() {
        return pendings.get();
    }

    /** What a unit of cost takes, as the logarithm of nanoseconds. */
    LogMean rate() {
        return rate;
    }

    /** Asks the database for whatever is in the queue. */
    private void ask() {
        collecting.set(false);
        if (closed || pending.isEmpty()) {
            return;
        }
        try (Connection connection = source.open()) {
            DatabaseEngine engine = DatabaseEngine.of(connection.getMetaData());
            if (!engine.tells()) {
                close();
                LOGGER.info("Workload manager {}: of this database no estimates are known", name);
                return;
            }
            current = connection;
            limitNetwork(connection);
            engine.limit(connection);
            ask(connection, engine);
            complained.set(false);
        } catch (SQLException | RuntimeException cause) {
            complain(cause);
        } finally {
            current = null;
        }
    }

    private static void limitNetwork(Connection connection) {
        try {
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        } catch (SQLException | RuntimeException without) {
            LOGGER.debug(
                    "This driver has no network timeout: {}", without.getClass().getName());
        }
    }

    private void ask(Connection connection, DatabaseEngine engine) throws SQLException {
        Map<String, @Nullable Long> rowCounts = new HashMap<>();
        for (TemplateEstimate next = pending.poll(); next != null && !closed; next = pending.poll()) {
            int unused = pendings.decrementAndGet();
            next.queued().set(false);
            begin(connection, engine);
            try {
                question(connection, engine, next, rowCounts);
            } catch (SQLException | RuntimeException cause) {
                if (isLasting(cause)) {
                    next.failed();
                }
                LOGGER.debug("Workload manager {}: no estimate for {}: {}", name, next.template(), code(cause));
                if (!connection.isValid(VALID_SECONDS)) {
                    throw cause;
                }
            }
        }
    }

    /** Not where it was locked, took too long, or the server had other things to do: that passes. */
    static boolean isLasting(Exception cause) {
        if (!(cause instanceof SQLException sql)) {
            return true;
        }
        String state = sql.getSQLState();
        if (state == null || state.length() < 2) {
            return true;
        }
        return state.equals(GENERAL_ERROR)
                ? !PASSING_CODES.contains(sql.getErrorCode())
                : !PASSING.contains(state.substring(0, 2));
    }

    /** Where this fails, no template can be asked for; and what was begun must not fail the next question too. */
    private static void begin(Connection connection, DatabaseEngine engine) throws SQLException {
        try {
            engine.begin(connection);
        } catch (SQLException | RuntimeException cause) {
            try {
                engine.end(connection);
            } catch (SQLException | RuntimeException further) {
                cause.addSuppressed(further);
            }
            throw cause;
        }
    }

    private static void question(
            Connection connection,
            DatabaseEngine engine,
            TemplateEstimate template,
            Map<String, @Nullable Long> rowCounts)
            throws SQLException {
        try {
            ask(connection, engine, template, rowCounts);
        } finally {
            engine.end(connection);
        }
    }

    private static void ask(
            Connection connection,
            DatabaseEngine engine,
            TemplateEstimate template,
            Map<String, @Nullable Long> rowCounts)
            throws SQLException {
        Long largest = null;
        for (String table : template.tables()) {
            Long count = rowCount(connection, engine, table, rowCounts);
            if (count != null && (largest == null || count > largest)) {
                largest = count;
            }
        }
        Plannable statement = template.statement();
        DatabasePlan plan = statement == null ? null : engine.plan(connection, statement);
        Long scanned = plan == null ? null : scanned(connection, engine, plan, rowCounts);
        String how = plan == null
                ? "catalog"
                : statement != null && statement.parameters() > 0 ? "generic plan" : "plan of the first text";
        template.take(plan, scanned, largest, engine.name() + ", " + how);
    }

    /** What the plan's scans give; of tables that are read as a whole, all rows. Null where the plan does not say, or nobody knows the size of one of those. */
    private static @Nullable Long scanned(
            Connection connection, DatabaseEngine engine, DatabasePlan plan, Map<String, @Nullable Long> rowCounts)
            throws SQLException {
        if (plan.scans() == null) {
            return null;
        }
        double sum = 0;
        for (double rows : plan.scans().values()) {
            sum += rows;
        }
        for (Map.Entry<String, Double> whole : plan.wholeTables().entrySet()) {
            Long count = rowCount(connection, engine, whole.getKey(), rowCounts);
            if (count == null) {
                return null;
            }
            sum += count * whole.getValue();
        }
        return Math.round(sum);
    }

    private static @Nullable Long rowCount(
            Connection connection, DatabaseEngine engine, String table, Map<String, @Nullable Long> rowCounts)
            throws SQLException {
        if (rowCounts.containsKey(table)) {
            return rowCounts.get(table);
        }
        Long count = engine.rowCount(connection, table);
        rowCounts.put(table, count);
        return count;
    }

    /** Forgets what nobody wanted to know since the last time, and asks for the rest again. */
    private void refresh() {
        refreshing.set(false);
        boolean forgets = templates.values().removeIf(TemplateEstimate::isOver);
        boolean stood = forgets && pending.removeIf(this::leaves);
        LOGGER.debug("Workload manager {}: templates were forgotten: {}, while they waited: {}", name, forgets, stood);
        for (TemplateEstimate template : templates.values()) {
            if (template.isWanted()) {
                enqueue(template);
            }
        }
        if (!closed && !templates.isEmpty() && refreshing.compareAndSet(false, true)) {
            background.later(this::refresh, REFRESH_NANOS);
        }
    }

    /** Whether it was forgotten while it stood in the queue, the database not being there. */
    private boolean leaves(TemplateEstimate template) {
        if (!template.isForgotten()) {
            return false;
        }
        int unused = pendings.decrementAndGet();
        template.queued().set(false);
        return true;
    }

    /** Names no text and no address: drivers put either into their messages, and secrets stand in both. */
    private void complain(Exception cause) {
        if (!closed && complained.compareAndSet(false, true)) {
            LOGGER.warn(
                    "Workload manager {}: the database cannot be asked for estimates ({}); statements go by their texts",
                    name,
                    code(cause));
        }
    }

    private static String code(Exception cause) {
        return cause.getClass().getSimpleName() + (cause instanceof SQLException sql ? " " + sql.getSQLState() : "");
    }

    /** Asks nothing more; what it is asking now ends. */
    @Override
    public void close() {
        closed = true;
        background.close();
        templates.clear();
        pending.clear();
        Connection open = current;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException | RuntimeException cause) {
                LOGGER.debug("Workload manager {}: the connection for estimates ends by itself: {}", name, code(cause));
            }
        }
    }
}
