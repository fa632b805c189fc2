package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.CallableStatement;

/** A vendor's callable statement whose executions are scheduled. As thread-safe as the vendor's statement. */
public abstract class CallableStatementWrapper extends PreparedStatementWrapper implements CallableStatement {

    /** Wraps a callable statement; called by generated classes. */
    protected CallableStatementWrapper(CallableStatement delegate, ConnectionWrapper owner, StatementProfile profile) {
        super(delegate, owner, profile);
    }
}
