package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/**
 * What a logical connection is warned of: by the physical connection that it has, and by those that it had before. As thread-safe as the
 * vendor's, of which everything is read by who has entered.
 */
final class ConnectionWarnings {
    private final Dialect dialect;
    private @Nullable SQLWarning known;

    ConnectionWarnings(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Of MariaDB each statement's take the place of the last one's. */
    @Nullable
    SQLWarning on(Binding current) throws SQLException {
        SQLWarning told = current.physical().raw().getWarnings();
        if (current.ran && dialect == Dialect.MARIADB) {
            known = told;
        } else if (told != null) {
            if (known == null) {
                known = told;
            } else {
                known.setNextWarning(told);
            }
            current.physical().raw().clearWarnings();
        }
        return known;
    }

    /** Where there is no physical connection. */
    @Nullable
    SQLWarning known() {
        return known;
    }

    void clear() {
        known = null;
    }

    /** One to one, MariaDB's driver would execute a statement of its own now: that leaves no warnings of those before. */
    void vendorExecutesItself() {
        if (dialect == Dialect.MARIADB) {
            known = null;
        }
    }
}
