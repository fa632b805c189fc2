package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What a logical connection's session is to be like, where it differs from the defaults: given to each physical connection that
 * differs, before anything runs on it. Any thread may ask; who changes it has the physical connection, or there is none.
 */
final class SessionState {
    /** What the client info calls it of which PostgreSQL makes a setting. */
    static final String APPLICATION_NAME = "ApplicationName";

    static final String APPLICATION_SETTING = "application_name";

    private static final String ROLE = "role";
    /** Of PostgreSQL: where names are looked up. */
    static final String SEARCH_PATH = "search_path";

    /** By these PostgreSQL reads a literal when a statement is prepared, and never again: whoever has another one needs another statement. */
    private static final Set<String> READ_BY = Set.of("timezone", "standard_conforming_strings");

    /** What PostgreSQL's driver has all of its connections begin with. */
    private static final Set<String> SET_BY_DRIVER = Set.of("client_encoding", "datestyle");

    private final Defaults defaults;
    private final Map<Item, Object> items = new ConcurrentHashMap<>();
    private final Map<String, String> settings = new ConcurrentSkipListMap<>();
    private final Map<String, String> clientInfo = new ConcurrentSkipListMap<>();
    private volatile boolean autoCommit = true;

    SessionState(Defaults defaults) {
        this.defaults = defaults;
    }

    boolean autoCommit() {
        return autoCommit;
    }

    void autoCommit(boolean on) {
        autoCommit = on;
    }

    /** What the session has, or null where it has none or the driver does not tell its default. */
    @Nullable
    Object get(Item item) {
        Object own = items.get(item);
        return own != null ? own : defaults.items().get(item);
    }

    /** Whether it could be taken back from a physical connection. */
    boolean canBeUndone(Item item) {
        return defaults.items().containsKey(item);
    }

    void put(Item item, Object value) {
        if (value.equals(defaults.items().get(item))) {
            items.remove(item);
        } else {
            items.put(item, value);
        }
    }

    @Nullable
    String setting(String name) {
        return settings.get(name);
    }

