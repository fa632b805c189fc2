package io.heliosjdbc.driver.late;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of session state that JDBC has a getter and a setter for. */
enum Item {
    CATALOG {
        @Override
        @Nullable
        Object of(Connection connection) throws SQLException {
            return connection.getCatalog();
        }

        @Override
        void set(Connection connection, Object value) throws SQLException {
            connection.setCatalog((String) value);
        }
    },
    SCHEMA {
        @Override
        @Nullable
        Object of(Connection connection) throws SQLException {
            return connection.getSchema();
        }

        @Override
        void set(Connection connection, Object value) throws SQLException {
            connection.setSchema((String) value);
        }
    },
    ISOLATION {
        @Override
        Object of(Connection connection) throws SQLException {
            return connection.getTransactionIsolation();
        }

        @Override
        void set(Connection connection, Object value) throws SQLException {
            connection.setTransactionIsolation((Integer) value);
        }
    },
    READ_ONLY {
        @Override
        Object of(Connection connection) throws SQLException {
            return connection.isReadOnly();
        }

        @Override
        void set(Connection connection, Object value) throws SQLException {
            connection.setReadOnly((Boolean) value);
        }
    },
    HOLDABILITY {
        @Override
        Object of(Connection connection) throws SQLException {
            return connection.getHoldability();
        }

        @Override
        void set(Connection connection, Object value) throws SQLException {
            connection.setHoldability((Integer) value);
        }
    },
    TYPE_MAP {
        @Override
        @Nullable
        Object of(Connection connection) throws SQLException {
            return connection.getTypeMap();
        }

        @Override
        @SuppressWarnings("unchecked")
        void set(Connection connection, Object value) throws SQLException {
            connection.setTypeMap(value.equals(NO_TYPE_MAP) ? null : (Map<String, Class<?>>) value);
        }
    },
    NETWORK_TIMEOUT {
        @Override
        Object of(Connection connection) throws SQLException {
            return connection.getNetworkTimeout();
        }

        @Override
        void set(Connection connection, Object value) throws SQLException {
            connection.setNetworkTimeout(Runnable::run, (Integer) value);
        }
    };

    /** In place of a type map that is null. */
    static final Object NO_TYPE_MAP = "no type map";

    /** What a connection has; null where it has none or does not tell. */
    abstract @Nullable Object of(Connection connection) throws SQLException;

    abstract void set(Connection connection, Object value) throws SQLException;
}
