package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.statement.Plannable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of database tells of statements before they run. Stateless, thread-safe; the connections are the caller's, and used
 * for nothing else.
 */
interface DatabaseEngine {

    /** Its name in words. */
    String name();

    /** Whether it tells anything. */
    boolean tells();

    /**
     * Puts a connection under limits, here or with each question: it only reads, and neither works nor waits for long. Called once.
     */
    void limit(Connection connection) throws SQLException;

    /** A question begins: what is asked on a connection that was put under limits, up to {@link #end}. */
    default void begin(Connection connection) throws SQLException {}

    /** A question has ended, also by a failure. */
    default void end(Connection connection) throws SQLException {}

    /** The plan of a statement, which is not executed; null where the database has none for it. */
    @Nullable
    DatabasePlan plan(Connection connection, Plannable statement) throws SQLException;

    /**
     * How many rows a table has, by what the catalog says without counting; null where it does not say.
     *
     * @param table its name, with its schema's and a dot before it where the statement says so
     */
    @Nullable
    Long rowCount(Connection connection, String table) throws SQLException;

    /** The engine for a database. */
    static DatabaseEngine of(DatabaseMetaData database) throws SQLException {
        return switch (database.getDatabaseProductName().toLowerCase(Locale.ROOT)) {
            case "postgresql" -> new PostgresEngine(database.getDatabaseMajorVersion());
            case "h2" -> new H2Engine();
            case "mariadb" -> new MySqlEngine("MariaDB", "SET SESSION max_statement_time = 1");
            case "mysql" -> new MySqlEngine("MySQL", "SET SESSION max_execution_time = 1000");
            default -> new GenericEngine();
        };
    }
}
