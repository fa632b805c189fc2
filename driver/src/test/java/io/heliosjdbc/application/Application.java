package io.heliosjdbc.application;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** An application of somebody else's: it knows a URL and the driver manager, and nothing of Helios. */
public final class Application {
    private Application() {}

    /** Connects to the URL that it is given, and prints what a statement answers. */
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                PreparedStatement statement = connection.prepareStatement("SELECT 42");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            boolean known = rows.getStatement() == statement && statement.getConnection() == connection;
            String module = connection.getClass().getSuperclass().getModule().getName();
            System.out.println(rows.getInt(1) + " " + known + " " + module);
        }
    }
}
