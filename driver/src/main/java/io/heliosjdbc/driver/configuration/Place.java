package io.heliosjdbc.driver.configuration;

import io.heliosjdbc.agreements.Fault;
import java.util.Objects;

/**
 * Where a value was given. Immutable.
 *
 * @param file the file's name, or the name of the connection property
 * @param line the line, from 1; 0 for a property
 * @param column the column, from 1; 0 for a property
 */
record Place(String file, int line, int column) {
    Place {
        Objects.requireNonNull(file);
    }

    static Place property(String name) {
        return new Place(Overrides.PREFIX + name, 0, 0);
    }

    static Place file(String name) {
        return new Place(name, 0, 0);
    }

    Fault fault(String what, String mend) {
        return new Fault(file, line, column, what, mend);
    }

    /** For people: the property's name, or file and line. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
