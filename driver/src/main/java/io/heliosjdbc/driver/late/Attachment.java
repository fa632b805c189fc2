package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * A statement of the vendor's that stands for one of a logical connection, until the physical connection is given back: and whether what it
 * tells of an execution is of that statement's last one. As thread-safe as its connection.
 */
final class Attachment {
    private final Binding binding;
    private final Statement vendors;
    /** Whether it was another's, and may tell what came of his execution: nothing was executed on it since. */
    private boolean foreign;
    /** Whether the last execution was on it: else it knows nothing of that. */
    private boolean executed;
    /** Whether the application has had it in its hands. */
    private boolean handedOut;

    Attachment(Binding binding, Statement vendors, boolean foreign) {
        this.binding = binding;
        this.vendors = vendors;
        this.foreign = foreign;
    }

    /** For how long it is there. */
    Binding binding() {
        return binding;
    }

    Statement vendors() {
        return vendors;
    }

    boolean isForeign() {
        return foreign;
    }

    /** Whether it may be asked what came of the last execution. */
    boolean tellsOutcome() {
        return executed;
    }

    /** Another execution begins, maybe on another one. */
    void forget() {
        executed = false;
    }

    /** Something came of an execution: it tells that, and nothing else. */
    void hasExecuted() {
        executed = true;
        foreign = false;
    }

    /** Whether another's was reached by the execution nobody knows: MariaDB's driver looks first if values are missing. */
    void hasFailed() {
        executed = !foreign;
    }

    void handedOut() {
        handedOut = true;
    }

    boolean wasHandedOut() {
        return handedOut;
    }

    /** Whether it was closed, and not with its connection: some drivers close one that has failed. */
    boolean isClosedAlone() {
        try {
            return vendors.isClosed() && !binding.physical().raw().isClosed();
        } catch (SQLException | RuntimeException unknown) {
            return false;
        }
    }
}
