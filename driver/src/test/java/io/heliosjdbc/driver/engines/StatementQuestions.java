package io.heliosjdbc.driver.engines;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;

/** Plain and prepared statements, batches, generated keys. */
final class StatementQuestions {
    static final String SELECT = "SELECT n FROM numbers WHERE n <= 3 ORDER BY n";
    private static final String INSERT = "INSERT INTO things (name, amount) VALUES (?, ?)";

    /** What a test of its own has: endings, and batches, which need a text. */
    private static final Set<String> ELSEWHERE = Set.of("close", "closeOnCompletion", "cancel");

    private StatementQuestions() {}

    static void plain(Connection connection, Transcript transcript) throws Exception {
        try (Statement statement = connection.createStatement()) {
            transcript.rows("query", () -> statement.executeQuery(SELECT));
            transcript.ask("count after a query", statement::getUpdateCount);
            transcript.ask("insert", () -> statement.executeUpdate("INSERT INTO holders VALUES (1, 'a')"));
            transcript.ask("count after an insert", statement::getUpdateCount);
            transcript.ask("large count", statement::getLargeUpdateCount);
            transcript.ask("result after an insert", statement::getResultSet);
            transcript.ask("large insert", () -> statement.executeLargeUpdate("INSERT INTO holders VALUES (2, 'b')"));
            transcript.ask("execute an update", () -> statement.execute("UPDATE holders SET v = 'c'"));
            transcript.ask("count", statement::getUpdateCount);
            transcript.ask("more", statement::getMoreResults);
            transcript.ask("count at the end", statement::getUpdateCount);
            transcript.ask("execute a query", () -> statement.execute("SELECT v FROM holders ORDER BY id"));
            transcript.rows("result", statement::getResultSet);
            transcript.ask("more after the result", () -> statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
            transcript.ask("update by a query", () -> statement.executeUpdate(SELECT));
            transcript.rows("query by an update", () -> statement.executeQuery("DELETE FROM holders"));
            transcript.rows("what is left", () -> statement.executeQuery("SELECT * FROM holders ORDER BY id"));
            transcript.tell("limit", () -> statement.setMaxRows(2));
            transcript.rows("limited", () -> statement.executeQuery(SELECT));
            transcript.tell("escapes off", () -> statement.setEscapeProcessing(false));
            transcript.rows("escape", () -> statement.executeQuery("SELECT {fn abs(-1)} FROM one"));
            transcript.tell("escapes on", () -> statement.setEscapeProcessing(true));
            transcript.rows("escaped", () -> statement.executeQuery("SELECT {fn abs(-1)} FROM one"));
            transcript.rows("escaped date", () -> statement.executeQuery("SELECT {d '2024-02-29'} FROM one"));
            transcript.ask("several", () -> statement.execute("UPDATE one SET x = 2; UPDATE one SET x = 3"));
            transcript.ask("of several the first", statement::getUpdateCount);
            transcript.ask("of several the next", statement::getMoreResults);
            transcript.ask("its count", statement::getUpdateCount);
        }
    }

    static void prepared(Connection connection, Transcript transcript) throws Exception {
        try (PreparedStatement select = connection.prepareStatement("SELECT n FROM numbers WHERE n < ? ORDER BY n")) {
            transcript.rows("parameter missing", select::executeQuery);
            select.setInt(1, 3);
            transcript.rows("query", select::executeQuery);
            transcript.ask("execute", select::execute);
            transcript.rows("result", select::getResultSet);
            transcript.ask("update", select::executeUpdate);
            transcript.tell("clear", select::clearParameters);
            transcript.rows("cleared", select::executeQuery);
            transcript.tell("index 0", () -> select.setInt(0, 1));
            transcript.tell("index 2", () -> select.setInt(2, 1));
            transcript.ask("plain method", () -> select.executeQuery(SELECT));
            transcript.ask("plain update", () -> select.executeUpdate("DELETE FROM holders"));
            transcript.tell("plain batch", () -> select.addBatch("DELETE FROM holders"));
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, "a");
            insert.setInt(2, 1);
            transcript.ask("insert", insert::executeUpdate);
            transcript.ask("count", insert::getUpdateCount);
            transcript.ask("same again", insert::executeUpdate);
            insert.setString(1, "b");
            transcript.ask("large insert", insert::executeLargeUpdate);
            transcript.rows("insert as query", insert::executeQuery);
        }
        transcript.ask("broken text", () -> connection.prepareStatement("SELEC 1"));
        transcript.ask("no such table", () -> {
            try (PreparedStatement none = connection.prepareStatement("SELECT * FROM nowhere");
                    ResultSet rows = none.executeQuery()) {
                return rows.next();
            }
        });
        transcript.ask("no text", () -> connection.prepareStatement(null));
        for (int type : new int[] {ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE, 7}) {
            transcript.ask("type " + type, () -> {
                try (PreparedStatement typed = connection.prepareStatement(SELECT, type, ResultSet.CONCUR_READ_ONLY)) {
                    return typed.getResultSetType() + "/" + typed.getResultSetConcurrency();
                }
            });
            transcript.ask("plain type " + type, () -> {
                try (Statement typed =
                        connection.createStatement(type, ResultSet.CONCUR_READ_ONLY, connection.getHoldability())) {
                    return typed.getResultSetType() + "/" + typed.getResultSetHoldability();
                }
            });
        }
    }

