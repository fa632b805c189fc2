package io.heliosjdbc.driver.admin;

/** What SHOW HELIOS can show. */
enum Topic {
    CLASSES("what every service class is doing"),
    QUEUE("who waits for a slot"),
    RUNNING("who holds a slot"),
    CONNECTIONS("what every connection has to do with a physical one"),
    LOADS("how every account stands"),
    DECISIONS("the last thousand statements, and what came of them"),
    REPORT("where the time went since the workload manager opened"),
    CONFIG("every setting in force");

    private final String shows;

    Topic(String shows) {
        this.shows = shows;
    }

    String shows() {
        return shows;
    }
}
