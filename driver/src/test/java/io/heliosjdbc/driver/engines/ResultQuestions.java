package io.heliosjdbc.driver.engines;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.sql.Types;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Result sets: getters, scrolling, updates. */
final class ResultQuestions {
    private static final String KINDS = "SELECT * FROM kinds";

    private ResultQuestions() {}

    private static boolean isGetter(Method method) {
        return method.getName().startsWith("get")
                && method.getParameterCount() > 0
                && (method.getParameterTypes()[0] == int.class || method.getParameterTypes()[0] == String.class);
    }

    static void everyGetter(Connection connection, Transcript transcript) throws Exception {
        for (Method method : Explorer.methods(ResultSet.class)) {
            if (!isGetter(method)) {
                continue;
            }
            for (int column = 0; column <= 13; column++) {
                String label = Explorer.name(method) + " of column " + column;
                int index = column;
                // Fresh rows: an error ends the transaction, or has read a stream.
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(KINDS)) {
                    rows.next();
                    ResultSetMetaData columns = rows.getMetaData();
                    Object[] arguments = new Object[method.getParameterCount()];
                    for (int i = 1; i < arguments.length; i++) {
                        arguments[i] = Explorer.sample(method.getParameterTypes()[i]);
                    }
                    boolean inside = index > 0 && index <= columns.getColumnCount();
                    arguments[0] = method.getParameterTypes()[0] == int.class
                            ? (Object) index
                            : inside ? columns.getColumnLabel(index) : "nowhere";
                    transcript.ask(label, () -> Explorer.call(method, rows, arguments));
                    transcript.ask(label + " was null", rows::wasNull);
                }
            }
        }
    }

    static void everyMethod(Connection connection, Transcript transcript) throws Exception {
        Set<String> elsewhere = Set.of("close", "refreshRow");
        for (int type : new int[] {ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE}) {
            transcript.tell("type " + type, () -> {
                try (Statement statement = connection.createStatement(type, ResultSet.CONCUR_READ_ONLY);
                        ResultSet rows = statement.executeQuery(KINDS)) {
                    rows.next();
                    new Explorer(transcript)
                            .explore(
                                    ResultSet.class,
                                    rows,
                                    method -> !isGetter(method) && !elsewhere.contains(method.getName()));
                }
            });
        }
    }

    static void scrolling(Connection connection, Transcript transcript) throws Exception {
        for (int type : new int[] {
            ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.TYPE_SCROLL_SENSITIVE
        }) {
            transcript.tell("type " + type, () -> {
                try (Statement statement = connection.createStatement(type, ResultSet.CONCUR_READ_ONLY)) {
                    transcript.tell("fetch size", () -> statement.setFetchSize(2));
                    try (ResultSet rows = statement.executeQuery("SELECT n FROM numbers ORDER BY n")) {
                        scroll(rows, transcript);
                    }
                }
            });
        }
        for (int holdability : new int[] {ResultSet.HOLD_CURSORS_OVER_COMMIT, ResultSet.CLOSE_CURSORS_AT_COMMIT}) {
            transcript.tell("holdability " + holdability, () -> {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement(
                        ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability)) {
                    statement.setFetchSize(2);
                    try (ResultSet rows = statement.executeQuery("SELECT n FROM numbers ORDER BY n")) {
                        transcript.ask("next", rows::next);
                        transcript.tell("commit", connection::commit);
                        transcript.ask("closed", rows::isClosed);
                        transcript.rows("after the commit", () -> rows);
                    }
                }
            });
            transcript.tell("roll back", connection::rollback);
        }
    }

    private static void scroll(ResultSet rows, Transcript transcript) {
        transcript.ask("before first", rows::isBeforeFirst);
        transcript.ask("value before first", () -> rows.getInt(1));
        transcript.ask("next", rows::next);
        transcript.ask("first", rows::isFirst);
        transcript.ask("row", rows::getRow);
        transcript.ask("find", () -> rows.findColumn("n"));
        transcript.ask("find none", () -> rows.findColumn("nowhere"));
        transcript.ask("last", rows::last);
        transcript.ask("row at last", rows::getRow);
        transcript.ask("value at last", () -> rows.getInt("n"));
        transcript.ask("absolute", () -> rows.absolute(5));
        transcript.ask("relative", () -> rows.relative(-2));
        transcript.ask("value there", () -> rows.getInt(1));
        transcript.ask("previous", rows::previous);
        transcript.ask("absolute from the end", () -> rows.absolute(-1));
        transcript.ask("is last", rows::isLast);
        transcript.tell("after last", rows::afterLast);
        transcript.ask("is after last", rows::isAfterLast);
        transcript.tell("before all", rows::beforeFirst);
        transcript.tell("direction", () -> rows.setFetchDirection(ResultSet.FETCH_REVERSE));
        transcript.tell("size", () -> rows.setFetchSize(7));
        transcript.ask("size", rows::getFetchSize);
        transcript.rows("the rest", () -> rows);
        transcript.ask("closed", rows::isClosed);
    }

    static void updating(Connection connection, Transcript transcript) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO holders VALUES (1, 'a')");
            statement.execute("INSERT INTO holders VALUES (2, 'b')");
        }
        String select = "SELECT id, v FROM holders";
        transcript.tell("updatable", () -> {
            try (Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = statement.executeQuery(select)) {
                transcript.ask("concurrency", rows::getConcurrency);
                transcript.ask("next", rows::next);
                transcript.tell("update", () -> rows.updateString(2, "changed"));
                transcript.tell("update row", rows::updateRow);
                transcript.ask("updated", rows::rowUpdated);
                transcript.tell("to the insert row", rows::moveToInsertRow);
                transcript.tell("id", () -> rows.updateInt("id", 3));
                transcript.tell("value", () -> rows.updateObject("v", "new", Types.VARCHAR));
                transcript.tell("insert", rows::insertRow);
                transcript.tell("back", rows::moveToCurrentRow);
                transcript.tell("refresh", rows::refreshRow);
                transcript.ask("value", () -> rows.getString("v"));
                transcript.tell("cancel", () -> {
                    rows.updateString(2, "never");
                    rows.cancelRowUpdates();
                });
                transcript.tell("delete", rows::deleteRow);
                transcript.ask("deleted", rows::rowDeleted);
                transcript.ask("cursor", rows::getCursorName);
            }
        });
        try (Statement statement = connection.createStatement()) {
            transcript.rows("there", () -> statement.executeQuery("SELECT * FROM holders ORDER BY id"));
            statement.execute("DELETE FROM holders");
            statement.execute("INSERT INTO holders VALUES (1, 'a')");
        }
        for (Method method : Explorer.methods(ResultSet.class)) {
            if (method.getName().startsWith("update") && method.getParameterCount() > 1) {
                update(connection, transcript, method);
            }
        }
    }

    private static void update(Connection connection, Transcript transcript, Method method) {
        String label = Explorer.name(method);
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 1; i < arguments.length; i++) {
            arguments[i] = length(method, i);
        }
        arguments[0] = method.getParameterTypes()[0] == int.class ? (Object) 2 : "v";
        transcript.tell(label, () -> {
            try (Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = statement.executeQuery("SELECT id, v FROM holders")) {
                transcript.ask(label, rows::next);
                transcript.ask(label, () -> Explorer.call(method, rows, arguments));
                transcript.tell(label + " row", rows::updateRow);
                transcript.ask(label + " value", () -> rows.getString(2));
            }
        });
    }

    private static @Nullable Object length(Method method, int index) {
        Class<?> type = method.getParameterTypes()[index];
        boolean isLength = index == 2 && (type == int.class || type == long.class);
        return isLength ? (type == int.class ? (Object) 2 : (Object) 2L) : Explorer.sample(type);
    }

    static void severalAtOnce(Connection connection, Transcript transcript) throws Exception {
        connection.setAutoCommit(false);
        try (Statement one = connection.createStatement();
                Statement other = connection.createStatement();
                PreparedStatement update = connection.prepareStatement("UPDATE holders SET v = ? WHERE id = ?")) {
            one.setFetchSize(3);
            ResultSet outer = one.executeQuery("SELECT n FROM numbers WHERE n < 8 ORDER BY n");
            while (outer.next()) {
                transcript.rows("inner", () -> other.executeQuery("SELECT x FROM one"));
                transcript.ask("update", () -> {
                    update.setString(1, "x");
                    update.setInt(2, outer.getInt(1));
                    return update.executeUpdate();
                });
            }
            ResultSet first = one.executeQuery("SELECT n FROM numbers");
            ResultSet second = one.executeQuery("SELECT x FROM one");
            transcript.ask("the first is closed by the second", first::isClosed);
            transcript.rows("second", () -> second);
            transcript.tell("cursor name", () -> one.setCursorName("here"));
            transcript.tell("close on completion", () -> {
                one.closeOnCompletion();
                one.executeQuery("SELECT x FROM one").close();
            });
            transcript.ask("closed on completion", one::isClosed);
        }
    }
}
