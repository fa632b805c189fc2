package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logical connections on MariaDB, where there are binaries for this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateBindingOnMariaDbTest extends LateBindingFixture {
    /** Unlike {@code connection_id()} it holds nothing. */
    private static final String PROCESS = "SELECT @@pseudo_thread_id";

    private @Nullable MariaDbServer server;
    private String url = "";

    @BeforeAll
    void start() throws Exception {
        MariaDbServer started = MariaDbServer.start();
        server = started;
        url = started.url().replace("jdbc:", "jdbc:helios:")
                + "&helios.connections=late&helios.max_concurrency=1&helios.pool.reserve=1"
                + "&helios.pool.connection_timeout_ms=20000&helios.idle_in_transaction_lend_ms=0";
        try (Connection connection = DriverManager.getConnection(started.url())) {
            for (String tenant : List.of("a", "b")) {
                execute(connection, "CREATE DATABASE " + tenant);
                execute(
                        connection,
                        "CREATE TABLE " + tenant + ".things (id INT AUTO_INCREMENT PRIMARY KEY, name TEXT)");
                execute(connection, "INSERT INTO " + tenant + ".things (name) VALUES ('of " + tenant + "')");
            }
        }
    }

    @Override
    String url() {
        return url;
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void tenantsReadTheirOwnRowsOnly() throws SQLException {
        Connection a = open();
        Connection b = open();
        Connection neither = open();
        a.setCatalog("a");
        execute(b, "USE b");
        for (int i = 0; i < 3; i++) {
            assertThat(text(a, "SELECT name FROM things")).isEqualTo("of a");
            assertThat(text(b, "SELECT name FROM things")).isEqualTo("of b");
            assertThatThrownBy(() -> text(neither, "SELECT name FROM things")).hasMessageContaining("exist");
        }
        assertThat(b.getCatalog()).isEqualTo("b");
        assertThat(state(b)).isEqualTo("unbound");
    }

    @Test
    void aTransactionKeepsItsConnection() throws SQLException {
        Connection one = open();
        Connection other = open();
        other.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        one.setAutoCommit(false);
        String process = text(one, PROCESS);
        assertThat(state(one)).isEqualTo("bound: an open transaction");
        execute(one, "INSERT INTO a.things (name) VALUES ('gone')");
        assertThat(text(one, PROCESS)).isEqualTo(process);
        one.rollback();
        assertThat(text(other, "SELECT @@autocommit")).isEqualTo("1");
        assertThat(text(one, "SELECT count(*) FROM a.things WHERE name = 'gone'"))
                .isEqualTo("0");
        one.commit();
        assertThat(one.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
        assertThat(other.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    }

    private static long settingsTold(Connection straight) throws SQLException {
        try (Statement statement = straight.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_set_option'")) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(2);
        }
    }

    /** Each would be a round trip. */
    @Test
    void transactionsOneAfterTheOtherSayNothingOfAutocommit() throws SQLException {
        Connection one = open();
        Connection other = open();
        one.setAutoCommit(false);
        other.setAutoCommit(false);
        String change = "INSERT INTO a.things (name) VALUES ('of two')";
        execute(one, change);
        one.commit();
        try (Connection straight = DriverManager.getConnection(straight())) {
            long before = settingsTold(straight);
            for (int i = 0; i < 5; i++) {
                execute(one, change);
                one.commit();
                execute(other, change);
                other.rollback();
                assertThat(text(other, "SELECT count(*) FROM a.things WHERE name = 'of two'"))
                        .isEqualTo(String.valueOf(i + 2));
                other.commit();
            }
            assertThat(settingsTold(straight)).isEqualTo(before);
            assertThat(text(straight, "SELECT count(*) FROM information_schema.innodb_trx"))
                    .isEqualTo("0");
            Connection third = open();
            assertThat(text(third, "SELECT @@autocommit")).isEqualTo("1");
            execute(third, "DELETE FROM a.things WHERE name = 'of two'");
            assertThat(text(straight, "SELECT count(*) FROM a.things WHERE name = 'of two'"))
                    .isEqualTo("0");
            assertThat(settingsTold(straight)).isEqualTo(before + 1);
        }
    }

    /** The server takes no transaction to be open, so that the driver sends no commit. */
    @ParameterizedTest
    @ValueSource(strings = {"commit", "rollback"})
    void aTableWithoutTransactionsIsNotLeftLocked(String end) throws SQLException {
        try (Connection straight = DriverManager.getConnection(straight())) {
            execute(straight, "CREATE OR REPLACE TABLE a.plain (id INT) ENGINE = MyISAM");
            execute(straight, "SET lock_wait_timeout = 1");
            Connection one = open();
            one.setAutoCommit(false);
            assertThat(text(one, "SELECT count(*) FROM a.plain")).isEqualTo("0");
            if (end.equals("commit")) {
                one.commit();
            } else {
                one.rollback();
            }
            execute(straight, "DROP TABLE a.plain");
        }
    }

    /** The driver has them in memory. */
    @Test
    void largeObjectsHoldNothing() throws SQLException {
        List<Blob> read = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Connection each = open();
            Blob made = each.createBlob();
            made.setBytes(1, new byte[] {7});
            Clob text = each.createClob();
            text.setString(1, "text");
            assertThat(state(each)).isEqualTo("unbound");
            try (PreparedStatement statement =
                    each.prepareStatement("SELECT CAST(? AS BINARY), CAST(? AS CHAR), _binary'7'")) {
                statement.setBlob(1, made);
                statement.setClob(2, text);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    read.add(rows.getBlob(1));
                    assertThat(rows.getClob(2).getSubString(1, 4)).isEqualTo("text");
                    assertThat(rows.next()).isFalse();
                    assertThat(state(each)).isEqualTo("unbound");
                }
            }
        }
        for (Blob each : read) {
            assertThat(each.getBytes(1, 1)).containsExactly(7);
        }
    }

    @Test
    void clientInfoThatTheDriverCannotForgetIsOverwritten() throws SQLException {
        Connection one = open();
        one.setClientInfo("ClientUser", "mine");
        assertThat(text(one, "SELECT 1")).isEqualTo("1");
        Connection other = open();
        assertThat(text(other, "SELECT 1")).isEqualTo("1");
        assertThat(other.getClientInfo("ClientUser")).isNull();
        assertThat(one.getClientInfo("ClientUser")).isEqualTo("mine");
        one.setClientInfo(new Properties());
        assertThat(text(one, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void nobodyReadsAnothersWarnings() throws SQLException {
        Connection one = open();
        execute(one, "DROP TABLE IF EXISTS a.never_was");
        Connection other = open();
        execute(other, "SET time_zone = '+01:00'");
        for (String question : List.of(
                "SHOW WARNINGS", "SELECT found_rows()", "SELECT last_insert_id()", "SET @x = last_insert_id()")) {
            assertThatThrownBy(() -> text(other, question)).hasMessageContaining("generated keys");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*!50000 SHOW WARNINGS */",
                "GET DIAGNOSTICS CONDITION 1 @message = MESSAGE_TEXT",
                "GET CURRENT DIAGNOSTICS @number = NUMBER"
            })
    void nobodyIsToldAnothersWarningsInOtherWords(String asked) throws SQLException {
        Connection one = open();
        assertThatThrownBy(() -> text(one, "SELECT secret FROM a.things")).isInstanceOf(SQLException.class);
        Connection other = open();
        assertThatThrownBy(() -> execute(other, asked)).hasFieldOrPropertyWithValue("SQLState", "0A000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS $$, (@tenant := 'acme') AS b, 2 AS $$",
                "SELECT 1 AS $a$, (@tenant := 'acme') AS b, 2 AS $a$",
                "SHOW TABLES FROM a WHERE (@tenant := 'acme') IS NOT NULL",
                "SHOW STATUS WHERE GET_LOCK('leaky', 0) = 2",
                "-- \rSELECT '\nSET @tenant = 1 -- '",
                "CREATE /*+*/ /*+*/ /*+*/ /*+*/ /*+*/ TEMPORARY TABLE a.leaky (a INT)",
                "CREATE TABLE a.leak (a INT) VALUES (GET_LOCK('leaky', 0))",
                "CREATE TABLE a.leak (a INT, b INT DEFAULT (@tenant := 5)) SELECT 1 AS a",
                "ALTER TABLE a.leaks ADD COLUMN b INT DEFAULT (@tenant := 5)",
                "SELECT begin FROM (SELECT 1 AS begin) t; USE a",
                "CREATE PROCEDURE a.leak() BEGIN SELECT 1; END; SET @tenant = 1"
            })
    void nothingThatATextHidesIsLeftForTheNextOne(String text) throws SQLException {
        String several = url + "&allowMultiQueries=true";
        try (Connection admin = DriverManager.getConnection(straight())) {
            execute(admin, "DROP PROCEDURE IF EXISTS a.leak");
            execute(admin, "DROP TABLE IF EXISTS a.leak");
            execute(admin, "CREATE OR REPLACE TABLE a.leaks (a INT)");
            execute(admin, "INSERT INTO a.leaks VALUES (1)");
            Connection writer = DriverManager.getConnection(several);
            opened.add(writer);
            execute(writer, text);
            writer.close();
            Connection reader = DriverManager.getConnection(several);
            opened.add(reader);
            assertThat(text(
                            reader,
                            "SELECT concat_ws(' ', @tenant, database(), coalesce(is_used_lock('leaky') = connection_id(), 0),"
                                    + " (SELECT count(*) FROM information_schema.tables WHERE table_name = 'leaky'))"))
                    .isEqualTo("test 0 0");
        }
    }

    private String straight() {
        return url.replaceAll("&helios.*", "").replace("helios:", "");
    }

    /** What fails in the driver, or asks for nothing of a table, wipes nothing of what an earlier owner of the session was warned of. */
    @Test
    void aChangeThatTheServerHasNotSeenTellsNobodysWarnings() throws SQLException {
        Connection one = open();
        Connection other = open();
        for (Executable noChange : List.<Executable>of(
                () -> {
                    try (PreparedStatement statement =
                            other.prepareStatement("INSERT INTO a.things (name) VALUES (?)")) {
                        assertThatThrownBy(statement::executeUpdate).hasMessageContaining("arameter");
                    }
                },
                () -> {
                    try (PreparedStatement statement =
                            other.prepareStatement("INSERT INTO a.things (name) VALUES (?)")) {
                        assertThat(statement.executeBatch()).isEmpty();
                    }
                },
                () -> text(other, "SELECT 1 AS update_me"))) {
            other.setAutoCommit(true);
            execute(one, "SELECT 'secret' + 1");
            other.setAutoCommit(false);
            noChange.run();
            for (String question : List.of("SHOW WARNINGS", "SELECT row_count()", "SELECT @@warning_count")) {
                assertThatThrownBy(() -> text(other, question)).as(question).hasMessageContaining("generated keys");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsChangedThroughAResultSetAfterACommitIsTheNextTransactions(boolean commits) throws SQLException {
        assertRowsChangedAfterACommitAreTheNextTransactions("a.things", commits);
    }

    @Test
    void whatTheServerSaysOfAChangeIsToldWithinItsTransaction() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        execute(one, "INSERT INTO a.things (name) VALUES ('one'), ('two')");
        assertThat(text(one, "SELECT row_count()")).isEqualTo("2");
        assertThatThrownBy(() -> execute(one, "INSERT INTO a.nowhere (name) VALUES ('three')"));
        assertThat(text(one, "SELECT row_count()")).isEqualTo("-1");
        assertThat(text(one, "SHOW WARNINGS")).isEqualTo("Error");
        one.rollback();
    }

    @Test
    void aResultSetThatIsClosedTellsNobodysWarnings() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            ResultSet closed = statement.executeQuery(PROCESS);
            assertThat(closed.next()).isTrue();
            String process = closed.getString(1);
            closed.close();
            try (Statement others = open().createStatement();
                    ResultSet warned = others.executeQuery("SELECT @@pseudo_thread_id, 'secret' + 1")) {
                assertThat(warned.next()).isTrue();
                assertThat(warned.getString(1)).isEqualTo(process);
                assertThat(String.valueOf(others.getWarnings())).contains("secret");
                assertThat(closed.getWarnings() == null).isTrue();
            }
        }
    }

    @Test
    void aResultSetThatWasReadToItsEndForgetsNobodysWarnings() throws SQLException {
        Connection one = open();
        Connection other = open();
        try (Statement statement = one.createStatement();
                ResultSet ended = statement.executeQuery("SELECT name FROM a.things WHERE 1 = 0")) {
            assertThat(ended.next()).isFalse();
            other.setAutoCommit(false);
            try (Statement others = other.createStatement();
                    ResultSet rows = others.executeQuery("SELECT CAST('secret' AS SIGNED)")) {
                assertThat(rows.next()).isTrue();
                ended.clearWarnings();
                assertThat(String.valueOf(others.getWarnings())).contains("secret");
            }
        }
        other.rollback();
    }

    @Test
    void warningsAreKept() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 / 0")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isFalse();
            assertThat((Throwable) one.getWarnings()).hasMessageContaining("Division by 0");
        }
    }

    /** The driver has those of the connection's last statement, whichever of its statements is asked. */
    @Test
    void warningsOfAStatementAreKept() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement();
                Statement another = one.createStatement()) {
            for (int i = 0; i < 2; i++) {
                assertThat(statement.execute("SELECT 1 / 0")).isTrue();
                statement.getResultSet().close();
                assertThat(state(one)).isEqualTo("unbound");
                assertThat((Throwable) statement.getWarnings()).hasMessageContaining("Division by 0");
                assertThat((Throwable) statement.getWarnings()).hasMessageContaining("Division by 0");
                assertThat((Throwable) another.getWarnings()).hasMessageContaining("Division by 0");
                assertThat(text(another, "SELECT 1")).isEqualTo("1");
                assertThat((Throwable) statement.getWarnings()).isNull();
            }
            assertThat(statement.execute("SELECT 1 / 0")).isTrue();
            statement.getResultSet().close();
            another.clearWarnings();
            assertThat((Throwable) statement.getWarnings()).isNull();
            assertThat((Throwable) one.getWarnings()).isNull();
        }
    }

    /** One to one, the driver forgets them for a statement of its own. */
    @Test
    void whatTheDriverExecutesItselfLeavesNoWarnings() throws SQLException {
        Connection one = open();
        for (Executable itself : List.<Executable>of(
                () -> one.setReadOnly(true),
                () -> one.setReadOnly(false),
                () -> one.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
                () -> assertThat(one.getTransactionIsolation()).isPositive(),
                () -> one.setCatalog("b"),
                () -> one.setAutoCommit(false),
                () -> one.setAutoCommit(true),
                () -> one.isValid(1))) {
            execute(one, "SELECT 1 / 0");
            one.setReadOnly(one.isReadOnly());
            assertThat((Throwable) one.getWarnings()).hasMessageContaining("Division by 0");
            itself.run();
            assertThat((Throwable) one.getWarnings()).isNull();
        }
    }

    /** Something that the driver is told. */
    @FunctionalInterface
    private interface Executable {
        void run() throws SQLException;
    }

    @Test
    void aStatementClosesOnCompletionWhereTheNextResultIsAskedFor() throws SQLException {
        Connection one = open();
        for (String sql : List.of("SELECT 1", "SELECT @mine")) {
            try (Statement statement = one.createStatement()) {
                statement.closeOnCompletion();
                assertThat(statement.execute(sql)).isTrue();
                assertThat(statement.getMoreResults()).isFalse();
                assertThat(statement.isClosed()).isTrue();
            }
        }
    }

    @Test
    void rowsOfABatchAreHeld() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            statement.addBatch("SELECT 7");
            statement.executeBatch();
            ResultSet rows = statement.getResultSet();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
        assertThat(state(one)).isEqualTo("unbound");
    }

    @Test
    void anEmptyBatchHasNoCountThoughItsStatementWasPreparedForAnother() throws SQLException {
        String insert = "INSERT INTO a.things (name) VALUES ('x')";
        Connection one = open();
        Connection other = open();
        one.setAutoCommit(false);
        other.setAutoCommit(false);
        try (PreparedStatement prepared = one.prepareStatement(insert)) {
            assertThat(prepared.executeUpdate()).isEqualTo(1);
        }
        one.rollback();
        try (PreparedStatement prepared = other.prepareStatement(insert)) {
            assertThat(prepared.executeBatch()).isEmpty();
            assertThat(state(other)).isEqualTo("bound: an open transaction");
            assertThat(prepared.getUpdateCount()).isEqualTo(-1);
        }
        other.rollback();
    }

    @Test
    void whatFailsTellsNothingOfAnothers() throws SQLException {
        Connection one = open();
        execute(one, "INSERT INTO b.things (name) VALUES ('failing')");
        one.setAutoCommit(false);
        assertThatThrownBy(() -> execute(one, "SELECT nothing FROM b.things")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> text(one, "SELECT found_rows()")).hasMessageContaining("generated keys");
        try (Statement statement = one.createStatement()) {
            statement.addBatch("DELETE FROM b.things WHERE name = 'nobody'");
            statement.addBatch("SELECT nothing FROM b.things");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> text(one, "SELECT found_rows()")).hasMessageContaining("generated keys");
        one.rollback();
        one.setAutoCommit(true);
        execute(one, "DELETE FROM b.things WHERE name = 'failing'");
    }

    @Test
    void howManyRowsAreThoseOfTheLastQueryThoughThereAreKeys() throws SQLException {
        Connection one = open();
        execute(one, "INSERT INTO b.things (name) VALUES ('counted')");
        one.setAutoCommit(false);
        execute(one, "INSERT INTO b.things (name) VALUES ('counted')");
        assertThatThrownBy(() -> text(one, "SELECT found_rows()")).hasMessageContaining("generated keys");
        one.rollback();
        one.setAutoCommit(true);
        execute(one, "DELETE FROM b.things WHERE name = 'counted'");
    }

    /** Bound late, and one to one. */
    @Test
    void whatFollowsAnAutocommitThatATextSwitchesOffKeepsItsSlot() throws SQLException {
        String direct = url.substring(0, url.indexOf("&helios.")) + "&helios.manager=one-to-one";
        for (String each : List.of(url, direct)) {
            try (Connection one = DriverManager.getConnection(each);
                    Connection observer = DriverManager.getConnection(each)) {
                execute(one, "SET autocommit = 0");
                execute(one, "UPDATE a.things SET name = 'of a' WHERE id = 1");
                assertThat(DatabaseContract.status(observer, "active")).isEqualTo(1);
                one.commit();
                assertThat(DatabaseContract.status(observer, "active")).isZero();
                execute(one, "UPDATE a.things SET name = 'of a' WHERE id = 1");
                assertThat(DatabaseContract.status(observer, "active")).isEqualTo(1);
                execute(one, "SET SESSION autocommit = DEFAULT");
                assertThat(DatabaseContract.status(observer, "active")).isZero();
                execute(one, "UPDATE a.things SET name = 'of a' WHERE id = 1");
                assertThat(DatabaseContract.status(observer, "active")).isZero();
            }
        }
    }

    @Test
    void whatIsToldAndDoneOfTablesPinsNobody() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE a.done (id INT)");
        for (String sql : List.of(
                "DESC a.done",
                "DESCRIBE a.done id",
                "DESC SELECT id FROM a.done",
                "CHECK TABLE a.done",
                "CHECKSUM TABLE a.done",
                "OPTIMIZE TABLE a.done",
                "RENAME TABLE a.done TO b.done")) {
            execute(one, sql);
            assertThat(state(one)).as(sql).isEqualTo("unbound");
        }
        execute(one, "DROP TABLE b.done");
    }

    @Test
    void whatCannotBeUndonePins() throws SQLException {
        for (String sql : List.of(
                "SET @x = 1",
                "SELECT @`x` := 1",
                "SELECT @'x' := 1",
                "SELECT 1, @1 := 1",
                "CREATE TEMPORARY TABLE a.mine (id INT)",
                "SELECT get_lock('mine', 0)",
                "SELECT connection_id()",
                "LOCK TABLES a.things READ",
                "START TRANSACTION",
                "SET SESSION sql_mode = 'ANSI_QUOTES'",
                "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'",
                "SET SESSION max_join_size = 7",
                "SET time_zone = concat('+01', ':00')",
                "SET time_zone = '+01:00', @x = 1",
                "PREPARE mine FROM 'SELECT 1'")) {
            Connection one = open();
            execute(one, sql);
            String process = text(one, PROCESS);
            assertThat(state(one)).as(sql).startsWith("pinned");
            one.close();
            assertThat(text(open(), PROCESS)).as(sql).isNotEqualTo(process);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "SET time_zone = '+01:00'|@@time_zone|+01:00",
                "SET SESSION sql_mode = 'PIPES_AS_CONCAT'|@@sql_mode|PIPES_AS_CONCAT",
                "SET @@session.sql_mode = ''|@@sql_mode|##",
                "SET NAMES utf8mb3 COLLATE utf8mb3_bin|concat(@@character_set_client, @@collation_connection)|utf8mb3utf8mb3_bin",
                "SET character_set_connection = latin1|@@collation_connection|latin1_swedish_ci",
                "SET LOCAL max_statement_time = 17.5|@@max_statement_time|17.500000",
                "SET optimizer_switch = 'mrr=on'|@@optimizer_switch LIKE '%mrr=on%'|1",
                "SET foreign_key_checks = OFF, unique_checks = 0|@@foreign_key_checks + @@unique_checks|0",
                "SET lc_time_names = de_DE|date_format('2026-03-01', '%M')|März",
                "SET wait_timeout = 77|@@wait_timeout|77",
                "SET group_concat_max_len = ?|@@group_concat_max_len|77"
            })
    void whatIsSetStaysWithWhoHasSetIt(String set, String asked, String told) throws SQLException {
        Connection one = open();
        Connection other = open();
        String before = text(other, "SELECT " + asked);
        String process = text(other, PROCESS);
        assertThat(before).isNotEqualTo(told);
        if (set.endsWith("?")) {
            try (PreparedStatement prepared = one.prepareStatement(set)) {
                prepared.setInt(1, 77);
                prepared.execute();
            }
        } else {
            execute(one, set);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(text(one, "SELECT " + asked)).isEqualTo(told);
            assertThat(state(one)).isEqualTo("unbound");
            assertThat(text(other, "SELECT " + asked)).isEqualTo(before);
        }
        assertThat(text(open(), "SELECT " + asked)).isEqualTo(before);
        assertThat(text(one, PROCESS)).isEqualTo(process);
    }

    @Test
    void whatTheAddressSetsIsWhatASessionBeginsWith() throws SQLException {
        String set = url + "&sessionVariables=sql_mode='ANSI_QUOTES',time_zone='+05:00'";
        try (Connection one = DriverManager.getConnection(set);
                Connection other = DriverManager.getConnection(set)) {
            execute(one, "SET sql_mode = '', time_zone = DEFAULT");
            assertThat(text(one, "SELECT concat(@@sql_mode, \"|\", @@time_zone)"))
                    .isEqualTo("|SYSTEM");
            assertThat(text(other, "SELECT concat(@@sql_mode, '|', @@time_zone)"))
                    .isEqualTo("ANSI_QUOTES|+05:00");
            assertThat(text(one, "SELECT concat(@@sql_mode, \"|\", @@time_zone)"))
                    .isEqualTo("|SYSTEM");
        }
    }

    /** As one to one: a rollback takes back nothing of what was set. */
    @Test
    void whatIsSetInATransactionOutlivesIt() throws SQLException {
        Connection one = open();
        Connection other = open();
        one.setAutoCommit(false);
        execute(one, "SET time_zone = '+03:00'");
        assertThat(text(one, "SELECT @@time_zone")).isEqualTo("+03:00");
        one.rollback();
        assertThat(text(other, "SELECT @@time_zone")).isEqualTo("SYSTEM");
        assertThat(text(one, "SELECT @@time_zone")).isEqualTo("+03:00");
        one.rollback();
    }

    @Test
    void whatCannotBeSetIsRefusedByTheServerAndPinsNobody() throws SQLException {
        Connection one = open();
        for (String sql : List.of(
                "SET time_zone = 'nowhere'",
                "SET max_execution_time = 7",
                "SET time_zone = '+01:00', lock_wait_timeout = 'x'")) {
            assertThatThrownBy(() -> execute(one, sql)).as(sql).isInstanceOf(SQLException.class);
            assertThat(state(one)).as(sql).isEqualTo("unbound");
            assertThat(text(one, "SELECT @@time_zone")).as(sql).isEqualTo("SYSTEM");
        }
    }

    /** The question what a variable was before counts as the last query. */
    @Test
    void howManyRowsThereWereIsRefusedOnceAVariableWasAskedFor() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        assertThat(text(one, "SELECT 1 FROM a.things UNION ALL SELECT 2")).isEqualTo("1");
        execute(one, "SET div_precision_increment = 7");
        assertThatThrownBy(() -> text(one, "SELECT found_rows()")).hasMessageContaining("generated keys");
        assertThat(text(one, "SELECT 1 FROM a.things UNION ALL SELECT 2")).isEqualTo("1");
        execute(one, "SET div_precision_increment = 8");
        assertThat(text(one, "SELECT found_rows()")).isEqualTo("2");
        one.rollback();
    }

    @ParameterizedTest
    @CsvSource({"0.000001, pinned", "0.05, pinned", "0.1, unbound"})
    void aLimitOnStatementsHitsNobodyElse(String seconds, String state) throws SQLException {
        Connection one = open();
        Connection other = open();
        one.setAutoCommit(false);
        execute(one, "SET time_zone = '+01:00', max_statement_time = " + seconds);
        one.commit();
        assertThat(state(one)).startsWith(state);
        for (int i = 0; i < 3; i++) {
            assertThat(text(one, "SELECT @@time_zone")).isEqualTo("+01:00");
            assertThatThrownBy(() -> text(one, "SELECT count(*) FROM a.things WHERE sleep(60) = 0"))
                    .hasFieldOrPropertyWithValue("errorCode", 1969);
            one.rollback();
            assertThat(text(other, "SELECT @@max_statement_time")).isEqualTo("0.000000");
            assertThat(text(other, "SELECT 1 FROM a.things WHERE sleep(0.2) = 0"))
                    .isEqualTo("1");
        }
    }

    /** What a statement was prepared with is in it, whoever executes it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "&useServerPrepStmts=true"})
    void aPreparedStatementIsReadAsItsOwnersTextsAre(String how) throws SQLException {
        try (Connection one = DriverManager.getConnection(url + how);
                Connection other = DriverManager.getConnection(url + how)) {
            execute(one, "SET sql_mode = 'PIPES_AS_CONCAT'");
            for (int i = 0; i < 3; i++) {
                assertThat(concatenated(one)).isEqualTo("ab");
                assertThat(concatenated(other)).isEqualTo("0");
            }
            assertThat(state(one)).startsWith(how.isEmpty() ? "unbound" : "pinned");
        }
    }

    private static String concatenated(Connection connection) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement("SELECT 'a' || 'b'");
                ResultSet rows = prepared.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** Who has the same settings as the one before is told none; a limit on idle time does not outlive the use. */
    @Test
    void whatDoesNotDifferIsNotTold() throws SQLException {
        try (Connection observer = DriverManager.getConnection(straight())) {
            execute(observer, "SET GLOBAL log_output = 'TABLE'");
            execute(observer, "SET GLOBAL general_log = ON");
            Connection one = open();
            Connection other = open();
            Connection third = open();
            for (Connection each : List.of(one, other)) {
                execute(each, "SET time_zone = '+09:00'");
            }
            execute(third, "SET wait_timeout = 7");
            execute(observer, "TRUNCATE TABLE mysql.general_log");
            for (int i = 0; i < 3; i++) {
                assertThat(text(one, "SELECT @@time_zone")).isEqualTo("+09:00");
                assertThat(text(other, "SELECT @@time_zone")).isEqualTo("+09:00");
            }
            String told =
                    "SELECT group_concat(argument SEPARATOR ' & ') FROM mysql.general_log WHERE argument LIKE 'SET %'"
                            + " AND argument NOT LIKE '%general_log%'";
            assertThat(text(observer, told)).isEqualTo("SET @@session.time_zone = '+09:00'");
            execute(observer, "TRUNCATE TABLE mysql.general_log");
            assertThat(text(third, "SELECT @@time_zone")).isEqualTo("SYSTEM");
            assertThat(text(observer, told))
                    .isEqualTo("SET @@session.time_zone = 'SYSTEM', @@session.wait_timeout = 7"
                            + " & SET @@session.wait_timeout = 28800");
            execute(observer, "SET GLOBAL general_log = OFF");
        }
    }

    @Test
    void aPoolWhoseConnectionsAllBeginWithASetSharesFewConnections() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.replace("max_concurrency=1", "max_concurrency=4") + "&helios.manager=many");
        config.setMaximumPoolSize(30);
        config.setMinimumIdle(30);
        config.setConnectionInitSql("SET time_zone = '+02:00', sql_mode = 'STRICT_ALL_TABLES', NAMES utf8mb4");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            List<Connection> all = new ArrayList<>();
            Set<String> processes = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                all.add(pool.getConnection());
            }
            for (Connection each : all) {
                assertThat(text(each, "SELECT concat(@@time_zone, @@sql_mode)")).isEqualTo("+02:00STRICT_ALL_TABLES");
                processes.add(text(each, PROCESS));
            }
            assertThat(processes).hasSizeLessThanOrEqualTo(5);
            try (Statement statement = all.get(0).createStatement();
                    ResultSet rows = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
                int shown = 0;
                while (rows.next()) {
                    assertThat(rows.getString("state")).isEqualTo("unbound");
                    shown++;
                }
                assertThat(shown).isEqualTo(30);
            }
            for (Connection each : all) {
                each.close();
            }
        }
    }

    @Test
    void keysAreReadOrRefused() throws SQLException {
        Connection one = open();
        try (PreparedStatement insert =
                one.prepareStatement("INSERT INTO b.things (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, "key");
            assertThat(insert.executeUpdate()).isEqualTo(1);
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt(1)).isGreaterThan(1);
            }
        }
        assertThat(state(one)).isEqualTo("unbound");
        assertThatThrownBy(() -> text(one, "SELECT last_insert_id()")).hasMessageContaining("generated keys");
        execute(one, "DELETE FROM b.things WHERE name = 'key'");
    }

    /** What a session took from a sequence it tells until it ends. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT LASTVAL(a.ticks)", "SELECT PREVIOUS /* of */ VALUE FOR a.ticks, \"a\""})
    void nobodyReadsWhatAnotherTookFromASequence(String last) throws SQLException {
        Connection one = open();
        execute(one, "CREATE OR REPLACE SEQUENCE a.ticks");
        execute(one, "SELECT NEXTVAL(a.ticks)");
        Connection other = open();
        assertThatThrownBy(() -> text(other, "SELECT last_insert_id()")).hasMessageContaining("generated keys");
        other.setAutoCommit(false);
        execute(other, "INSERT INTO b.things (name) VALUES ('logged')");
        assertThatThrownBy(() -> text(other, last)).hasMessageContaining("generated keys");
        other.rollback();
        for (int i = 0; i < 3; i++) {
            execute(one, "SELECT NEXTVAL(a.ticks)");
            execute(other, "INSERT INTO b.things (name) VALUES ('logged')");
            assertThat(text(other, last)).isEqualTo("null");
            execute(other, "SELECT NEXTVAL(a.ticks)");
            assertThat(text(other, last)).isNotEqualTo("null");
            other.rollback();
        }
    }

    @Test
    void aKeyThatIsReadTwiceIsKeptUntilItWasReadTwice() throws SQLException {
        Connection one = open();
        String insert = "INSERT INTO b.things (name) VALUES ('read twice')";
        String key = "SELECT last_insert_id()";
        for (int refused = 1; refused <= 2; refused++) {
            execute(one, insert);
            for (int i = 1; i < refused; i++) {
                assertThat(text(one, key)).isNotEqualTo("0");
            }
            assertThat(state(one)).isEqualTo("unbound");
            assertThatThrownBy(() -> text(one, key)).hasMessageContaining("generated keys");
        }
        for (int i = 0; i < 2; i++) {
            execute(one, insert);
            String told = text(one, key);
            assertThat(state(one)).isEqualTo("bound: its last key");
            assertThat(text(one, key)).isEqualTo(told);
            assertThat(state(one)).isEqualTo("unbound");
        }
        execute(one, "DELETE FROM b.things WHERE name = 'read twice'");
    }

    /** As one that is dropped: the session is in none then. */
    @ParameterizedTest
    @ValueSource(strings = {"CREATE OR REPLACE DATABASE anew", "create or replace schema `anew`", "DROP DATABASE anew"})
    void aDatabaseThatIsMadeAnewLeavesTheNextOneWhereHeIs(String text) throws SQLException {
        Connection one = open();
        Connection other = open();
        execute(one, "CREATE DATABASE IF NOT EXISTS anew");
        execute(one, "USE anew");
        execute(one, text);
        assertThat(state(one)).startsWith("pinned: ").endsWith("DATABASE");
        assertThat(text(one, "SELECT DATABASE()")).isEqualTo("null");
        one.close();
        execute(other, "CREATE DATABASE IF NOT EXISTS anew");
        execute(other, "USE anew");
        assertThat(text(other, "SELECT DATABASE()")).isEqualTo("anew");
        execute(other, "DROP DATABASE anew");
    }
}
