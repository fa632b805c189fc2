package io.heliosjdbc.slo;

import org.jspecify.annotations.Nullable;

/**
 * Names one account. Immutable.
 *
 * @param userLoad the user load's name
 * @param owner the user, application, client or tenant it is kept for, or null where the whole load shares one account
 */
public record AccountKey(String userLoad, @Nullable String owner) {
    @Override
    public String toString() {
        return owner == null ? userLoad : userLoad + "/" + owner;
    }
}
