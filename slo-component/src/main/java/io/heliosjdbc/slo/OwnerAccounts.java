package io.heliosjdbc.slo;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that one user load keeps per owner, in the order of their use, and no more than so many: those that have not been
 * used for the longest are folded into the load's own account. Looking up is thread-safe; all else is guarded by the scheduler's
 * lock.
 *
 * <p>Names come from applications, and whoever looks one up holds no lock. So accounts are folded once a second, when the books are
 * settled, and in between there may be twice as many; owners who come beyond that share the load's own account. Who holds an account
 * that was folded, a session's plan for instance, may book on it: then it is open again, or the booking goes to the one that its
 * owner has since.
 */
final class OwnerAccounts {
    private final LoadTerms terms;
    private final int most;
    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();
    /** Opened by who looked them up, and not known to have a place in the order. */
    private final Queue<Account> opened = new ConcurrentLinkedQueue<>();

    /** The ends of the order; the accounts know their neighbours. */
    private @Nullable Account oldest;

    private @Nullable Account newest;
    private int ordered;

    /**
     * None.
     *
     * @param most how many are kept, at least 1
     */
    OwnerAccounts(LoadTerms terms, int most) {
        this.terms = terms;
        this.most = most;
    }

    /** The account of an owner, opened where there is none; null where there are too many. */
    @Nullable
    Account find(String owner) {
        Account known = accounts.get(owner);
        if (known != null) {
            return known;
        }
        if (accounts.size() >= 2L * most) {
            return null;
        }
        Account made = new Account(new AccountKey(terms.load().name(), owner), terms, this);
        Account other = accounts.putIfAbsent(owner, made);
        if (other != null) {
            return other;
        }
        opened.add(made);
        return made;
    }

    /** The account that an owner has now; null where there is none. */
    @Nullable
    Account now(@Nullable String owner) {
        return owner == null ? null : accounts.get(owner);
    }

    Collection<Account> all() {
        return accounts.values();
    }

    boolean isEmpty() {
        return accounts.isEmpty();
    }

    /** The account is used: of all it has been so most recently. O(1), and no garbage. */
    @SuppressWarnings("ReferenceEquality")
    void used(Account account) {
        if (account == newest) {
            return;
        }
        leave(account);
        join(account);
    }

    /** Takes an account in again that was folded; the one its owner has since, where there is one, or itself. */
    Account reopen(Account account, String owner) {
        Account other = accounts.putIfAbsent(owner, account);
        return other == null ? account : other;
    }

    private void join(Account account) {
        account.olderUse = newest;
        account.newerUse = null;
        account.ordered = true;
        if (newest == null) {
            oldest = account;
        } else {
            newest.newerUse = account;
        }
        newest = account;
        ordered++;
    }

    private void leave(Account account) {
        if (!account.ordered) {
            return;
        }
        Account older = account.olderUse;
        Account newer = account.newerUse;
        if (older == null) {
            oldest = newer;
        } else {
            older.newerUse = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.olderUse = older;
        }
        account.olderUse = null;
        account.newerUse = null;
        account.ordered = false;
        ordered--;
    }

    /** Folds as many as are too many, and answers whether some were; O(1) for each, and for each that was opened since the last time. */
    boolean fold(Account own) {
        for (Account each = opened.poll(); each != null; each = opened.poll()) {
            if (!each.ordered) {
                join(each);
            }
        }
        boolean some = false;
        while (ordered > most && oldest != null) {
            Account least = oldest;
            leave(least);
            String owner = least.key().owner();
            if (owner != null) {
                boolean unused = accounts.remove(owner, least);
            }
            least.fold(own);
            some = true;
        }
        return some;
    }

    /** Closes all of them: what is on them is counted on the load's own account, and so is what is yet to come. */
    void closeInto(Account own) {
        opened.clear();
        accounts.values().forEach(each -> {
            leave(each);
            each.closeInto(own);
        });
        accounts.clear();
    }
}
