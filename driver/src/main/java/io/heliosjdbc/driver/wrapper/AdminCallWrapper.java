package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.CallableStatement;
import java.sql.Statement;

/** An admin statement that the application prepared as a call. As thread-safe as the vendor's statement. */
public abstract class AdminCallWrapper extends AdminStatementWrapper implements CallableStatement {

    /** Wraps a plain statement; called by generated classes. */
    protected AdminCallWrapper(Statement delegate, ConnectionWrapper owner, StatementProfile profile) {
        super(delegate, owner, profile);
    }
}
