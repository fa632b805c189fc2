package io.heliosjdbc.tpcc;

/** The 1,000 last names, made of three syllables each. */
public final class LastNames {
    private static final String[] SYLLABLES = {
        "BAR", "OUGHT", "ABLE", "PRI", "PRES", "ESE", "ANTI", "CALLY", "ATION", "EING"
    };

    private LastNames() {}

    /** The name of a number from 0 to 999. */
    public static String of(int number) {
        if (number < 0 || number > 999) {
            throw new IllegalArgumentException("a last name's number is 0 to 999, not " + number);
        }
        return SYLLABLES[number / 100] + SYLLABLES[number / 10 % 10] + SYLLABLES[number % 10];
    }
}
