package io.heliosjdbc.driver.late.fuzz;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What PostgreSQL's driver can besides JDBC: its interfaces by cast and by {@code unwrap}, large objects, COPY. Stateless. */
final class PostgresVendorCalls {
    private PostgresVendorCalls() {}

    static void addTo(Grammar grammar) {
        VendorCalls.addTo(
                grammar,
                List.of(
                        PGConnection.class,
                        BaseConnection.class,
                        PGStatement.class,
                        java.sql.Connection.class,
                        PreparedStatement.class,
                        String.class));
        casts(grammar);
        largeObjects(grammar);
        copies(grammar);
    }

    /** A question of the vendor's connection. */
    @FunctionalInterface
    private interface OfConnection {
        @Nullable
        Object of(PGConnection connection) throws Exception;
    }

    private record Named(String words, OfConnection question) {}

    private static final List<Named> QUESTIONS = List.of(
            new Named("getParameterStatus(\"TimeZone\")", connection -> connection.getParameterStatus("TimeZone")),
            new Named(
                    "getParameterStatus(\"application_name\")",
                    connection -> connection.getParameterStatus("application_name")),
            new Named("escapeLiteral", connection -> connection.escapeLiteral("it's")),
            new Named("getPrepareThreshold()", PGConnection::getPrepareThreshold),
            new Named("getDefaultFetchSize()", PGConnection::getDefaultFetchSize),
            new Named("setPrepareThreshold(1)", connection -> {
                connection.setPrepareThreshold(1);
                return "done";
            }),
            new Named("setDefaultFetchSize(2)", connection -> {
                connection.setDefaultFetchSize(2);
                return "done";
            }),
            new Named("getAutosave()", PGConnection::getAutosave),
            new Named("getPreferQueryMode()", PGConnection::getPreferQueryMode),
            new Named("getNotifications()", connection -> connection.getNotifications() == null));

    private static void casts(Grammar grammar) {
        grammar.rule(2, draw -> {
            Named question = draw.one(QUESTIONS);
            boolean casts = draw.chance(60);
            return new Act(
                    (casts ? "((PGConnection) connection)." : "unwrap(PGConnection).") + question.words(),
                    client -> client.ask(() -> question.question()
                            .of(
                                    casts
                                            ? (PGConnection) client.connection()
                                            : client.connection().unwrap(PGConnection.class))));
        });
        grammar.rule(1, draw -> {
            String name = draw.one("s0", "p0");
            int threshold = draw.number(0, 2);
            return new Act(
                    "((PGStatement) " + name + ").setPrepareThreshold(" + threshold + ")",
                    client -> client.ask(() -> {
                        Statement of = name.startsWith("p") ? client.prepared(name) : client.statement(name);
                        ((PGStatement) of).setPrepareThreshold(threshold);
                        return ((PGStatement) of).getPrepareThreshold();
                    }));
        });
        grammar.rule(1, draw -> {
            String sql = "SELECT id AS mine FROM " + grammar.named(draw.table());
            return new Act(
                    "((PGResultSetMetaData) metadata of \"" + sql + "\").getBaseColumnName(1)",
                    client -> client.ask(() -> {
                        ResultSet rows = client.statement("s0").executeQuery(sql);
                        client.keep("r0", rows);
                        return ((PGResultSetMetaData) rows.getMetaData()).getBaseColumnName(1);
                    }));
        });
    }

    private static void largeObjects(Grammar grammar) {
        grammar.rule(3, draw -> {
            boolean casts = draw.chance(30);
            String text = draw.text();
            String sql = "INSERT INTO " + grammar.named(draw.table()) + " (data) VALUES (?)";
            return new Act(
                    "a large object of \"" + text + "\" by " + (casts ? "cast" : "unwrap") + ", \"" + sql + "\"",
                    client -> client.tell(() -> {
                        LargeObjectManager objects = (casts
                                        ? (PGConnection) client.connection()
                                        : client.connection().unwrap(PGConnection.class))
                                .getLargeObjectAPI();
                        long number = objects.createLO(LargeObjectManager.READWRITE);
                        try (LargeObject object = objects.open(number)) {
                            object.write(text.getBytes(StandardCharsets.UTF_8));
                            object.seek(1);
                            client.ask(() -> object.read(3));
                        }
                        try (PreparedStatement insert = client.connection().prepareStatement(sql)) {
                            insert.setLong(1, number);
                            client.ask(insert::executeUpdate);
                        }
                    }));
        });
        grammar.rule(2, draw -> {
            String sql = "SELECT data FROM " + grammar.named(draw.table()) + " WHERE data IS NOT NULL ORDER BY id";
            return new Act(
                    "the large object of \"" + sql + "\" by unwrap",
                    client -> client.ask(() -> {
                        try (ResultSet rows = client.statement("s1").executeQuery(sql)) {
                            if (!rows.next()) {
                                return "none";
                            }
                            long number = rows.getLong(1);
                            LargeObjectManager objects = client.connection()
                                    .unwrap(PGConnection.class)
                                    .getLargeObjectAPI();
                            try (LargeObject object = objects.open(number, LargeObjectManager.READ)) {
                                return object.read(object.size());
                            }
                        }
                    }));
        });
    }

    private static void copies(Grammar grammar) {
        grammar.rule(2, draw -> {
            String table = grammar.named(draw.table());
            String text = draw.text();
            return new Act(
                    "COPY " + table + " FROM \"" + text + "\", and back, by the vendor's interface",
                    client -> client.tell(() -> {
                        CopyManager copies = new CopyManager((BaseConnection) client.connection());
                        client.ask(() ->
                                copies.copyIn("COPY " + table + " (note) FROM STDIN", new StringReader(text + "\n")));
                        StringWriter all = new StringWriter();
                        client.ask(() -> copies.copyOut("COPY " + table + " (id, note) TO STDOUT", all));
                        client.answer(all.toString());
                    }));
        });
    }
}
