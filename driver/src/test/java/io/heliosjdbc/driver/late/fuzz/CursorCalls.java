package io.heliosjdbc.driver.late.fuzz;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done to result sets beyond reading them once: moved in, changed in, several at a time, with limits. Stateless. */
final class CursorCalls {
    /** Of a result set that has nothing more to give, that was given before, and that a failure came after. */
    static final String AGAIN = "the one that has ended";

    private static final List<Integer> TYPES =
            List.of(ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.TYPE_SCROLL_SENSITIVE);

    private CursorCalls() {}

    static void addTo(Grammar grammar) {
        opened(grammar);
        moved(grammar);
        changed(grammar);
        several(grammar);
        limits(grammar);
    }

    private static void opened(Grammar grammar) {
        grammar.rule(4, draw -> {
            String name = draw.one("s0", "s1");
            String rows = draw.one("r0", "r1");
            int type = draw.one(TYPES);
            int concurrency = draw.one(List.of(ResultSet.CONCUR_READ_ONLY, ResultSet.CONCUR_UPDATABLE));
            Integer holdability = draw.chance(50)
                    ? draw.one(List.of(ResultSet.HOLD_CURSORS_OVER_COMMIT, ResultSet.CLOSE_CURSORS_AT_COMMIT))
                    : null;
            int fetch = draw.one(List.of(0, 0, 2));
            String sql = "SELECT id, note FROM " + grammar.named(draw.table()) + " ORDER BY id";
            Client.Reading reading = draw.one(List.of(Client.Reading.NOT_YET, Client.Reading.ONE_ROW));
            return new Act(
                    name + " = createStatement(" + type + ", " + concurrency
                            + (holdability == null ? "" : ", " + holdability) + "), fetches " + fetch + ", " + rows
                            + " = executeQuery(\"" + sql + "\"), read " + reading,
                    client -> client.tell(() -> {
                        Statement made = holdability == null
                                ? client.connection().createStatement(type, concurrency)
                                : client.connection().createStatement(type, concurrency, holdability);
                        client.keep(name, made);
                        made.setFetchSize(fetch);
                        client.read(made.executeQuery(sql), reading, rows);
                    }));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("p0", "p1");
            int type = draw.one(TYPES);
            int concurrency = draw.one(List.of(ResultSet.CONCUR_READ_ONLY, ResultSet.CONCUR_UPDATABLE));
            String sql = "SELECT id, note FROM " + grammar.named(draw.table()) + " ORDER BY id";
            return new Act(
                    name + " = prepareStatement(\"" + sql + "\", " + type + ", " + concurrency + ")",
                    client -> client.tell(
                            () -> client.keep(name, client.connection().prepareStatement(sql, type, concurrency))));
        });
    }

    /** A question of a result set. */
    @FunctionalInterface
    private interface OfRows {
        @Nullable
        Object of(ResultSet rows) throws SQLException;
    }

    /** Something that a result set is told. */
    @FunctionalInterface
    private interface ToRows {
        void to(ResultSet rows) throws SQLException;
    }

    private static Act asks(Draw draw, String words, OfRows question) {
        String name = draw.one("r0", "r1");
        return new Act(name + "." + words, client -> client.ask(() -> question.of(client.result(name))));
    }

    private static Act tells(Draw draw, String words, ToRows request) {
        return asks(draw, words, rows -> {
            request.to(rows);
            return "done";
        });
    }

    private record Named(String words, OfRows question) {}

    private static final List<Named> MOVES = List.of(
            new Named("previous()", ResultSet::previous),
            new Named("first()", ResultSet::first),
            new Named("last()", ResultSet::last),
            new Named("absolute(2)", rows -> rows.absolute(2)),
            new Named("absolute(-1)", rows -> rows.absolute(-1)),
            new Named("relative(1)", rows -> rows.relative(1)),
            new Named("relative(-1)", rows -> rows.relative(-1)),
            new Named("next()", ResultSet::next));

