package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing is to be delayed or refused, no pool of physical connections does. */
class LateBindingDryRunTest extends LateBindingFixture {
    private static final String TWO = "jdbc:helios:h2:mem:dry_run;helios.connections=late;helios.max_concurrency=1"
            + ";helios.pool.reserve=1;helios.pool.connection_timeout_ms=250;helios.";

    private String setting = "dry_run=true";

    @Override
    String url() {
        return TWO + setting;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dry_run=true", "enabled=false"})
    void moreTransactionsAreOpenThanThePoolWouldHold(String given) throws SQLException {
        setting = given;
        List<Connection> all = new ArrayList<>();
        execute(open(), "CREATE TABLE t (id INT)");
        for (int i = 0; i < 5; i++) {
            Connection one = open();
            one.setAutoCommit(false);
            execute(one, "INSERT INTO t VALUES (" + i + ")");
            all.add(one);
        }
        for (Connection each : all) {
            each.commit();
        }
        assertThat(text(open(), "SELECT count(*) FROM t")).isEqualTo("5");
    }

    @Test
    void whereNothingIsScheduledConnectionsAreOneToOne() throws SQLException {
        setting = "enabled=false";
        assertThat(state(open())).isEqualTo("direct");
    }
}
