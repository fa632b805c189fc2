package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.scheduler.Admission;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The table of errors: what an application is told when its statement gets no slot. */
final class Refusals {
    private static final String CANCELLED = "57014";
    private static final int LONGEST = 120;

    private Refusals() {}

    /**
     * The exception for a request that got no slot.
     *
     * @param traceparent the trace that it is part of, or null
     * @param exceeded the limits that were, by key and number; may be empty
     * @param gone whether its connection has been aborted or closed
     */
    static SQLException of(
            Admission admission,
            Classification decision,
            @Nullable String traceparent,
            String exceeded,
            int queueDepth,
            long waitedNanos,
            boolean gone) {
        String about = (exceeded.isEmpty() ? ": " : " (" + exceeded + "): ")
                + about(decision, traceparent, queueDepth, waitedNanos);
        return switch (admission) {
            case QUEUE_FULL -> new SQLTransientException("Refused, the queue of its class is full" + about, "53H01");
            case COST_LIMIT ->
                new SQLTransientException(
                        "Refused, its estimated cost is above the limit of its class" + about, "53H02");
            case SHED ->
                new SQLTransientException("Refused, there is overload and its priority is low" + about, "53H03");
            case QUEUE_TIMEOUT ->
                new SQLTransientException("The queue timeout of its class passed while it waited" + about, "53H04");
            case QUERY_TIMEOUT ->
                new QueuedTimeoutException(
                        "The statement's own query timeout passed while it waited" + about, CANCELLED);
            case CANCELLED ->
                new SQLException(
                        (gone ? "Its connection was closed or aborted while it waited" : "Cancelled while it waited")
                                + about,
                        CANCELLED);
            case INTERRUPTED -> new SQLException("Its thread was interrupted while it waited" + about, CANCELLED);
            case GRANTED -> throw new IllegalArgumentException("granted");
        };
    }

    private static String about(
            Classification decision, @Nullable String traceparent, int queueDepth, long waitedNanos) {
        return String.format(
                Locale.ROOT,
                "user load %s, class %s, %d queued, waited %d ms%s; statement: %s",
                decision.userLoad().name(),
                decision.serviceClass(),
                queueDepth,
                TimeUnit.NANOSECONDS.toMillis(waitedNanos),
                traceparent == null ? "" : ", traceparent " + traceparent,
                shortened(decision.template()));
    }

    /** A statement without literals, short enough for a message. */
    static String shortened(String template) {
        return template.length() > LONGEST ? template.substring(0, LONGEST) + "..." : template;
    }
}
