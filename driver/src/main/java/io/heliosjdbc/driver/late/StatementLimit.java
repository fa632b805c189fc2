package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long the database lets a statement take, where somebody has set that: it holds for what is asked and told of a session between two
 * owners, too. Stateless.
 */
final class StatementLimit {
    /** Of PostgreSQL; it is told in the largest unit of which it is a multiple. */
    private static final String OF_POSTGRES = "statement_timeout";

    /** In seconds. */
    private static final String OF_MARIADB = "max_statement_time";

    /** In milliseconds. */
    private static final String OF_MYSQL = "max_execution_time";

    private static final int SHORT_MILLIS = 100;
    private static final Pattern SHORT = Pattern.compile("[1-9]\\d?ms");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    private static final String CANCELLED = "57014";
    private static final int PASSED_ON_MARIADB = 1969;
    private static final int PASSED_ON_MYSQL = 3024;

    /** Why a session with a short one stays with its owner. */
    static final String REASON = "a limit on statements of less than " + SHORT_MILLIS + " ms";

    private StatementLimit() {}

    /** Whether these settings have one that what is asked and told between two owners may meet on a day like any other. */
    static boolean isShortIn(Map<String, String> settings) {
        String ofPostgres = settings.get(OF_POSTGRES);
        return (ofPostgres != null && SHORT.matcher(ofPostgres).matches())
                || isShort(settings.get(OF_MARIADB), 1_000)
                || isShort(settings.get(OF_MYSQL), 1);
    }

    private static boolean isShort(@Nullable String value, int millis) {
        if (value == null || !NUMBER.matcher(value).matches()) {
            return false;
        }
        double limit = Double.parseDouble(value) * millis;
        return limit > 0 && limit < SHORT_MILLIS;
    }

    /** Whether these settings have one, of whatever length. */
    static boolean isAnyIn(Map<String, String> settings) {
        return settings.containsKey(OF_POSTGRES) || settings.containsKey(OF_MARIADB) || settings.containsKey(OF_MYSQL);
    }

    /** Whether a failure may be that of one. */
    static boolean mayHavePassed(SQLException failure) {
        return CANCELLED.equals(failure.getSQLState())
                || failure.getErrorCode() == PASSED_ON_MARIADB
                || failure.getErrorCode() == PASSED_ON_MYSQL;
    }
}
