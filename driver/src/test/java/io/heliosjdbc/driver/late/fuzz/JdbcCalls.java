package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;

/** What can be asked of any driver. Stateless. */
final class JdbcCalls {
    /** In words about a result set that its statement's next execution does not close. */
    static final String STAYS_OPEN = ", which another execution leaves open";

    private static final List<Integer> LEVELS = List.of(
            Connection.TRANSACTION_READ_UNCOMMITTED,
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE,
            Connection.TRANSACTION_NONE,
            42);

    private JdbcCalls() {}

    static void addTo(Grammar grammar) {
        transactions(grammar);
        settings(grammar);
        modes(grammar);
        connections(grammar);
        statements(grammar);
        prepared(grammar);
        withoutValues(grammar);
        results(grammar);
    }

    private static void transactions(Grammar grammar) {
        grammar.rule(10, draw -> Act.tells("commit()", Connection::commit));
        grammar.rule(8, draw -> Act.tells("rollback()", Connection::rollback));
        grammar.rule(8, draw -> {
            boolean on = draw.chance(50);
            return Act.tells("setAutoCommit(" + on + ")", connection -> connection.setAutoCommit(on));
        });
        grammar.rule(4, draw -> {
            String name = draw.one("v0", "v1");
            return draw.chance(50)
                    ? new Act(
                            name + " = setSavepoint()",
                            client -> client.tell(
                                    () -> client.keep(name, client.connection().setSavepoint())))
                    : new Act(
                            name + " = setSavepoint(\"" + name + "\")",
                            client -> client.tell(
                                    () -> client.keep(name, client.connection().setSavepoint(name))));
        });
        grammar.rule(4, draw -> {
            String name = draw.one("v0", "v1");
            return new Act(
                    "rollback(" + name + ")",
                    client -> client.tell(() -> client.connection().rollback(client.savepoint(name))));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("v0", "v1");
            return new Act(
                    "releaseSavepoint(" + name + ")",
                    client -> client.tell(() -> client.connection().releaseSavepoint(client.savepoint(name))));
        });
    }

    private static void settings(Grammar grammar) {
        grammar.rule(6, draw -> {
            int level = draw.one(LEVELS);
            return Act.tells(
                    "setTransactionIsolation(" + level + ")", connection -> connection.setTransactionIsolation(level));
        });
        grammar.rule(4, draw -> {
            String value = draw.text();
            String name = draw.one("ApplicationName", "ApplicationName", "ApplicationName", "ClientUser", "nonsense");
            return Act.tells(
                    "setClientInfo(\"" + name + "\", \"" + value + "\")",
                    connection -> connection.setClientInfo(name, value));
        });
        grammar.rule(
                1, draw -> Act.tells("setClientInfo({})", connection -> connection.setClientInfo(new Properties())));
        grammar.rule(3, draw -> Act.asks("getAutoCommit()", Connection::getAutoCommit));
        grammar.rule(4, draw -> Act.asks("getTransactionIsolation()", Connection::getTransactionIsolation));
        grammar.rule(4, draw -> Act.asks("isReadOnly()", Connection::isReadOnly));
        grammar.rule(4, draw -> Act.asks("getSchema()", Connection::getSchema));
        grammar.rule(3, draw -> Act.asks("getCatalog()", Connection::getCatalog));
        grammar.rule(2, draw -> Act.asks("getHoldability()", Connection::getHoldability));
        grammar.rule(3, draw -> Act.asks("getNetworkTimeout()", Connection::getNetworkTimeout));
        grammar.rule(1, draw -> Act.asks("getTypeMap()", Connection::getTypeMap));
        grammar.rule(4, draw -> {
            String name = draw.one("ApplicationName", "ClientUser", "nonsense");
            return Act.asks("getClientInfo(\"" + name + "\")", connection -> connection.getClientInfo(name));
        });
    }

    /** Not every driver does what it is told here, and some do not say so. */
    private static void modes(Grammar grammar) {
        grammar.rule(2, draw -> asks(draw, "getUpdateCount()", Statement::getUpdateCount));
        grammar.rule(5, draw -> {
            boolean on = draw.chance(60);
            return Act.tells("setReadOnly(" + on + ")", connection -> connection.setReadOnly(on));
        });
        grammar.rule(3, draw -> {
            int timeout = draw.chance(10) ? -1 : draw.tenant().number();
            return Act.tells(
                    "setNetworkTimeout(" + timeout + ")",
                    connection -> connection.setNetworkTimeout(Runnable::run, timeout));
        });
        grammar.rule(2, draw -> {
            int holdability = draw.one(List.of(1, 2, 7));
            return Act.tells(
                    "setHoldability(" + holdability + ")", connection -> connection.setHoldability(holdability));
        });
        grammar.rule(1, draw -> Act.tells("setTypeMap({})", connection -> connection.setTypeMap(new HashMap<>())));
    }

