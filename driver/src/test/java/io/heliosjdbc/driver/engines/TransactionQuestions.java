package io.heliosjdbc.driver.engines;

import java.sql.Connection;
import java.sql.Savepoint;
import java.sql.Statement;

/** Transactions and savepoints. */
final class TransactionQuestions {
    private static final String COUNT = "SELECT count(*) FROM holders";

    private TransactionQuestions() {}

    private static void insert(Statement statement, Transcript transcript, int id) {
        transcript.ask("insert " + id, () -> statement.executeUpdate("INSERT INTO holders VALUES (" + id + ", 'v')"));
    }

    static void commitAndRollback(Connection connection, Transcript transcript) throws Exception {
        try (Statement statement = connection.createStatement()) {
            transcript.ask("auto", connection::getAutoCommit);
            transcript.tell("commit in auto-commit", connection::commit);
            transcript.tell("roll back in auto-commit", connection::rollback);
            transcript.tell("off", () -> connection.setAutoCommit(false));
            insert(statement, transcript, 1);
            transcript.tell("roll back", connection::rollback);
            transcript.rows("none", () -> statement.executeQuery(COUNT));
            insert(statement, transcript, 2);
            transcript.tell("commit", connection::commit);
            insert(statement, transcript, 3);
            transcript.tell("on commits", () -> connection.setAutoCommit(true));
            transcript.rows("two", () -> statement.executeQuery(COUNT));
            for (String text : new String[] {"BEGIN", "START TRANSACTION", "COMMIT", "BEGIN", "ROLLBACK"}) {
                transcript.ask(text, () -> statement.execute(text));
                insert(statement, transcript, 10 + text.length());
                transcript.ask("auto now", connection::getAutoCommit);
            }
            transcript.ask("end", () -> statement.execute("ROLLBACK"));
            transcript.rows("at last", () -> statement.executeQuery("SELECT id FROM holders ORDER BY id"));
        }
    }

    static void failures(Connection connection, Transcript transcript) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            insert(statement, transcript, 1);
            insert(statement, transcript, 1);
            insert(statement, transcript, 2);
            transcript.rows("after a failure", () -> statement.executeQuery(COUNT));
            transcript.tell("commit after a failure", connection::commit);
            transcript.rows("kept", () -> statement.executeQuery(COUNT));
            transcript.ask("nonsense", () -> statement.execute("NONSENSE"));
            transcript.tell("roll back", connection::rollback);
            transcript.rows("left", () -> statement.executeQuery(COUNT));
        }
    }

    static void modes(Connection connection, Transcript transcript) throws Exception {
        transcript.ask("level", connection::getTransactionIsolation);
        for (int level : new int[] {0, 1, 2, 4, 8, 5}) {
            transcript.tell("level " + level, () -> connection.setTransactionIsolation(level));
            transcript.ask("level", connection::getTransactionIsolation);
        }
        transcript.tell("level", () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
        transcript.ask("read only", connection::isReadOnly);
        transcript.tell("read only", () -> connection.setReadOnly(true));
        transcript.ask("read only", connection::isReadOnly);
        try (Statement statement = connection.createStatement()) {
            insert(statement, transcript, 1);
            transcript.tell("off", () -> connection.setAutoCommit(false));
            insert(statement, transcript, 2);
            transcript.tell("inside", () -> connection.setReadOnly(false));
            transcript.tell("level inside", () -> connection.setTransactionIsolation(2));
            transcript.tell("roll back", connection::rollback);
        }
        for (int holdability : new int[] {1, 2, 3}) {
            transcript.tell("hold " + holdability, () -> connection.setHoldability(holdability));
            transcript.ask("held", connection::getHoldability);
        }
    }

    static void savepoints(Connection connection, Transcript transcript) throws Exception {
        transcript.ask("in auto-commit", connection::setSavepoint);
        transcript.tell("off", () -> connection.setAutoCommit(false));
        try (Statement statement = connection.createStatement()) {
            insert(statement, transcript, 1);
            Savepoint unnamed = transcript.ask("unnamed", () -> connection.setSavepoint());
            insert(statement, transcript, 2);
            Savepoint named = transcript.ask("named", () -> connection.setSavepoint("here"));
            insert(statement, transcript, 3);
            if (unnamed != null && named != null) {
                transcript.ask("name", named::getSavepointName);
                transcript.ask("number of the named", named::getSavepointId);
                transcript.ask("name of the unnamed", unnamed::getSavepointName);
                transcript.tell("back to the named", () -> connection.rollback(named));
                transcript.rows("two", () -> statement.executeQuery(COUNT));
                transcript.tell("release", () -> connection.releaseSavepoint(named));
                transcript.tell("back to the released", () -> connection.rollback(named));
                transcript.tell("back to the unnamed", () -> connection.rollback(unnamed));
                transcript.rows("one", () -> statement.executeQuery(COUNT));
                insert(statement, transcript, 1);
                transcript.tell("back after a failure", () -> connection.rollback(unnamed));
                transcript.rows("still one", () -> statement.executeQuery(COUNT));
                transcript.tell("commit", connection::commit);
                transcript.tell("back after the commit", () -> connection.rollback(unnamed));
            }
            transcript.tell("release none", () -> connection.releaseSavepoint(null));
            transcript.tell("back to none", () -> connection.rollback(null));
            transcript.tell("roll back", connection::rollback);
            transcript.rows("at last", () -> statement.executeQuery(COUNT));
        }
    }

    static void closing(Connection connection, Transcript transcript) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            insert(statement, transcript, 1);
        }
        transcript.tell("close within a transaction", connection::close);
        transcript.ask("closed", connection::isClosed);
        transcript.tell("close again", connection::close);
        transcript.tell("roll back", connection::rollback);
    }
}
