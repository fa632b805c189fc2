package io.heliosjdbc.driver.pooled;

import io.heliosjdbc.driver.PostgresServer;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.xa.PGXADataSource;

/** The contract on PostgreSQL. */
@ExtendWith(PostgresServer.class)
class PostgresPooledTest extends PooledContract {
    private final String location;

    PostgresPooledTest(String location) {
        this.location = location;
    }

    @Override
    String whichSession() {
        return "SELECT pg_backend_pid()";
    }

    @Override
    XADataSource vendorsXa() {
        PGXADataSource dataSource = new PGXADataSource();
        dataSource.setUrl("jdbc:" + location);
        return dataSource;
    }

    @Override
    ConnectionPoolDataSource vendorsPool() {
        PGConnectionPoolDataSource dataSource = new PGConnectionPoolDataSource();
        dataSource.setUrl("jdbc:" + location);
        return dataSource;
    }

    @Override
    void commitElsewhere(XAResource prepared, XAResource other, Xid xid) throws XAException {
        other.commit(xid, false);
    }
}
