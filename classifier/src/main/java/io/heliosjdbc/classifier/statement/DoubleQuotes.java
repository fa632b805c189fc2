package io.heliosjdbc.classifier.statement;

import java.util.Locale;

/** What stands between double quotes in the texts of a database, and whether a backslash there and in literals hides a quote. */
public enum DoubleQuotes {
    /** Names, as in standard SQL, whatever the session says; a backslash hides nothing. */
    NAMES,
    /** Literals, as in MySQL unless {@code sql_mode} has {@code ANSI_QUOTES}; a backslash hides the quote behind it. */
    LITERALS,
    /** Names or literals: the database is not known, or its sessions choose. */
    EITHER;

    private static final String SCHEME = "jdbc:";

    /** By a vendor's URL, of which what wraps another driver, as {@code jdbc:aws-wrapper:mysql://..}, may stand before it. */
    public static DoubleQuotes of(String vendorUrl) {
        String url = vendorUrl.toLowerCase(Locale.ROOT);
        int end = url.length();
        for (char c : new char[] {'/', '@', ';', '?'}) {
            int at = url.indexOf(c);
            end = at < 0 ? end : Math.min(end, at);
        }
        int from = url.startsWith(SCHEME) ? SCHEME.length() : 0;
        while (from < end) {
            int colon = url.indexOf(':', from);
            int to = colon < 0 ? end : Math.min(colon, end);
            DoubleQuotes known = ofVendor(url.substring(from, to));
            if (known != EITHER) {
                return known;
            }
            from = to + 1;
        }
        return EITHER;
    }

    /** Not SQL Server, Sybase, Informix, SQLite: there a session chooses, or a name that nothing has is a literal. */
    private static DoubleQuotes ofVendor(String name) {
        return switch (name) {
            case "postgresql",
                    "pgsql",
                    "redshift",
                    "yugabytedb",
                    "h2",
                    "hsqldb",
                    "derby",
                    "oracle",
                    "db2",
                    "snowflake",
                    "trino",
                    "duckdb" -> NAMES;
            case "mysql", "mysql+srv", "mariadb", "singlestore", "hive2", "databricks", "bigquery" -> LITERALS;
            default -> EITHER;
        };
    }

    /** What holds where texts of both kinds come. */
    public DoubleQuotes or(DoubleQuotes other) {
        return this == other ? this : EITHER;
    }
}