    /** Whether a method tells nothing but itself: it neither waits nor ends anything. */
    static boolean isHarmless(Method method) {
        return !ELSEWHERE.contains(method.getName());
    }

    static void everyMethodOfAStatement(Connection connection, Transcript transcript) throws Exception {
        Explorer explorer = new Explorer(transcript);
        try (Statement statement = connection.createStatement()) {
            explorer.explore(Statement.class, statement, StatementQuestions::isHarmless);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(SELECT);
            explorer.explore(
                    Statement.class,
                    statement,
                    StatementQuestions::isHarmless,
                    (method, index) -> method.getParameterTypes()[index] == String.class
                            ? SELECT
                            : Explorer.sample(method.getParameterTypes()[index]));
        }
    }

    static void everyMethodOfAPreparedStatement(Connection connection, Transcript transcript) throws Exception {
        Explorer explorer = new Explorer(transcript);
        try (PreparedStatement statement = connection.prepareStatement("UPDATE holders SET v = ? WHERE id = 1")) {
            statement.setString(1, "x");
            explorer.explore(
                    PreparedStatement.class,
                    statement,
                    method -> isHarmless(method) && !method.getName().startsWith("set"));
        }
    }

    static void everyWayToSetAParameter(Connection connection, Transcript transcript) throws Exception {
        for (Method method : Explorer.methods(PreparedStatement.class)) {
            if (!method.getName().startsWith("set") || method.getParameterCount() < 2) {
                continue;
            }
            String name = Explorer.name(method);
            try (Statement statement = connection.createStatement();
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO holders VALUES (1, ?)")) {
                statement.execute("DELETE FROM holders");
                Object[] arguments = new Object[method.getParameterCount()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = Explorer.sample(method.getParameterTypes()[i]);
                }
                if (arguments.length > 2 && method.getParameterTypes()[2] == int.class) {
                    // A type or a length: both of the streams and the texts are of two.
                    arguments[2] = method.getName().endsWith("Stream") ? 2 : java.sql.Types.VARCHAR;
                }
                if (arguments.length > 2 && method.getParameterTypes()[2] == long.class) {
                    arguments[2] = 2L;
                }
                transcript.ask(name, () -> Explorer.call(method, insert, arguments));
                transcript.ask(name + " insert", insert::executeUpdate);
                transcript.rows(name + " inserted", () -> statement.executeQuery("SELECT v FROM holders"));
            }
        }
    }

