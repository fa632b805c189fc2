package io.heliosjdbc.conformance;

import java.util.List;
import java.util.Locale;

/** How the suite reaches its server. */
enum Way {
    /** By the vendor's driver alone. */
    STRAIGHT,
    /** Through Helios, each connection with one of the vendor's. */
    DIRECT,
    /** Through Helios, connections bound late. */
    LATE;

    /** Of the process that runs the suite. */
    List<String> options() {
        return this == LATE ? List.of("-Dhelios.config=classpath:late.toml") : List.of();
    }

    boolean isThroughHelios() {
        return this != STRAIGHT;
    }

    /** The name of its directory and of its section in the documentation, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
