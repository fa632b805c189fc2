package io.heliosjdbc.driver.late;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's connections are like when they are opened; asked once, of the first one, for some drivers ask the server. Immutable.
 *
 * @param items what JDBC has getters for; what the driver does not tell is not there
 * @param clientInfo by name
 */
record Defaults(Map<Item, Object> items, Map<String, String> clientInfo) {
    Defaults {
        items = Map.copyOf(items);
        clientInfo = Map.copyOf(clientInfo);
    }

    static Defaults of(Connection connection) throws SQLException {
        Map<Item, Object> items = new EnumMap<>(Item.class);
        for (Item item : Item.values()) {
            Object value = told(item, connection);
            if (value != null) {
                items.put(item, value);
            }
        }
        Map<String, String> info = new HashMap<>();
        Properties told = clientInfo(connection);
        if (told != null) {
            told.stringPropertyNames().forEach(name -> info.put(name, told.getProperty(name)));
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return new Defaults(items, info);
    }

    private static @Nullable Object told(Item item, Connection connection) {
        try {
            return item.of(connection);
        } catch (SQLException | RuntimeException | AbstractMethodError notTold) {
            return null;
        }
    }

    private static @Nullable Properties clientInfo(Connection connection) {
        try {
            return connection.getClientInfo();
        } catch (SQLException | RuntimeException | AbstractMethodError notTold) {
            return null;
        }
    }
}
