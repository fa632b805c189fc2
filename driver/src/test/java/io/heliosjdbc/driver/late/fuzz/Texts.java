package io.heliosjdbc.driver.late.fuzz;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** The ways in which a text is executed. Stateless. */
final class Texts {
    private Texts() {}

    static Act executed(String sql, Draw draw) {
        String name = draw.one("s0", "s1");
        String rows = draw.one("r0", "r1");
        Client.Reading reading = draw.reading();
        int way = draw.number(0, 99);
        if (way < 65) {
            return new Act(
                    name + ".execute(\"" + sql + "\"), " + rows + " read " + reading,
                    client -> client.tell(() -> {
                        Statement statement = client.statement(name);
                        client.readAll(statement, statement.execute(sql), reading, rows);
                    }));
        }
        if (way < 75 && !sql.startsWith("SELECT")) {
            return new Act(
                    name + ".executeUpdate(\"" + sql + "\")",
                    client -> client.ask(() -> client.statement(name).executeUpdate(sql)));
        }
        if (way < 85) {
            return new Act(
                    rows + " = " + name + ".executeQuery(\"" + sql + "\"), read " + reading,
                    client ->
                            client.tell(() -> client.read(client.statement(name).executeQuery(sql), reading, rows)));
        }
        if (way < 92) {
            return new Act(
                    "prepareStatement(\"" + sql + "\").execute(), " + rows + " read " + reading + ", close",
                    client -> client.tell(() -> {
                        try (PreparedStatement statement = client.connection().prepareStatement(sql)) {
                            client.readAll(statement, statement.execute(), reading, rows);
                        }
                    }));
        }
        if (way < 96 && !sql.startsWith("SELECT")) {
            return new Act(
                    name + ".executeUpdate(\"" + sql + "\", RETURN_GENERATED_KEYS), read keys " + reading,
                    client -> client.tell(() -> {
                        Statement statement = client.statement(name);
                        client.ask(() -> statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS));
                        ResultSet keys = statement.getGeneratedKeys();
                        client.read(keys, reading, "k0");
                    }));
        }
        return new Act(
                name + ".addBatch(\"" + sql + "\"), executeBatch()",
                client -> client.tell(() -> {
                    Statement statement = client.statement(name);
                    statement.addBatch(sql);
                    client.ask(statement::executeBatch);
                }));
    }
}
