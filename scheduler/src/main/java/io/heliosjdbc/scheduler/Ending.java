package io.heliosjdbc.scheduler;

/** How a transaction ended, as far as its account is concerned. */
public enum Ending {
    /** It ran to its end, by commit or by rollback: its response time is booked. */
    COMPLETED,
    /** It failed, was cancelled or its connection was lost: nothing is booked. */
    ABANDONED,
    /** Nobody wanted the slot any more when it was granted, and no statement ran in it: nothing is booked, learned or counted. */
    UNUSED
}
