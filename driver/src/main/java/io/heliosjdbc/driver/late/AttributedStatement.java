package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement of a logical connection is told, such as how many rows at most: kept, told to each statement of the vendor's that stands
 * for it, and taken back from one that others use. As thread-safe as its connection.
 */
abstract class AttributedStatement implements Statement {
    private static final int UNKNOWN = Integer.MIN_VALUE;
    private static final String QUERY_TIMEOUT = "QueryTimeout";
    private static final String FETCH_SIZE = "FetchSize";
    private static final String CLOSE_ON_COMPLETION = "CloseOnCompletion";

    /** What the vendor's statement is to be told, by name. */
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    /** What the attached statement has not been told yet. */
    private final Set<String> untold = new LinkedHashSet<>();
    /** What the vendor's statement had before it was told. */
    private int formerTimeout = UNKNOWN;

    private int formerFetchSize = UNKNOWN;

    /** In seconds; 0 for none. */
    private int queryTimeout;

    private boolean closesOnCompletion;

    /** Something to tell a statement. */
    @FunctionalInterface
    interface Setter<S> {
        void on(S statement) throws SQLException;
    }

    /** What a statement has. */
    @FunctionalInterface
    interface Getter<T> {
        @Nullable
        T of(Statement statement) throws SQLException;
    }

    private record Attribute(Object value, Setter<Statement> setter) {}

    abstract void checkOpen() throws SQLException;

    /** Whether the driver has one query timeout for all statements of a connection. */
    abstract boolean sharesQueryTimeout();

    /** What statements made like this one answer, and told what it was; each question is asked once. */
    abstract <T> @Nullable T habit(Object what, Getter<T> getter) throws SQLException;

    /** Tells the vendor's statement something now, where there is one. */
    abstract void tellAttached(Setter<Statement> setter) throws SQLException;

    /** Another statement of the vendor's stands for it from now on. */
    final void tellAnew() {
        untold.addAll(attributes.keySet());
    }

    /** In seconds; 0 for none. */
    final int queryTimeout() {
        return queryTimeout;
    }

    final boolean closesOnCompletion() {
        return closesOnCompletion;
    }

    /** For one execution; the next one is told its own again. */
    final void tellQueryTimeout(Statement vendors, Physical physical, int seconds) throws SQLException {
        if (sharesQueryTimeout()) {
            physical.queryTimeout(vendors, seconds);
            return;
        }
        untold.add(QUERY_TIMEOUT);
        vendors.setQueryTimeout(seconds);
    }

    /** Whether it was told nothing but what {@link #untell} and {@link #renew} take back. */
    final boolean isTakenBack() {
        return attributes.isEmpty() || Set.of(QUERY_TIMEOUT, FETCH_SIZE).containsAll(attributes.keySet());
    }

    /** Tells the vendor's statement what it has not been told yet. */
    final void tell(Statement vendors, Physical physical) throws SQLException {
        if (sharesQueryTimeout()) {
            // Another statement may have told the session its own.
            Attribute timeout = attributes.get(QUERY_TIMEOUT);
            physical.queryTimeout(vendors, timeout == null ? null : (Integer) timeout.value());
            untold.remove(QUERY_TIMEOUT);
        }
        if (untold.isEmpty()) {
            return;
        }
        if (formerTimeout == UNKNOWN && untold.contains(QUERY_TIMEOUT)) {
            formerTimeout = vendors.getQueryTimeout();
        }
        if (formerFetchSize == UNKNOWN && untold.contains(FETCH_SIZE)) {
            formerFetchSize = vendors.getFetchSize();
        }
        for (Map.Entry<String, Attribute> each : List.copyOf(attributes.entrySet())) {
            String name = each.getKey();
            if (!untold.remove(name)) {
                continue;
            }
            boolean taken = false;
            try {
                each.getValue().setter().on(vendors);
                taken = true;
            } finally {
                if (!taken) {
                    // What the vendor refuses holds for nobody, and not a second time.
                    attributes.remove(name);
                }
            }
        }
    }

