package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.statement.Plannable;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** H2: its plans have no costs, its catalog has row counts. */
final class H2Engine implements DatabaseEngine {
    private static final String ROW_COUNT = """
            SELECT row_count_estimate FROM information_schema.tables
            WHERE UPPER(table_name) = UPPER(?) AND UPPER(table_schema) = UPPER(COALESCE(?, CURRENT_SCHEMA))
            """;

    @Override
    public String name() {
        return "H2";
    }

    @Override
    public boolean tells() {
        return true;
    }

    @Override
    public void limit(Connection connection) throws SQLException {
        // H2 takes a connection's setReadOnly for a hint; only the catalog is read here, each time with a query
        // timeout.
        connection.setReadOnly(true);
    }

    @Override
    public @Nullable DatabasePlan plan(Connection connection, Plannable statement) {
        return null;
    }

    @Override
    public @Nullable Long rowCount(Connection connection, String table) throws SQLException {
        return Catalog.number(connection, true, ROW_COUNT, Catalog.name(table), Catalog.schema(table));
    }
}
