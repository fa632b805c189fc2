package io.heliosjdbc.classifier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a template goes by in books, tables and histories, which keep thousands of them: its own text, or of a very long one the
 * beginning and a hash of all of it, so that what they take is bounded, and different templates stay different.
 */
final class TemplateName {
    /** In characters; longer ones are cut here. */
    static final int LONGEST = 2_000;

    private static final int HASH_BYTES = 16;

    private TemplateName() {}

    static String of(String template) {
        if (template.length() <= LONGEST) {
            return template;
        }
        int end = Character.isHighSurrogate(template.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return template.substring(0, end) + "... #" + hash(template);
    }

    private static String hash(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes(text));
            return HexFormat.of().formatHex(whole, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    /** UTF-8, but of a text with a surrogate that lacks its other half, which UTF-8 has no bytes for, its characters as they are. */
    private static byte[] bytes(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (new String(encoded, StandardCharsets.UTF_8).equals(text)) {
            return encoded;
        }
        ByteBuffer characters = ByteBuffer.allocate(text.length() * Character.BYTES);
        characters.asCharBuffer().put(text);
        return characters.array();
    }
}
