package io.heliosjdbc.driver.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What Helios says of the slots of all classes together. */
record Slots(int active, int queued, int lent) {
    static final Slots FREE = new Slots(0, 0, 0);

    static Slots of(Connection connection) throws SQLException {
        int active = 0;
        int queued = 0;
        int lent = 0;
        try (Statement statement = connection.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            while (classes.next()) {
                active += classes.getInt("active");
                queued += classes.getInt("queued");
                lent += classes.getInt("lent");
            }
        }
        return new Slots(active, queued, lent);
    }
}
