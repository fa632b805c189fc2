package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.scheduler.Admission;
import io.heliosjdbc.scheduler.Prospect;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {
    private static final String ABOUT =
            ": user load checkout, class fast_lane, 100 queued, waited 5000 ms; statement: SELECT a FROM t WHERE b = ?";

    @ParameterizedTest
    @CsvSource({
        "QUEUE_FULL, false, 53H01, SQLTransientException, 'Refused, the queue of its class is full'",
        "COST_LIMIT, false, 53H02, SQLTransientException, 'Refused, its estimated cost is above the limit of its class'",
        "SHED, false, 53H03, SQLTransientException, 'Refused, there is overload and its priority is low'",
        "QUEUE_TIMEOUT, false, 53H04, SQLTransientException,"
                + " 'The queue timeout of its class passed while it waited'",
        "QUERY_TIMEOUT, false, 57014, QueuedTimeoutException,"
                + " 'The statement''s own query timeout passed while it waited'",
        "CANCELLED, false, 57014, SQLException, 'Cancelled while it waited'",
        "CANCELLED, true, 57014, SQLException, 'Its connection was closed or aborted while it waited'",
        "INTERRUPTED, false, 57014, SQLException, 'Its thread was interrupted while it waited'",
    })
    void eachRefusalHasItsStateItsClassAndItsNumbers(
            Admission admission, boolean gone, String state, String type, String message) {
        SQLException refusal =
                Refusals.of(admission, decision("SELECT a FROM t WHERE b = ?"), null, "", 100, 5_000_900_000L, gone);

        assertThat(refusal.getSQLState()).isEqualTo(state);
        assertThat(refusal.getClass().getName()).endsWith("." + type);
        assertThat(refusal.getMessage()).isEqualTo(message + ABOUT);
    }

    /** HikariCP evicts a connection on each of these. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRANTED")
    void noStateMakesAPoolDropTheConnection(Admission admission) {
        SQLException refusal = Refusals.of(admission, decision("SELECT 1"), null, "", 0, 0, false);
        assertThat(refusal.getSQLState())
                .doesNotStartWith("08")
                .isNotIn("0A000", "57P01", "57P02", "57P03", "01002", "JZ0C0", "JZ0C1");
        assertThat((Throwable) refusal.getNextException()).isNull();
        assertThat(refusal.getCause()).isNull();
        assertThat(refusal instanceof SQLTimeoutException).isEqualTo(admission == Admission.QUERY_TIMEOUT);
    }

    @Test
    void aLongStatementIsShortened() {
        assertThat(Refusals.of(Admission.QUEUE_FULL, decision("x".repeat(1000)), null, "", 0, 0, false)
                        .getMessage())
                .endsWith("statement: " + "x".repeat(120) + "...");
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE_FULL, CLASS_MPL, 'max_queue_depth = 100, max_concurrency = 50'",
        "SHED, TOTAL_MPL, 'max_queue_depth = 100, max_concurrency = 60 over all classes'",
        "QUEUE_TIMEOUT, CLASS_MPL, 'queue_timeout_ms = 5000, max_concurrency = 50'",
        "QUEUE_TIMEOUT, GUARANTEED_SLOTS,"
                + " 'queue_timeout_ms = 5000, max_concurrency = 50, free slots guaranteed to other tiers'",
        "QUEUE_TIMEOUT, GIVES_WAY, 'queue_timeout_ms = 5000, max_concurrency = 50, limited to 3 by yield_to_fast_lane'",
        "COST_LIMIT, CLASS_MPL, 'cost 4808.25 > max_estimated_cost = 100'",
        "QUERY_TIMEOUT, CLASS_MPL, ''",
        "CANCELLED, CLASS_MPL, ''",
    })
    void theLimitIsNamedByItsKeyAndItsNumber(Admission admission, HeldUpBy.What heldUpBy, String exceeded) {
        ServiceClassSettings fast = new ServiceClassSettings("fast_lane", 50, 100, 5_000_000_000L, true, 100);

        String said = new Limits(fast, 60, true).exceeded(admission, 4808.25, new HeldUpBy(heldUpBy, 3));

        assertThat(said).isEqualTo(exceeded);
        assertThat(Refusals.of(admission, decision("SELECT 1"), null, said, 0, 0, false)
                        .getMessage())
                .contains(said.isEmpty() ? ": user load checkout" : " (" + exceeded + "): user load checkout");
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, 0, class MPL",
        "true, false, 0, total MPL",
        "true, true, 0, guaranteed slots",
        "false, false, 1, gives way"
    })
    void whoWouldWaitIsToldForWhat(boolean total, boolean guarantees, int yieldLimit, String what) {
        ServiceClassSettings fast = new ServiceClassSettings("fast_lane", 50, 100, 5_000_000_000L, true, 100);
        Limits limits = new Limits(fast, 60, true);

        assertThat(limits.wouldBe(new Prospect(null, false, 2, total, guarantees, yieldLimit, false, 60, 60), 0))
                .isEqualTo("waits behind 2: " + what);
    }

    private static Classification decision(String template) {
        return new Classification(
                "fast_lane",
                new UserLoad("checkout", null, AccountPer.LOAD, List.of(), null, null),
                null,
                template,
                template,
                Priority.MEDIUM,
                "because",
                null,
                null);
    }
}
