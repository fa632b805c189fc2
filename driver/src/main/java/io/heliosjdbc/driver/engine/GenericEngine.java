package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.statement.Plannable;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Any database of which nothing is known. */
final class GenericEngine implements DatabaseEngine {
    @Override
    public String name() {
        return "generic";
    }

    @Override
    public boolean tells() {
        return false;
    }

    @Override
    public void limit(Connection connection) {}

    @Override
    public @Nullable DatabasePlan plan(Connection connection, Plannable statement) {
        return null;
    }

    @Override
    public @Nullable Long rowCount(Connection connection, String table) {
        return null;
    }
}
