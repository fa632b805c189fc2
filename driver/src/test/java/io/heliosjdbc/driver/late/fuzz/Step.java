package io.heliosjdbc.driver.late.fuzz;

/**
 * One thing that one client does. Immutable.
 *
 * @param client who does it
 * @param words what it is, for people
 * @param deed how it is done; what it needs and is not there is an answer like any other, so that steps can be left out
 */
record Step(int client, String words, Deed deed) {
    /** Something to do, whose answers the client writes down. */
    @FunctionalInterface
    interface Deed {
        void by(Client client) throws Exception;
    }

    @Override
    public String toString() {
        return "client " + client + " (" + Tenant.of(client).name() + "): " + words;
    }
}
