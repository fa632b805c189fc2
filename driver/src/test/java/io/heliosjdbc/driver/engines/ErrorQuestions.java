package io.heliosjdbc.driver.engines;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** Errors: wrong texts, broken rules, closed objects. */
final class ErrorQuestions {
    private static final String[] TEXTS = {
        "",
        " ",
        ";",
        "-- nothing",
        "/* nothing */",
        "/* never ended",
        "NONSENSE",
        "SELECT",
        "SELECT * FROM nowhere",
        "SELECT nothing_like_this FROM one",
        "SELECT 1 / 0 FROM one",
        "SELECT 'never ended FROM one",
        "INSERT INTO things (name) VALUES (NULL)",
        "INSERT INTO things (name, amount) VALUES ('negative', -1)",
        "INSERT INTO things (name, amount) VALUES ('large', 12345678901234)",
        "INSERT INTO parts VALUES (1, 4711)",
        "INSERT INTO numbers VALUES (1)",
        "INSERT INTO numbers VALUES ('no number')",
        "INSERT INTO one VALUES (1, 2)",
        "CREATE TABLE one (x INTEGER)",
        "DROP TABLE nowhere",
        "UPDATE one SET x = ?",
        "/* priority=high */ SELECT * FROM nowhere",
        "/* priority=nonsense */ SELECT x FROM one",
        "SHOW NOTHING AT ALL"
    };

    private ErrorQuestions() {}

    static void texts(Connection connection, Transcript transcript) throws Exception {
        for (String text : TEXTS) {
            try (Statement statement = connection.createStatement()) {
                transcript.ask("execute " + text, () -> statement.execute(text));
                transcript.ask("count", statement::getUpdateCount);
                transcript.ask("query " + text, () -> statement.executeQuery(text));
                transcript.ask("update " + text, () -> statement.executeUpdate(text));
            }
            transcript.tell("prepare " + text, () -> {
                try (PreparedStatement prepared = connection.prepareStatement(text)) {
                    transcript.ask("prepared " + text, prepared::execute);
                }
            });
        }
        try (Statement statement = connection.createStatement()) {
            transcript.ask("no text", () -> statement.execute(null));
            transcript.ask("no query", () -> statement.executeQuery(null));
            transcript.tell("rows below zero", () -> statement.setMaxRows(-1));
            transcript.tell("fetch below zero", () -> statement.setFetchSize(-1));
            transcript.tell("direction", () -> statement.setFetchDirection(7));
            transcript.ask("warnings", statement::getWarnings);
        }
        transcript.ask("still valid", () -> connection.isValid(5));
    }

    static void closedConnection(Connection connection, Transcript transcript) throws Exception {
        DatabaseMetaData metaData = connection.getMetaData();
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(StatementQuestions.SELECT)) {
            connection.close();
            Explorer explorer = new Explorer(transcript);
            explorer.explore(Connection.class, connection, method -> true);
            transcript.ask("closed statement", statement::isClosed);
            transcript.ask("statement", () -> statement.executeQuery(StatementQuestions.SELECT));
            transcript.ask("prepared statement", prepared::executeQuery);
            transcript.ask("batch", statement::executeBatch);
            transcript.rows("tables", () -> metaData.getTables(null, null, "THINGS", null));
            transcript.ask("product", metaData::getDatabaseProductName);
            transcript.ask("connection", metaData::getConnection);
        }
    }

    static void closedStatements(Connection connection, Transcript transcript) throws Exception {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(StatementQuestions.SELECT);
        statement.close();
        transcript.ask("closed", statement::isClosed);
        transcript.ask("result closed", rows::isClosed);
        transcript.ask("next", rows::next);
        Explorer explorer = new Explorer(transcript);
        explorer.explore(Statement.class, statement, method -> true);
        PreparedStatement prepared = connection.prepareStatement("SELECT n FROM numbers WHERE n < ?");
        prepared.close();
        explorer.explore(PreparedStatement.class, prepared, method -> true);
        transcript.ask("connection lives", () -> connection.isValid(5));
    }

    static void closedResult(Connection connection, Transcript transcript) throws Exception {
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT * FROM kinds");
            rows.next();
            rows.close();
            new Explorer(transcript).explore(ResultSet.class, rows, method -> true);
            transcript.ask("statement lives", statement::isClosed);
        }
    }
}
