package io.heliosjdbc.classifier.hints;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of hints, in comments and in client info after {@code helios.}, and what each takes for a value. */
public enum HintKey {
    PRIORITY("one of " + names(Priority.values())),
    WORKLOAD("one of " + names(Workload.values())),
    CLASS("the name of a service class"),
    LOAD("the name of a user load"),
    TENANT(HintKey.NAME),
    TIER("the name of a tier"),
    CLIENT(HintKey.NAME),
    TRANSACTION(HintKey.NAME),
    APPLICATION(HintKey.NAME),
    DEADLINE_MS("a whole number of milliseconds from 1 to " + Long.MAX_VALUE),
    ESTIMATE_MS("a whole number of milliseconds from 1 to " + Long.MAX_VALUE);

    /** Names become labels of metrics and keys of accounts; nobody's name is longer. */
    static final int LONGEST_NAME = 256;

    private static final String NAME = "a name of at most " + LONGEST_NAME + " characters";

    private static final Map<String, HintKey> BY_NAME = new HashMap<>();

    static {
        for (HintKey key : values()) {
            BY_NAME.put(key.key(), key);
        }
    }

    private final String expected;

    HintKey(String expected) {
        this.expected = expected;
    }

    /** The key of that name in any case, or null. */
    static @Nullable HintKey of(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /** As it is written in hints. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it is written in hints, with its value. */
    public String inWords(Object value) {
        return key() + "="
                + (value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value);
    }

    /** What a value must be, for messages. */
    public String expected() {
        return expected;
    }

    /** The value as hints keep it, or null where it is none for this key. */
    @Nullable
    Object parse(String text) {
        return switch (this) {
            case PRIORITY -> constant(Priority.values(), text);
            case WORKLOAD -> constant(Workload.values(), text);
            case DEADLINE_MS, ESTIMATE_MS -> positive(text);
            case CLASS, LOAD, TENANT, TIER, CLIENT, TRANSACTION, APPLICATION -> isName(text) ? text : null;
        };
    }

    /** Whether a text may be a name: it ends up in messages, labels and keys. */
    static boolean isName(String text) {
        if (text.isBlank() || text.length() > LONGEST_NAME) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Long positive(String text) {
        if (text.isEmpty() || text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        try {
            long value = Long.parseLong(text);
            return value > 0 ? value : null;
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static <E extends Enum<E>> @Nullable E constant(E[] constants, String text) {
        String wanted = text.toUpperCase(Locale.ROOT);
        for (E constant : constants) {
            if (constant.name().equals(wanted)) {
                return constant;
            }
        }
        return null;
    }

    private static String names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
