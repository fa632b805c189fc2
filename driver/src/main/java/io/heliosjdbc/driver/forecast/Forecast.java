package io.heliosjdbc.driver.forecast;

import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.Settlement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What would have become of the statements of a history. Immutable, but for the accounts, which are nobody else's.
 *
 * @param since when the first of them came
 * @param figures where their time would have gone, by what they are
 * @param accounts how the accounts would stand, opened with the history
 * @param settlements what would have been settled meanwhile
 */
public record Forecast(
        Instant since, Map<Key, Figures> figures, Collection<Account> accounts, List<Settlement> settlements) {
    /** What statements are counted by; the fields are those of {@link RequestKind}. */
    public record Key(String serviceClass, String userLoad, String template) {}

    /** Those of some statements together. */
    public Figures figures(Predicate<Key> of) {
        return figures.entrySet().stream()
                .filter(each -> of.test(each.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Figures.NONE, Figures::plus);
    }
}
