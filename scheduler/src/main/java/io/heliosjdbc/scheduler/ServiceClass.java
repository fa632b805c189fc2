package io.heliosjdbc.scheduler;

/** A queue with an MPL of its own: the unit that the scheduler controls. Its state is guarded by the scheduler's lock. */
public final class ServiceClass {

    /** The name. */
    public String name() {
        throw new UnsupportedOperationException();
    }
}
