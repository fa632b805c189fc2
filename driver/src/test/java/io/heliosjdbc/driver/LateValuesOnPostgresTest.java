package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values that reach for their connection, or do not, on PostgreSQL: large objects are the server's, documents are texts. */
@ExtendWith(PostgresServer.class)
class LateValuesOnPostgresTest extends LateBindingFixture {
    private static final AtomicInteger MANAGERS = new AtomicInteger();

    private final String url;

    LateValuesOnPostgresTest(String location) {
        this.url = "jdbc:helios:" + location + "&helios.manager=values-" + MANAGERS.incrementAndGet()
                + "&helios.connections=late&helios.max_concurrency=1&helios.pool.reserve=1"
                + "&helios.pool.connection_timeout_ms=1000&helios.idle_in_transaction_lend_ms=0";
    }

    @Override
    String url() {
        return url;
    }

    @Test
    void documentsHoldNothing() throws SQLException {
        List<SQLXML> documents = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Connection each = open();
            try (PreparedStatement statement = each.prepareStatement("SELECT ?::xml, xml '<read/>'")) {
                SQLXML made = each.createSQLXML();
                made.setString("<made/>");
                assertThat(state(each)).isEqualTo("unbound");
                statement.setSQLXML(1, made);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    documents.add(rows.getSQLXML(1));
                    documents.add((SQLXML) rows.getObject(2));
                }
            }
            assertThat(state(each)).isEqualTo("unbound");
        }
        for (SQLXML each : documents) {
            assertThat(each.getString()).isIn("<made/>", "<read/>");
        }
    }

    @Test
    void largeObjectsAreThereToTheEndOfTheTransaction() throws Exception {
        Connection maker = open();
        String made = text(maker, "SELECT lo_from_bytea(0, 'large')");
        maker.close();
        for (int i = 0; i < 20; i++) {
            Connection each = open();
            each.setAutoCommit(false);
            Blob blob;
            try (Statement statement = each.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT " + made + "::oid")) {
                assertThat(rows.next()).isTrue();
                blob = rows.getBlob(1);
            }
            InputStream bytes = blob.getBinaryStream();
            assertThat(bytes.read()).isEqualTo('l');
            blob.setBytes(1, new byte[] {'b'});
            assertThat(blob.getBytes(1, 5)).isEqualTo("barge".getBytes(StandardCharsets.US_ASCII));
            each.rollback();
            assertThatThrownBy(blob::length)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("to the end of the transaction");
            assertThatThrownBy(bytes::read).hasMessageContaining("to the end of the transaction");
        }
        assertThat(state(opened.get(1))).isEqualTo("unbound");
    }

    @Test
    void aCursorThatIsAValueHoldsUntilItIsRead() throws SQLException {
        Connection one = open();
        execute(one, "DROP FUNCTION IF EXISTS numbers()");
        execute(one, """
                CREATE FUNCTION numbers() RETURNS refcursor AS $$
                DECLARE c refcursor; BEGIN OPEN c FOR SELECT generate_series(1, 3); RETURN c; END $$ LANGUAGE plpgsql""");
        one.close();
        Connection other = open();
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("SELECT numbers()")) {
            assertThat(rows.next()).isTrue();
            try (ResultSet numbers = (ResultSet) rows.getObject(1)) {
                assertThat(numbers.next()).isTrue();
                assertThat(numbers.getInt(1)).isEqualTo(1);
            }
        }
        other.rollback();
    }
}
