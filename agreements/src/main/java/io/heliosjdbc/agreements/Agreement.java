package io.heliosjdbc.agreements;

import java.util.List;

/**
 * A service level agreement: who promised what to whom for which user loads. Immutable.
 *
 * @param id the agreement's identifier, unique among the agreements of one workload manager
 * @param name a name for people
 * @param context the parties and the expiration
 * @param userLoads the user loads it covers, in the order of the file
 */
public record Agreement(String id, String name, Context context, List<UserLoad> userLoads) {
    /** Copies the list. */
    public Agreement {
        userLoads = List.copyOf(userLoads);
    }
}
