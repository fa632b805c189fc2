package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tables that everybody has in common and of whose rows each session has its own: the standard's {@code GLOBAL TEMPORARY} ones. A pool has
 * these of an engine of which nothing else is known; where there are none, nothing is looked for. Thread-safe.
 */
final class TemporaryTables {
    private static final String TYPE = "GLOBAL TEMPORARY";

    /** In lower case, without their schemas. */
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** Takes in those that there are, where the driver tells. */
    void learn(Connection raw) throws SQLException {
        try (ResultSet tables = raw.getMetaData().getTables(null, null, "%", new String[] {TYPE})) {
            while (tables.next()) {
                if (TYPE.equalsIgnoreCase(tables.getString("TABLE_TYPE"))) {
                    add(tables.getString("TABLE_NAME"));
                }
            }
        }
    }

    /** Takes in those that a definition may make. */
    void mayBeMadeBy(StatementProfile definition) {
        if (definition.template().toLowerCase(Locale.ROOT).contains("temporary")) {
            definition.features().tableNames().forEach(name -> add(String.valueOf(name)));
        }
    }

    private void add(String name) {
        names.add(bare(name));
    }

    /** Whether a text names one. */
    boolean areIn(StatementProfile profile) {
        return !names.isEmpty()
                && profile.features().tableNames().stream()
                        .anyMatch(name -> names.contains(bare(String.valueOf(name))));
    }

    private static String bare(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
