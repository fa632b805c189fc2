package io.heliosjdbc.driver.pooled;

import javax.sql.ConnectionPoolDataSource;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;

/** The contract on H2. */
class H2PooledTest extends PooledContract {
    private static JdbcDataSource dataSource() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:pooled;DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    @Override
    String whichSession() {
        return "SELECT SESSION_ID()";
    }

    @Override
    XADataSource vendorsXa() {
        return dataSource();
    }

    @Override
    ConnectionPoolDataSource vendorsPool() {
        return dataSource();
    }

    /** H2 can not while the connection that prepared it is open. */
    @Override
    void commitElsewhere(XAResource prepared, XAResource other, Xid xid) throws XAException {
        prepared.commit(xid, false);
    }
}
