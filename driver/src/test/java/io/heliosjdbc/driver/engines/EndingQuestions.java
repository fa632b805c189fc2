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

    static void cancel(Connection connection, Transcript transcript, Dialect dialect) throws Exception {
        try (Statement statement = connection.createStatement()) {
            transcript.tell("nothing to cancel", statement::cancel);
            String[] answer = new String[1];
            Thread worker = new Thread(() -> answer[0] = answer(statement, dialect.slow()), "cancelled");
            worker.start();
            boolean cancels = true;
            // Nobody can say when the statement has arrived, so it is cancelled until it has ended.
            while (worker.isAlive() && cancels) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                cancels = cancels(statement);
            }
            worker.join();
            transcript.write("cancelled", String.valueOf(answer[0]));
            transcript.write("can cancel", String.valueOf(cancels));
            transcript.rows("afterwards", () -> statement.executeQuery(StatementQuestions.SELECT));
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
            transcript.tell("one second", () -> statement.setQueryTimeout(1));
            transcript.ask("one second", statement::getQueryTimeout);
            transcript.rows("quick", () -> statement.executeQuery(StatementQuestions.SELECT));
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
