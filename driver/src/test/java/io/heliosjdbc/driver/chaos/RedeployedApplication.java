package io.heliosjdbc.driver.chaos;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.concurrent.Callable;

/** What runs inside an application's own class loader, with its own Helios and its own H2. */
public final class RedeployedApplication implements Callable<Boolean> {
    private static final String URL = "jdbc:helios:h2:mem:redeployed;helios.max_concurrency=1;helios.connections=";

    private final String url;

    /** Called by the container. */
    public RedeployedApplication(String connections) {
        this.url = URL + connections;
    }

    /** Uses Helios, waits for a slot too, and closes everything. */
    @Override
    public Boolean call() throws Exception {
        Class.forName("io.heliosjdbc.driver.HeliosDriver");
        try (Connection holder = DriverManager.getConnection(url)) {
            holder.setAutoCommit(false);
            query(holder);
            Thread waiter = new Thread(() -> {
                try (Connection connection = DriverManager.getConnection(url)) {
                    query(connection);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            waiter.start();
            waiter.join();
            holder.commit();
        }
        return true;
    }

    /** Leaves a connection in the middle of a transaction. */
    public Connection drop() throws SQLException {
        Connection dropped = DriverManager.getConnection(url);
        dropped.setAutoCommit(false);
        query(dropped);
        return dropped;
    }

    private static void query(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
        }
    }

    /** As servlet containers do it, from inside the application that they stop. */
    public static void deregister() throws SQLException {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == RedeployedApplication.class.getClassLoader()) {
                DriverManager.deregisterDriver(driver);
            }
        }
    }
}