    private static final List<Named> QUESTIONS = List.of(
            new Named("isFirst()", ResultSet::isFirst),
            new Named("isLast()", ResultSet::isLast),
            new Named("isBeforeFirst()", ResultSet::isBeforeFirst),
            new Named("isAfterLast()", ResultSet::isAfterLast),
            new Named("getRow()", ResultSet::getRow),
            new Named("getType()", ResultSet::getType),
            new Named("getConcurrency()", ResultSet::getConcurrency),
            new Named("getHoldability()", ResultSet::getHoldability),
            new Named("getFetchSize()", ResultSet::getFetchSize),
            new Named("getFetchDirection()", ResultSet::getFetchDirection),
            new Named("findColumn(\"note\")", rows -> rows.findColumn("note")),
            new Named("getCursorName() is there", rows -> rows.getCursorName() != null),
            new Named("getStatement() is there", rows -> rows.getStatement() != null),
            new Named("wasNull()", ResultSet::wasNull),
            new Named("rowUpdated()", ResultSet::rowUpdated),
            new Named("rowDeleted()", ResultSet::rowDeleted));

    private static void moved(Grammar grammar) {
        grammar.rule(8, draw -> {
            Named move = draw.one(MOVES);
            return asks(draw, move.words() + ", row", rows -> {
                Object moved = move.question().of(rows);
                return Boolean.TRUE.equals(moved) ? Words.ofRow(rows) : moved;
            });
        });
        grammar.rule(4, draw -> {
            Named question = draw.one(QUESTIONS);
            return asks(draw, question.words(), question.question());
        });
        grammar.rule(1, draw -> tells(draw, "beforeFirst()", ResultSet::beforeFirst));
        grammar.rule(1, draw -> tells(draw, "afterLast()", ResultSet::afterLast));
        grammar.rule(1, draw -> {
            int rows = draw.one(List.of(-1, 0, 1, 3));
            return tells(draw, "setFetchSize(" + rows + ")", result -> result.setFetchSize(rows));
        });
        grammar.rule(
                1,
                draw -> tells(
                        draw,
                        "setFetchDirection(FETCH_REVERSE)",
                        rows -> rows.setFetchDirection(ResultSet.FETCH_REVERSE)));
    }

    private static void changed(Grammar grammar) {
        grammar.rule(3, draw -> {
            String text = draw.text();
            return tells(draw, "updateString(\"note\", \"" + text + "\"), updateRow()", rows -> {
                rows.updateString("note", text);
                rows.updateRow();
            });
        });
        grammar.rule(2, draw -> {
            String text = draw.text();
            int id = draw.number(1, 20);
            return tells(draw, "insertRow() of " + id + ", \"" + text + "\"", rows -> {
                rows.moveToInsertRow();
                rows.updateInt("id", id);
                rows.updateString("note", text);
                rows.insertRow();
                rows.moveToCurrentRow();
            });
        });
        grammar.rule(1, draw -> tells(draw, "deleteRow()", ResultSet::deleteRow));
        grammar.rule(1, draw -> tells(draw, "refreshRow()", ResultSet::refreshRow));
        grammar.rule(1, draw -> tells(draw, "cancelRowUpdates()", ResultSet::cancelRowUpdates));
    }

