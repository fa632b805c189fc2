package io.heliosjdbc.tpcc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes many rows of one table; closing it writes the last ones, the caller commits. Not thread-safe. */
public interface RowWriter extends AutoCloseable {
    /** Values are Integer, String, BigDecimal, Timestamp or null. */
    void row(@Nullable Object... values) throws SQLException;

    @Override
    void close() throws SQLException;
}
