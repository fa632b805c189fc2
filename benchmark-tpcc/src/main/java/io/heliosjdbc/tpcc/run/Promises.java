package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Match;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.promises.Expiry;
import io.heliosjdbc.tpcc.promises.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the agreements promise to the terminals, reckoned by the harness from its own response times. Immutable. */
final class Promises {
    private static final String OWN = "io/heliosjdbc/tpcc/tpcc-agreement.xml";

    static final String DEFAULT = "classpath:" + OWN;

    private final Agreements agreements;
    /** By the names of their files; none without files. */
    private final Map<String, Agreements> byFile;

    private Promises(Agreements agreements, Map<String, Agreements> byFile) {
        this.agreements = agreements;
        this.byFile = byFile;
    }

    /**
     * The given files, or TPC-C's own agreement without any.
     *
     * @throws IllegalArgumentException where one has expired, saying what to mend
     */
    static Promises read(List<Path> files) throws RefusedInputException {
        if (!files.isEmpty()) {
            Agreements all = Agreements.read(files);
            Map<String, Agreements> byFile = new LinkedHashMap<>();
            for (Path file : files) {
                Agreements its = Agreements.read(List.of(file));
                Expiry.refuse(file.toString(), its);
                byFile.put(file.toString(), its);
            }
            return new Promises(all, byFile);
        }
        try (InputStream in = Promises.class.getResourceAsStream("/" + OWN)) {
            if (in == null) {
                throw new IllegalStateException(DEFAULT + " is missing");
            }
            return new Promises(Agreements.readFrom(List.of(new Agreements.Source(DEFAULT, in))), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException where one expires before so much time from now on is over, saying what to mend */
    void requireFor(Duration measuring) {
        Instant end = Instant.now().plus(measuring);
        byFile.forEach((file, its) -> Expiry.refuse(file, its, end));
    }

    /** What an account is held to: the percentile promised to a transaction type of a terminal. */
    record Promise(String account, Terms terms) {}

    /** Empty when no user load that says so promises a percentile to it. */
    Optional<Promise> to(String terminal, PriorityClass priority, TransactionType type) {
        for (UserLoad load : agreements.userLoads()) {
            if (load.matches().stream().anyMatch(match -> holds(match, terminal, priority, type))) {
                Terms terms = Terms.of(Duration.ZERO, load.guarantee());
                String account = load.accountPer() == AccountPer.CLIENT ? load.name() + "/" + terminal : load.name();
                return terms.promisesAnything() ? Optional.of(new Promise(account, terms)) : Optional.empty();
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