    static void batches(Connection connection, Transcript transcript) throws Exception {
        try (Statement statement = connection.createStatement()) {
            transcript.ask("empty", statement::executeBatch);
            transcript.ask("empty large", statement::executeLargeBatch);
            statement.addBatch("INSERT INTO holders VALUES (1, 'a')");
            statement.addBatch("UPDATE holders SET v = 'b'");
            statement.addBatch("DELETE FROM holders WHERE id = 7");
            transcript.ask("three", statement::executeBatch);
            transcript.ask("again", statement::executeBatch);
            statement.addBatch("DELETE FROM holders");
            transcript.tell("clear", statement::clearBatch);
            transcript.ask("cleared", statement::executeBatch);
            statement.addBatch("INSERT INTO holders VALUES (2, 'a')");
            statement.addBatch("INSERT INTO holders VALUES (2, 'twice')");
            statement.addBatch("INSERT INTO holders VALUES (3, 'after')");
            transcript.ask("one fails", statement::executeBatch);
            transcript.rows("what is there", () -> statement.executeQuery("SELECT * FROM holders ORDER BY id"));
            transcript.ask("after the failure", statement::executeBatch);
            transcript.tell("a query", () -> statement.addBatch(SELECT));
            transcript.ask("with a query", statement::executeBatch);
            transcript.tell("no text", () -> statement.addBatch(null));
            transcript.ask("with no text", statement::executeBatch);
        }
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO holders VALUES (?, ?)")) {
            transcript.ask("prepared empty", insert::executeBatch);
            for (int id = 10; id < 14; id++) {
                insert.setInt(1, id);
                insert.setString(2, "v" + id);
                insert.addBatch();
            }
            transcript.ask("prepared", insert::executeBatch);
            for (int id : new int[] {20, 10, 21}) {
                insert.setInt(1, id);
                insert.setString(2, "w" + id);
                insert.addBatch();
            }
            transcript.ask("prepared, one fails", insert::executeBatch);
            insert.clearBatch();
            insert.setInt(1, 30);
            insert.setString(2, "large");
            insert.addBatch();
            transcript.ask("prepared large", insert::executeLargeBatch);
            transcript.rows("after all", () -> statement.executeQuery("SELECT * FROM holders ORDER BY id"));
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO holders VALUES (40, 'in a transaction')");
            statement.addBatch("INSERT INTO holders VALUES (41, 'in a transaction')");
            transcript.ask("in a transaction", statement::executeBatch);
            transcript.tell("rolled back", connection::rollback);
            transcript.rows("rolled back", () -> statement.executeQuery("SELECT * FROM holders WHERE id >= 40"));
        }
    }

    static void generatedKeys(Connection connection, Transcript transcript) throws Exception {
        try (Statement statement = connection.createStatement()) {
            transcript.rows("before anything", statement::getGeneratedKeys);
            transcript.ask(
                    "asked for",
                    () -> statement.executeUpdate(
                            "INSERT INTO things (name) VALUES ('a')", Statement.RETURN_GENERATED_KEYS));
            transcript.rows("keys", statement::getGeneratedKeys);
            transcript.ask(
                    "not asked for",
                    () -> statement.executeUpdate(
                            "INSERT INTO things (name) VALUES ('b')", Statement.NO_GENERATED_KEYS));
            transcript.rows("no keys", statement::getGeneratedKeys);
            transcript.ask(
                    "by index", () -> statement.executeUpdate("INSERT INTO things (name) VALUES ('c')", new int[] {1}));
            transcript.rows("keys by index", statement::getGeneratedKeys);
            for (String column : new String[] {"id", "ID", "nowhere"}) {
                transcript.ask(
                        "by name " + column,
                        () -> statement.execute(
                                "INSERT INTO things (name) VALUES ('n" + column + "')", new String[] {column}));
                transcript.rows("keys by name " + column, statement::getGeneratedKeys);
            }
            transcript.ask("flag 9", () -> statement.execute("INSERT INTO things (name) VALUES ('9')", 9));
            transcript.ask("of a query", () -> statement.execute(SELECT, Statement.RETURN_GENERATED_KEYS));
            transcript.rows("keys of a query", statement::getGeneratedKeys);
        }
        for (String name : new String[] {"flag", "index", "name"}) {
            transcript.tell("prepared by " + name, () -> {
                try (PreparedStatement insert = insert(connection, name)) {
                    insert.setString(1, name);
                    insert.setInt(2, 1);
                    transcript.ask("insert", insert::executeUpdate);
                    transcript.rows("prepared keys", insert::getGeneratedKeys);
                    transcript.rows("prepared keys again", insert::getGeneratedKeys);
                    for (int i = 0; i < 3; i++) {
                        insert.setString(1, name + i);
                        insert.addBatch();
                    }
                    transcript.ask("batch", insert::executeBatch);
                    transcript.rows("keys of a batch", insert::getGeneratedKeys);
                }
            });
        }
    }

    private static PreparedStatement insert(Connection connection, String by) throws Exception {
        return switch (by) {
            case "flag" -> connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS);
            case "index" -> connection.prepareStatement(INSERT, new int[] {1});
            default -> connection.prepareStatement(INSERT, new String[] {"id"});
        };
    }
}
