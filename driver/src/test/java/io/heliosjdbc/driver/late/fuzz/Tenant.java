package io.heliosjdbc.driver.late.fuzz;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose connection it is: what a tenant sets has its mark in it, so that it is known wherever it turns up. Immutable.
 *
 * @param name in everything that has a name, its schema first of all
 * @param zone a time zone that nobody else uses
 * @param number a number that nobody else uses, as a timeout in milliseconds
 */
record Tenant(String name, String zone, int number) {
    static final List<Tenant> ALL = List.of(
            new Tenant("anna", "Asia/Tokyo", 4_111_111),
            new Tenant("bruno", "America/Lima", 4_222_222),
            new Tenant("clara", "Africa/Cairo", 4_333_333));

    /** A regular expression for all their names. */
    static final String NAMES = ALL.stream().map(Tenant::name).collect(Collectors.joining("|"));

    /** The tenant that a client belongs to. */
    static Tenant of(int client) {
        return ALL.get(client % ALL.size());
    }

    private boolean isIn(String answer) {
        return answer.contains(name) || answer.contains(zone) || answer.contains(String.valueOf(number));
    }

    /** Another tenant whose mark is in an answer to this one; null where there is none, as must be. */
    @Nullable
    Tenant seenIn(String answer) {
        for (Tenant other : ALL) {
            if (!other.equals(this) && other.isIn(answer)) {
                return other;
            }
        }
        return null;
    }
}