    private static void connections(Grammar grammar) {
        grammar.rule(3, draw -> Act.asks("getWarnings()", Connection::getWarnings));
        grammar.rule(1, draw -> Act.tells("clearWarnings()", Connection::clearWarnings));
        grammar.rule(2, draw -> Act.asks("isValid(5)", connection -> connection.isValid(5)));
        grammar.rule(1, draw -> Act.asks("isClosed()", Connection::isClosed));
        grammar.rule(1, draw -> Act.asks("nativeSQL", connection -> connection.nativeSQL("SELECT {fn UCASE('a')}")));
        grammar.rule(
                1,
                draw -> Act.asks(
                        "metadata: user", connection -> connection.getMetaData().getUserName()));
        grammar.rule(
                1,
                draw -> Act.asks(
                        "metadata: isReadOnly",
                        connection -> connection.getMetaData().isReadOnly()));
        grammar.rule(2, draw -> {
            String table = draw.bareTable();
            String schema = draw.tenant().name();
            Client.Reading reading = draw.reading();
            return new Act(
                    "metadata: columns of " + schema + "." + table + ", read " + reading,
                    client -> client.tell(() -> {
                        try (ResultSet columns =
                                client.connection().getMetaData().getColumns(null, schema, table, "%")) {
                            client.ask(() -> {
                                int count = 0;
                                while (columns.next()) {
                                    count++;
                                }
                                return count;
                            });
                        }
                    }));
        });
        grammar.rule(
                2,
                draw -> new Act("close(), then open", client -> {
                    client.tell(() -> client.connection().close());
                    client.ask(() -> client.connection().isClosed());
                    client.close();
                }));
        grammar.rule(1, draw -> {
            String sql = "SELECT name FROM " + draw.tenant().name() + ".whose";
            return new Act("close(), then go on with it", client -> {
                client.tell(() -> client.connection().close());
                client.ask(() -> client.connection().createStatement().executeQuery(sql));
                client.ask(() -> client.statement("s0").executeQuery(sql));
                client.ask(() -> client.connection().getAutoCommit());
                client.tell(() -> client.connection().commit());
                client.ask(() -> client.connection().isValid(1));
                client.forget();
            });
        });
    }

    private static void statements(Grammar grammar) {
        grammar.rule(3, draw -> {
            String name = draw.one("s0", "s1");
            return new Act(name + ".close()", client -> {
                client.tell(() -> client.statement(name).close());
                client.ask(() -> client.statement(name).isClosed());
                client.ask(() -> client.statement(name).getUpdateCount());
                client.drop(name);
            });
        });
        grammar.rule(3, draw -> {
            String name = draw.one("s0", "s1");
            int type = draw.one(List.of(
                    ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.TYPE_SCROLL_SENSITIVE));
            return new Act(
                    name + " = createStatement(" + type + ", CONCUR_READ_ONLY)",
                    client -> client.tell(() ->
                            client.keep(name, client.connection().createStatement(type, ResultSet.CONCUR_READ_ONLY))));
        });
        grammar.rule(3, draw -> asks(draw, "getWarnings()", Statement::getWarnings));
        grammar.rule(2, draw -> asks(draw, "getMoreResults()", Statement::getMoreResults));
        grammar.rule(2, draw -> asks(draw, "getResultSet() == null", statement -> statement.getResultSet() == null));
        grammar.rule(
                2,
                draw -> asks(draw, "cancel() of nothing", statement -> {
                    statement.cancel();
                    return "done";
                }));
        grammar.rule(
                1,
                draw -> asks(draw, "clearWarnings()", statement -> {
                    statement.clearWarnings();
                    return "done";
                }));
        grammar.rule(2, draw -> {
            int rows = draw.one(List.of(1, 2, 100));
            return asks(draw, "setFetchSize(" + rows + ")", statement -> {
                statement.setFetchSize(rows);
                return statement.getFetchSize();
            });
        });
        grammar.rule(2, draw -> {
            int rows = draw.one(List.of(-1, 0, 1, 2));
            return asks(draw, "setMaxRows(" + rows + ")", statement -> {
                statement.setMaxRows(rows);
                return statement.getMaxRows();
            });
        });
        grammar.rule(2, draw -> {
            int seconds = draw.one(List.of(-1, 0, 30, 31));
            return asks(draw, "setQueryTimeout(" + seconds + ")", statement -> {
                statement.setQueryTimeout(seconds);
                return statement.getQueryTimeout();
            });
        });
        grammar.rule(1, draw -> {
            boolean prepares = draw.chance(50);
            boolean early = grammar.takesEarlyCancels() && draw.chance(50);
            String endless = grammar.endless(draw);
            String who = grammar.whoExecutes(endless);
            return new Act(
                    "cancel \"" + endless + (early ? "\" from its beginning" : "\" while it runs"),
                    client -> client.tell(() -> {
                        Connection connection = client.connection();
                        try (Statement statement =
                                prepares ? connection.prepareStatement(endless) : connection.createStatement()) {
                            Exception[] answer = new Exception[1];
                            Thread worker = new Thread(() -> {
                                try {
                                    boolean unused = prepares
                                            ? ((PreparedStatement) statement).execute()
                                            : statement.execute(endless);
                                } catch (SQLException | RuntimeException cancelled) {
                                    answer[0] = cancelled;
                                }
                            });
                            worker.start();
                            // PostgreSQL's driver passes one cancel on: one that comes before the text is lost, and so
                            // is any other.
                            while (worker.isAlive()) {
                                boolean cancels = early || Kills.first(client.administrator(), who) != null;
                                if (cancels) {
                                    statement.cancel();
                                }
                                worker.join(cancels && !early ? 100 : 1);
                            }
                            if (answer[0] != null) {
                                throw answer[0];
                            }
                        }
                    }));
        });
    }

