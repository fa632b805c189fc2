package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that reach for their connection, on H2, whose large objects do. */
class LateValuesTest extends LateBindingFixture {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String LONG = "long ".repeat(1_000);

    private final String url = "jdbc:helios:h2:mem:values_" + DATABASES.incrementAndGet()
            + ";helios.connections=late;helios.max_concurrency=1;helios.pool.reserve=1"
            + ";helios.pool.connection_timeout_ms=1000;helios.idle_in_transaction_lend_ms=0";

    @Override
    String url() {
        return url;
    }

    @BeforeEach
    void fill() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE docs (id INT, doc CLOB, data BLOB)");
        execute(one, "INSERT INTO docs VALUES (1, '" + LONG + "', X'CAFE')");
    }

    private static void assertOver(ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("to the end of the transaction")
                .extracting(thrown -> ((SQLException) thrown).getSQLState())
                .isEqualTo("0F001");
    }

    @Test
    void underAutocommitTheyAreThereUntilTheirResultSetIsClosed() throws Exception {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT doc, data FROM docs");
            assertThat(rows.next()).isTrue();
            Clob doc = rows.getClob(1);
            Object data = rows.getObject(2);
            assertThat(rows.next()).isFalse();
            assertThat(state(one)).isEqualTo("bound: an open result set");
            assertThat(doc.getSubString(1, 5)).isEqualTo("long ");
            assertThat(((Blob) data).getBytes(1, 2)).containsExactly(0xca, 0xfe);
            Reader text = doc.getCharacterStream();
            assertThat(text.read()).isEqualTo('l');
            rows.close();
            assertThat(state(one)).isEqualTo("unbound");
            assertOver(doc::length);
            assertOver(() -> ((Blob) data).length());
            assertThatThrownBy(text::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("end of the transaction");
            text.close();
            doc.free();
        }
    }

    @Test
    void inATransactionTheyAreThereToItsEnd() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        Clob doc;
        try (Statement statement = one.createStatement();
                ResultSet rows = statement.executeQuery("SELECT doc FROM docs")) {
            assertThat(rows.next()).isTrue();
            doc = rows.getClob("doc");
        }
        assertThat(doc.length()).isEqualTo(LONG.length());
        assertThat(state(one)).isEqualTo("bound: an open transaction");
        one.commit();
        assertThat(state(one)).isEqualTo("unbound");
        assertOver(doc::length);
        execute(one, "INSERT INTO docs (id) VALUES (2)");
        assertOver(doc::length);
    }

    /** As behind a pool that closes none of its connections. */
    @Test
    void manyThatHaveReadOneStay() throws SQLException {
        for (int i = 0; i < 20; i++) {
            Connection each = open();
            try (Statement statement = each.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT doc, data FROM docs")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getClob(1).length()).isEqualTo(LONG.length());
                assertThat(rows.getObject(2, Blob.class).length()).isEqualTo(2);
            }
            try (PreparedStatement insert = each.prepareStatement("INSERT INTO docs VALUES (?, ?, NULL)")) {
                Clob made = each.createClob();
                made.setString(1, "made");
                insert.setInt(1, 10 + i);
                insert.setClob(2, made);
                insert.executeUpdate();
            }
        }
        for (Connection each : opened) {
            assertThat(text(each, "SELECT COUNT(*) FROM docs WHERE doc = 'made'"))
                    .isEqualTo("20");
        }
        assertThat(state(opened.get(0))).isEqualTo("unbound");
    }

    @Test
    void whatIsMadeIsThereUntilItWasSetAndExecuted() throws Exception {
        Connection one = open();
        Clob made = one.createClob();
        assertThat(state(one)).isEqualTo("bound: a large object");
        try (Writer text = made.setCharacterStream(1)) {
            text.write("made");
        }
        try (PreparedStatement insert = one.prepareStatement("INSERT INTO docs VALUES (3, ?, NULL)")) {
            insert.setClob(1, made);
            assertThat(state(one)).isEqualTo("bound: a large object");
            insert.executeUpdate();
            assertThat(state(one)).isEqualTo("unbound");
            assertOver(insert::executeUpdate);
        }
        assertThat(text(one, "SELECT doc FROM docs WHERE id = 3")).isEqualTo("made");
        assertOver(made::length);
        assertThatCode(made::free).doesNotThrowAnyException();
    }

    @Test
    void whatIsMadeIsThereForABatch() throws SQLException {
        Connection one = open();
        try (PreparedStatement insert = one.prepareStatement("INSERT INTO docs VALUES (?, NULL, ?)")) {
            for (int i = 0; i < 3; i++) {
                Blob made = one.createBlob();
                made.setBytes(1, new byte[] {1, 2, 3});
                insert.setInt(1, 20);
                insert.setObject(2, made);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        assertThat(state(one)).isEqualTo("unbound");
        assertThat(text(one, "SELECT COUNT(*) FROM docs WHERE id = 20 AND LENGTH(data) = 3"))
                .isEqualTo("3");
    }

    @Test
    void whatIsMadeEndsWhenItIsFreedOrWithTheTransaction() throws SQLException {
        Connection one = open();
        Clob freed = one.createClob();
        freed.free();
        assertThat(state(one)).isEqualTo("unbound");
        one.setAutoCommit(false);
        Clob forgotten = one.createNClob();
        forgotten.setString(1, "forgotten");
        one.commit();
        assertThat(state(one)).isEqualTo("unbound");
        assertOver(forgotten::length);
    }

    @Test
    void whatWasSetAndIsNotExecutedHoldsNothingWhenItsStatementIsClosed() throws SQLException {
        Connection one = open();
        Clob clob = one.createClob();
        try (PreparedStatement insert = one.prepareStatement("INSERT INTO docs (id, doc) VALUES (?, ?)")) {
            insert.setInt(1, 77);
            insert.setClob(2, clob);
            assertThat(state(one)).isNotEqualTo("unbound");
        }
        assertThat(state(one)).isEqualTo("unbound");
    }

    @Test
    void aSchemaThatIsNullLeavesNothingToAnother() throws SQLException {
        Connection one = open();
        Connection other = open();
        assertThatThrownBy(() -> one.setSchema(null)).isInstanceOf(SQLException.class);
        execute(other, "SET LOCK_TIMEOUT 4321");
        execute(other, "SELECT 1");
        execute(one, "SELECT 1");
    }

    @Test
    void oneThatWasReadIsSetInTheSameTransaction() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        try (Statement statement = one.createStatement();
                ResultSet rows = statement.executeQuery("SELECT doc, data FROM docs");
                PreparedStatement insert = one.prepareStatement("INSERT INTO docs VALUES (4, ?, ?)")) {
            assertThat(rows.next()).isTrue();
            insert.setClob(1, rows.getClob(1));
            insert.setBlob(2, rows.getBlob(2));
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        one.commit();
        assertThat(text(one, "SELECT COUNT(*) FROM docs WHERE LENGTH(doc) = " + LONG.length()))
                .isEqualTo("3");
    }

    /** The physical one may be anybody's then. */
    @Test
    void anothersIsReadByTheDriverOnItsOwnConnection() throws SQLException {
        Connection one = open();
        Connection other = open();
        one.setAutoCommit(false);
        try (Statement statement = one.createStatement();
                PreparedStatement insert = other.prepareStatement("INSERT INTO docs VALUES (5, ?, NULL)")) {
            ResultSet rows = statement.executeQuery("SELECT doc FROM docs");
            assertThat(rows.next()).isTrue();
            Clob doc = rows.getClob(1);
            insert.setClob(1, doc);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            rows.close();
            one.commit();
            insert.setClob(1, doc);
            assertThatThrownBy(insert::executeUpdate).hasStackTraceContaining("to the end of the transaction");
        }
    }
}
