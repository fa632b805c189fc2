package io.heliosjdbc.tpcc;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With whose word a command opens its database. Filled by the command line. */
public final class Login {
    @Option(names = "--user", paramLabel = "U", description = "database user")
    @Nullable
    String user;

    // Other users of the machine see a command's arguments: who gives none here is asked, and nothing is shown.
    @Option(
            names = "--password",
            interactive = true,
            arity = "0..1",
            paramLabel = "P",
            prompt = "Password: ",
            description = "its password; without one it is asked for")
    @Nullable
    String password;

    /** The user, unless none was given. */
    public @Nullable String user() {
        return user;
    }

    /** The password, unless none was given. */
    public @Nullable String password() {
        return password;
    }
}
