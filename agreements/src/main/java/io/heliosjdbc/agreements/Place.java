package io.heliosjdbc.agreements;

/**
 * A position in an input file. Immutable.
 *
 * @param file the file's name as the user gave it
 * @param line from 1; 0 for the whole file
 * @param column from 1, in UTF-16 units; 0 for the whole file
 */
record Place(String file, int line, int column) {

    static Place wholeFile(String file) {
        return new Place(file, 0, 0);
    }

    Fault fault(String what, String mend) {
        return new Fault(file, line, column, what, mend);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
