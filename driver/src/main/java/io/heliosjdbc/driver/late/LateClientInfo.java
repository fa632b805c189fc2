package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a logical connection tells of its client, by {@code setClientInfo}: kept here, and told where it runs. As thread-safe as its connection. */
final class LateClientInfo {
    /** Of PostgreSQL, in bytes: it cuts what is longer, and puts something else in the place of what is not printable ASCII. */
    private static final int LONGEST_NAME = 63;

    private final PhysicalPool pool;
    private final SessionState session;
    private final Binder binder;

    LateClientInfo(PhysicalPool pool, SessionState session, Binder binder) {
        this.pool = pool;
        this.session = session;
        this.binder = binder;
    }

    /** PostgreSQL's only client info is a setting, which a text may set as well. */
    void set(String name, @Nullable String value) throws SQLClientInfoException {
        try {
            binder.checkOpen();
            boolean application = pool.dialect() == Dialect.POSTGRESQL && SessionState.APPLICATION_NAME.equals(name);
            if (application && applicationName(value == null ? "" : value)) {
                return;
            }
            boolean unused = binder.work(bound -> {
                if (application) {
                    binder.willSet(bound, SessionState.APPLICATION_SETTING);
                }
                bound.physical().raw().setClientInfo(name, value);
                if (!application && pool.dialect() != Dialect.POSTGRESQL) {
                    keep(bound.physical(), name, bound.physical().raw().getClientInfo(name));
                }
                return true;
            });
        } catch (SQLClientInfoException vendors) {
            throw vendors;
        } catch (SQLException other) {
            throw new SQLClientInfoException(other.getMessage(), other.getSQLState(), Map.of(), other);
        }
    }

    /** Whether there is nobody to tell it but the session. What the server makes something else of it is told at once. */
    private boolean applicationName(String name) throws SQLException {
        if (name.length() > LONGEST_NAME || !name.chars().allMatch(letter -> letter >= ' ' && letter <= '~')) {
            return false;
        }
        boolean bound = binder.workIfBound(false, any -> true);
        session.setting(SessionState.APPLICATION_SETTING, name);
        return !bound;
    }

    private void keep(Physical physical, String name, @Nullable String value) {
        if (name == null) {
            return;
        }
        if (value == null) {
            session.clientInfo().remove(name);
            physical.clientInfo().remove(name);
        } else {
            session.clientInfo().put(name, value);
            physical.clientInfo().put(name, value);
        }
    }

    /** What is not among the properties is cleared, as JDBC has it; what the drivers make of that differs. */
    void set(Properties given) throws SQLClientInfoException {
        try {
            if (pool.dialect() != Dialect.POSTGRESQL) {
                boolean unused = binder.work(bound -> take(bound.physical(), given));
            } else if (!binder.workIfBound(false, bound -> setApplication(bound, given))) {
                Set<String> names = new HashSet<>(given.stringPropertyNames());
                names.add(SessionState.APPLICATION_NAME);
                for (String name : names) {
                    set(name, given.getProperty(name));
                }
            }
        } catch (SQLClientInfoException vendors) {
            throw vendors;
        } catch (SQLException other) {
            throw new SQLClientInfoException(other.getMessage(), other.getSQLState(), Map.of(), other);
        }
    }

    private boolean setApplication(Binding bound, Properties given) throws SQLException {
        binder.willSet(bound, SessionState.APPLICATION_SETTING);
        bound.physical().raw().setClientInfo(given);
        return true;
    }

    private boolean take(Physical physical, Properties given) throws SQLException {
        boolean taken = false;
        try {
            Connection raw = physical.raw();
            raw.setClientInfo(given);
            Properties told = raw.getClientInfo();
            Properties now = told == null ? new Properties() : told;
            Set<String> names = new HashSet<>(session.clientInfo().keySet());
            names.addAll(given.stringPropertyNames());
            names.addAll(now.stringPropertyNames());
            for (String name : names) {
                String value = now.getProperty(name);
                boolean standard = value != null
                        && value.equals(session.defaults().clientInfo().get(name));
                keep(physical, name, standard ? null : value);
            }
            taken = true;
        } finally {
            if (!taken) {
                binder.pin("client information that may have been taken in part");
            }
        }
        return true;
    }

    @Nullable
    String of(@Nullable String name) throws SQLException {
        Properties all = name == null ? null : all();
        String known = all == null ? null : all.getProperty(name);
        if (known != null) {
            return known;
        }
        String vendors = binder.ask(bound -> bound.physical().raw().getClientInfo(name));
        // Where a driver cannot forget a name, an earlier owner's value was overwritten.
        return vendors == null || vendors.isEmpty() ? null : vendors;
    }

    @Nullable
    Properties all() throws SQLException {
        binder.checkOpen();
        Properties standard = pool.habits()
                .answer(
                        "client info",
                        () -> binder.ask(bound -> bound.physical().raw().getClientInfo()));
        if (standard == null) {
            return null;
        }
        Properties all = new Properties();
        session.defaults().clientInfo().forEach(all::setProperty);
        session.clientInfo().forEach(all::setProperty);
        if (pool.dialect() == Dialect.POSTGRESQL) {
            String kept = session.setting(SessionState.APPLICATION_SETTING);
            String application = binder.askIfBound(
                    kept, bound -> bound.physical().raw().getClientInfo(SessionState.APPLICATION_NAME));
            if (application != null) {
                all.setProperty(SessionState.APPLICATION_NAME, application);
            }
        }
        return all;
    }
}
