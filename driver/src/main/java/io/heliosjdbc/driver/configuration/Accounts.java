package io.heliosjdbc.driver.configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the accounts are kept, and how many. Immutable.
 *
 * @param file the file, or null where they are not kept in one
 * @param inDatabase whether they are kept in tables of the database; where there is no file either, they are kept in memory only
 * @param checkpointMillis how often they are written there
 * @param maxAccounts how many a user load keeps for its owners
 */
public record Accounts(@Nullable Path file, boolean inDatabase, long checkpointMillis, int maxAccounts) {
    static final String MEMORY = "memory";
    private static final String FILE = "file:";
    private static final String JDBC = "jdbc";
    private static final String MEND = "give memory, jdbc, or file: and a path";

    /** Reads what was given; memory, with a fault, where that is none of them. */
    static Accounts read(
            @Nullable Given given,
            long checkpointMillis,
            int maxAccounts,
            @Nullable ConfigurationSource source,
            GivenValues values) {
        Path file = null;
        boolean inDatabase = given != null && given.value().equals(JDBC);
        if (given != null && !inDatabase && !given.value().equals(MEMORY)) {
            String text = String.valueOf(given.value());
            if (text.startsWith(FILE) && text.length() > FILE.length()) {
                file = file(text.substring(FILE.length()), given.place(), source, values);
            } else {
                values.fault(given.place(), Keys.ACCOUNTS.name() + " is " + given.inWords(), MEND);
            }
        }
        return new Accounts(file, inDatabase, checkpointMillis, maxAccounts);
    }

    /** A property's path is relative to the working directory, a file's to where the file lies. */
    private static @Nullable Path file(
            String name, Place place, @Nullable ConfigurationSource source, GivenValues values) {
        try {
            Path path = Path.of(name);
            if (place.line() == 0 || source == null || path.isAbsolute()) {
                return path;
            }
            Path directory = source.directory();
            if (directory == null) {
                values.fault(
                        place, "'" + name + "' is relative to a resource, which has no directory", "give a whole path");
                return null;
            }
            return directory.resolve(path);
        } catch (InvalidPathException wrong) {
            values.fault(place, "'" + name + "' is no path: " + wrong.getReason(), MEND);
            return null;
        }
    }
}
