package io.heliosjdbc.driver;

import com.zaxxer.hikari.SQLExceptionOverride;
import io.heliosjdbc.driver.late.UnboundRefusalException;
import io.heliosjdbc.driver.late.UnboundTimeoutException;
import io.heliosjdbc.driver.manager.QueuedTimeoutException;
import java.sql.SQLException;

/**
 * Has HikariCP keep a connection whose statement timed out while it was queued, or waited for a physical connection, or was refused by late
 * binding; by itself it closes one on every {@link java.sql.SQLTimeoutException}, and on what is not supported (0A000). All else is judged as
 * HikariCP judges it, our other refusals among it, which it keeps the connection on. Set it by name:
 * {@code exceptionOverrideClassName=io.heliosjdbc.driver.HikariExceptionOverride}. Stateless.
 */
public final class HikariExceptionOverride implements SQLExceptionOverride {
    /** Called by HikariCP, by the class's name. */
    public HikariExceptionOverride() {}

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException exception) {
        return exception instanceof QueuedTimeoutException
                        || exception instanceof UnboundTimeoutException
                        || exception instanceof UnboundRefusalException
                ? Override.DO_NOT_EVICT
                : Override.CONTINUE_EVICT;
    }
}
