package io.heliosjdbc.driver.late;

/** Where a logical connection's physical ones come from. Thread-safe. */
@FunctionalInterface
public interface Supply {

    /** Whether somebody waits for a connection of it that is in use. */
    boolean isShort();
}