    /** Not every driver can. */
    static Act aborts() {
        return new Act("abort(), then open", client -> {
            client.tell(() -> client.connection().abort(Runnable::run));
            client.ask(() -> client.connection().isClosed());
            client.close();
        });
    }

    /** A question of a statement. */
    @FunctionalInterface
    interface OfStatement {
        @org.jspecify.annotations.Nullable
        Object of(Statement statement) throws SQLException;
    }

    static Act asks(Draw draw, String words, OfStatement question) {
        String name = draw.one("s0", "s1", "p0");
        return new Act(
                name + "." + words,
                client -> client.ask(
                        () -> question.of(name.startsWith("p") ? client.prepared(name) : client.statement(name))));
    }

    private static void prepared(Grammar grammar) {
        grammar.rule(10, draw -> {
            String name = draw.one("p0", "p1");
            Grammar.Prepared prepared = grammar.prepared(draw);
            boolean keys = draw.chance(25);
            return new Act(
                    name + " = prepareStatement(\"" + prepared.sql() + "\"" + (keys ? ", RETURN_GENERATED_KEYS" : "")
                            + "), with " + prepared.parameters(),
                    client -> client.tell(() -> {
                        PreparedStatement made = keys
                                ? client.connection().prepareStatement(prepared.sql(), Statement.RETURN_GENERATED_KEYS)
                                : client.connection().prepareStatement(prepared.sql());
                        client.keep(name, made);
                        set(made, prepared.parameters());
                    }));
        });
        grammar.rule(12, draw -> {
            String name = draw.one("p0", "p1");
            String rows = draw.one("r0", "r1");
            Client.Reading reading = draw.reading();
            return new Act(
                    name + ".execute(), " + rows + " read " + reading,
                    client -> client.tell(() -> {
                        PreparedStatement statement = client.prepared(name);
                        client.readAll(statement, statement.execute(), reading, rows);
                    }));
        });
        grammar.rule(4, draw -> {
            String name = draw.one("p0", "p1");
            String rows = draw.one("r0", "r1");
            Client.Reading reading = draw.reading();
            return new Act(
                    rows + " = " + name + ".executeQuery(), read " + reading,
                    client ->
                            client.tell(() -> client.read(client.prepared(name).executeQuery(), reading, rows)));
        });
        grammar.rule(4, draw -> ofPrepared(draw, "executeUpdate()", PreparedStatement::executeUpdate));
        grammar.rule(3, draw -> {
            String name = draw.one("p0", "p1");
            String rows = draw.one("k0", "k1");
            Client.Reading reading = draw.reading();
            return new Act(
                    rows + " = " + name + ".getGeneratedKeys(), read " + reading,
                    client ->
                            client.tell(() -> client.read(client.prepared(name).getGeneratedKeys(), reading, rows)));
        });
        grammar.rule(4, draw -> {
            String text = draw.text();
            return ofPrepared(draw, "addBatch() with '" + text + "'", statement -> {
                statement.setString(1, text);
                statement.addBatch();
                return "done";
            });
        });
        grammar.rule(4, draw -> ofPrepared(draw, "executeBatch()", PreparedStatement::executeBatch));
        grammar.rule(
                1,
                draw -> ofPrepared(draw, "clearBatch()", statement -> {
                    statement.clearBatch();
                    return "done";
                }));
        grammar.rule(
                2,
                draw -> ofPrepared(draw, "clearParameters()", statement -> {
                    statement.clearParameters();
                    return "done";
                }));
        grammar.rule(3, draw -> {
            int index = draw.number(0, 3);
            String text = draw.text();
            return ofPrepared(draw, "setString(" + index + ", '" + text + "')", statement -> {
                statement.setString(index, text);
                return "done";
            });
        });
        grammar.rule(
                1,
                draw -> ofPrepared(draw, "setNull(1, VARCHAR)", statement -> {
                    statement.setNull(1, Types.VARCHAR);
                    return "done";
                }));
        grammar.rule(
                2, draw -> ofPrepared(draw, "getMetaData()", statement -> Words.ofColumns(statement.getMetaData())));
        grammar.rule(
                2,
                draw -> ofPrepared(
                        draw,
                        "getParameterMetaData()",
                        statement -> statement.getParameterMetaData().getParameterCount()));
        grammar.rule(2, draw -> {
            String name = draw.one("p0", "p1");
            return new Act(name + ".close()", client -> {
                client.tell(() -> client.prepared(name).close());
                client.drop(name);
            });
        });
    }

