package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heliosjdbc.tpcc.Attempts.Attempt;
import io.heliosjdbc.tpcc.Attempts.Fate;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private boolean over;
    private final Attempts attempts = new Attempts(
            3,
            new Attempts.Span() {
                private long now;

                @Override
                public long now() {
                    return now++;
                }

                @Override
                public boolean isOver() {
                    return over;
                }
            },
            new SplittableRandom(1));

    @Test
    void theLastAttemptIsTold() throws Exception {
        List<Boolean> told = new ArrayList<>();
        List<Long> collided = new ArrayList<>();
        Attempt last = attempts.run(
                again -> {
                    told.add(again);
                    return new Attempt(again ? Fate.COLLIDED : Fate.ABORTED, told.size());
                },
                collided::add);
        assertThat(last).isEqualTo(new Attempt(Fate.ABORTED, 3));
        assertThat(told).containsExactly(true, true, false);
        assertThat(collided).containsExactly(1L, 2L);
    }

    @Test
    void whatCollidesIsTriedAgainUntilTheEnd() throws Exception {
        Input payment = new Input.Payment(1, 1, new Input.Customer(1, 1, 1, null), BigDecimal.ONE);
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Connection other = target.straight();
                Connection connection = target.straight();
                Statement elsewhere = other.createStatement();
                Statement here = connection.createStatement()) {
            new Loader(target, new Load(1, Population.SMALL, 1), 1, line -> {}).load(false);
            here.execute("SET LOCK_TIMEOUT 1");
            connection.setAutoCommit(false);
            other.setAutoCommit(false);
            elsewhere.executeUpdate("UPDATE warehouse SET w_ytd = w_ytd WHERE w_id = 1");
            Transactions transactions = new Transactions(connection);
            assertThat(attempts.once(connection, Dialect.H2, transactions, payment, true)
                            .fate())
                    .isEqualTo(Fate.COLLIDED);
            assertThatExceptionOfType(SQLException.class)
                    .as("as often as may be")
                    .isThrownBy(() -> attempts.once(connection, Dialect.H2, transactions, payment, false));
            over = true;
            assertThatExceptionOfType(SQLException.class)
                    .as("after the end")
                    .isThrownBy(() -> attempts.once(connection, Dialect.H2, transactions, payment, true));
            other.rollback();
            assertThat(attempts.once(connection, Dialect.H2, transactions, payment, true)
                            .fate())
                    .isEqualTo(Fate.COMMITTED);
        }
    }

    @Test
    void theSameFailuresAreCountedTogether() {
        assertThat(Reason.of(new SQLException("row 17 of 2.5, password=secret\nand more", "40001")))
                .isEqualTo("40001 row # of #, password=***");
    }
}
