package io.heliosjdbc.classifier.hints;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a comment or the client info says of a request. Immutable; null where nothing is said.
 *
 * @param priority how much it matters
 * @param workload what kind of work it is
 * @param serviceClass {@code class=}
 * @param userLoad {@code load=}
 * @param tenant {@code tenant=}
 * @param tier {@code tier=}
 * @param client {@code client=}
 * @param transaction {@code transaction=}
 * @param application {@code application=}
 * @param deadlineMillis {@code deadline_ms=}, positive
 * @param estimateMillis {@code estimate_ms=}, positive
 */
public record Hints(
        @Nullable Priority priority,
        @Nullable Workload workload,
        @Nullable String serviceClass,
        @Nullable String userLoad,
        @Nullable String tenant,
        @Nullable String tier,
        @Nullable String client,
        @Nullable String transaction,
        @Nullable String application,
        @Nullable Long deadlineMillis,
        @Nullable Long estimateMillis) {

    /** Nothing said. */
    public static final Hints NONE = new Hints(null, null, null, null, null, null, null, null, null, null, null);

    /** Whether a name, in any case, is the key of a hint; in client info it stands after {@code helios.}. */
    public static boolean isKey(String name) {
        return HintKey.of(name) != null;
    }

    /**
     * These hints with one of them set anew.
     *
     * @param key a key as comments have it, in any case
     * @param value its value, or null to say nothing of it any more
     * @throws IllegalArgumentException where the key is none or does not take the value; the message says what it takes
     */
    public Hints with(String key, @Nullable String value) {
        HintKey known = HintKey.of(key);
        if (known == null) {
            throw new IllegalArgumentException("unknown hint " + key);
        }
        Object parsed = value == null ? null : known.parse(value);
        if (value != null && parsed == null) {
            throw new IllegalArgumentException("hint " + known.key() + " does not take '" + Names.printable(value)
                    + "'; give " + known.expected());
        }
        return with(known, parsed);
    }

    /** What is said for a key, or null. */
    public @Nullable Object value(HintKey key) {
        return switch (key) {
            case PRIORITY -> priority;
            case WORKLOAD -> workload;
            case CLASS -> serviceClass;
            case LOAD -> userLoad;
            case TENANT -> tenant;
            case TIER -> tier;
            case CLIENT -> client;
            case TRANSACTION -> transaction;
            case APPLICATION -> application;
            case DEADLINE_MS -> deadlineMillis;
            case ESTIMATE_MS -> estimateMillis;
        };
    }

    /** These hints with a value that the key has parsed, or with null; the same ones where they say so already. */
    public Hints with(HintKey key, @Nullable Object value) {
        if (Objects.equals(value, value(key))) {
            return this;
        }
        return new Hints(
                key == HintKey.PRIORITY ? (Priority) value : priority,
                key == HintKey.WORKLOAD ? (Workload) value : workload,
                key == HintKey.CLASS ? (String) value : serviceClass,
                key == HintKey.LOAD ? (String) value : userLoad,
                key == HintKey.TENANT ? (String) value : tenant,
                key == HintKey.TIER ? (String) value : tier,
                key == HintKey.CLIENT ? (String) value : client,
                key == HintKey.TRANSACTION ? (String) value : transaction,
                key == HintKey.APPLICATION ? (String) value : application,
                key == HintKey.DEADLINE_MS ? (Long) value : deadlineMillis,
                key == HintKey.ESTIMATE_MS ? (Long) value : estimateMillis);
    }

    /** These hints, and of the others what these do not say. */
    public Hints orElse(Hints others) {
        if (others.equals(NONE)) {
            return this;
        }
        return new Hints(
                first(priority, others.priority),
                first(workload, others.workload),
                first(serviceClass, others.serviceClass),
                first(userLoad, others.userLoad),
                first(tenant, others.tenant),
                first(tier, others.tier),
                first(client, others.client),
                first(transaction, others.transaction),
                first(application, others.application),
                first(deadlineMillis, others.deadlineMillis),
                first(estimateMillis, others.estimateMillis));
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one != null ? one : other;
    }
}
