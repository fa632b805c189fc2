package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.promises.Account;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The accounts of all terminals, as the agreements open them. Instants are nanoseconds since the measurement interval began. Not thread-safe. */
final class Accounts {
    private final Promises promises;
    private final long length;
    private final Map<String, Opened> opened = new TreeMap<>();

    /** One account, and of whose terminals it counts the transactions. */
    private record Opened(Account account, Set<PriorityClass> priorities) {}

    /**
     * How an account was kept in the end.
     *
     * @param priorities of whose terminals it counts the transactions
     */
    record Closed(Set<PriorityClass> priorities, Account.Kept kept) {
        Closed {
            priorities = Collections.unmodifiableSet(EnumSet.copyOf(priorities));
        }

        /** Whether terminals of several classes share it, so that it is of none. */
        boolean isShared() {
            return priorities.size() > 1;
        }

        boolean isOf(PriorityClass priority) {
            return !isShared() && priorities.contains(priority);
        }
    }

    /** @param length of the measurement interval, above zero */
    Accounts(Promises promises, long length) {
        this.promises = promises;
        this.length = length;
    }

    /** Opens those of a terminal. */
    void open(Terminal.Profile who) {
        for (TransactionType type : TransactionType.values()) {
            promises.to(who.name(), who.priority(), type)
                    .ifPresent(promise -> opened.computeIfAbsent(
                                    promise.account(),
                                    account -> new Opened(
                                            Account.inSum(List.of(promise.terms())),
                                            EnumSet.noneOf(PriorityClass.class)))
                            .priorities()
                            .add(who.priority()));
        }
    }

    void answered(Terminal.Profile who, TransactionType type, long due, long end) {
        of(who, type).ifPresent(account -> account.answered(due, end));
    }

    void failed(Terminal.Profile who, TransactionType type, long due, long end) {
        of(who, type).ifPresent(account -> account.failed(due, end));
    }

    /** At the end of the interval it had no answer; whether it was late by then. */
    boolean unanswered(Terminal.Profile who, TransactionType type, long due) {
        return of(who, type).map(account -> account.unanswered(due, length)).orElse(false);
    }

    private Optional<Account> of(Terminal.Profile who, TransactionType type) {
        return promises.to(who.name(), who.priority(), type)
                .flatMap(promise -> Optional.ofNullable(opened.get(promise.account())))
                .map(Opened::account);
    }

    /** How each was kept so far, by name. */
    Map<String, Closed> closed() {
        Map<String, Closed> closed = new TreeMap<>();
        // A terminal is promised the same from the beginning to the end.
        opened.forEach((name, each) -> closed.put(
                name, new Closed(each.priorities(), each.account().kept().get(0))));
        return Collections.unmodifiableMap(closed);
    }
}
