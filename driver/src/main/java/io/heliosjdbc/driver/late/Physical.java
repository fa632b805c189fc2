package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the vendor's in a pool, with what its session is known to be like and the statements that are prepared on it. Used
 * by one binding at a time.
 */
final class Physical {
    private static final int MOST_STATEMENTS = 100;
    private static final int VALIDATION_SECONDS = 5;

    /** Of PostgreSQL, whose driver sees it. */
    static final String FORGET_PREPARED = "DEALLOCATE ALL";

    /** Likewise, and functions read their literals again. */
    static final String FORGET_READ = "DISCARD PLANS; " + FORGET_PREPARED;
    /** Of MariaDB's status. */
    private static final int IN_TRANSACTION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Physical.class);

    private final Connection raw;
    private final @Nullable MethodHandle transactionState;
    private final @Nullable MethodHandle parameterStatuses;
    private final @Nullable MethodHandle serverStatus;
    /** What differs from the defaults. */
    private final Map<Item, Object> items = new EnumMap<>(Item.class);

    private final Map<String, String> settings = new HashMap<>();
    /** What statements were prepared or looked for with the last time: equal to {@code settings}, or of before. */
    private Map<String, String> copied = Map.of();
    /** What variables were before anybody has changed them. */
    private final Map<String, String> former = new ConcurrentHashMap<>();

    private final Map<String, String> clientInfo = new HashMap<>();
    /** Several threads may be at work for the one logical connection. */
    private final ReentrantLock preparing = new ReentrantLock();

    /** Likewise. */
    private final ReentrantLock telling = new ReentrantLock();

    private final Map<Prepared, PreparedStatement> statements = new LinkedHashMap<>();

    private boolean autoCommit = true;
    private Map<?, ?> reported = Map.of();
    /** The session's query timeout before anybody told it one; null where nobody has. */
    private @Nullable Integer formerTimeout;
    /** Which it was told last; then. */
    private int queryTimeout;

    /** HikariCP's while it is lent by HikariCP. */
    private @Nullable Connection handle;
    /** Since when. */
    private long lentAt;

    /** Whether somebody has it. */
    private boolean inUse;

    private String purpose = "";

    /** Whether somebody's last keys are in the session. */
    private boolean hasKeys;

    /** Whether they ever were. */
    private boolean hadKeys;

    private boolean turned;

    /** Whether anything may be prepared on the server. */
    private volatile boolean prepares;
    /** Whether the search path was changed since the driver has seen it change the last time. */
    private volatile boolean pathUnseen;

    private final LongSupplier clock;
    private long usedAt;
    private long takenAt;
    /** When HikariCP got it the last time. */
    private long returnedAt;

    /**
     * A text prepared where its names were looked up: H2 and others do so once, and read the same tables wherever it is executed. Of PostgreSQL
     * and others it has the holdability that the connection had then, and of those that have variables what these made of its literals.
     */
    private record Prepared(
            Preparation preparation,
            @Nullable Object catalog,
            @Nullable Object schema,
            @Nullable Object holdability,
            Map<String, String> variables) {
        /** The text alone tells them apart as a rule, and a text knows its own. */
        @Override
        public int hashCode() {
            return preparation.sql().hashCode();
        }
    }

    /**
     * A connection that was opened just now, or was brought back to what it was then.
     *
     * @param transactionState the driver's method that tells the state of the transaction, or null
     * @param parameterStatuses the driver's method that tells what the server has reported of its session, or null
     */
    Physical(Connection raw, @Nullable MethodHandle transactionState, @Nullable MethodHandle parameterStatuses) {
        this(raw, transactionState, parameterStatuses, null, System::nanoTime);
    }

    /**
     * Likewise.
     *
     * @param serverStatus the driver's method that tells the server's last status, or null
     * @param clock in nanoseconds
     */
    Physical(
            Connection raw,
            @Nullable MethodHandle transactionState,
            @Nullable MethodHandle parameterStatuses,
            @Nullable MethodHandle serverStatus,
            LongSupplier clock) {
        this.raw = raw;
        this.transactionState = transactionState;
        this.parameterStatuses = parameterStatuses;
        this.serverStatus = serverStatus;
        this.clock = clock;
        this.usedAt = clock.getAsLong();
        this.takenAt = usedAt;
        this.returnedAt = usedAt;
        report();
    }

    Connection raw() {
        return raw;
    }

    /** PostgreSQL's driver reads the state of the transaction in each of the server's answers. */
    static @Nullable MethodHandle transactionState(Connection raw) {
        try {
            Method method = raw.getClass().getMethod("getTransactionState");
            return method.getReturnType().isEnum() && method.invoke(raw) != null ? question(method) : null;
        } catch (ReflectiveOperationException none) {
            return null;
        }
    }

    /** PostgreSQL's driver remembers what the server reports. Looked up once: that takes longer than asking. */
    static @Nullable MethodHandle parameterStatuses(Connection raw) {
        try {
            return question(raw.getClass().getMethod("getParameterStatuses"));
        } catch (ReflectiveOperationException olderDriver) {
            return null;
        }
    }

    /** MariaDB's driver remembers what the server's last answer said of the session. */
    static @Nullable MethodHandle serverStatus(Connection raw) {
        try {
            Method context = raw.getClass().getMethod("getContext");
            Method status = context.getReturnType().getMethod("getServerStatus");
            MethodHandle told = MethodHandles.publicLookup().unreflect(status);
            return MethodHandles.filterReturnValue(
                            MethodHandles.publicLookup().unreflect(context),
                            told.asType(told.type().changeReturnType(Object.class)))
                    .asType(MethodType.methodType(Object.class, Connection.class));
        } catch (ReflectiveOperationException anotherDriver) {
            return null;
        }
    }

    /** A method would look at each call who calls it. */
    private static MethodHandle question(Method method) throws IllegalAccessException {
        return MethodHandles.publicLookup()
                .unreflect(method)
                .asType(MethodType.methodType(Object.class, Connection.class));
    }

    /** What the driver answers; null where it fails. */
    private static @Nullable Object answer(MethodHandle question, Connection raw) {
        try {
            return (Object) question.invokeExact(raw);
        } catch (Throwable failure) {
            LOG.debug("A physical connection does not say how it stands", failure);
            return null;
        }
    }

    /** Whether a transaction is open, by the driver's word; null where it does not say. */
    @Nullable
    Boolean inTransaction() {
        return inTransaction(raw, transactionState);
    }

    /**
     * Likewise.
     *
     * @param asked the driver's method that tells the state of the transaction, or null
     */
    static @Nullable Boolean inTransaction(Connection raw, @Nullable MethodHandle asked) {
        if (asked == null) {
            return null;
        }
        return !(answer(asked, raw) instanceof Enum<?> told && told.name().equals("IDLE"));
    }

    /**
     * Whether a commit or rollback that succeeds leaves nothing open, and nothing to be begun. MariaDB's driver sends none where the server's status
     * has no transaction, though the session may hold locks: of tables that know none.
     */
    boolean endsForCertain(Dialect dialect) {
        return switch (dialect) {
            case H2 -> true;
            case MARIADB ->
                serverStatus != null
                        && answer(serverStatus, raw) instanceof Integer status
                        && (status & IN_TRANSACTION) != 0;
            default -> false;
        };
    }

    boolean tellsTransaction() {
        return transactionState != null;
    }

    /** Remembers what the server has reported of its session, where the driver tells: that, and no more, is known and as it should be. */
    void report() {
        Map<?, ?> now = reports();
        if (!now.equals(reported)) {
            reported = Map.copyOf(now);
        }
    }

    /**
     * Whether the server has reported nothing since that nobody has asked for: a trigger, say, may have set something.
     *
     * @param asked the settings that texts have set, in lower case
     */
    boolean isAsReported(Set<String> asked) {
        Map<?, ?> now = reports();
        if (now.equals(reported)) {
            return true;
        }
        Set<Object> names = new HashSet<>(now.keySet());
        names.addAll(reported.keySet());
        return names.stream()
                .allMatch(name -> Objects.equals(now.get(name), reported.get(name))
                        || isAskedFor(String.valueOf(name).toLowerCase(Locale.ROOT), asked));
    }

    private static boolean isAskedFor(String name, Set<String> asked) {
        return asked.contains(name) || (name.equals("is_superuser") && asked.contains("role"));
    }

    /** Whether the server has reported a setting when it was as it should be, and it is the same still. */
    boolean reportsUnchanged(String setting) {
        Object now = reportedIn(reports(), setting);
        return now != null && now.equals(reportedIn(reported, setting));
    }

    private static @Nullable Object reportedIn(Map<?, ?> reports, String setting) {
        for (Map.Entry<?, ?> each : reports.entrySet()) {
            if (setting.equalsIgnoreCase(String.valueOf(each.getKey()))) {
                return each.getValue();
            }
        }
        return null;
    }

    /** Whether the server reports a setting whenever it changes, and the driver tells. */
    boolean reports(String setting) {
        return reports().containsKey(setting);
    }

    private Map<?, ?> reports() {
        MethodHandle asked = parameterStatuses;
        return asked != null && answer(asked, raw) instanceof Map<?, ?> map ? map : Map.of();
    }

    boolean autoCommit() {
        return autoCommit;
    }

    /** Likewise, though it may have been switched by a text. */
    void switchAutoCommit(boolean on) throws SQLException {
        raw.setAutoCommit(on);
        autoCommit = on;
    }

    void autoCommit(boolean on) throws SQLException {
        if (on != autoCommit) {
            raw.setAutoCommit(on);
            autoCommit = on;
        }
    }

    /**
     * Whether it is not to be worked on any more. Of some drivers a closed statement is told in a state of the connection's: it is asked whether
     * it is meant. If it throws anything then, it is.
     *
     * @param failure what it threw at work
     */
    boolean isBroken(SQLException failure) {
        try {
            return raw.isClosed() || (PoolFailures.isBroken(failure) && !raw.isValid(VALIDATION_SECONDS));
        } catch (Throwable noAnswer) {
            LOG.debug("A physical connection does not say whether it works", noAnswer);
            return true;
        }
    }

    /**
     * Whether it works, though nobody has it. It may have been left without autocommit, and some drivers open a transaction for the question.
     *
     * @param seconds how long the answer may take
     */
    boolean answers(int seconds) throws SQLException {
        boolean works = raw.isValid(seconds);
        if (works) {
            autoCommit(true);
        }
        return works;
    }

    /** Ends the transaction that is open, which a text may have begun. */
    void rollback() throws SQLException {
        if (autoCommit) {
            try (Statement statement = raw.createStatement()) {
                statement.execute("ROLLBACK");
            }
        } else {
            raw.rollback();
        }
    }

    /** Ends whatever it is at; it is thrown away in any case. */
    void abort(Executor executor) {
        try {
            raw.abort(executor);
        } catch (SQLException | RuntimeException refused) {
            LOG.debug("A physical connection could not be aborted", refused);
        }
    }

    /**
     * Tells the session a query timeout, of a driver that has one for all statements of a connection.
     *
     * @param statement one of the vendor's, of this connection
     * @param seconds 0 for none; null for what the session had before it was told any
     */
    void queryTimeout(Statement statement, @Nullable Integer seconds) throws SQLException {
        telling.lock();
        try {
            if (formerTimeout == null) {
                if (seconds == null) {
                    return;
                }
                queryTimeout = statement.getQueryTimeout();
                formerTimeout = queryTimeout;
            }
            int wanted = seconds == null ? formerTimeout : seconds;
            if (wanted != queryTimeout) {
                statement.setQueryTimeout(wanted);
                queryTimeout = wanted;
            }
            if (seconds == null) {
                formerTimeout = null;
            }
        } finally {
            telling.unlock();
        }
    }

    /** The session has the query timeout again that it had before anybody told it one. */
    void forgetQueryTimeout() throws SQLException {
        if (formerTimeout != null) {
            autoCommit(true);
            try (Statement statement = raw.createStatement()) {
                queryTimeout(statement, null);
            }
        }
    }

    Map<Item, Object> items() {
        return items;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** What a variable was before anybody has changed it, as a literal; null where nobody has asked. */
    @Nullable
    String former(String variable) {
        return former.get(variable);
    }

    /** Takes no notice where it is known already. */
    void rememberFormer(String variable, String value) {
        former.putIfAbsent(variable, value);
    }

    Map<String, String> clientInfo() {
        return clientInfo;
    }

    boolean hasKeys() {
        return hasKeys;
    }

    void hasKeys(boolean has) {
        hasKeys = has;
        hadKeys |= has;
    }

    /** Whether somebody's last keys ever were in the session, though those that can be forgotten were. */
    boolean hadKeys() {
        return hadKeys;
    }

    /** Something else than the last time: the driver sees the search path change that is told with it. */
    boolean turn() {
        turned = !turned;
        pathUnseen = false;
        return turned;
    }

    /** The search path is changed, and the driver does not see it, or not see it taken back. */
    void pathIsUnseen() {
        pathUnseen = true;
    }

    boolean isPathUnseen() {
        return pathUnseen;
    }

    /** Something runs that may be prepared on the server. */
    void prepares() {
        if (!prepares) {
            prepares = true;
        }
    }

    /** PostgreSQL's driver forgets what it has prepared on the server. */
    void forgetPrepared() throws SQLException {
        forget(FORGET_PREPARED);
    }

    /** Likewise; what stands in functions is read again, too, before it is executed the next time. */
    void forgetRead() throws SQLException {
        forget(FORGET_READ);
    }

    private void forget(String text) throws SQLException {
        if (prepares) {
            prepares = false;
            try (Statement statement = raw.createStatement()) {
                statement.execute(text);
            }
        }
    }

    private Prepared here(Preparation preparation) {
        if (!former.isEmpty() && !copied.equals(settings)) {
            copied = Map.copyOf(settings);
        }
        return new Prepared(
                preparation,
                items.get(Item.CATALOG),
                items.get(Item.SCHEMA),
                items.get(Item.HOLDABILITY),
                former.isEmpty() ? Map.of() : copied);
    }

    /** A statement prepared earlier in the same catalog and schema and with the same holdability, which is the caller's now; or null. */
    @Nullable
    PreparedStatement take(Preparation preparation) {
        preparing.lock();
        try {
            return statements.remove(here(preparation));
        } finally {
            preparing.unlock();
        }
    }

    /** Keeps a statement, prepared in the catalog and schema and with the holdability of the session now, for the next one who wants it. */
    void keep(Preparation preparation, PreparedStatement statement) throws SQLException {
        PreparedStatement other;
        PreparedStatement eldest;
        preparing.lock();
        try {
            other = statements.put(here(preparation), statement);
            eldest = statements.size() > MOST_STATEMENTS
                    ? statements.remove(statements.keySet().iterator().next())
                    : null;
        } finally {
            preparing.unlock();
        }
        if (other != null) {
            other.close();
        }
        if (eldest != null) {
            eldest.close();
        }
    }

    /** HikariCP has lent it. */
    void lent(Connection as) {
        handle = as;
        lentAt = clock.getAsLong();
    }

    /** What HikariCP has lent it as, which is HikariCP's again then; null where it has it already. */
    @Nullable
    Connection takeHandle() {
        Connection taken = handle;
        handle = null;
        returnedAt = clock.getAsLong();
        return taken;
    }

    /** When HikariCP lent it. */
    long lentAt() {
        return lentAt;
    }

    /** Whether HikariCP has lent it after its last use. */
    boolean isUnusedSinceLent() {
        return lentAt - usedAt >= 0;
    }

    /** For how long HikariCP had it before it lent it. */
    long withLenderNanos() {
        return lentAt - returnedAt;
    }

    /** When its last use was over. */
    long usedAt() {
        return usedAt;
    }

    /** @param what for what it is used from now on */
    void taken(String what, long now) {
        inUse = true;
        purpose = what;
        takenAt = now;
    }

    /** When its present use began, or its last one. */
    long takenAt() {
        return takenAt;
    }

    /** For what it was taken the last time. */
    String purpose() {
        return purpose;
    }

    /** Its use is over; false where it was over before. */
    boolean used(long now) {
        usedAt = now;
        boolean was = inUse;
        inUse = false;
        return was;
    }
}
