package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An application's end of one connection: what it holds, by names that a program's steps know, and what it was answered. One thread's. */
final class Client implements AutoCloseable {
    private static final int MOST_ROWS = 20;
    /** What changes a setting, as its step's words have it. */
    private static final Pattern SETS =
            Pattern.compile("\\bset|reset|discard|search_path|sets_app|use ", Pattern.CASE_INSENSITIVE);

    private final Opener opener;
    private final Connection administrator;
    private @Nullable Connection connection;
    private final Map<String, Statement> statements = new HashMap<>();
    private final Map<String, ResultSet> results = new HashMap<>();
    private final Map<String, Savepoint> savepoints = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();
    private List<String> answers = new ArrayList<>();
    private boolean hasSet;
    private boolean hasFailed;
    /** All result sets that it has been given. */
    private final Set<ResultSet> given = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Opens a connection. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /** Something asked, whose answer may be an error. */
    @FunctionalInterface
    interface Question {
        @Nullable
        Object ask() throws Exception;
    }

    /** Something told, which has no answer but an error. */
    @FunctionalInterface
    interface Request {
        void make() throws Exception;
    }

    /**
     * A client that has no connection yet.
     *
     * @param administrator a connection of nobody's, which none of the clients' can break
     */
    Client(Opener opener, Connection administrator) {
        this.opener = opener;
        this.administrator = administrator;
    }

    /** Whether a step may change a setting. */
    static boolean sets(Step step) {
        return SETS.matcher(step.words()).find();
    }

    /** Does a step. What was answered, line by line. */
    List<String> does(Step step) {
        answers = new ArrayList<>();
        hasSet |= sets(step);
        tell(() -> step.deed().by(this));
        hasFailed |= answers.stream().anyMatch(Words::isError);
        return answers;
    }

    Connection administrator() {
        return administrator;
    }

    /** How many lines the present step was answered so far. */
    int answered() {
        return answers.size();
    }

    void answer(String words) {
        answers.add(words);
    }

    void ask(Question question) {
        try {
            answers.add(Words.of(question.ask()));
        } catch (Exception | AssertionError | LinkageError e) {
            answers.add(Words.ofError(e));
        }
    }

    /** Says nothing where it went well. */
    void tell(Request request) {
        try {
            request.make();
        } catch (Exception | AssertionError | LinkageError e) {
            answers.add(Words.ofError(e));
        }
    }

    Connection connection() throws SQLException {
        if (connection == null) {
            connection = opener.open();
        }
        return connection;
    }

    /** The next step has a new one. */
    void forget() {
        connection = null;
        statements.clear();
        results.clear();
        savepoints.clear();
        values.clear();
        hasSet = false;
        hasFailed = false;
        given.clear();
    }

    /** A plain statement of that name, made where there is none. */
    Statement statement(String name) throws SQLException {
        Statement known = statements.get(name);
        if (known == null) {
            known = connection().createStatement();
            statements.put(name, known);
        }
        return known;
    }

    void keep(String name, Statement statement) {
        statements.put(name, statement);
    }

    /** No statement of that name any more; the next to ask for one has a new one. */
    void drop(String name) {
        statements.remove(name);
    }

    /** Whether its session may have a setting that nobody has read yet. */
    boolean hasSet() {
        return hasSet;
    }

    /** How many of its statements are closed. */
    long closedStatements() throws SQLException {
        long closed = 0;
        for (Statement each : statements.values()) {
            closed += each.isClosed() ? 1 : 0;
        }
        return closed;
    }

    PreparedStatement prepared(String name) throws Nothing {
        if (statements.get(name) instanceof PreparedStatement prepared) {
            return prepared;
        }
        throw new Nothing(name);
    }

    /** Whether an earlier step was refused anything. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Whether it was given that result set before. */
    boolean hasGiven(ResultSet rows) {
        return given.contains(rows);
    }

    ResultSet result(String name) throws Nothing {
        ResultSet known = results.get(name);
        if (known == null) {
            throw new Nothing(name);
        }
        return known;
    }

    void keep(String name, ResultSet rows) {
        results.put(name, rows);
    }

    Savepoint savepoint(String name) throws Nothing {
        Savepoint known = savepoints.get(name);
        if (known == null) {
            throw new Nothing(name);
        }
        return known;
    }

    void keep(String name, Savepoint savepoint) {
        savepoints.put(name, savepoint);
    }

    /** A value that was made or read, and that may need its connection. */
    Object value(String name) throws Nothing {
        Object known = values.get(name);
        if (known == null) {
            throw new Nothing(name);
        }
        return known;
    }

    /** Likewise, if it is of that type: else there is none. */
    <T> T value(String name, Class<T> type) throws Nothing {
        Object known = value(name);
        if (!type.isInstance(known)) {
            throw new Nothing(type.getSimpleName() + " " + name);
        }
        return type.cast(known);
    }

    void keepValue(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    /** A step that made it was left out, or failed. */
    static final class Nothing extends Exception {
        private static final long serialVersionUID = 1;

        Nothing(String name) {
            super("there is no " + name);
        }
    }

    /** How far a result set is read. */
    enum Reading {
        TO_ITS_END,
        AND_CLOSED,
        ONE_ROW,
        NOT_YET
    }

    void read(@Nullable ResultSet rows, Reading reading, String name) throws SQLException {
        if (rows == null) {
            answers.add("no rows");
            return;
        }
        keep(name, rows);
        given.add(rows);
        int most = reading == Reading.NOT_YET ? 0 : reading == Reading.ONE_ROW ? 1 : MOST_ROWS;
        for (int row = 0; row < most && rows.next(); row++) {
            answers.add(Words.ofRow(rows));
        }
        if (reading == Reading.AND_CLOSED) {
            rows.close();
        }
    }

    /** Reads all that came of an execution. */
    void readAll(Statement statement, boolean hasRows, Reading reading, String name) throws SQLException {
        boolean rows = hasRows;
        for (int i = 0; i < 5; i++) {
            if (rows) {
                read(statement.getResultSet(), reading, name);
            } else {
                int count = statement.getUpdateCount();
                answers.add("count " + count);
                if (count == -1) {
                    return;
                }
            }
            if (rows && reading != Reading.TO_ITS_END && reading != Reading.AND_CLOSED) {
                return;
            }
            rows = statement.getMoreResults();
        }
    }

    @Override
    public void close() {
        Connection had = connection;
        if (had != null) {
            try {
                if (!had.isClosed()) {
                    had.close();
                }
            } catch (SQLException open) {
                // A transaction may keep it from being closed.
                try {
                    had.rollback();
                    had.close();
                } catch (SQLException gone) {
                    answers.add(Words.ofError(gone));
                }
            }
        }
        forget();
    }
}
