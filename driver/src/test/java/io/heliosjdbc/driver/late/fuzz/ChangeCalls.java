package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;

/** Batches that fail in their middle, keys by columns, savepoints in odd orders. Stateless. */
final class ChangeCalls {
    private ChangeCalls() {}

    static void addTo(Grammar grammar) {
        batches(grammar);
        keys(grammar);
        savepoints(grammar);
        connections(grammar);
    }

    private static void batches(Grammar grammar) {
        grammar.rule(3, draw -> {
            String name = draw.one("s0", "s1");
            String table = grammar.named(draw.table());
            String good = "INSERT INTO " + table + " (note) VALUES ('" + draw.text() + "')";
            String bad = draw.one(
                    "INSERT INTO " + table + " (id, note) VALUES (1, 'once'), (1, 'twice')",
                    "INSERT INTO " + table + " (nothing) VALUES (1)",
                    "SELECT 1",
                    "SELEC 1");
            boolean large = draw.chance(30);
            return new Act(
                    name + ": batch of \"" + good + "\", \"" + bad + "\" and the first again"
                            + (large ? ", large" : ""),
                    client -> client.tell(() -> {
                        Statement statement = client.statement(name);
                        statement.addBatch(good);
                        statement.addBatch(bad);
                        statement.addBatch(good);
                        client.ask(() -> large ? statement.executeLargeBatch() : statement.executeBatch());
                        client.ask(statement::getUpdateCount);
                        client.ask(statement::getWarnings);
                        // MariaDB's driver keeps rows of a batch when there is nothing in the next one.
                        if (!bad.equals("SELECT 1")) {
                            client.ask(statement::executeBatch);
                        } else if (!grammar.executionsCloseResults()) {
                            client.drop(name);
                        }
                    }));
        });
        grammar.rule(3, draw -> {
            String name = draw.one("p0", "p1");
            String sql = "INSERT INTO " + grammar.named(draw.table()) + " (id, note) VALUES (?, ?)";
            int first = draw.number(1, 20);
            List<Integer> ids = List.of(first, first + draw.number(0, 1), first + 2);
            String text = draw.text();
            boolean keys = draw.chance(40);
            return new Act(
                    name + " = prepareStatement(\"" + sql + "\"" + (keys ? ", RETURN_GENERATED_KEYS" : "")
                            + "), batch of " + ids + ", keys read",
                    client -> client.tell(() -> {
                        PreparedStatement made = keys
                                ? client.connection().prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)
                                : client.connection().prepareStatement(sql);
                        client.keep(name, made);
                        for (int id : ids) {
                            made.setInt(1, id);
                            made.setString(2, text);
                            made.addBatch();
                        }
                        client.ask(made::executeBatch);
                        client.ask(made::getUpdateCount);
                        client.tell(() -> client.read(made.getGeneratedKeys(), Client.Reading.TO_ITS_END, "k0"));
                        client.ask(made::executeBatch);
                    }));
        });
    }

    private static void keys(Grammar grammar) {
        grammar.rule(4, draw -> {
            String name = draw.one("s0", "s1");
            String sql = "INSERT INTO " + grammar.named(draw.table()) + " (note) VALUES ('" + draw.text() + "')";
            List<String> columns =
                    draw.one(List.of(List.of("id"), List.of("note", "id"), List.of("nothing"), List.of()));
            Client.Reading reading = draw.reading();
            boolean large = draw.chance(30);
            return new Act(
                    name + ".execute" + (large ? "Large" : "") + "Update(\"" + sql + "\", " + columns
                            + "), k0 = keys read " + reading,
                    client -> client.tell(() -> {
                        Statement statement = client.statement(name);
                        String[] names = columns.toArray(String[]::new);
                        client.ask(() -> large
                                ? (Object) statement.executeLargeUpdate(sql, names)
                                : (Object) statement.executeUpdate(sql, names));
                        client.read(statement.getGeneratedKeys(), reading, "k0");
                    }));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("s0", "s1");
            String sql = "INSERT INTO " + grammar.named(draw.table()) + " (note) VALUES ('" + draw.text() + "')";
            int column = draw.one(List.of(1, 2, 9));
            Client.Reading reading = draw.reading();
            return new Act(
                    name + ".execute(\"" + sql + "\", {" + column + "}), k0 = keys read " + reading,
                    client -> client.tell(() -> {
                        Statement statement = client.statement(name);
                        client.ask(() -> statement.execute(sql, new int[] {column}));
                        client.ask(statement::getUpdateCount);
                        client.read(statement.getGeneratedKeys(), reading, "k0");
                    }));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("s0", "s1");
            Client.Reading reading = draw.reading();
            return new Act(
                    "k0 = " + name + ".getGeneratedKeys(), read " + reading,
                    client ->
                            client.tell(() -> client.read(client.statement(name).getGeneratedKeys(), reading, "k0")));
        });
        grammar.rule(3, draw -> {
            String name = draw.one("p0", "p1");
            String sql = "INSERT INTO " + grammar.named(draw.table()) + " (note) VALUES (?)";
            String column = draw.one("id", "id", "note", "nothing");
            boolean byIndex = draw.chance(30);
            String text = draw.text();
            return new Act(
                    name + " = prepareStatement(\"" + sql + "\", " + (byIndex ? "{1}" : "{" + column + "}") + "), with "
                            + text,
                    client -> client.tell(() -> {
                        PreparedStatement made = byIndex
                                ? client.connection().prepareStatement(sql, new int[] {1})
                                : client.connection().prepareStatement(sql, new String[] {column});
                        client.keep(name, made);
                        made.setString(1, text);
                    }));
        });
    }

    /** Something done with two savepoints. */
    @FunctionalInterface
    private interface Order {
        void of(Client client, Connection connection, Savepoint outer, Savepoint inner) throws Exception;
    }

    private record Named(String words, Order order) {}

    private static final List<Named> ORDERS = List.of(
            new Named("release outer, roll back inner", (client, connection, outer, inner) -> {
                connection.releaseSavepoint(outer);
                connection.rollback(inner);
            }),
            new Named("roll back outer, release inner", (client, connection, outer, inner) -> {
                connection.rollback(outer);
                connection.releaseSavepoint(inner);
            }),
            new Named("roll back outer twice", (client, connection, outer, inner) -> {
                connection.rollback(outer);
                connection.rollback(outer);
            }),
            new Named("release inner twice", (client, connection, outer, inner) -> {
                connection.releaseSavepoint(inner);
                connection.releaseSavepoint(inner);
            }),
            new Named("names", (client, connection, outer, inner) -> {
                client.ask(outer::getSavepointName);
                client.ask(inner::getSavepointName);
                // It counts those of the vendor's connection.
                client.ask(() -> inner.getSavepointId() >= 0);
            }),
            new Named("commit, roll back inner", (client, connection, outer, inner) -> {
                connection.commit();
                connection.rollback(inner);
            }));

    private static void savepoints(Grammar grammar) {
        grammar.rule(4, draw -> {
            Named order = draw.one(ORDERS);
            String sql = "INSERT INTO " + grammar.named(draw.table()) + " (note) VALUES ('" + draw.text() + "')";
            return new Act(
                    "v0 = setSavepoint(\"v0\"), \"" + sql + "\", v1 = setSavepoint(), then " + order.words(),
                    client -> client.tell(() -> {
                        Connection connection = client.connection();
                        Savepoint outer = connection.setSavepoint("v0");
                        client.keep("v0", outer);
                        client.ask(() -> client.statement("s0").executeUpdate(sql));
                        Savepoint inner = connection.setSavepoint();
                        client.keep("v1", inner);
                        order.order().of(client, connection, outer, inner);
                    }));
        });
        grammar.rule(1, draw -> Act.tells("rollback(null)", connection -> connection.rollback(null)));
    }

    private static void connections(Grammar grammar) {
        grammar.rule(2, draw -> {
            int seconds = draw.one(List.of(-1, 0, 1));
            return Act.asks("isValid(" + seconds + ")", connection -> connection.isValid(seconds));
        });
        grammar.rule(
                1,
                draw -> Act.tells(
                        "setNetworkTimeout(null, 1000)", connection -> connection.setNetworkTimeout(null, 1_000)));
        grammar.rule(
                1,
                draw -> Act.tells(
                        "setNetworkTimeout(0)", connection -> connection.setNetworkTimeout(Runnable::run, 0)));
        grammar.rule(1, draw -> Act.tells("abort(null)", connection -> connection.abort(null)));
        grammar.rule(1, draw -> Act.tells("setTypeMap(null)", connection -> connection.setTypeMap(null)));
        grammar.rule(
                1,
                draw -> Act.tells(
                        "setTypeMap({mine})",
                        connection -> connection.setTypeMap(new java.util.HashMap<>(
                                java.util.Map.of(draw.tenant().name(), String.class)))));
        grammar.rule(
                1,
                draw -> Act.tells("prepareStatement(null)", connection -> connection.prepareStatement((String) null)));
    }
}
