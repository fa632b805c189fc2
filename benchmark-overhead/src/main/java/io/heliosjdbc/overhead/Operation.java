package io.heliosjdbc.overhead;

/** What is measured, in the order of the table. */
enum Operation {
    CONNECTION("open and close a connection", "connection"),
    PREPARE("prepare a statement and close it", "prepare"),
    PREPARED_STATEMENT("prepared statement, one row", "preparedStatement"),
    PLAIN_STATEMENT("plain statement, one row", "plainStatement"),
    TRANSACTION("transaction of ten prepared statements", "transactionOfTen"),
    GETTER("one result set getter", "getter"),
    OBJECTS("three values by getObject", "objects");

    private final String title;
    private final String method;

    Operation(String title, String method) {
        this.title = title;
        this.method = method;
    }

    /** In words. */
    String title() {
        return title;
    }

    /** The method of {@link Operations} that does it. */
    String method() {
        return method;
    }
}
