package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Tables that everybody has in common and of whose rows each session has its own: the standard's {@code GLOBAL TEMPORARY} ones. A pool has
 * these of an engine of which nothing else is known; where there are none, nothing is looked for. Thread-safe.
 */
final class TemporaryTables {
    private static final String TYPE = "GLOBAL TEMPORARY";

    /** HSQLDB's are global without the word. */
    private static final Pattern MAKES =
            Pattern.compile("\\s*create\\s+(global\\s+)?temp(orary)?\\s+table\\b", Pattern.CASE_INSENSITIVE);

    private static final int MOST = 1_000;

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

    /** Takes in the one that a definition may make; those of which there is no end are known from the catalog. */
    void mayBeMadeBy(StatementProfile definition) {
        if (names.size() < MOST && MAKES.matcher(definition.template()).lookingAt()) {
            definition.features().tableNames().stream().limit(1).forEach(name -> add(String.valueOf(name)));
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
