package io.heliosjdbc.driver.admin;

import io.heliosjdbc.classifier.hints.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision of the last ones, and what came of it. Immutable.
 *
 * @param at when the statement was decided on, refused or granted its slot
 * @param connection the connection's number within its workload manager
 * @param user the database user
 * @param application the application's name, by the connection, else by the statement's comment
 * @param client the client, likewise
 * @param priority its priority
 * @param traceparent the trace that it is part of, by its comment
 * @param template the statement without literals
 * @param serviceClass its class
 * @param userLoad its user load
 * @param reason why
 * @param waitedNanos for how long it waited for a slot
 * @param heldUpBy what it waited for, or null where it did not wait: the MPL of its class, the one over all classes, slots that were kept, or to give way
 * @param heldBy the user load that held most of the slots that it waited for, and how many; null where it did not wait
 * @param executedNanos for how long it was in the database, or null where it never was
 * @param outcome success, error, or why it was not admitted
 */
public record DecisionStatus(
        Instant at,
        long connection,
        @Nullable String user,
        @Nullable String application,
        @Nullable String client,
        Priority priority,
        @Nullable String traceparent,
        String template,
        String serviceClass,
        String userLoad,
        String reason,
        long waitedNanos,
        @Nullable String heldUpBy,
        @Nullable String heldBy,
        @Nullable Long executedNanos,
        String outcome) {}
