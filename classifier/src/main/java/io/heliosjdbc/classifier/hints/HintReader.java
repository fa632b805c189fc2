package io.heliosjdbc.classifier.hints;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads hints out of comments: {@code priority=low, workload=analytics} and sqlcommenter's
 * {@code application='shop',transaction='NewOrder'}, whose quoted values are URL-encoded. A comment holds hints only if all
 * of it is such a list and one of its keys is ours, so that prose never is a hint by accident. Where a key is given twice
 * the first one counts: what stands before the statement is the application's own, what stands after it may be anybody's.
 * Used by one thread.
 */
public final class HintReader {
    /** A longer comment is prose, a licence or an attack. */
    private static final int LONGEST_COMMENT = 8_192;

    private final Map<HintKey, Object> found = new EnumMap<>(HintKey.class);
    private final Map<HintKey, Object> refused = new EnumMap<>(HintKey.class);
    private Tags tags = Tags.NONE;

    /** Takes one more comment in, without its marks. */
    public void read(String comment) {
        if (comment.length() > LONGEST_COMMENT || comment.indexOf('=') < 0) {
            return;
        }
        Map<String, String> pairs = pairs(comment);
        if (pairs == null) {
            return;
        }
        pairs.forEach((name, value) -> {
            HintKey key = HintKey.of(name);
            if (key == null) {
                tags = tags.with(name, value);
            }
            if (key == null || found.containsKey(key)) {
                return;
            }
            Object parsed = key.parse(value);
            if (parsed == null) {
                refused.putIfAbsent(key, value);
            } else {
                found.put(key, parsed);
            }
        });
    }

    /** Everything read so far. */
    public Hints hints() {
        Hints hints = Hints.NONE;
        for (Map.Entry<HintKey, Object> entry : found.entrySet()) {
            hints = hints.with(entry.getKey(), entry.getValue());
        }
        return hints;
    }

    /** What else was said that means something. */
    public Tags tags() {
        return tags;
    }

    /** Of known keys what they do not take, the first of each. */
    public Map<HintKey, Object> refused() {
        return refused.isEmpty() ? Map.of() : refused;
    }

    /** The comment as a list of {@code key=value}, or null where it is anything else. */
    private static @Nullable Map<String, String> pairs(String comment) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int position = 0;
        while (true) {
            int equals = comment.indexOf('=', position);
            if (equals < 0) {
                return null;
            }
            String key = comment.substring(position, equals).strip();
            if (key.isEmpty() || !key.chars().allMatch(HintReader::isKeyPart)) {
                return null;
            }
            int start = equals + 1;
            while (start < comment.length() && Character.isWhitespace(comment.charAt(start))) {
                start++;
            }
            char quote = start < comment.length() ? comment.charAt(start) : '\0';
            int end;
            String value;
            if (quote == '\'' || quote == '"') {
                int close = closingQuote(comment, start);
                if (close < 0) {
                    return null;
                }
                value = decoded(comment.substring(start + 1, close));
                end = close + 1;
                while (end < comment.length() && Character.isWhitespace(comment.charAt(end))) {
                    end++;
                }
            } else {
                int comma = comment.indexOf(',', start);
                end = comma < 0 ? comment.length() : comma;
                value = comment.substring(start, end).strip();
            }
            pairs.putIfAbsent(key, value);
            if (end >= comment.length()) {
                return pairs;
            }
            if (comment.charAt(end) != ',') {
                return null;
            }
            position = end + 1;
        }
    }

    private static boolean isKeyPart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_-.%".indexOf(c) >= 0;
    }

    private static int closingQuote(String comment, int open) {
        char quote = comment.charAt(open);
        for (int i = open + 1; i < comment.length(); i++) {
            if (comment.charAt(i) == '\\') {
                i++;
            } else if (comment.charAt(i) == quote) {
                return i;
            }
        }
        return -1;
    }

    /** Percent-decoding as sqlcommenter defines it: a plus is a plus. What is not decodable stays as it is. */
    private static String decoded(String text) {
        String plain = text.replace("\\'", "'");
        if (plain.indexOf('%') < 0) {
            return plain;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length());
        byte[] encoded = plain.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                bytes.write(encoded[i]);
                continue;
            }
            int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return plain;
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notText) {
            return plain;
        }
    }
}
