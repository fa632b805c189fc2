package io.heliosjdbc.overhead;

import io.heliosjdbc.overhead.fake.FakeResultSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The measured operations, each on every {@link Path}: the path {@code raw} is the twin that the others are held against. Each
 * thread has connections of its own; all threads share the pool or the workload manager they come from, as they do in an application.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class Operations {
    private static final String SQL = "SELECT balance FROM account WHERE id = ?";
    private static final String PLAIN_SQL = "SELECT balance FROM account WHERE id = 7";
    private static final int STATEMENTS_OF_A_TRANSACTION = 10;

    private Path.ConnectionSource database;
    private Connection connection;
    private Connection transactional;
    private Connection reading;
    private Statement plain;
    private PreparedStatement prepared;
    private PreparedStatement inTransaction;
    private ResultSet row;

    /** The way to the database, which all threads share. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls open() first
    public static class Way {
        /** As {@link Path} names it. */
        @Param({"raw", "helios"})
        public String path;

        private final AtomicInteger users = new AtomicInteger();
        private Path.ConnectionSource database;

        /** Opens it once per trial. */
        @Setup
        public void open() throws SQLException {
            database = Path.named(path).open();
        }

        private Path.ConnectionSource enter() {
            users.incrementAndGet();
            return database;
        }

        /** Who leaves last closes it. JMH's tear-down of what is shared does not wait for threads that close what is theirs. */
        private void leave() {
            if (users.decrementAndGet() == 0) {
                database.close();
            }
        }
    }

    /** Opens what the operations of a thread work on. */
    @Setup
    public void open(Way way) throws SQLException {
        database = way.enter();
        connection = database.connect();
        plain = connection.createStatement();
        prepared = connection.prepareStatement(SQL);
        // Of its own: a connection that is bound late stays bound while a result set is open.
        reading = database.connect();
        row = reading.prepareStatement(SQL).executeQuery();
        row.next();
        transactional = database.connect();
        transactional.setAutoCommit(false);
        inTransaction = transactional.prepareStatement(SQL);
    }

    /** Closes the connections. */
    @TearDown
    public void close(Way way) throws SQLException {
        reading.close();
        transactional.close();
        connection.close();
        way.leave();
    }

    /** A connection opened and closed. */
    @Benchmark
    public boolean connection() throws SQLException {
        Connection opened = database.connect();
        opened.close();
        return opened.isClosed();
    }

    /** A statement prepared and closed. */
    @Benchmark
    public boolean prepare() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(SQL);
        statement.close();
        return statement.isClosed();
    }

    /** A prepared statement executed and its row read, in autocommit: a transaction of its own. */
    @Benchmark
    public long preparedStatement() throws SQLException {
        return read(prepared);
    }

    /** Ten prepared statements executed and read, then the commit. */
    @Benchmark
    public long transactionOfTen() throws SQLException {
        long sum = 0;
        for (int i = 0; i < STATEMENTS_OF_A_TRANSACTION; i++) {
            sum += read(inTransaction);
        }
        transactional.commit();
        return sum;
    }

    /** A plain statement executed and its row read, in autocommit. */
    @Benchmark
    public long plainStatement() throws SQLException {
        try (ResultSet result = plain.executeQuery(PLAIN_SQL)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** One column read from a row that is there. */
    @Benchmark
    public long getter() throws SQLException {
        return row.getLong(1);
    }

    /** A number, a text and a decimal, as frameworks read them: what is returned is looked at, for it might be an object of JDBC's. */
    @Benchmark
    public void objects(Blackhole read) throws SQLException {
        for (int column = 1; column <= FakeResultSet.OBJECTS; column++) {
            read.consume(row.getObject(column));
        }
    }

    private static long read(PreparedStatement statement) throws SQLException {
        statement.setLong(1, 7);
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
