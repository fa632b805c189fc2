package io.heliosjdbc.application;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** An application that works until it is killed or has done enough, and prints the time of day after every transaction. */
public final class Bookings {
    private Bookings() {}

    /** Works on the URL that it is given, for as many transactions; it ends without closing anything. */
    public static void main(String[] arguments) throws SQLException {
        Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement();
        statement.execute("CREATE TABLE IF NOT EXISTS booked_until_killed (n INT)");
        long enough = Long.parseLong(arguments[1]);
        for (long n = 0; n < enough; n++) {
            statement.executeUpdate("INSERT INTO booked_until_killed VALUES (" + n + ")");
            System.out.println(Instant.now());
        }
        System.exit(0);
    }
}
