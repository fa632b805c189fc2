package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Settings that are changed, and asked for when their transaction or their connection has ended in one of the ways in which it may. Stateless.
 */
final class SettingCalls {
    private SettingCalls() {}

    /**
     * A step that does all of it.
     *
     * @param set a text that changes settings of a session
     * @param asked a query for them, or one whose answer depends on them
     */
    static void addTo(Grammar grammar, int weight, Function<Draw, String> set, Function<Draw, String> asked) {
        grammar.rule(weight, draw -> {
            boolean begins = draw.chance(60);
            List<String> texts = new ArrayList<>();
            texts.add(set.apply(draw));
            if (draw.chance(40)) {
                String work = "INSERT INTO " + grammar.named(draw.table()) + " (note) VALUES ('" + draw.text() + "')";
                texts.add(draw.number(0, texts.size()), work);
            }
            if (draw.chance(25)) {
                texts.add(set.apply(draw));
            }
            End end = draw.one(List.of(End.values()));
            String question = asked.apply(draw);
            return new Act(
                    (begins ? "setAutoCommit(false), " : "") + "\"" + String.join("\", \"", texts) + "\", " + end.words
                            + ", \"" + question + "\"",
                    client -> client.tell(() -> {
                        if (begins) {
                            client.tell(() -> client.connection().setAutoCommit(false));
                        }
                        for (String text : texts) {
                            client.ask(() -> client.statement("s0").execute(text));
                        }
                        client.tell(() -> end.of(client));
                        client.tell(() -> {
                            try (Statement statement = client.connection().createStatement();
                                    ResultSet rows = statement.executeQuery(question)) {
                                client.read(rows, Client.Reading.TO_ITS_END, "r0");
                            }
                        });
                    }));
        });
    }

    /** What comes before the question. */
    private enum End {
        NOTHING("nothing") {
            @Override
            void of(Client client) {}
        },
        COMMIT("commit()") {
            @Override
            void of(Client client) throws Exception {
                client.connection().commit();
            }
        },
        ROLLBACK("rollback()") {
            @Override
            void of(Client client) throws Exception {
                client.connection().rollback();
            }
        },
        AUTOCOMMIT("setAutoCommit(true)") {
            @Override
            void of(Client client) throws Exception {
                client.connection().setAutoCommit(true);
            }
        },
        CLOSE("close(), then open") {
            @Override
            void of(Client client) throws Exception {
                Connection had = client.connection();
                client.close();
                client.ask(had::isClosed);
            }
        };

        final String words;

        End(String words) {
            this.words = words;
        }

        abstract void of(Client client) throws Exception;
    }
}
