package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that are prepared as others were before, asked for what came of them before anything did, and executed again. Stateless. */
final class AgainCalls {
    private AgainCalls() {}

    static void addTo(Grammar grammar) {
        left(grammar);
        asked(grammar);
        repeated(grammar);
    }

    private static String insert(Grammar grammar, Draw draw) {
        return "INSERT INTO " + grammar.named(draw.table()) + " (note) VALUES (?)";
    }

    private static PreparedStatement prepare(Client client, String sql, boolean keys) throws SQLException {
        return keys
                ? client.connection().prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)
                : client.connection().prepareStatement(sql);
    }

    private static String withKeys(boolean keys) {
        return keys ? ", RETURN_GENERATED_KEYS" : "";
    }

    private static void left(Grammar grammar) {
        grammar.rule(3, draw -> left(insert(grammar, draw), draw));
    }

    /** What came of it lies there, read or not, where its statement is closed. */
    private static Act left(String sql, Draw draw) {
        String text = draw.text();
        boolean keys = draw.chance(75);
        boolean batch = draw.chance(30);
        Client.@Nullable Reading reading = keys && draw.chance(60) ? draw.reading() : null;
        return new Act(
                "prepareStatement(\"" + sql + "\"" + withKeys(keys) + ") of '" + text + "', "
                        + (batch ? "executeBatch()" : "executeUpdate()")
                        + (reading == null ? "" : ", keys read " + reading) + ", close",
                client -> client.tell(() -> {
                    try (PreparedStatement made = prepare(client, sql, keys)) {
                        made.setString(1, text);
                        if (batch) {
                            made.addBatch();
                            client.answer(Words.of(made.executeBatch()));
                        } else {
                            client.answer(Words.of(made.executeUpdate()));
                        }
                        if (reading != null) {
                            client.read(made.getGeneratedKeys(), reading, "k0");
                        }
                    }
                }));
    }

    private record Question(String words, Answer answer) {}

    /** What a statement is asked that has executed nothing. */
    @FunctionalInterface
    private interface Answer {
        @Nullable
        Object of(PreparedStatement statement) throws SQLException;
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question("getUpdateCount()", Statement::getUpdateCount),
            new Question("getLargeUpdateCount()", Statement::getLargeUpdateCount),
            new Question("getResultSet() == null", statement -> statement.getResultSet() == null),
            new Question("getMoreResults()", Statement::getMoreResults),
            new Question("getWarnings()", Statement::getWarnings),
            new Question("getResultSetHoldability()", Statement::getResultSetHoldability),
            new Question("getFetchSize()", Statement::getFetchSize));

    private static void asked(Grammar grammar) {
        grammar.rule(4, draw -> {
            String name = draw.one("p0", "p1");
            String sql = insert(grammar, draw);
            String text = draw.text();
            boolean keys = draw.chance(75);
            boolean bound = draw.chance(50);
            Question question = draw.one(QUESTIONS);
            Act before = draw.chance(60) ? left(sql, draw) : null;
            return new Act(
                    name + " = prepareStatement(\"" + sql + "\"" + withKeys(keys) + "), "
                            + (bound ? "getParameterMetaData(), " : "") + question.words() + ", keys, then of '" + text
                            + "', executeUpdate(), keys" + (before == null ? "" : ", all after " + before.words()),
                    client -> client.tell(() -> {
                        if (before != null) {
                            before.deed().by(client);
                        }
                        PreparedStatement made = prepare(client, sql, keys);
                        client.keep(name, made);
                        if (bound) {
                            client.ask(() -> made.getParameterMetaData().getParameterCount());
                        }
                        client.ask(() -> question.answer().of(made));
                        if (keys) {
                            client.read(made.getGeneratedKeys(), Client.Reading.AND_CLOSED, "k0");
                        }
                        made.setString(1, text);
                        client.ask(made::executeUpdate);
                        if (keys) {
                            client.read(made.getGeneratedKeys(), Client.Reading.AND_CLOSED, "k0");
                        }
                    }));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("p0", "p1");
            String sql = insert(grammar, draw);
            boolean keys = draw.chance(75);
            Act before = draw.chance(60) ? left(sql, draw) : null;
            return new Act(
                    name + " = prepareStatement(\"" + sql + "\"" + withKeys(keys)
                            + "), executeUpdate() of nothing, count"
                            + (before == null ? "" : ", all after " + before.words()),
                    client -> client.tell(() -> {
                        if (before != null) {
                            before.deed().by(client);
                        }
                        PreparedStatement made = prepare(client, sql, keys);
                        client.keep(name, made);
                        client.ask(made::executeUpdate);
                        client.ask(made::getUpdateCount);
                        client.ask(() -> made.getResultSet() == null);
                    }));
        });
    }

    /** Keys that nobody closes go with the next execution: what they held goes too. */
    private static void repeated(Grammar grammar) {
        grammar.rule(3, draw -> {
            String sql = insert(grammar, draw);
            String text = draw.text();
            int times = draw.number(2, 4);
            int number = draw.client();
            return new Act(
                    "prepareStatement(\"" + sql + "\", RETURN_GENERATED_KEYS) of '" + text + "', executeUpdate() and "
                            + "one key " + times + " times, the last keys closed",
                    client -> client.tell(() -> {
                        Connection connection = client.connection();
                        connection.setClientInfo("helios.client", "client " + number);
                        try (PreparedStatement made = prepare(client, sql, true)) {
                            made.setString(1, text);
                            boolean before = readsSomething(connection, number);
                            for (int i = 1; i <= times; i++) {
                                client.answer(Words.of(made.executeUpdate()));
                                ResultSet keys = made.getGeneratedKeys();
                                client.ask(() -> keys.next() ? Words.ofRow(keys) : "end");
                                if (i == times) {
                                    keys.close();
                                }
                            }
                            if (!before && readsSomething(connection, number)) {
                                client.answer("is held by keys that are past");
                            }
                        }
                    }));
        });
    }

    /** Whether its physical connection, where it has one for some time, is held by a result set. */
    private static boolean readsSomething(Connection connection, int number) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
            while (rows.next()) {
                if (("client " + number).equals(rows.getString("client"))) {
                    return "an open result set".equals(rows.getString("reason"));
                }
            }
            return false;
        }
    }
}
