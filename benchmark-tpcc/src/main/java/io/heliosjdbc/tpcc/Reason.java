package io.heliosjdbc.tpcc;

import java.sql.SQLException;

/** Why something failed, so that the same failures can be counted. Stateless. */
public final class Reason {
    private static final int MOST = 200;

    private Reason() {}

    /** The state and a message without passwords, and without its numbers, which would make every failure one of its own. */
    public static String of(SQLException failure) {
        String message = Redaction.of(String.valueOf(failure.getMessage()))
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("\\d+(?:\\.\\d+)?", "#");
        return failure.getSQLState() + " " + (message.length() > MOST ? message.substring(0, MOST) + "..." : message);
    }
}
