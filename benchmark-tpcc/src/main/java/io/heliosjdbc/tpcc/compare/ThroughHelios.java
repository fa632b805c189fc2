package io.heliosjdbc.tpcc.compare;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Takes connections through Helios, which tell how long they waited in its queue. As thread-safe as what they are taken from. */
final class ThroughHelios implements Checkout {
    private static final String WAITED = "helios.waited_ms";

    private final Checkout pool;

    ThroughHelios(Checkout pool) {
        this.pool = pool;
    }

    @Override
    public Connection get() throws SQLException {
        return pool.get();
    }

    /** Of one that broke, and that the pool has taken away, nobody knows. */
    @Override
    public OptionalLong waited(Connection connection) {
        try {
            String millis = connection.getClientInfo(WAITED);
            return millis == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(new BigDecimal(millis).movePointRight(6).longValue());
        } catch (SQLException gone) {
            return OptionalLong.empty();
        }
    }
}
