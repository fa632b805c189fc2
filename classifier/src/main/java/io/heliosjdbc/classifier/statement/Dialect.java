package io.heliosjdbc.classifier.statement;

import java.util.Locale;

/** Whose rules a text is read by, where it matters what it leaves behind in its session. */
public enum Dialect {
    /** PostgreSQL. */
    POSTGRESQL,
    /** H2. */
    H2,
    /** MariaDB and MySQL. */
    MARIADB,
    /** Any other: nothing is known of it. */
    OTHER;

    /** The dialect of a database product, by the name that its metadata give it. */
    public static Dialect of(String product) {
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "h2" -> H2;
            case "mariadb", "mysql" -> MARIADB;
            default -> OTHER;
        };
    }
}
