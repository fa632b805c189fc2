package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.driver.accounts.AccountKeeper;
import io.heliosjdbc.driver.accounts.StatementOfAccount;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.Amended;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Restored;
import io.heliosjdbc.slo.Settlement;
import io.heliosjdbc.slo.SloComponent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that accounts are settled in time, and that everything which becomes due is counted, logged, and told to who keeps the accounts.
 * Thread-safe: books are touched under the scheduler's lock, and the keeper is told of settlements under the same lock, so that no copy of
 * the books comes in between; logs are written after it.
 */
final class Bookkeeping {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkloadManager.class);
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final WorkloadScheduler scheduler;
    private final LongSupplier clock;
    private final InstantSource calendar;
    private final @Nullable AccountKeeper keeper;
    private final Supplier<SloComponent> books;
    /** When to look at the calendar next. */
    private final AtomicLong nextCheck;
    /** When the next measurement interval ends, as far as is known. */
    private volatile Instant nextEnd = Instant.MAX;

    private final AmountsDue settled = new AmountsDue();

    /**
     * Nothing has become due yet.
     *
     * @param scheduler has the lock that guards the books
     * @param clock monotonic nanoseconds
     * @param calendar the time of day, for measurement intervals
     * @param keeper who keeps the accounts, or null where they are kept in memory only; closed by {@link #close}
     * @param books those in force
     */
    Bookkeeping(
            WorkloadScheduler scheduler,
            LongSupplier clock,
            InstantSource calendar,
            @Nullable AccountKeeper keeper,
            Supplier<SloComponent> books) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.calendar = calendar;
        this.keeper = keeper;
        this.books = books;
        this.nextCheck = new AtomicLong(clock.getAsLong() + CHECK_NANOS);
    }

    /**
     * Opens the accounts, with what was kept of them, before anything is booked.
     *
     * @throws RefusedInputException if they cannot be kept from here on
     */
    void restore() throws RefusedInputException {
        if (keeper != null) {
            restore(keeper);
        }
        nextEnd = scheduler.copyOfBooks(() -> books.get().nextEnd());
    }

    private void restore(AccountKeeper from) throws RefusedInputException {
        // The load of what no agreement describes is opened when a statement needs it; else it would seem to be gone.
        String other = Classifier.DEFAULT_LOAD.name();
        if (from.found().stream().anyMatch(each -> each.load().equals(other))
                && !books.get().knows(other)) {
            Account unused = books.get().account(Classifier.DEFAULT_LOAD, null);
        }
        Restored restored = books.get().restore(from.found(), calendar.instant());
        restored.notes().forEach(note -> LOGGER.warn("{}", note));
        log(from.begin(restored.settlements(), () -> changes(from)));
    }

    /** Has the accounts written down that often from here on, those of intervals that have ended settled. */
    void start(long checkpointMillis) {
        if (keeper != null) {
            keeper.start(checkpointMillis, () -> settleIfDue(clock.getAsLong()));
        }
    }

    /** What has changed in the books; what was settled in it is handed over under the same lock. */
    private List<LoadState> changes(AccountKeeper to) {
        List<Settlement> ended = new ArrayList<>();
        List<LoadState> changed = scheduler.copyOfBooks(() -> {
            ended.addAll(books.get().takeSettled());
            to.settled(ended);
            return books.get().takeChanged();
        });
        becameDue(ended);
        return changed;
    }

    /** Settles accounts whose measurement interval has ended; looks at the calendar once a second at most. */
    private void settleIfDue(long now) {
        becameDue(takeDue(now));
    }

    /** Likewise; {@link #becameDue} is to be told of what it answers, by who holds no slot any more. */
    List<Settlement> takeDue(long now) {
        long due = nextCheck.get();
        return now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_NANOS) ? takeSettled() : List.of();
    }

    private void settle() {
        becameDue(takeSettled());
    }

    private List<Settlement> takeSettled() {
        Instant today = calendar.instant();
        List<Settlement> settlements = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        scheduler.settleBooks(() -> {
            boolean changed = books.get().settle(today, settlements, notes);
            nextEnd = books.get().nextEnd();
            if (keeper != null) {
                keeper.settled(settlements);
            }
            return changed;
        });
        settlements.sort(Settlement.BY_ACCOUNT);
        notes.forEach(note -> LOGGER.warn("{}", note));
        return settlements;
    }

    /** Nanoseconds until the next measurement interval ends, a minute at most, for calendars are set; never where none does. */
    long untilEnd() {
        return Ahead.nanos(calendar, nextEnd);
    }

    /** Settles accounts whose measurement interval has ended though no statement ends and nobody looks. */
    void settleEnded() {
        // Where settling fails, whoever settles next finds out when to look again.
        nextEnd = Instant.MAX;
        settle();
    }

    /** What ended a moment ago is to be seen settled; else looking on changes nothing that waits, and reorders no queue. */
    void settleForReaders() {
        Instant today = calendar.instant();
        if (scheduler.copyOfBooks(() -> books.get().isDue(today))) {
            settle();
        } else {
            settleIfDue(clock.getAsLong());
        }
    }

    /**
     * The books under other agreements; {@link #becameDue} is to be told of what these settle.
     *
     * @param next what says so
     * @throws RefusedInputException where these agreements cannot be kept; then nothing has changed
     */
    Amended amend(SloComponent before, Agreements agreements, HeliosConfiguration next, Instant today)
            throws RefusedInputException {
        List<UserLoad> loads = new ArrayList<>(agreements.userLoads());
        String other = Classifier.DEFAULT_LOAD.name();
        if (before.knows(other) && loads.stream().noneMatch(each -> each.name().equals(other))) {
            loads.add(Classifier.DEFAULT_LOAD);
        }
        try {
            return scheduler.withBooks(() -> {
                Amended amended = before.amended(loads, next.penaltyDegree(), today);
                nextEnd = amended.books().nextEnd();
                if (keeper != null) {
                    keeper.settled(amended.changes().settlements());
                }
                return amended;
            });
        } catch (IllegalArgumentException wrong) {
            throw new RefusedInputException(
                    List.of(new Fault(next.source(), 0, 0, String.valueOf(wrong.getMessage()), "mend the agreement")));
        }
    }

    /** Counts what has become due, and logs it. */
    void becameDue(List<Settlement> settlements) {
        for (Settlement each : settlements) {
            settled.add(each);
        }
        log(settlements);
    }

    private static void log(List<Settlement> settlements) {
        for (Settlement each : settlements) {
            LOGGER.info(
                    "Settled {} from {} until {}: {}",
                    each.account(),
                    each.from(),
                    each.until(),
                    StatementOfAccount.why(each));
        }
    }

    /** What has become due since the manager opened. */
    AmountsDue settled() {
        return settled;
    }

    /** Writes the accounts down now, where they are kept. */
    void checkpoint() {
        if (keeper != null) {
            keeper.checkpoint();
        }
    }

    /** Settles for the last time, and closes who keeps the accounts; once nothing is booked any more. */
    void close() {
        Closing closing = new Closing();
        closing.add(this::settle);
        if (keeper != null) {
            closing.add(keeper::close);
        }
        closing.close();
    }
}
