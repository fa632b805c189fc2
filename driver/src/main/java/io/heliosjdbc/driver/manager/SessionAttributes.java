package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Hints;
import io.heliosjdbc.classifier.Priority;
import io.heliosjdbc.classifier.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a connection says of itself, key by key, and the immutable attributes that follow. Written under the
 * session's lock, read from any thread.
 */
final class SessionAttributes {
    private static final String OURS = "helios.";
    private static final List<String> KEYS = List.of(
            "priority",
            "workload",
            "class",
            "load",
            "tenant",
            "client",
            "transaction",
            "application",
            "deadline_ms",
            "estimate_ms");

    private final @Nullable String user;
    private final UnaryOperator<Attributes> intern;
    private final Consumer<String> complaints;
    private final Map<String, String> ours = new HashMap<>();
    private @Nullable String applicationName;
    private @Nullable String clientUser;
    private volatile Attributes current;

    /**
     * The attributes of a new connection.
     *
     * @param intern gives equal attributes one identity, so that connections of one pool share decisions
     * @param complaints takes what is wrong with client info; may be told the same often
     */
    SessionAttributes(
            @Nullable String user,
            @Nullable String application,
            UnaryOperator<Attributes> intern,
            Consumer<String> complaints) {
        this.complaints = complaints;
        this.user = user;
        this.applicationName = application;
        this.intern = intern;
        this.current = intern.apply(new Attributes(user, application, null, null, Hints.NONE));
    }

    Attributes current() {
        return current;
    }

    /** Takes client info in; whether the key is ours alone. */
    boolean clientInfo(String name, @Nullable String value) {
        String given = value == null || value.isBlank() ? null : value.trim();
        if (name.startsWith(OURS)) {
            String key = name.substring(OURS.length());
            if (!KEYS.contains(key)) {
                complaints.accept("Client info " + name + " means nothing; known are helios. and one of " + KEYS);
                return true;
            }
            if (given == null) {
                ours.remove(key);
            } else {
                ours.put(key, given);
            }
            rebuild();
            return true;
        }
        if (name.equalsIgnoreCase("ApplicationName")) {
            applicationName(given);
        } else if (name.equalsIgnoreCase("ClientUser")) {
            clientUser = given;
            rebuild();
        }
        return false;
    }

    /** Takes in what SET application_name or the client info of that name says. */
    void applicationName(@Nullable String name) {
        applicationName = name;
        rebuild();
    }

    private void rebuild() {
        Hints hints = new Hints(
                constant("priority", Priority.class),
                constant("workload", Workload.class),
                ours.get("class"),
                ours.get("load"),
                null,
                null,
                ours.get("transaction"),
                null,
                positive("deadline_ms"),
                positive("estimate_ms"));
        String client = ours.get("client");
        String application = ours.get("application");
        current = intern.apply(new Attributes(
                user,
                application != null ? application : applicationName,
                client != null ? client : clientUser,
                ours.get("tenant"),
                hints.equals(Hints.NONE) ? Hints.NONE : hints));
    }

    private <E extends Enum<E>> @Nullable E constant(String key, Class<E> type) {
        String value = ours.get(key);
        if (value != null) {
            try {
                return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException unknown) {
                forget(key, value);
            }
        }
        return null;
    }

    private @Nullable Long positive(String key) {
        String value = ours.get(key);
        if (value != null) {
            try {
                long number = Long.parseLong(value);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException none) {
                forget(key, value);
                return null;
            }
            forget(key, value);
        }
        return null;
    }

    /** An unknown value is no hint. */
    private void forget(String key, String value) {
        complaints.accept("Client info " + OURS + key + " has the unknown value '" + value + "' and is ignored");
        ours.remove(key);
    }
}