    /** What another one, or an earlier execution, has given is not there any more. */
    private static void withoutValues(Grammar grammar) {
        grammar.rule(4, draw -> {
            Grammar.Prepared prepared = grammar.prepared(draw);
            boolean clears = draw.chance(50);
            return new Act(
                    "prepareStatement(\"" + prepared.sql() + "\")"
                            + (clears ? ".execute() with " + prepared.parameters() + ", clearParameters()" : "")
                            + ", execute() with nothing",
                    client -> client.tell(() -> {
                        try (PreparedStatement made = client.connection().prepareStatement(prepared.sql())) {
                            if (clears) {
                                set(made, prepared.parameters());
                                client.readAll(made, made.execute(), Client.Reading.TO_ITS_END, "r0");
                                made.clearParameters();
                            }
                            client.readAll(made, made.execute(), Client.Reading.TO_ITS_END, "r0");
                        }
                    }));
        });
    }

    private static void set(PreparedStatement statement, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i) instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else {
                statement.setString(i + 1, (String) parameters.get(i));
            }
        }
    }

    /** A question of a prepared statement. */
    @FunctionalInterface
    interface OfPrepared {
        Object of(PreparedStatement statement) throws SQLException;
    }

    static Act ofPrepared(Draw draw, String words, OfPrepared question) {
        String name = draw.one("p0", "p1");
        return new Act(name + "." + words, client -> client.ask(() -> question.of(client.prepared(name))));
    }

    private static void results(Grammar grammar) {
        String stays = grammar.executionsCloseResults() ? "" : STAYS_OPEN;
        grammar.rule(6, draw -> {
            String name = draw.one("r0", "r1");
            return new Act(
                    name + ".next(), row",
                    client -> client.ask(() -> {
                        ResultSet rows = client.result(name);
                        return rows.next() ? Words.ofRow(rows) : "end";
                    }));
        });
        grammar.rule(3, draw -> {
            String name = draw.one("r0", "r1");
            return new Act(
                    name + ".close()" + stays,
                    client -> client.tell(() -> {
                        boolean again = client.result(name).isClosed();
                        client.result(name).close();
                        if (again) {
                            client.ask(client::closedStatements);
                        }
                    }));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("r0", "r1");
            return new Act(
                    name + ".isClosed()" + stays,
                    client -> client.ask(() -> client.result(name).isClosed()));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("r0", "r1");
            return new Act(
                    name + ".getMetaData()",
                    client ->
                            client.ask(() -> Words.ofColumns(client.result(name).getMetaData())));
        });
        grammar.rule(1, draw -> {
            String name = draw.one("r0", "r1");
            return new Act(
                    name + ".getWarnings()",
                    client -> client.ask(() -> client.result(name).getWarnings()));
        });
        grammar.rule(1, draw -> {
            String name = draw.one("r0", "r1");
            return new Act(
                    name + ".getString(1)",
                    client -> client.ask(() -> client.result(name).getString(1)));
        });
    }
}
