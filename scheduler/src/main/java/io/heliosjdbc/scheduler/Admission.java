package io.heliosjdbc.scheduler;

/** How a request's asking for a slot ended. */
public enum Admission {
    /** It holds a slot. */
    GRANTED,
    /** Refused: the class's queue is full. */
    QUEUE_FULL,
    /** Refused: its estimated cost is above the class's limit. */
    COST_LIMIT,
    /** Refused: overload, and it is of low priority. */
    SHED,
    /** It gave up: the class's queue timeout passed. */
    QUEUE_TIMEOUT,
    /** It gave up: the statement's own query timeout passed. */
    QUERY_TIMEOUT,
    /** It gave up: somebody cancelled it, or aborted or closed its connection. */
    CANCELLED,
    /** It gave up: its thread was interrupted. */
    INTERRUPTED
}
