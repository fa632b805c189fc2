package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Match;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.tpcc.Owed;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the agreements promise to the terminals, reckoned by the harness from its own response times. Immutable. */
final class Promises {
    private static final String OWN = "io/heliosjdbc/tpcc/tpcc-agreement.xml";

    static final String DEFAULT = "classpath:" + OWN;

    private final Agreements agreements;

    private Promises(Agreements agreements) {
        this.agreements = agreements;
    }

    /** The given files, or TPC-C's own agreement without any. */
    static Promises read(List<Path> files) throws RefusedInputException {
        if (!files.isEmpty()) {
            return new Promises(Agreements.read(files).inForce(Instant.now()));
        }
        try (InputStream in = Promises.class.getResourceAsStream("/" + OWN)) {
            if (in == null) {
                throw new IllegalStateException(DEFAULT + " is missing");
            }
            return new Promises(Agreements.readFrom(List.of(new Agreements.Source(DEFAULT, in))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an account is held to: the percentile promised to a transaction type of a terminal. */
    record Promise(
            String account,
            PercentileObjective objective,
            @Nullable Penalty penalty) {
        boolean kept(long responseNanos) {
            return responseNanos <= objective.responseTime().toNanos();
        }

        /** Whether so many of the total, in time, are too few. An account without transactions is not violated. */
        boolean violated(long inTime, long total) {
            return Owed.violated(objective, inTime, total);
        }

        /** What is owed where so many of the total were in time. */
        BigDecimal due(long inTime, long total) {
            return Owed.due(objective, penalty, inTime, total);
        }
    }

    /** Empty when no user load that says so promises a percentile to it. */
    Optional<Promise> to(String terminal, PriorityClass priority, TransactionType type) {
        for (UserLoad load : agreements.userLoads()) {
            if (load.matches().stream().anyMatch(match -> holds(match, terminal, priority, type))) {
                Guarantee guarantee = load.guarantee();
                PercentileObjective objective = guarantee == null ? null : guarantee.percentile();
                if (guarantee == null || objective == null) {
                    return Optional.empty();
                }
                String account = load.accountPer() == AccountPer.CLIENT ? load.name() + "/" + terminal : load.name();
                return Optional.of(new Promise(account, objective, guarantee.penalty()));
            }
        }
        return Optional.empty();
    }

    /** Only what every terminal tells is compared; a match that asks for more is not the harness's. */
    private static boolean holds(Match match, String terminal, PriorityClass priority, TransactionType type) {
        return (match.transaction() == null || match.transaction().equals(type.label()))
                && (match.priority() == null || match.priority().equals(priority.label()))
                && (match.client() == null || match.client().equals(terminal))
                && match.user() == null
                && match.application() == null
                && match.tenant() == null
                && match.schema() == null
                && match.workload() == null
                && match.table() == null
                && match.sql() == null;
    }
}
