package io.heliosjdbc.driver;

import io.heliosjdbc.driver.configuration.Parameters;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What URL and properties say together; properties win over the URL, but not over a user before a host. The caller's properties are only
 * read. Immutable.
 *
 * @param url the URL taken apart
 * @param settings our parameters without the prefix
 * @param vendorProperties a copy of the caller's properties without ours
 */
record ConnectRequest(HeliosUrl url, Map<String, String> settings, Properties vendorProperties) {
    private static final Set<String> LOGIN_TIMEOUT_IN_SECONDS = Set.of("postgresql", "sqlserver", "db2");
    /** Theirs is that of the socket, as their own data sources have it. */
    private static final Set<String> LOGIN_TIMEOUT_IN_MILLIS = Set.of("mariadb", "mysql");

    static ConnectRequest of(String url, @Nullable Properties given) {
        HeliosUrl parsed = HeliosUrl.parse(url);
        Map<String, String> settings = new HashMap<>(parsed.settings());
        Properties vendors = new Properties();
        if (given != null) {
            copy(given, vendors);
            settings.putAll(settings(vendors));
            vendors.keySet().removeIf(ConnectRequest::isOurs);
        }
        return new ConnectRequest(parsed, settings, vendors);
    }

    /**
     * Copies properties with their defaults; some drivers take values that are no strings. An array is copied too: of a password in one H2's
     * driver leaves nothing once it has logged in.
     */
    static void copy(Properties from, Properties to) {
        from.stringPropertyNames().forEach(name -> to.setProperty(name, from.getProperty(name)));
        from.forEach((name, value) -> {
            if (value instanceof char[] letters) {
                to.put(name, letters.clone());
            } else if (!(value instanceof String)) {
                to.put(name, value);
            }
        });
    }

    /** For one connection, whose driver may change them. */
    Properties freshVendorProperties() {
        Properties fresh = new Properties();
        copy(vendorProperties, fresh);
        return fresh;
    }

    /** Our parameters among properties without defaults, without the prefix; a value that is no string by its text. */
    static Map<String, String> settings(Properties given) {
        Map<String, String> settings = new HashMap<>();
        given.forEach((name, value) -> {
            if (isOurs(name)) {
                settings.put(name.toString().substring(HeliosUrl.PARAMETER_PREFIX.length()), value.toString());
            }
        });
        return settings;
    }

    private static boolean isOurs(Object name) {
        return name.toString().startsWith(HeliosUrl.PARAMETER_PREFIX);
    }

    /** The same request where the properties' user and password win over the URL's, whatever the vendor's order is. */
    ConnectRequest withoutUrlCredentials() {
        return new ConnectRequest(url.withoutCredentials(), settings, vendorProperties);
    }

    /**
     * The same request that gives up in time, where the vendor's driver is known to have a property for that and nobody has set it: others
     * refuse what they do not know.
     *
     * @param seconds 0 for the driver's own
     */
    ConnectRequest withLoginTimeout(int seconds) {
        boolean inMillis = LOGIN_TIMEOUT_IN_MILLIS.contains(subprotocol());
        String name = inMillis ? "connectTimeout" : "loginTimeout";
        boolean isKnown = inMillis || LOGIN_TIMEOUT_IN_SECONDS.contains(subprotocol());
        if (seconds <= 0 || !isKnown || either(name) != null) {
            return this;
        }
        Properties more = freshVendorProperties();
        long value = inMillis ? Math.min(TimeUnit.SECONDS.toMillis(seconds), Integer.MAX_VALUE) : seconds;
        more.setProperty(name, Long.toString(value));
        return new ConnectRequest(url, settings, more);
    }

    /** What stands behind {@code jdbc:}. */
    private String subprotocol() {
        return url.vendorUrl().split(":", 3)[1];
    }

    /** All that the vendor's driver opens a connection with. */
    Object identity() {
        Map<Object, Object> properties = new HashMap<>(vendorProperties);
        properties.replaceAll(
                (name, value) -> value instanceof char[] letters ? new Letters(new String(letters)) : value);
        return new Identity(url.vendorUrl(), properties, settings.getOrDefault(Parameters.DRIVER, ""));
    }

    /** What an array of characters says, which is not the same as a string. Never written out, either. */
    private record Letters(String text) {
        @Override
        public String toString() {
            return "letters";
        }
    }

    /** Never written out: there is a password in it. */
    private record Identity(String url, Map<Object, Object> properties, String driver) {
        @Override
        public String toString() {
            return "what a connection is opened with";
        }
    }

    /** The user who logs in, as far as that is said; SQL Server's driver knows the name under two names. */
    @Nullable
    String user() {
        String named = either("user") != null ? either("user") : either("userName");
        return url.hostUser() != null ? url.hostUser() : named;
    }

    @Nullable
    String application() {
        String name = either("ApplicationName");
        return name != null ? name : either("applicationName");
    }

    /**
     * The schema that names are looked up in first: of {@code currentSchema} (PostgreSQL, DB2) the first one, else {@code schema} (H2 and
     * others), in any case; null where neither says it.
     */
    @Nullable
    String schema() {
        String path = either("currentSchema");
        String named = either("schema") != null ? either("schema") : vendorProperties.getProperty("SCHEMA");
        String name = path != null ? path.split(",", 2)[0] : named;
        String bare = name == null ? "" : name.strip();
        bare = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1)
                : bare;
        return bare.isEmpty() || bare.startsWith("$") ? null : bare;
    }

    private @Nullable String either(String name) {
        String value = vendorProperties.getProperty(name);
        return value != null ? value : url.vendorParameters().get(name.toLowerCase(java.util.Locale.ROOT));
    }
}
