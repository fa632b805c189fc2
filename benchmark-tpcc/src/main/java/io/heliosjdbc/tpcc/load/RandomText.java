package io.heliosjdbc.tpcc.load;

import java.util.SplittableRandom;

/** Random strings of letters and digits. Not thread-safe. */
final class RandomText {
    private static final char[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789xy".toCharArray();

    private final SplittableRandom random;

    RandomText(SplittableRandom random) {
        this.random = random;
    }

    String letters(int shortest, int longest) {
        char[] text = new char[shortest + random.nextInt(longest - shortest + 1)];
        long bits = 0;
        for (int i = 0; i < text.length; i++) {
            // Ten characters of six bits each out of one number.
            if (i % 10 == 0) {
                bits = random.nextLong();
            }
            text[i] = ALPHABET[(int) (bits & 63)];
            bits >>>= 6;
        }
        return new String(text);
    }

    String digits(int length) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = (char) ('0' + random.nextInt(10));
        }
        return new String(text);
    }
}
