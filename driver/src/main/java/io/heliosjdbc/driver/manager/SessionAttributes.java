package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.hints.HintKey;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Names;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a connection says of itself, key by key, and the immutable attributes that follow. Written under the session's lock,
 * read from any thread.
 */
final class SessionAttributes {
    private static final String OURS = "helios.";
    private static final String TENANT = "tenant";
    /** A tenant of no agreement and no tier, so that a comment does not name another where the connection's word was refused. */
    private static final String REFUSED_TENANT = "(refused)";

    private final @Nullable String user;
    private final @Nullable String applicationAtFirst;
    private final UnaryOperator<Attributes> intern;
    private final Consumer<String> complaints;
    private @Nullable String applicationName;
    private @Nullable String clientUser;
    private @Nullable String schema;
    private Hints ours = Hints.NONE;
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
        this.user = user;
        this.intern = intern;
        this.complaints = complaints;
        this.applicationAtFirst = kept("The application", application);
        this.applicationName = applicationAtFirst;
        this.current = intern.apply(new Attributes(user, applicationAtFirst, null, null, Hints.NONE));
    }

    /** Who cannot be named as he says is named as near as can be, so that no comment names another. */
    private @Nullable String kept(String what, @Nullable String given) {
        String kept = given == null ? null : Names.kept(given);
        if (kept != null && !kept.equals(given)) {
            complaints.accept(what + " is no name of at most 256 characters; taken for: " + Names.printable(kept));
        }
        return kept;
    }

    Attributes current() {
        return current;
    }

    /** Takes client info in; whether the key is ours alone. Who says what he has said before pays for no more than a look. */
    boolean clientInfo(String name, @Nullable String value) {
        String given = value == null || value.isBlank() ? null : value.trim();
        if (name.equals(Session.WAITED)) {
            complaints.accept("Client info " + name + " is ignored: it can be read only, by getClientInfo");
            return true;
        }
        if (name.startsWith(OURS)) {
            hint(name.substring(OURS.length()), given);
            return true;
        }
        if (name.equalsIgnoreCase("ApplicationName")) {
            application(kept("ApplicationName", given));
        } else if (name.equalsIgnoreCase("ClientUser")) {
            String kept = kept("ClientUser", given);
            if (!Objects.equals(kept, clientUser)) {
                clientUser = kept;
                rebuild();
            }
        }
        return false;
    }

    private void hint(String key, @Nullable String value) {
        if (!Hints.isKey(key)) {
            complaints.accept("Client info " + OURS + Names.printable(key) + " means nothing; known: "
                    + Arrays.stream(HintKey.values()).map(HintKey::key).collect(Collectors.joining(", ")));
            return;
        }
        Hints before = ours;
        try {
            ours = before.with(key, value);
        } catch (IllegalArgumentException refused) {
            // An unknown value is no hint, and what was said before no longer holds either.
            ours = before.with(key, key.equalsIgnoreCase(TENANT) ? REFUSED_TENANT : null);
            complaints.accept("Client info " + OURS + key + " is ignored: " + refused.getMessage());
        }
        if (!ours.equals(before)) {
            rebuild();
        }
    }

    /** Takes in what SET application_name says. */
    void applicationName(String name) {
        application(kept("application_name", name.isBlank() ? null : name));
    }

    /** The application name is again what it was when the connection was opened. */
    void resetApplicationName() {
        application(applicationAtFirst);
    }

    private void application(@Nullable String name) {
        if (!Objects.equals(name, applicationName)) {
            applicationName = name;
            rebuild();
        }
    }

    /** Takes in which schema it is; null or blank where nobody knows. */
    void schema(@Nullable String name) {
        String given = kept("The schema", name == null || name.isBlank() ? null : name);
        if (!Objects.equals(given, schema)) {
            schema = given;
            rebuild();
        }
    }

    private void rebuild() {
        Hints others = ours.with("application", null).with("client", null).with(TENANT, null);
        current = intern.apply(new Attributes(
                user,
                ours.application() != null ? ours.application() : applicationName,
                ours.client() != null ? ours.client() : clientUser,
                ours.tenant(),
                schema,
                others.equals(Hints.NONE) ? Hints.NONE : others));
    }
}
