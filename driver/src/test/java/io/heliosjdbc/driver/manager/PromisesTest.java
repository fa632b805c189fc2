package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.AccountKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromisesTest {
    private static Account account(double percent, int transactions, int late) {
        Guarantee guarantee = new Guarantee(
                "terms",
                new PercentileObjective(percent, Duration.ofSeconds(1)),
                null,
                null,
                null,
                new Penalty(Period.ofMonths(1), "USD", 0.1, BigDecimal.TEN, BigDecimal.TEN));
        UserLoad load = new UserLoad("load", null, AccountPer.LOAD, List.of(), null, guarantee);
        Account account = new Account(new AccountKey("load", null), load, 2, Instant.EPOCH);
        for (int i = 0; i < transactions; i++) {
            account.book(i < late ? Duration.ofSeconds(2).toNanos() : 0);
        }
        return account;
    }

    /** Percents of which a hundredth, divided as doubles, lies above the share that it stands for. */
    @Test
    void whatIsJustKeptIsNotCalledUnkept() {
        for (int tenths = 1; tenths <= 1000; tenths++) {
            double percent = tenths / 10.0;
            Account kept = account(percent, 1000, 1000 - tenths);
            assertThat(kept.due()).isZero();
            assertThat(Promises.unkept(kept)).as("%s percent", percent).isNull();
            assertThat(Promises.standings(List.of(kept)))
                    .allSatisfy((load, standing) -> assertThat(standing.kept()).isTrue());
            Account missed = account(percent, 1000, 1001 - tenths);
            assertThat(missed.due()).isEqualTo(10);
            assertThat(Promises.unkept(missed)).as("%s percent", percent).isEqualTo("percentile");
        }
    }
}
