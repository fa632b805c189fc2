package io.heliosjdbc.slo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A copy of all books that takes in what has changed in them, so that only that is copied under a lock. Not thread-safe. */
public final class BooksCopy {
    private final Map<String, LoadCopy> loads = new LinkedHashMap<>();

    private static final class LoadCopy {
        private LoadState latest;
        private final Map<@Nullable String, AccountState> accounts = new LinkedHashMap<>();
        private final Map<String, RequestTypeState> requestTypes = new LinkedHashMap<>();
        private final Map<String, TransactionTypeState> transactionTypes = new LinkedHashMap<>();

        LoadCopy(LoadState first) {
            latest = first;
        }

        void take(LoadState changed) {
            latest = changed;
            for (AccountState each : changed.accounts()) {
                if (each.isEmpty()) {
                    accounts.remove(each.owner());
                } else {
                    accounts.put(each.owner(), each);
                }
            }
            changed.requestTypes().forEach(each -> requestTypes.put(each.template(), each));
            changed.transactionTypes().forEach(each -> transactionTypes.put(each.name(), each));
        }

        LoadState state() {
            return new LoadState(
                    latest.load(),
                    latest.accountPer(),
                    latest.from(),
                    latest.until(),
                    latest.percentile(),
                    latest.penalty(),
                    List.copyOf(accounts.values()),
                    List.copyOf(requestTypes.values()),
                    List.copyOf(transactionTypes.values()));
        }
    }

    /** A copy of empty books. */
    public BooksCopy() {}

    /**
     * Takes in what has changed, in the order in which it was taken from the books.
     *
     * @param changed from {@link SloComponent#takeChanged}
     */
    public void take(List<LoadState> changed) {
        for (LoadState each : changed) {
            if (each.accounts().isEmpty()
                    && each.requestTypes().isEmpty()
                    && each.transactionTypes().isEmpty()) {
                // Nothing has changed, and yet it is told: these books are closed.
                loads.remove(each.load());
                continue;
            }
            loads.computeIfAbsent(each.load(), name -> new LoadCopy(each)).take(each);
        }
    }

    /** What stands in the books. */
    public List<LoadState> loads() {
        List<LoadState> states = new ArrayList<>();
        loads.values().forEach(each -> states.add(each.state()));
        return states;
    }
}
