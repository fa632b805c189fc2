package io.heliosjdbc.driver.late.fuzz;

/** What a step does, whoever does it. Immutable. */
record Act(String words, Step.Deed deed) {
    /** A question of the connection. */
    static Act asks(String words, OfConnection<Object> question) {
        return new Act(words, client -> client.ask(() -> question.of(client.connection())));
    }

    /** Something that the connection is told. */
    static Act tells(String words, ToConnection request) {
        return new Act(words, client -> client.tell(() -> request.to(client.connection())));
    }

    /** Something a connection can be asked. */
    @FunctionalInterface
    interface OfConnection<T> {
        @org.jspecify.annotations.Nullable
        T of(java.sql.Connection connection) throws Exception;
    }

    /** Something a connection can be told. */
    @FunctionalInterface
    interface ToConnection {
        void to(java.sql.Connection connection) throws Exception;
    }
}