    /** The next one to use it must not have its query timeout. */
    final void untell(Statement vendors) throws SQLException {
        if (formerTimeout != UNKNOWN) {
            vendors.setQueryTimeout(formerTimeout);
            formerTimeout = UNKNOWN;
        }
    }

    /** Makes a statement as good as new that was told how much to fetch, and nothing else. */
    final void renew(Statement vendors) throws SQLException {
        if (formerFetchSize != UNKNOWN) {
            vendors.setFetchSize(formerFetchSize);
            formerFetchSize = UNKNOWN;
        }
    }

    /**
     * Keeps something to tell each statement of the vendor's. What none of them has taken yet is told at once, and kept only where it is
     * not refused.
     */
    private void attribute(String name, Object value, Setter<Statement> setter) throws SQLException {
        checkOpen();
        Attribute known = attributes.get(name);
        if (known != null && known.value().equals(value)) {
            return;
        }
        attributes.remove(name);
        attributes.put(name, new Attribute(value, setter));
        untold.remove(name);
        untold.add(name);
        boolean taken = false;
        try {
            Boolean unused = habit(List.of("takes", name, value, told("MaxRows"), told("LargeMaxRows")), told -> true);
            taken = true;
        } finally {
            if (!taken) {
                restore(name, known);
            }
        }
    }

    private void restore(String name, @Nullable Attribute former) {
        if (former == null) {
            attributes.remove(name);
            untold.remove(name);
        } else {
            attributes.put(name, former);
            untold.add(name);
        }
    }

    /** What statements have that were told the same. */
    private <T> T attribute(String name, Getter<T> getter) throws SQLException {
        checkOpen();
        Object maxRows = name.endsWith("MaxRows") ? List.of(told("MaxRows"), told("LargeMaxRows")) : told(name);
        return Objects.requireNonNull(habit(List.of(name, maxRows), getter));
    }

    private Object told(String name) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? "nothing" : attribute.value();
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        attribute("MaxFieldSize", max, vendors -> vendors.setMaxFieldSize(max));
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        return attribute("MaxFieldSize", Statement::getMaxFieldSize);
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        attribute("MaxRows", max, vendors -> vendors.setMaxRows(max));
    }

    @Override
    public int getMaxRows() throws SQLException {
        return attribute("MaxRows", Statement::getMaxRows);
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        attribute("LargeMaxRows", max, vendors -> vendors.setLargeMaxRows(max));
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        return attribute("LargeMaxRows", Statement::getLargeMaxRows);
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        attribute("EscapeProcessing", enable, vendors -> vendors.setEscapeProcessing(enable));
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        attribute(QUERY_TIMEOUT, seconds, vendors -> vendors.setQueryTimeout(seconds));
        queryTimeout = seconds;
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        return attribute(QUERY_TIMEOUT, Statement::getQueryTimeout);
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        attribute("CursorName", String.valueOf(name), vendors -> vendors.setCursorName(name));
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        attribute("FetchDirection", direction, vendors -> vendors.setFetchDirection(direction));
    }

    @Override
    public int getFetchDirection() throws SQLException {
        return attribute("FetchDirection", Statement::getFetchDirection);
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        attribute(FETCH_SIZE, rows, vendors -> vendors.setFetchSize(rows));
    }

    @Override
    public int getFetchSize() throws SQLException {
        return attribute(FETCH_SIZE, Statement::getFetchSize);
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        return attribute("ResultSetConcurrency", Statement::getResultSetConcurrency);
    }

    @Override
    public int getResultSetType() throws SQLException {
        return attribute("ResultSetType", Statement::getResultSetType);
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        attribute("Poolable", poolable, vendors -> vendors.setPoolable(poolable));
    }

    @Override
    public boolean isPoolable() throws SQLException {
        return attribute("Poolable", Statement::isPoolable);
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        attribute(CLOSE_ON_COMPLETION, true, Statement::closeOnCompletion);
        closesOnCompletion = true;
        // Not only at the next execution: the rows of the last one may be read still.
        tellAttached(Statement::closeOnCompletion);
        untold.remove(CLOSE_ON_COMPLETION);
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        return attribute(CLOSE_ON_COMPLETION, Statement::isCloseOnCompletion);
    }
}
