package io.heliosjdbc.application;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** An application that works until it is killed, and prints the time of day after every transaction. */
public final class Bookings {
    private Bookings() {}

    /** Works on the URL that it is given. */
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE booked (n INT)");
            for (int n = 1; n > 0; n++) {
                statement.executeUpdate("INSERT INTO booked VALUES (" + n + ")");
                System.out.println(Instant.now());
            }
        }
    }
}
