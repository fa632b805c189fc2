package io.heliosjdbc.driver.late;

import java.util.Locale;
import java.util.regex.Pattern;

/** Databases in memory, by the URL of a connection: whom they belong to, and for how long they are there. Stateless. */
final class MemoryDatabases {
    /** H2's own server has databases in memory, too. */
    private static final String H2 = "jdbc:h2:((tcp|ssl):(//)?[^/]+/)?mem:";

    private static final Pattern PRIVATE =
            Pattern.compile(H2 + "|jdbc:sqlite:(:memory:|file::memory:)?|jdbc:duckdb:(:memory:)?");

    /** Those of SQLite that are named, or shared, are there for as long as a connection is. */
    private static final Pattern SHARED_BY_SQLITE = Pattern.compile("jdbc:sqlite:file:[^?]*\\?.*cache=shared.*");

    private static final Pattern IN_MEMORY_OF_SQLITE =
            Pattern.compile("jdbc:sqlite:file:(:memory:(\\?.*)?|[^?]*\\?.*mode=memory.*)");

    private static final Pattern SHARED = Pattern.compile(H2 + ".+|jdbc:duckdb::memory:.+");

    private MemoryDatabases() {}

    /** Whether each connection of that URL has a database of its own. */
    static boolean isPrivate(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (IN_MEMORY_OF_SQLITE.matcher(lower).matches()) {
            return !SHARED_BY_SQLITE.matcher(lower).matches();
        }
        return PRIVATE.matcher(withoutOptions(lower)).matches();
    }

    /** Whether the database of that URL goes with the last of its connections. */
    static boolean endsWithItsConnections(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return IN_MEMORY_OF_SQLITE.matcher(lower).matches()
                || SHARED.matcher(withoutOptions(lower)).matches();
    }

    private static String withoutOptions(String url) {
        return url.replaceAll("[;?].*", "");
    }
}
