package io.heliosjdbc.driver.engines;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Callable statements. */
final class CallQuestions {
    private CallQuestions() {}

    static void calls(Connection connection, Transcript transcript, Dialect dialect) throws Exception {
        List<String> texts = new ArrayList<>(dialect.calls());
        texts.add("{? = call abs(?)}");
        texts.add("{call nowhere(?)}");
        texts.add("SELECT n FROM numbers WHERE n < ? ORDER BY n");
        for (String text : texts) {
            transcript.tell(text, () -> {
                try (CallableStatement call = connection.prepareCall(text)) {
                    call(call, transcript, text.chars().filter(c -> c == '?').count() > 1);
                }
            });
        }
        transcript.tell("typed", () -> {
            try (CallableStatement call = connection.prepareCall(
                    texts.get(0), ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
                transcript.ask("type", call::getResultSetType);
            }
        });
        transcript.tell("every method", () -> {
            try (CallableStatement call = connection.prepareCall(texts.get(0))) {
                new Explorer(transcript).explore(CallableStatement.class, call, StatementQuestions::isHarmless);
            }
        });
    }

    private static void call(CallableStatement call, Transcript transcript, boolean hasResult) throws Exception {
        int first = hasResult ? 2 : 1;
        if (hasResult) {
            transcript.tell("register", () -> call.registerOutParameter(1, Types.INTEGER));
        }
        transcript.tell("set", () -> call.setInt(first, -21));
        transcript.ask("execute", call::execute);
        transcript.ask("count", call::getUpdateCount);
        transcript.ask("int", () -> call.getInt(1));
        transcript.ask("object", () -> call.getObject(1));
        transcript.ask("object as", () -> call.getObject(1, Integer.class));
        transcript.ask("null", call::wasNull);
        transcript.ask("named", () -> call.getInt("doubled"));
        transcript.ask("parameters", () -> call.getParameterMetaData().getParameterCount());
        transcript.tell("set again", () -> call.setInt(first, 4));
        transcript.rows("query", call::executeQuery);
        transcript.ask("update", call::executeUpdate);
        transcript.tell("add", call::addBatch);
        transcript.ask("batch", call::executeBatch);
    }
}
