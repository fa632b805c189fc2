package io.heliosjdbc.tpcc.load;

import java.util.SplittableRandom;

/** Random strings of letters and digits. Not thread-safe. */
final class RandomText {
    private static final char[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".toCharArray();

    private final SplittableRandom random;

    RandomText(SplittableRandom random) {
        this.random = random;
    }

    String letters(int shortest, int longest) {
        char[] text = new char[shortest + random.nextInt(longest - shortest + 1)];
        long bits = 0;
        int left = 0;
        for (int i = 0; i < text.length; ) {
            // Ten characters of six bits each out of one number; two of 64 are none, so that all others are as likely.
            if (left == 0) {
                bits = random.nextLong();
                left = 10;
            }
            int drawn = (int) (bits & 63);
            bits >>>= 6;
            left--;
            if (drawn < ALPHABET.length) {
                text[i++] = ALPHABET[drawn];
            }
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
