package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.driver.manager.Session;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection's client info: {@code helios.*} stays here, and the session hears of the vendor's too. {@link Session#WAITED} it tells itself,
 * to whoever asks for that name. Thread-safe.
 */
final class ClientInfo {
    private static final String PREFIX = "helios.";

    private final Session session;
    private final Map<String, String> ours = new ConcurrentHashMap<>();
    /** The vendor's names that the session has heard of. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    ClientInfo(Session session) {
        this.session = session;
    }

    static boolean isOurs(@Nullable String name) {
        return name != null && name.startsWith(PREFIX);
    }

    @Nullable
    String get(String name) {
        return Session.WAITED.equals(name) ? millis(session.waitedNanos()) : ours.get(name);
    }

    /** To the nanosecond, without zeros behind: {@code 12.5}. */
    private static String millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString();
    }

    /** The vendor's and ours; null where the vendor knows none and we have none. */
    @Nullable
    Properties addTo(@Nullable Properties vendors) {
        if (vendors == null && ours.isEmpty()) {
            return null;
        }
        Properties all = new Properties();
        if (vendors != null) {
            vendors.stringPropertyNames().forEach(name -> all.setProperty(name, vendors.getProperty(name)));
        }
        ours.forEach(all::setProperty);
        return all;
    }

    /** The vendor goes first where the name is its own: what it refuses holds for nobody. */
    void set(Connection vendor, String name, @Nullable String value) throws SQLClientInfoException {
        if (!isOurs(name)) {
            vendor.setClientInfo(name, value);
        }
        if (name != null) {
            tell(name, value);
        }
    }

    /** Replaces all client info, as JDBC has it: what is not among the properties is cleared. */
    void set(Connection vendor, @Nullable Properties properties) throws SQLClientInfoException {
        if (properties == null) {
            vendor.setClientInfo(null);
            return;
        }
        Set<String> given = properties.stringPropertyNames();
        Properties vendors = new Properties();
        for (String name : given) {
            if (!isOurs(name)) {
                vendors.setProperty(name, properties.getProperty(name));
            }
        }
        vendor.setClientInfo(vendors);
        Set<String> cleared = new HashSet<>(ours.keySet());
        cleared.addAll(told);
        cleared.removeAll(given);
        cleared.forEach(name -> tell(name, null));
        given.forEach(name -> tell(name, properties.getProperty(name)));
    }

    private void tell(String name, @Nullable String value) {
        session.clientInfo(name, value);
        if (Session.WAITED.equals(name)) {
            return;
        }
        if (!isOurs(name)) {
            told.add(name);
        } else if (value == null) {
            ours.remove(name);
        } else {
            ours.put(name, value);
        }
    }
}
