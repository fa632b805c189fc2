package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.slo.AccountState;
import io.heliosjdbc.slo.LoadState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The intervals of accounts' own that run in books which were read, held against the statements of what is owed: one of the calendar has an
 * end, but one of these would seem to run still where it was settled after the books were copied. Not thread-safe.
 */
final class RunningIntervals {
    private final List<LoadState> books;
    private final Set<String> running = new HashSet<>();
    private final Set<String> settled = new HashSet<>();

    RunningIntervals(List<LoadState> books) {
        this.books = books;
        books.forEach(load ->
                load.accounts().forEach(account -> identity(load, account).ifPresent(running::add)));
    }

    /** What the statement of its interval begins with; none where it has its load's. */
    private static Optional<String> identity(LoadState load, AccountState account) {
        return Optional.ofNullable(account.from())
                .map(from -> Quoted.ascii(StatementOfAccount.identity(load.load(), account.owner(), from)));
    }

    /** Whether there is none, and no statement need be looked at. */
    boolean isEmpty() {
        return running.isEmpty();
    }

    /** That is owed; a line that is cut off says nothing. */
    void settled(CharSequence line) {
        StatementOfAccount.identityOf(line)
                .map(Quoted::ascii)
                .filter(running::contains)
                .ifPresent(settled::add);
    }

    /** The books without what is settled. */
    List<LoadState> unsettled() {
        return settled.isEmpty() ? books : books.stream().map(this::unsettled).toList();
    }

    private LoadState unsettled(LoadState load) {
        return new LoadState(
                load.load(),
                load.accountPer(),
                load.from(),
                load.until(),
                load.percentile(),
                load.penalty(),
                load.accounts().stream()
                        .map(each ->
                                identity(load, each).filter(settled::contains).isPresent() ? each.settled() : each)
                        .toList(),
                load.requestTypes(),
                load.transactionTypes());
    }
}
