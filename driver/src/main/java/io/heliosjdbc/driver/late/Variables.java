package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of MariaDB, MySQL and H2, which do not bring back by a word what a session has begun with: so each physical connection is asked for
 * it before it is changed first. Values are kept as literals. Who calls has the physical connection, and holds no lock.
 */
final class Variables {
    /** Such a connection would not be there any more when the next one wants it. */
    private static final String IDLE_LIMIT = "wait_timeout";

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    /** What could end a literal. */
    private static final Pattern DOUBTFUL = Pattern.compile("['\"\\\\\\p{Cntrl}]");

    /** By these the server reads a text when a statement is prepared. */
    private static final Set<String> READ_BY = Set.of(
            "sql_mode",
            "character_set_client",
            "collation_connection",
            "default_week_format",
            "div_precision_increment",
            "lc_time_names");

    /** No variable of that name, and none of sessions: to set it fails, too. */
    private static final int UNKNOWN_VARIABLE = 1193;

    private static final int GLOBAL_VARIABLE = 1238;

    private Variables() {}

    /** Whether settings of that engine are these. */
    static boolean areOf(Dialect dialect) {
        return dialect == Dialect.MARIADB || dialect == Dialect.H2;
    }

    /** Whether it can be taken back; else nobody can have set it. */
    static boolean isToBeReadBack(Physical physical, String name) {
        return !isVariable(name) || physical.former(name) != null;
    }

    /**
     * Some of these are about to be changed: what they are is remembered where it is not yet.
     *
     * @return whether the database was asked
     */
    static boolean remember(Physical physical, Dialect dialect, Collection<String> names) throws SQLException {
        List<String> asked = new ArrayList<>();
        for (String name : names) {
            if (isVariable(name) && physical.former(name) == null) {
                asked.add(name);
            }
        }
        if (!asked.isEmpty()) {
            // Another thread of the connection may have asked before, and changed it since.
            read(physical.raw(), dialect, asked).forEach(physical::rememberFormer);
        }
        return !asked.isEmpty();
    }

    /**
     * Whether statements were read by these that the server keeps, and the driver for it: the next owner would have them from the driver. That of
     * MySQL does not tell, for its address is without its properties.
     */
    static boolean areInPrepared(Physical physical, Set<String> names) throws SQLException {
        if (Collections.disjoint(names, READ_BY)) {
            return false;
        }
        if (physical.raw().getClass().getName().startsWith("com.mysql.")) {
            return true;
        }
        String url = physical.raw().getMetaData().getURL();
        return url == null || url.toLowerCase(Locale.ROOT).contains("useserverprepstmts=true");
    }

    /** Not what the connection tells itself. */
    private static boolean isVariable(String name) {
        return !name.startsWith("(");
    }

    /** Whether no such variable can be set. */
    static boolean isUnknown(SQLException failure, Dialect dialect) {
        return dialect == Dialect.MARIADB
                && (failure.getErrorCode() == UNKNOWN_VARIABLE || failure.getErrorCode() == GLOBAL_VARIABLE);
    }

    /** What they are now, in one round trip. */
    static Map<String, String> read(Connection raw, Dialect dialect, List<String> names) throws SQLException {
        StringJoiner text = new StringJoiner(", ", "SELECT ", "");
        names.forEach(name -> text.add(question(dialect, name)));
        try (Statement statement = raw.createStatement();
                ResultSet rows = statement.executeQuery(text.toString())) {
            if (!rows.next()) {
                throw new SQLException("The settings " + names + " were not told");
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), literal(rows.getString(i + 1)));
            }
            return values;
        }
    }

    private static String question(Dialect dialect, String name) {
        if (dialect == Dialect.MARIADB) {
            return "@@session." + name;
        }
        return name.equals("lock_timeout")
                ? "LOCK_TIMEOUT()"
                : "(SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = '"
                        + name.toUpperCase(Locale.ROOT) + "')";
    }

    private static String literal(@Nullable String value) throws SQLException {
        if (value == null) {
            return "NULL";
        }
        if (DOUBTFUL.matcher(value).find()) {
            throw new SQLException("A setting has a value that is not one of its own: " + value);
        }
        return NUMBER.matcher(value).matches() ? value : "'" + value + "'";
    }

    /** Makes them what they are to be, in one round trip where anything differs, and the ledger with it. */
    static void apply(Physical physical, Dialect dialect, Map<String, String> wanted) throws SQLException {
        remember(physical, dialect, wanted.keySet());
        Map<String, String> actual = physical.settings();
        Map<String, String> changed = new TreeMap<>(wanted);
        for (String name : actual.keySet()) {
            String former = physical.former(name);
            if (former == null) {
                throw new SQLException("Nobody knows what " + name + " was before");
            }
            changed.putIfAbsent(name, former);
        }
        changed.entrySet().removeIf(each -> each.getValue().equals(now(physical, each.getKey())));
        write(physical.raw(), dialect, changed);
        actual.clear();
        actual.putAll(wanted);
    }

    private static @Nullable String now(Physical physical, String name) {
        String told = physical.settings().get(name);
        return told != null ? told : physical.former(name);
    }

    /** What would end a connection that is lent to nobody, and sooner than before, is as it was before. */
    static void leave(Physical physical) throws SQLException {
        String limit = physical.settings().get(IDLE_LIMIT);
        String former = physical.former(IDLE_LIMIT);
        if (limit != null && former != null && Long.parseLong(limit) < Long.parseLong(former)) {
            physical.autoCommit(true);
            write(physical.raw(), Dialect.MARIADB, Map.of(IDLE_LIMIT, former));
            physical.settings().remove(IDLE_LIMIT);
        }
    }

    private static void write(Connection raw, Dialect dialect, Map<String, String> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        StringJoiner text = dialect == Dialect.MARIADB ? new StringJoiner(", ", "SET ", "") : new StringJoiner("; ");
        values.forEach((name, value) -> text.add(assignment(dialect, name, value)));
        try (Statement statement = raw.createStatement()) {
            statement.execute(text.toString());
        }
    }

    private static String assignment(Dialect dialect, String name, String value) {
        if (dialect == Dialect.MARIADB) {
            return "@@session." + name + " = " + value;
        }
        // Others are numbers, and words that no quotes belong around.
        return "SET " + name + ' ' + (name.equals(SessionUse.TIME_ZONE) ? value : value.replace("'", ""));
    }
}
