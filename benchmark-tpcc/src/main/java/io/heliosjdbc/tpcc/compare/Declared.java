package io.heliosjdbc.tpcc.compare;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a stream says of itself to Helios, by the names of hints. Helios takes what it does not know for no hint and goes on, and a slip of the
 * pen would have the stream measured without its priority: here it is refused. Stateless.
 */
final class Declared {
    private static final Set<String> PRIORITIES = Set.of("critical", "high", "medium", "low", "background");
    private static final Set<String> WORKLOADS = Set.of("oltp", "analytics", "batch");
    private static final Set<String> KEYS = Set.of(
            "priority",
            "workload",
            "class",
            "load",
            "tenant",
            "tier",
            "transaction",
            "application",
            "deadline_ms",
            "estimate_ms");
    private static final int LONGEST_NAME = 256;

    private Declared() {}

    /** All of a table. */
    static Map<String, String> of(TomlSection declares) {
        declares.refuse("client", "is the stream's name already; leave it out");
        declares.onlyKnown(KEYS);
        Map<String, String> all = new TreeMap<>();
        for (String key : declares.table().keySet()) {
            String value = declares.text(key);
            String expected = expected(key, value);
            if (!expected.isEmpty()) {
                throw declares.fault(key, "'" + key + "' is '" + value + "'; write " + expected);
            }
            all.put(key, value);
        }
        return all;
    }

    /** What a value must be that it is not; empty where it is. */
    private static String expected(String key, String value) {
        return switch (key) {
            case "priority" -> oneOf(PRIORITIES, value);
            case "workload" -> oneOf(WORKLOADS, value);
            case "deadline_ms", "estimate_ms" ->
                value.matches("[1-9][0-9]{0,17}") ? "" : "a whole number of milliseconds, 1 or more, as a text";
            default -> isName(value) ? "" : "a name of 1 to 256 characters, not blank";
        };
    }

    private static String oneOf(Set<String> known, String value) {
        return known.contains(value.toLowerCase(Locale.ROOT))
                ? ""
                : "one of " + String.join(", ", known.stream().sorted().toList());
    }

    /** Whether a text can be a name to Helios. */
    static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }
}
