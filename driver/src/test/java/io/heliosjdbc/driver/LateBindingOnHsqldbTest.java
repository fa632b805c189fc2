package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Logical connections on HSQLDB, of which nothing is known but what the standard has and what its driver tells. */
class LateBindingOnHsqldbTest extends LateBindingFixture {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String TABLE =
            "CREATE GLOBAL TEMPORARY TABLE \"Basket\" (item VARCHAR(9)) ON COMMIT PRESERVE ROWS";

    private final String location = "hsqldb:mem:late_" + DATABASES.incrementAndGet();

    @Override
    String url() {
        return "jdbc:helios:" + location
                + ";helios.connections=late;helios.max_concurrency=1;helios.pool.reserve=2;helios.idle_in_transaction_lend_ms=0"
                + ";helios.pool.connection_timeout_ms=20000";
    }

    @Test
    void theRowsOfATemporaryTableAreTheirOwners() throws SQLException {
        try (Connection straight = DriverManager.getConnection("jdbc:" + location)) {
            execute(straight, TABLE);
        }
        Connection one = open();
        Connection other = open();
        tenantsHaveTheirOwn(one, other);
    }

    @Test
    void soAreThoseOfOneThatIsMadeMeanwhile() throws SQLException {
        Connection one = open();
        Connection other = open();
        String count = "SELECT count(*) FROM INFORMATION_SCHEMA.SYSTEM_USERS";
        assertThat(text(one, count)).isEqualTo(text(other, count));
        assertThat(state(one)).isEqualTo("unbound");
        try (Connection admin = open()) {
            execute(admin, TABLE);
            tenantsHaveTheirOwn(one, other);
        }
    }

    @Test
    void whatOneSessionHasAloneIsNoOnesElse() throws SQLException {
        Connection one = open();
        execute(
                one,
                "CREATE TABLE employees (id INT GENERATED ALWAYS AS IDENTITY (START WITH 1) PRIMARY KEY, name VARCHAR(9))");
        execute(one, "DECLARE LOCAL TEMPORARY TABLE staging AS (SELECT * FROM employees) WITH NO DATA");
        execute(one, "ALTER TABLE employees ADD COLUMN temporary BOOLEAN");
        one.close();
        Connection other = open();
        assertThat(text(other, "SELECT count(*) FROM employees")).isEqualTo("0");
        assertThat(state(other)).isEqualTo("unbound");
    }

    private void tenantsHaveTheirOwn(Connection one, Connection other) throws SQLException {
        execute(one, "INSERT INTO PUBLIC.\"Basket\" VALUES ('mine')");
        assertThat(text(other, "SELECT count(*) FROM \"Basket\" b")).isEqualTo("0");
        assertThat(text(one, "SELECT item FROM (SELECT * FROM \"Basket\") b")).isEqualTo("mine");
        assertThat(state(one)).startsWith("pinned");
        one.close();
        assertThat(text(open(), "SELECT count(*) FROM \"Basket\"")).isEqualTo("0");
    }
}
