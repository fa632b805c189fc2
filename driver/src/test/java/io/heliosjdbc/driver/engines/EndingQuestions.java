package io.heliosjdbc.driver.engines;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What ends a statement before it is done. */
final class EndingQuestions {
    private EndingQuestions() {}

    /** Reads a query to its end; how many rows there were, or the error. */
    private static String answer(Statement statement, String query) {
        try (ResultSet rows = statement.executeQuery(query)) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count + " rows";
        } catch (SQLException e) {
            return Description.ofError(e);
        }
    }

    /**
     * Cancels a slow query.
     *
     * @param watcher another connection, straight to the same engine
     */
    static void cancel(Connection connection, Connection watcher, Transcript transcript, Dialect dialect)
            throws Exception {
        try (Statement statement = connection.createStatement()) {
            transcript.tell("nothing to cancel", statement::cancel);
            String[] answer = new String[1];
            Thread worker = new Thread(() -> answer[0] = onceExecuted(statement, dialect.slow()), "cancelled");
            worker.start();
            boolean cancels = dialect.running() == null
                    ? cancelled(statement, worker)
                    : cancelledOnServer(statement, worker, watcher, dialect.running());
            worker.join();
            transcript.write("cancelled", String.valueOf(answer[0]));
            transcript.write("can cancel", String.valueOf(cancels));
            transcript.rows("afterwards", () -> statement.executeQuery(StatementQuestions.SELECT));
        }
    }

    /** The answer of the engine: a cancel that comes while the statement waits for a physical connection is not asked about here. */
    private static String onceExecuted(Statement statement, String query) {
        String answer;
        do {
            answer = answer(statement, query);
        } while (answer.contains("was cancelled before it was executed"));
        return answer;
    }

    /** Nobody can say when the statement has arrived in an engine of this JVM, so it is cancelled until it has ended. */
    private static boolean cancelled(Statement statement, Thread worker) {
        boolean cancels = true;
        while (worker.isAlive() && cancels) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            cancels = cancels(statement);
        }
        return cancels;
    }

    /** A server may act on a cancel later, on the next statement: there is a second one only if the first came to nothing. */
    private static boolean cancelledOnServer(Statement statement, Thread worker, Connection watcher, String running)
            throws Exception {
        boolean cancels = true;
        while (worker.isAlive() && cancels) {
            if (hasRow(watcher, running)) {
                cancels = cancels(statement);
                worker.join(TimeUnit.SECONDS.toMillis(10));
            } else {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        return cancels;
    }

    private static boolean hasRow(Connection watcher, String query) throws SQLException {
        try (Statement statement = watcher.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static boolean cancels(Statement statement) {
        try {
            statement.cancel();
            return true;
        } catch (SQLException cannot) {
            return false;
        }
    }

    static void timeout(Connection connection, Transcript transcript, Dialect dialect) throws Exception {
        try (Statement statement = connection.createStatement()) {
            transcript.ask("none", statement::getQueryTimeout);
            transcript.tell("below zero", () -> statement.setQueryTimeout(-1));
            // Five minutes, so that the answer is the same on a machine that has no time just then.
            transcript.tell("five minutes", () -> statement.setQueryTimeout(300));
            transcript.rows("quick", () -> statement.executeQuery(StatementQuestions.SELECT));
            transcript.tell("one second", () -> statement.setQueryTimeout(1));
            transcript.ask("one second", statement::getQueryTimeout);
            transcript.write("slow", answer(statement, dialect.slow()));
            transcript.ask("still one second", statement::getQueryTimeout);
            transcript.tell("no timeout", () -> statement.setQueryTimeout(0));
            transcript.rows("afterwards", () -> statement.executeQuery(StatementQuestions.SELECT));
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            transcript.tell("one second inside", () -> statement.setQueryTimeout(1));
            transcript.write("slow inside", answer(statement, dialect.slow()));
            transcript.rows("inside", () -> statement.executeQuery(StatementQuestions.SELECT));
            transcript.tell("roll back", connection::rollback);
        }
    }
}
