package io.heliosjdbc.agreements;

import java.io.Serializable;

/**
 * One thing that is wrong with an input file, and how to mend it. Immutable.
 *
 * @param file the file's name as the user gave it, or the name of the property
 * @param line the line, from 1; 0 where the fault concerns the whole file
 * @param column the column, from 1; 0 where the fault concerns the whole line or file
 * @param what what is wrong, a clause without a full stop
 * @param mend what to do about it, a clause without a full stop
 */
public record Fault(String file, int line, int column, String what, String mend) implements Serializable {

    /** {@code FILE:LINE:COLUMN}, without what is not known of it. */
    public String place() {
        return file + (line == 0 ? "" : ":" + line) + (column == 0 ? "" : ":" + column);
    }

    /** The form every tool prints: {@link #place}, then {@code what; mend}. */
    @Override
    public String toString() {
        return place() + ": " + what + "; " + mend;
    }
}
