package io.heliosjdbc.driver.late.fuzz;

import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.List;

/** What is the vendor's own, reached by {@code unwrap}. Stateless. */
final class VendorCalls {
    private VendorCalls() {}

    private record Whose(String words, Subject subject) {}

    /** What is unwrapped. */
    @FunctionalInterface
    private interface Subject {
        Wrapper of(Client client) throws Exception;
    }

    private static final List<Whose> SUBJECTS = List.of(
            new Whose("connection", Client::connection),
            new Whose("s0", client -> client.statement("s0")),
            new Whose("p0", client -> client.prepared("p0")),
            new Whose("r0", client -> client.result("r0")),
            new Whose("metadata", client -> client.connection().getMetaData()));

    static void addTo(Grammar grammar, List<Class<?>> types) {
        grammar.rule(3, draw -> {
            Whose whose = draw.one(SUBJECTS);
            Class<?> type = draw.one(types);
            return new Act(
                    whose.words() + ".isWrapperFor(" + type.getName() + ")",
                    client -> client.ask(() -> whose.subject().of(client).isWrapperFor(type)));
        });
        grammar.rule(2, draw -> {
            Whose whose = draw.one(SUBJECTS);
            Class<?> type = draw.one(types);
            return new Act(
                    whose.words() + ".unwrap(" + type.getName() + ")",
                    client -> client.ask(() -> isOne(whose.subject().of(client), type)));
        });
    }

    private static boolean isOne(Wrapper wrapper, Class<?> type) throws SQLException {
        return type.isInstance(wrapper.unwrap(type));
    }
}
