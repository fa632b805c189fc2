package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that are ended on the server, from another connection. Where a logical connection holds none, it is to notice nothing: then a
 * connection that is one to one is spared, and both go on the same. Where it holds one, both lose it: the first thing they are told of it is
 * the same, a transaction is refused until it is rolled back, and then the one goes on and the other is lost. Stateless.
 */
final class Kills {
    private static final String CLIENT = "helios.client";
    private static final String VICTIM = "victim";

    private Kills() {}

    static void addTo(Grammar grammar) {
        grammar.rule(4, draw -> betweenStatements(draw, grammar));
        if (grammar.endsAlike()) {
            grammar.rule(1, draw -> whileItRuns(draw, grammar));
        }
    }

    /** What the application does first, once its session is gone. */
    private record Next(String words, OfClient question) {}

    /** Something that a client asks. */
    @FunctionalInterface
    private interface OfClient {
        @Nullable
        Object of(Client client) throws Exception;
    }

    private static Next next(Draw draw, Grammar grammar) {
        String insert = "INSERT INTO " + grammar.named(draw.table()) + " (note) VALUES ('" + draw.text() + "')";
        List<Next> all = List.of(
                new Next("a query", client -> value(client.connection(), "SELECT 1")),
                new Next("a change", client -> client.statement("s0").executeUpdate(insert)),
                new Next("a batch", client -> {
                    client.statement("s1").addBatch(insert);
                    return client.statement("s1").executeBatch();
                }),
                new Next("p0", client -> client.prepared("p0").execute()),
                new Next("setSavepoint()", client -> {
                    client.connection().setSavepoint();
                    return "done";
                }),
                new Next("commit()", client -> {
                    client.connection().commit();
                    return "done";
                }),
                new Next("rollback()", client -> {
                    client.connection().rollback();
                    return "done";
                }),
                new Next("r0", client -> client.result("r0").next()),
                new Next("isValid()", client -> client.connection().isValid(5)));
        return draw.one(all);
    }

    private static Act betweenStatements(Draw draw, Grammar grammar) {
        boolean commits = draw.chance(40);
        // Where the step is done on both kinds of connections, the late ones are first.
        AtomicBoolean noticed = new AtomicBoolean();
        Next next = next(draw, grammar);
        return new Act(
                (commits ? "commit(), " : "") + "its session is ended on the server, " + next.words(),
                client -> client.tell(() -> {
                    Connection connection = client.connection();
                    String number = value(connection, grammar.sessionNumber());
                    if (commits) {
                        client.tell(connection::commit);
                    }
                    String held = held(connection);
                    if (!held.equals("direct")) {
                        noticed.set(!held.equals("unbound"));
                    }
                    if (!held.equals("direct") || noticed.get()) {
                        end(client.administrator(), number, grammar);
                    }
                    AtomicBoolean done = new AtomicBoolean();
                    client.ask(() -> {
                        Object answer = next.question().of(client);
                        done.set(true);
                        return answer;
                    });
                    if (noticed.get()) {
                        boolean ended = next.words().equals("rollback()")
                                || (next.words().equals("commit()") && done.get());
                        client.answer(afterwards(client, held, ended));
                        client.close();
                    }
                }));
    }

    /**
     * In a transaction that is lost nothing is executed; the end of it is the end of the loss, but not of a session that was pinned. MariaDB's
     * driver commits one that has changed nothing without asking the server.
     */
    private static String afterwards(Client client, String held, boolean ended) throws SQLException {
        Connection connection = client.connection();
        if (held.equals("an open transaction") && !ended) {
            if (works(connection)) {
                return "goes on, though its transaction is lost";
            }
        }
        boolean goesOn = !held.equals("direct") && !held.equals("pinned");
        // Who has been told nothing yet is told it now, once.
        boolean works = false;
        for (int attempt = 0; attempt < 2 && !works; attempt++) {
            works = worksOnceRolledBack(connection);
        }
        // A setting that was not read before is lost, and who has made it with it.
        return works == goesOn || (!works && client.hasSet())
                ? "as it must"
                : held + ", and " + (goesOn ? "is lost" : "goes on");
    }

    private static boolean worksOnceRolledBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException none) {
            // Under autocommit there is nothing to roll back, and on a connection that is lost neither.
        }
        return works(connection);
    }

    private static boolean works(Connection connection) {
        try {
            return value(connection, "SELECT 1").equals("1");
        } catch (SQLException no) {
            return false;
        }
    }

    /** Why a connection holds a physical one; that it is bound late and holds none; or that it is one to one. */
    private static String held(Connection connection) throws SQLException {
        connection.setClientInfo(CLIENT, VICTIM);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
            while (rows.next()) {
                if (VICTIM.equals(rows.getString("client"))) {
                    String state = rows.getString("state");
                    return state.equals("bound") ? rows.getString("reason") : state;
                }
            }
        } finally {
            connection.setClientInfo(CLIENT, null);
        }
        throw new IllegalStateException("the connection is not among those that are shown");
    }

    private static Act whileItRuns(Draw draw, Grammar grammar) {
        String endless = grammar.endless(draw);
        String who = grammar.whoExecutes(endless);
        return new Act(
                "\"" + endless + "\", whose session is ended on the server",
                client -> client.tell(() -> {
                    Connection connection = client.connection();
                    AtomicReference<@Nullable Exception> answer = new AtomicReference<>();
                    Thread worker = new Thread(() -> {
                        try (Statement statement = connection.createStatement()) {
                            boolean unused = statement.execute(endless);
                        } catch (SQLException | RuntimeException ended) {
                            answer.set(ended);
                        }
                    });
                    worker.start();
                    while (worker.isAlive()) {
                        String number = first(client.administrator(), who);
                        if (number != null) {
                            end(client.administrator(), number, grammar);
                        }
                        worker.join(1);
                    }
                    Exception ended = answer.get();
                    client.close();
                    if (ended != null) {
                        throw ended;
                    }
                }));
    }

    private static void end(Connection administrator, String number, Grammar grammar) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            boolean unused = statement.execute(grammar.end(number));
        } catch (SQLException failure) {
            // It may have been thrown away, and have ended by itself.
            if (first(administrator, grammar.find(number)) != null) {
                throw failure;
            }
        }
        while (first(administrator, grammar.find(number)) != null) {
            LockSupport.parkNanos(100_000);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        String found = first(connection, sql);
        if (found == null) {
            throw new SQLException("no rows");
        }
        return found;
    }

    static @Nullable String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