    private static void several(Grammar grammar) {
        grammar.rule(2, draw -> {
            int current = draw.one(List.of(
                    Statement.CLOSE_CURRENT_RESULT, Statement.KEEP_CURRENT_RESULT, Statement.CLOSE_ALL_RESULTS, 7));
            return JdbcCalls.asks(
                    draw, "getMoreResults(" + current + ")", statement -> statement.getMoreResults(current));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("s0", "s1", "p0");
            String rows = draw.one("r0", "r1");
            return new Act(
                    rows + " = " + name + ".getResultSet()",
                    client -> client.tell(() -> {
                        Statement of = name.startsWith("p") ? client.prepared(name) : client.statement(name);
                        ResultSet told = of.getResultSet();
                        boolean again = told != null && client.hasGiven(told);
                        int before = client.answered();
                        client.read(told, Client.Reading.ONE_ROW, rows);
                        if (again && client.answered() == before && client.hasFailed()) {
                            client.answer(AGAIN);
                        }
                    }));
        });
        grammar.rule(3, draw -> {
            String name = draw.one("s0", "s1");
            String first = grammar.named(draw.table());
            String second = grammar.named(draw.table());
            return new Act(
                    name + ".execute(\"SELECT id FROM " + first + "; SELECT note FROM " + second
                            + "\"), r0 and r1 read in turns",
                    client -> client.tell(() -> {
                        Statement statement = client.statement(name);
                        client.ask(() -> statement.execute("SELECT id FROM " + first + " ORDER BY id; SELECT note FROM "
                                + second + " ORDER BY id"));
                        ResultSet one = statement.getResultSet();
                        client.read(one, Client.Reading.ONE_ROW, "r0");
                        client.ask(() -> statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
                        client.read(statement.getResultSet(), Client.Reading.ONE_ROW, "r1");
                        client.ask(() -> one.next() ? Words.ofRow(one) : "end");
                        client.ask(statement::getMoreResults);
                    }));
        });
        grammar.rule(
                2,
                draw -> JdbcCalls.asks(draw, "closeOnCompletion()", statement -> {
                    statement.closeOnCompletion();
                    return statement.isCloseOnCompletion();
                }));
        grammar.rule(1, draw -> JdbcCalls.asks(draw, "isCloseOnCompletion()", Statement::isCloseOnCompletion));
        grammar.rule(2, draw -> JdbcCalls.asks(draw, "isClosed()", Statement::isClosed));
    }

    private record Limit(String words, JdbcCalls.OfStatement question) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("setFetchSize(0)", statement -> {
                statement.setFetchSize(0);
                return statement.getFetchSize();
            }),
            new Limit("setFetchSize(-1)", statement -> {
                statement.setFetchSize(-1);
                return statement.getFetchSize();
            }),
            new Limit("setEscapeProcessing(false)", statement -> {
                statement.setEscapeProcessing(false);
                return "done";
            }),
            new Limit("setEscapeProcessing(true)", statement -> {
                statement.setEscapeProcessing(true);
                return "done";
            }),
            new Limit("setPoolable(true)", statement -> {
                statement.setPoolable(true);
                return statement.isPoolable();
            }),
            new Limit("setPoolable(false)", statement -> {
                statement.setPoolable(false);
                return statement.isPoolable();
            }),
            new Limit("setCursorName(\"mine\")", statement -> {
                statement.setCursorName("mine");
                return "done";
            }),
            new Limit("setMaxFieldSize(5)", statement -> {
                statement.setMaxFieldSize(5);
                return statement.getMaxFieldSize();
            }),
            new Limit("setLargeMaxRows(2)", statement -> {
                statement.setLargeMaxRows(2);
                return statement.getLargeMaxRows();
            }),
            new Limit("setFetchDirection(FETCH_REVERSE)", statement -> {
                statement.setFetchDirection(ResultSet.FETCH_REVERSE);
                return statement.getFetchDirection();
            }),
            new Limit("setFetchDirection(7)", statement -> {
                statement.setFetchDirection(7);
                return statement.getFetchDirection();
            }),
            new Limit("getLargeUpdateCount()", Statement::getLargeUpdateCount),
            new Limit("getResultSetType()", Statement::getResultSetType),
            new Limit("getResultSetConcurrency()", Statement::getResultSetConcurrency),
            new Limit("getResultSetHoldability()", Statement::getResultSetHoldability),
            new Limit("enquoteLiteral", statement -> statement.enquoteLiteral("it's")),
            new Limit("enquoteIdentifier", statement -> statement.enquoteIdentifier("a b", false)),
            new Limit("isSimpleIdentifier", statement -> statement.isSimpleIdentifier("a b")),
            new Limit("getConnection() is there", statement -> statement.getConnection() != null));

    private static void limits(Grammar grammar) {
        grammar.rule(8, draw -> {
            Limit limit = draw.one(LIMITS);
            return JdbcCalls.asks(draw, limit.words(), limit.question());
        });
        grammar.text(2, draw -> "SELECT {fn UCASE('" + draw.text() + "')}, {d '2024-02-29'}");
    }
}
