package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Consistency;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsistencyTest {
    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
        connection = target.straight();
        Runs.load(target);
        connection.setAutoCommit(false);
    }

    @AfterEach
    void undo() throws SQLException {
        connection.rollback();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @Test
    void everythingHoldsAfterLoading() throws SQLException {
        assertThat(new Consistency(Population.SMALL).check(connection, true))
                .hasSize(12)
                .allSatisfy((number, state) -> assertThat(state).isEqualTo("ok"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | UPDATE district SET d_ytd = d_ytd + 0.01 WHERE d_w_id = 2 AND d_id = 3",
                "2 | UPDATE district SET d_next_o_id = d_next_o_id + 1 WHERE d_w_id = 1 AND d_id = 1",
                "2 | DELETE FROM new_order WHERE no_w_id = 1 AND no_d_id = 4 AND no_o_id = 120",
                "3 | DELETE FROM new_order WHERE no_w_id = 1 AND no_d_id = 4 AND no_o_id = 100",
                "4 | UPDATE orders SET o_ol_cnt = o_ol_cnt + 1 WHERE o_w_id = 1 AND o_d_id = 1 AND o_id = 1",
                "5 | UPDATE orders SET o_carrier_id = 1 WHERE o_w_id = 1 AND o_d_id = 1 AND o_id = 120",
                "5 | UPDATE orders SET o_carrier_id = NULL WHERE o_w_id = 1 AND o_d_id = 1 AND o_id = 1",
                "5 | INSERT INTO new_order (no_w_id, no_d_id, no_o_id) VALUES (1, 1, 999)",
                "6 | DELETE FROM order_line WHERE ol_w_id = 2 AND ol_d_id = 2 AND ol_o_id = 2 AND ol_number = 1",
                "6 | UPDATE order_line SET ol_o_id = 999 WHERE ol_w_id = 2 AND ol_d_id = 2 AND ol_o_id = 2",
                "7 | UPDATE order_line SET ol_delivery_d = NULL WHERE ol_w_id = 1 AND ol_o_id = 1 AND ol_number = 1",
                "7 | UPDATE orders SET o_carrier_id = 1 WHERE o_w_id = 1 AND o_d_id = 1 AND o_id = 120",
                "8 | UPDATE warehouse SET w_ytd = w_ytd - 0.01 WHERE w_id = 1",
                "9 | UPDATE history SET h_amount = 10.01 WHERE h_c_w_id = 1 AND h_c_d_id = 1 AND h_c_id = 1",
                "10 | UPDATE customer SET c_balance = c_balance + 0.01 WHERE c_w_id = 1 AND c_d_id = 1 AND c_id = 1",
                "10 | DELETE FROM history WHERE h_c_w_id = 1 AND h_c_d_id = 1 AND h_c_id = 1",
                "11 | DELETE FROM orders WHERE o_w_id = 1 AND o_d_id = 1 AND o_id = 1",
                "12 | UPDATE customer SET c_ytd_payment = 0 WHERE c_w_id = 1 AND c_d_id = 1 AND c_id = 1",
                "12 | UPDATE order_line SET ol_amount = 0.01 WHERE ol_w_id = 1 AND ol_o_id = 1 AND ol_number = 1"
            })
    void aCorruptionIsFound(int condition, String corruption) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(corruption)).isPositive();
        }
        assertThat(new Consistency(Population.SMALL).check(connection, true).get(condition))
                .startsWith("violated in ");
    }

    @Test
    void conditionElevenIsLeftOutAfterARun() throws SQLException {
        assertThat(new Consistency(Population.SMALL).check(connection, false))
                .hasSize(11)
                .doesNotContainKey(Consistency.AFTER_LOAD_ONLY);
    }
}
