package io.heliosjdbc.driver.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision of the last ones, and what came of it. Immutable.
 *
 * @param at when the statement was decided on, refused or granted its slot
 * @param connection the connection's number within its workload manager
 * @param template the statement without literals
 * @param serviceClass its class
 * @param userLoad its user load
 * @param reason why
 * @param waitedNanos for how long it waited for a slot
 * @param heldUpBy what it waited for, or null where it did not wait: the MPL of its class or the one over all classes
 * @param executedNanos for how long it was in the database, or null where it never was
 * @param outcome success, error, or why it was not admitted
 */
public record DecisionStatus(
        Instant at,
        long connection,
        String template,
        String serviceClass,
        String userLoad,
        String reason,
        long waitedNanos,
        @Nullable String heldUpBy,
        @Nullable Long executedNanos,
        String outcome) {}
