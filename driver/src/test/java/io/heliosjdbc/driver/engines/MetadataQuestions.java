package io.heliosjdbc.driver.engines;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Metadata of the database, of results and of parameters. */
final class MetadataQuestions {
    private MetadataQuestions() {}

    static void everyMethod(Connection connection, Transcript transcript) throws Exception {
        DatabaseMetaData metaData = connection.getMetaData();
        boolean upper = metaData.storesUpperCaseIdentifiers();
        new Explorer(transcript)
                .explore(
                        DatabaseMetaData.class,
                        metaData,
                        method -> !method.getName().equals("getConnection"),
                        (method, index) -> argument(method, index, upper));
        transcript.ask("connection", metaData::getConnection);
        for (int type : new int[] {1003, 1004, 1005}) {
            transcript.ask("type " + type, () -> metaData.supportsResultSetType(type));
            transcript.ask(
                    "concurrency " + type,
                    () -> metaData.supportsResultSetConcurrency(type, ResultSet.CONCUR_UPDATABLE));
            transcript.ask("own updates " + type, () -> metaData.ownUpdatesAreVisible(type));
        }
        for (int level : new int[] {0, 1, 2, 4, 8}) {
            transcript.ask("level " + level, () -> metaData.supportsTransactionIsolationLevel(level));
        }
    }

    /** Catalog and schema: any; a table's name where one is asked for, as the engine stores it; no types: any. */
    private static @Nullable Object argument(Method method, int index, boolean upper) {
        Class<?> type = method.getParameterTypes()[index];
        if (type == String[].class || type == int[].class) {
            return null;
        }
        if (type != String.class) {
            return Explorer.sample(type);
        }
        if (method.getName().equals("getCrossReference")) {
            return name(
                    switch (index) {
                        case 2 -> "things";
                        case 5 -> "parts";
                        default -> null;
                    },
                    upper);
        }
        return switch (index) {
            case 0, 1 -> null;
            case 2 -> name(method.getName().contains("Key") ? "parts" : "things", upper);
            default -> "%";
        };
    }

    private static @Nullable String name(@Nullable String name, boolean upper) {
        return name == null || !upper ? name : name.toUpperCase(java.util.Locale.ROOT);
    }

    static void ofResults(Connection connection, Transcript transcript) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT k.*, i AS other FROM kinds k")) {
            ResultSetMetaData columns = rows.getMetaData();
            for (int column = 0; column <= columns.getColumnCount() + 1; column++) {
                int index = column;
                new Explorer(transcript).explore(ResultSetMetaData.class, columns, method -> true, (method, each) -> {
                    Class<?> type = method.getParameterTypes()[each];
                    return type == int.class ? (Object) index : Explorer.sample(type);
                });
            }
        }
        try (PreparedStatement prepared = connection.prepareStatement("SELECT * FROM kinds WHERE i = ?")) {
            transcript.ask("before execution", prepared::getMetaData);
        }
    }

    static void ofParameters(Connection connection, Transcript transcript) throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement("SELECT * FROM kinds WHERE i = ? AND t = ? AND d < ?")) {
            ParameterMetaData parameters = transcript.ask("parameters", prepared::getParameterMetaData) == null
                    ? null
                    : prepared.getParameterMetaData();
            for (int parameter = 0; parameters != null && parameter <= 4; parameter++) {
                int index = parameter;
                new Explorer(transcript)
                        .explore(ParameterMetaData.class, parameters, method -> true, (method, each) -> {
                            Class<?> type = method.getParameterTypes()[each];
                            return type == int.class ? (Object) index : Explorer.sample(type);
                        });
            }
        }
    }
}