    void setting(String name, @Nullable String value) {
        if (value == null) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }
    }

    Map<String, String> clientInfo() {
        return clientInfo;
    }

    Defaults defaults() {
        return defaults;
    }

    /** Makes a physical connection's session this one. Where it fails, nothing is known of that session any more. */
    void applyTo(Physical physical, Dialect dialect) throws SQLException {
        boolean differs = differ(items, physical.items())
                || differ(settings, physical.settings())
                || differ(clientInfo, physical.clientInfo());
        if (differs) {
            limit(physical);
            // What is set within a transaction would go with it.
            physical.autoCommit(true);
            if (Variables.areOf(dialect)) {
                Variables.apply(physical, dialect, settings);
            } else {
                applySettings(physical);
            }
            applyItems(physical);
            applyClientInfo(physical);
            physical.report();
        }
        physical.autoCommit(autoCommit);
    }

    private static boolean differ(Map<?, ?> one, Map<?, ?> other) {
        return !(one.isEmpty() && other.isEmpty()) && !one.equals(other);
    }

    /** Tells it how long the database may take to answer, before anything else is told: that holds for the telling too. */
    void limit(Physical physical) throws SQLException {
        apply(Item.NETWORK_TIMEOUT, physical);
    }

    /** A physical connection goes back: what HikariCP would restore its own way, or not at all, is restored before. */
    void leave(Physical physical) throws SQLException {
        physical.forgetQueryTimeout();
        Variables.leave(physical);
        Object standard = defaults.items().get(Item.NETWORK_TIMEOUT);
        if (standard != null && physical.items().remove(Item.NETWORK_TIMEOUT) != null) {
            Item.NETWORK_TIMEOUT.set(physical.raw(), standard);
        }
    }

    /** Whether what is asked of it between two owners may take longer than it lets statements take. */
    boolean hasShortLimit() {
        return StatementLimit.isShortIn(settings);
    }

    /** Whether literals may be read otherwise where these are set. */
    static boolean areReadBy(Set<String> settings) {
        return settings.contains(SessionUse.LOCAL_READING)
                || settings.contains(SessionUse.ALL)
                || !Collections.disjoint(settings, READ_BY);
    }

    /** Whether objects that it creates may be its own. */
    boolean createsTemporaries() {
        String path = settings.get(SEARCH_PATH);
        return path != null && path.contains("pg_temp");
    }

    private void applyItems(Physical physical) throws SQLException {
        for (Item item : Item.values()) {
            apply(item, physical);
        }
    }

    private void apply(Item item, Physical physical) throws SQLException {
        Object wanted = items.get(item);
        Object actual = physical.items().get(item);
        if (wanted == null && actual != null) {
            item.set(physical.raw(), Objects.requireNonNull(defaults.items().get(item)));
            physical.items().remove(item);
        } else if (wanted != null && !wanted.equals(actual)) {
            item.set(physical.raw(), wanted);
            physical.items().put(item, wanted);
        }
    }

    private void applyClientInfo(Physical physical) throws SQLException {
        Set<String> names = new HashSet<>(clientInfo.keySet());
        names.addAll(physical.clientInfo().keySet());
        for (String name : names) {
            String wanted = clientInfo.get(name);
            String actual = physical.clientInfo().get(name);
            if (wanted == null) {
                clear(physical.raw(), name, defaults.clientInfo().get(name));
                physical.clientInfo().remove(name);
            } else if (!wanted.equals(actual)) {
                physical.raw().setClientInfo(name, wanted);
                physical.clientInfo().put(name, wanted);
            }
        }
    }

    /** Not every driver can be told that there is none. */
    private static void clear(Connection raw, String name, @Nullable String standard) throws SQLException {
        try {
            raw.setClientInfo(name, standard);
        } catch (NullPointerException driversOwn) {
            raw.setClientInfo(name, "");
        }
    }

    /** The role first back and last there: another one's may not be allowed to set the rest. */
    private void applySettings(Physical physical) throws SQLException {
        if (settings.equals(physical.settings())) {
            return;
        }
        Map<String, String> actual = physical.settings();
        String role = settings.get(ROLE);
        boolean sameRole = Objects.equals(role, actual.get(ROLE));
        List<String> reset = new ArrayList<>();
        for (String name : actual.keySet()) {
            if (!name.equals(ROLE) && !settings.containsKey(name)) {
                reset.add(name);
            }
        }
        if (actual.containsKey(ROLE) && (!sameRole || !sameButRole(actual))) {
            reset.add(0, ROLE);
        }
        List<String> set = new ArrayList<>();
        settings.forEach((name, value) -> {
            if (!name.equals(ROLE) && !value.equals(actual.get(name))) {
                set.add(name);
            }
        });
        if (role != null && (!sameRole || reset.contains(ROLE))) {
            set.add(ROLE);
        }
        String application = defaults.clientInfo().get(APPLICATION_NAME);
        // The driver may have set it after it had connected: to reset it would forget that.
        boolean asConnected = application != null && reset.remove(APPLICATION_SETTING);
        replay(physical, reset, set);
        actual.keySet().removeAll(reset);
        set.forEach(name -> actual.put(name, Objects.requireNonNull(settings.get(name))));
        if (asConnected) {
            physical.raw().setClientInfo(APPLICATION_NAME, application);
            actual.remove(APPLICATION_SETTING);
        }
    }

    /** In one round trip, and in order. */
    private void replay(Physical physical, List<String> reset, List<String> set) throws SQLException {
        StringJoiner text = new StringJoiner("; ");
        for (String name : reset) {
            // Parts of a name may be words of the language.
            text.add(
                    isSeenByDriver(name, physical)
                            ? "RESET \"" + name.replace(".", "\".\"") + '"'
                            : toDefault(name, physical));
        }
        for (String name : set) {
            if (!isSeenByDriver(name, physical)) {
                text.add(toDefault(name, physical));
            }
        }
        if (!set.isEmpty()) {
            text.add("SELECT "
                    + String.join(", ", Collections.nCopies(set.size(), "pg_catalog.set_config(?, ?, false)")));
        }
        if (text.length() == 0) {
            return;
        }
        if (reset.stream().anyMatch(READ_BY::contains) || set.stream().anyMatch(READ_BY::contains)) {
            // The last: what comes before may be prepared, too.
            text.add(Physical.FORGET_READ);
        }
        try (PreparedStatement statement = physical.raw().prepareStatement(text.toString())) {
            int parameter = 0;
            for (String name : set) {
                statement.setString(++parameter, name);
                statement.setString(++parameter, settings.get(name));
            }
            statement.execute();
        }
    }

    /** Never the same text twice in a row, and not a new one each time: the driver keeps what it has read of texts. */
    private static String toDefault(String setting, Physical physical) {
        return "SET " + setting + " TO DEFAULT /* " + (physical.turn() ? "turned" : "turned back") + " */";
    }

    /**
     * Whether the driver sees the setting change however that is done. With the search path it forgets what it has prepared on the server, which
     * would fail with rows of another type; but where the server does not report it, before PostgreSQL 18, it sees only a text of {@code SET} that
     * is not the same as the last one.
     */
    private static boolean isSeenByDriver(String setting, Physical physical) {
        return !setting.equals(SEARCH_PATH) || physical.reports(setting);
    }

    private boolean sameButRole(Map<String, String> actual) {
        Map<String, String> one = new TreeMap<>(settings);
        Map<String, String> other = new TreeMap<>(actual);
        one.remove(ROLE);
        other.remove(ROLE);
        return one.equals(other);
    }

    /** Everything that is set, by the names that the database knows it by, where it can all be reset; else null. */
    @Nullable
    Set<String> allSettings() {
        if (!items.isEmpty()) {
            return null;
        }
        Set<String> all = new HashSet<>(settings.keySet());
        all.add(APPLICATION_SETTING);
        return all;
    }

    /**
     * Takes in what statements have set as text, by asking for it: what a rollback has undone is undone here too. No transaction is
     * open.
     *
     * @return whether the session is known to be like any other apart from that: who sets a search path in words of his own may have
     *     made objects of the session's own
     */
    boolean readBack(Physical physical, Set<String> names, Dialect dialect) throws SQLException {
        physical.autoCommit(true);
        List<String> asked = new ArrayList<>();
        for (String name : names) {
            switch (name) {
                case SessionUse.SCHEMA -> readBack(physical, Item.SCHEMA);
                case SessionUse.CATALOG -> readBack(physical, Item.CATALOG);
                default -> asked.add(name);
            }
        }
        if (asked.isEmpty()) {
            return true;
        }
        if (Variables.areOf(dialect)) {
            Variables.read(physical.raw(), dialect, asked).forEach((name, value) -> takeIn(physical, name, value));
            return true;
        }
        if (dialect != Dialect.POSTGRESQL) {
            throw new SQLException("The settings " + asked + " cannot be read");
        }
        String text =
                "SELECT " + "pg_catalog.current_setting(?, true), ".repeat(asked.size()) + Leftovers.NO_TEMPORARIES;
        try (PreparedStatement statement = physical.raw().prepareStatement(text)) {
            for (int i = 0; i < asked.size(); i++) {
                statement.setString(i + 1, asked.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("The settings " + asked + " were not told");
                }
                for (int i = 0; i < asked.size(); i++) {
                    takeIn(physical, asked.get(i), rows.getString(i + 1));
                }
                boolean alike = rows.getBoolean(asked.size() + 1);
                if (!Collections.disjoint(names, READ_BY)) {
                    // What was prepared before a text has set what it was read by, or before a rollback has undone
                    // that.
                    physical.forgetRead();
                }
                return alike;
            }
        }
    }

    private void takeIn(Physical physical, String name, @Nullable String value) {
        if (settings.get(name) == null && SET_BY_DRIVER.contains(name) && physical.reportsUnchanged(name)) {
            return;
        }
        setting(name, value);
        if (value == null) {
            physical.settings().remove(name);
        } else {
            physical.settings().put(name, value);
        }
    }

    private void readBack(Physical physical, Item item) throws SQLException {
        Object value = item.of(physical.raw());
        if (value == null || !canBeUndone(item)) {
            throw new SQLException("The " + item + " cannot be read");
        }
        put(item, value);
        physical.items().remove(item);
        Object own = items.get(item);
        if (own != null) {
            physical.items().put(item, own);
        }
    }
}
