package io.heliosjdbc.classifier.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.AutoCommit;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.statement.Effects;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            BEGIN                                            | BEGIN     | BEGINS
            begin;                                           | BEGIN     | BEGINS
            /* x */ BEGIN WORK -- y                          | BEGIN     | BEGINS
            BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY    | BEGIN     | BEGINS
            BEGIN NOT DEFERRABLE                             | BEGIN     | BEGINS
            BEGIN TRAN t1                                    | BEGIN     | BEGINS
            BEGIN IMMEDIATE                                  | BEGIN     | BEGINS
            START TRANSACTION READ WRITE                     | BEGIN     | BEGINS
            START REPLICA                                    | WORK      | NONE
            BEGIN UPDATE t SET a = 1; COMMIT; END;           | WORK      | NONE
            DECLARE n INT; BEGIN DELETE FROM t; END;         | WORK      | NONE
            IF 1 = 1 BEGIN UPDATE t SET a = 1; END           | WORK      | NONE
            CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW BEGIN DELETE FROM u; END | WORK | NONE
            ALTER PROCEDURE p AS BEGIN UPDATE t SET a = 1; COMMIT; END | WORK | NONE
            IF 1 = 1 BEGIN UPDATE t SET a = 1; COMMIT; END   | WORK      | NONE
            WHILE 1 = 1 BEGIN UPDATE t SET a = 1; COMMIT; END | WORK     | NONE
            UPDATE t SET a = 1 IF @@ROWCOUNT = 0 BEGIN INSERT INTO t VALUES (1); COMMIT; END | WORK | NONE
            UPDATE t SET a = 1 IF @b = 1 BEGIN SET @c = 1; COMMIT; END | WORK | NONE
            SELECT begin FROM s; COMMIT                      | WORK      | ENDS
            SELECT 1 AS begin; BEGIN; UPDATE t SET a = 1     | WORK      | BEGINS
            UPDATE t begin SET a = 1; COMMIT                 | WORK      | ENDS
            WITH w AS (SELECT 1) UPDATE t begin SET a = 1; COMMIT | WORK | ENDS
            INSERT INTO begin SELECT 1; COMMIT               | WORK      | ENDS
            COMMIT                                           | COMMIT    | ENDS
            commit work                                      | COMMIT    | ENDS
            COMMIT TRAN t1                                   | COMMIT    | ENDS
            COMMIT AND NO CHAIN                              | COMMIT    | ENDS
            COMMIT AND CHAIN                                 | COMMIT    | CHAINS
            COMMIT WORK AND CHAIN                            | COMMIT    | CHAINS
            COMMIT PREPARED 'x'                              | SAVEPOINT | NONE
            PREPARE TRANSACTION 'x'                          | COMMIT    | ENDS
            PREPARE p AS SELECT 1                            | WORK      | NONE
            SET STATEMENT max_statement_time = 600 FOR DELETE FROM t | WORK | NONE
            END                                              | COMMIT    | ENDS
            END TRANSACTION;                                 | COMMIT    | ENDS
            END AND CHAIN                                    | COMMIT    | CHAINS
            ROLLBACK                                         | ROLLBACK  | ENDS
            ABORT TRANSACTION                                | ROLLBACK  | ENDS
            ROLLBACK AND CHAIN                               | ROLLBACK  | CHAINS
            ROLLBACK PREPARED 'x'                            | SAVEPOINT | NONE
            ROLLBACK TO s1                                   | SAVEPOINT | NONE
            ROLLBACK WORK TO SAVEPOINT s1                    | SAVEPOINT | NONE
            ROLLBACK TRANSACTION s1                          | SAVEPOINT | NONE
            ROLLBACK WORK RELEASE                            | ROLLBACK  | ENDS
            SAVEPOINT s1                                     | SAVEPOINT | NONE
            RELEASE SAVEPOINT s1                             | SAVEPOINT | NONE
            SAVE TRANSACTION s1                              | SAVEPOINT | NONE
            SET search_path = a                              | SETTING   | NONE
            SET a = 1; SET b = 2                             | SETTING   | NONE
            SET @n = (SELECT count(*) FROM t)                | WORK      | NONE
            SET @x = slow_function(2026)                     | WORK      | NONE
            SET @x = 1, @y = @@autocommit, @z = (2)          | SETTING   | NONE
            SET @@session.sql_mode = concat(@@sql_mode, ?)   | SETTING   | NONE
            SET NOCOUNT ON UPDATE t SET a = 1                | WORK      | NONE
            SET NOCOUNT ON EXEC report                       | WORK      | NONE
            SET NOCOUNT ON SET XACT_ABORT ON                 | SETTING   | NONE
            USE shop DELETE FROM t                           | WORK      | NONE
            USE shop SELECT 1                                | WORK      | NONE
            BEGIN TRAN UPDATE t SET a = 1                    | WORK      | BEGINS
            BEGIN TRAN UPDATE t SET a = 1 COMMIT             | WORK      | ENDS
            BEGIN TRAN MERGE INTO t USING u ON a = b IF @@ERROR > 0 ROLLBACK ELSE COMMIT TRAN | WORK | ENDS
            BEGIN TRAN UPDATE t SET a = 1 IF @@ROWCOUNT = 0 ROLLBACK | WORK | BEGINS
            BEGIN TRAN UPDATE t SET a = 1 IF @@ROWCOUNT = 0 BEGIN ROLLBACK RETURN END | WORK | BEGINS
            BEGIN TRAN UPDATE t SET a = 1 IF @@ROWCOUNT = 0 BEGIN ROLLBACK RETURN END COMMIT | WORK | ENDS
            BEGIN TRAN UPDATE t SET a = 1 IF @@ROWCOUNT = 0 INSERT INTO t SELECT 1 COMMIT | WORK | ENDS
            BEGIN TRAN UPDATE t SET a = 1 IF EXISTS (SELECT 1 FROM t) ROLLBACK | WORK | BEGINS
            BEGIN TRAN DROP TABLE IF EXISTS t COMMIT         | WORK      | ENDS
            BEGIN TRAN UPDATE t SET a = CASE WHEN b = 1 THEN 2 ELSE 3 END COMMIT | WORK | ENDS
            BEGIN TRAN UPDATE t SET a = 1 IF @@TRANCOUNT > 0 COMMIT | WORK | ENDS
            BEGIN TRAN UPDATE t SET a = 1 IF @b = 1 DELETE FROM u ELSE COMMIT | WORK | BEGINS
            BEGIN TRAN UPDATE t SET a = 1 IF @b = 1 ROLLBACK ELSE IF @b = 2 COMMIT | WORK | BEGINS
            BEGIN TRAN UPDATE t SET a = 1 IF @b = 1 ROLLBACK ELSE IF @b = 2 ROLLBACK ELSE COMMIT | WORK | ENDS
            BEGIN TRAN UPDATE t SET a = 1 IF @b = 1 DELETE FROM u ELSE IF @b = 2 ROLLBACK ELSE COMMIT | WORK | BEGINS
            BEGIN TRAN BEGIN TRY UPDATE t SET a = 1 END TRY BEGIN CATCH ROLLBACK THROW END CATCH | WORK | BEGINS
            BEGIN TRAN BEGIN TRY UPDATE t SET a = 1 COMMIT END TRY BEGIN CATCH ROLLBACK THROW END CATCH | WORK | ENDS
            BEGIN TRAN DELETE FROM u BEGIN TRY UPDATE t SET a = 1 COMMIT END TRY BEGIN CATCH ROLLBACK END CATCH | WORK | ENDS
            BEGIN TRAN DELETE FROM u BEGIN TRY UPDATE t SET a = 1 COMMIT END TRY BEGIN CATCH THROW END CATCH | WORK | BEGINS
            BEGIN TRAN IF @b = 1 BEGIN UPDATE t SET a = 1 COMMIT END | WORK | BEGINS
            BEGIN TRAN IF @b = 1 BEGIN UPDATE t SET a = 1 END COMMIT | WORK | ENDS
            BEGIN TRAN IF @b = 1 UPDATE t SET a = 1 COMMIT   | WORK      | ENDS
            BEGIN TRAN IF @b = 1 UPDATE t SET a = 1 ELSE COMMIT | WORK   | BEGINS
            BEGIN TRAN IF @b = 1 BEGIN UPDATE t SET a = 1 COMMIT END ELSE ROLLBACK | WORK | ENDS
            BEGIN TRAN IF @b = 1 BEGIN UPDATE t SET a = 1 COMMIT END ELSE BEGIN DELETE FROM u ROLLBACK END | WORK | ENDS
            BEGIN TRAN IF @b = 1 BEGIN UPDATE t SET a = 1 COMMIT END ELSE DELETE FROM u | WORK | BEGINS
            BEGIN TRAN IF @b = 1 BEGIN COMMIT END ELSE BEGIN UPDATE t SET a = 1 COMMIT END | WORK | ENDS
            BEGIN TRAN IF @b = 1 BEGIN ROLLBACK END ELSE BEGIN UPDATE t SET a = 1 END | WORK | BEGINS
            BEGIN TRAN WHILE @b < 9 BEGIN UPDATE t SET a = 1 COMMIT END | WORK | BEGINS
            BEGIN TRAN BEGIN UPDATE t SET a = 1 COMMIT END   | WORK      | ENDS
            BEGIN TRAN BEGIN TRY UPDATE t SET a = 1 COMMIT END TRY BEGIN CATCH THROW END CATCH | WORK | BEGINS
            BEGIN TRAN BEGIN TRY UPDATE t SET a = 1 COMMIT END TRY BEGIN CATCH IF XACT_STATE() <> 0 ROLLBACK END CATCH | WORK | ENDS
            SET NOCOUNT ON IF @b = 1 BEGIN UPDATE t SET a = 1 COMMIT END | WORK | NONE
            SET NOCOUNT ON IF @b = 1 BEGIN BEGIN TRAN UPDATE t SET a = 1 COMMIT END | WORK | ENDS
            SET NOCOUNT ON BEGIN TRY BEGIN TRAN UPDATE t SET a = 1 COMMIT END TRY BEGIN CATCH ROLLBACK END CATCH | WORK | ENDS
            SET NOCOUNT ON BEGIN TRAN UPDATE t SET a = 1     | WORK      | BEGINS
            SET XACT_ABORT ON BEGIN TRAN UPDATE t SET a = 1  | WORK      | BEGINS
            SET NOCOUNT ON BEGIN TRAN; UPDATE t SET a = 1; COMMIT TRAN; | WORK | ENDS
            SET NOCOUNT ON COMMIT                            | WORK      | ENDS
            SET NOCOUNT ON IF @b = 1 COMMIT                  | SETTING   | NONE
            SET ROLE commit                                  | SETTING   | NONE
            SET TRANSACTION READ WRITE AUTO COMMIT           | SETTING   | NONE
            SET TRANSACTION USE ROLLBACK SEGMENT r           | SETTING   | NONE
            BEGIN TRAN COMMIT                                | WORK      | ENDS
            COMMIT TRAN DELETE FROM t                        | WORK      | ENDS_BEFORE_WORK
            COMMIT INSERT INTO t SELECT 1 COMMIT             | WORK      | ENDS
            BEGIN TRAN CREATE TABLE t (a INT) ON COMMIT DROP | WORK      | BEGINS
            SET x TO update                                  | SETTING   | NONE
            SET x TO a, update, b                            | SETTING   | NONE
            SET x = execute, y = 1                           | SETTING   | NONE
            SET ISOLATION TO COMMITTED READ RETAIN UPDATE LOCKS | SETTING | NONE
            SET QUERY_BAND = 'a=b;' UPDATE FOR SESSION       | SETTING   | NONE
            SET call.id = '5'                                | SETTING   | NONE
            SET update = 5                                   | SETTING   | NONE
            SET ROLE update                                  | SETTING   | NONE
            USE update                                       | SETTING   | NONE
            ROLLBACK TO delete                               | SAVEPOINT | NONE
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED   | SETTING   | NONE
            SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY | SETTING | NONE
            RESET ALL                                        | SETTING   | NONE
            SHOW server_version                              | SETTING   | NONE
            DISCARD ALL                                      | SETTING   | NONE
            USE shop                                         | SETTING   | NONE
            SELECT 1                                         | WORK      | NONE
            /*+ x */ COMMIT                                  | COMMIT    | ENDS
            'BEGIN'                                          | WORK      | NONE
            "BEGIN"                                          | WORK      | NONE
            BEGIN; UPDATE t SET a = 1; COMMIT                | WORK      | ENDS
            BEGIN; UPDATE t SET a = 1                        | WORK      | BEGINS
            UPDATE t SET a = 1; COMMIT; BEGIN                | WORK      | CHAINS
            COMMIT; BEGIN; UPDATE t SET a = 1                | WORK      | CHAINS
            BEGIN; COMMIT; BEGIN; ROLLBACK                   | WORK      | ENDS
            COMMIT; UPDATE t SET a = 1                       | WORK      | ENDS_BEFORE_WORK
            COMMIT; UPDATE t SET a = 1; SAVEPOINT s          | WORK      | ENDS_BEFORE_WORK
            COMMIT; UPDATE t SET a = 1; BEGIN                | WORK      | CHAINS
            COMMIT; UPDATE t SET a = 1; COMMIT               | WORK      | ENDS
            COMMIT AND CHAIN; SELECT 1                       | WORK      | CHAINS
            COMMIT AND CHAIN; COMMIT                         | WORK      | ENDS
            SELECT 1; SELECT 2                               | WORK      | NONE
            SELECT ';COMMIT;'                                | WORK      | NONE
            SELECT $$;COMMIT;$$                              | WORK      | NONE
            SELECT 1 /* ; */ -- ; COMMIT                     | WORK      | NONE
            CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; COMMIT) | WORK | NONE
            """)
    void kindAndEffectFollowTheKeywords(String sql, StatementKind kind, TransactionEffect effect) {
        Reading reading = Reading.of(sql);
        assertThat(reading.kind()).isEqualTo(kind);
        assertThat(reading.effects().transaction()).isEqualTo(effect);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", ";", " ; ;; ", "/* only */", "-- only", "\u0000"})
    void textWithoutAStatementIsWorkWithoutEffect(String sql) {
        Reading reading = Reading.of(sql);
        assertThat(reading.kind()).isEqualTo(StatementKind.WORK);
        assertThat(reading.effects().transaction()).isEqualTo(TransactionEffect.NONE);
    }

    @Test
    void hashCommentsBeforeAStatementAreSkipped() {
        assertThat(Reading.of("# note\nCOMMIT").kind()).isEqualTo(StatementKind.COMMIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SET application_name = 'it''s me'                       | it's me
            SET application_name TO 'x'                             | x
            set session Application_Name to X                       | x
            SET application_name = "Job"                            | Job
            SET application_name = 'a'; SET application_name = 'b'  | b
            SET application_name = 'a'; SELECT 1                    | a
            """)
    void applicationNameIsReadFromSet(String sql, String name) {
        assertThat(Reading.of(sql).effects().applicationName()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SET SCHEMA 'acme'                          | acme
            SET SCHEMA Acme                            | acme
            set session schema = "Acme"                | Acme
            SET search_path TO acme, public            | acme
            SET search_path = "Acme"                   | Acme
            SET search_path TO a; SET search_path TO b | b
            SET search_path TO "$user", public         | ~~
            SET search_path TO DEFAULT                 | ~~
            RESET search_path                          | ~~
            RESET ALL                                  | ~~
            DISCARD ALL                                | ~~
            SET LOCAL search_path TO acme              |
            SET application_name = 'acme'              |
            SELECT 'SET SCHEMA acme'                   |
            SHOW search_path                           |
            CREATE SCHEMA acme                         |
            """)
    void theSchemaIsReadFromSet(String sql, @Nullable String schema) {
        assertThat(Reading.of(sql).effects().schema()).isEqualTo(schema);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SET autocommit = 0                                      | OFF
            set session Autocommit := off                           | OFF
            SET @@autocommit = 0                                    | OFF
            SET @@session.autocommit = OFF                          | OFF
            SET `autocommit` = 'OFF'                                | OFF
            SET AUTOCOMMIT FALSE                                    | OFF
            SET SESSION AUTOCOMMIT TO OFF                           | OFF
            SET sql_mode = 'ANSI', autocommit = 0, @x = 1           | OFF
            SET @old = @@autocommit, autocommit = 0                 | OFF
            SET autocommit = 0, @old = @@autocommit                 | OFF
            SET IMPLICIT_TRANSACTIONS ON                            | OFF
            SET autocommit = 1; SET autocommit = 0                  | OFF
            SET autocommit = 0; UPDATE t SET a = 1                  | OFF
            SET autocommit = 0; SET autocommit = 1                  | SET
            SET autocommit = 1                                      | SET
            SET AUTOCOMMIT TRUE                                     | SET
            SET autocommit = ?                                      | SET
            SET autocommit = DEFAULT                                | SET
            SET autocommit = @old                                   | SET
            SET autocommit = (SELECT 0)                             | SET
            SET IMPLICIT_TRANSACTIONS OFF                           | SET
            SET GLOBAL autocommit = 0                               | KEPT
            SET @@global.autocommit = 0                             | KEPT
            SET @@PERSIST_ONLY.autocommit = 0                       | KEPT
            SET @old = @@autocommit                                 | KEPT
            SET @autocommit = 0                                     | KEPT
            SET autocommit                                          | KEPT
            SHOW autocommit                                         | KEPT
            SELECT @@autocommit                                     | KEPT
            UPDATE t SET autocommit = 0                             | KEPT
            """)
    void autocommitIsReadFromSet(String sql, AutoCommit autoCommit) {
        assertThat(Reading.of(sql).effects().autoCommit()).isEqualTo(autoCommit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET LOCAL application_name = 'x'",
                "SET search_path = 'x'",
                "SELECT 'SET application_name = 1'",
                "SHOW application_name"
            })
    void applicationNameIsOfTheSessionOnly(String sql) {
        Reading reading = Reading.of(sql);
        assertThat(reading.effects().applicationName()).isNull();
        assertThat(reading.effects().resetsApplicationName()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESET application_name",
                "RESET ALL",
                "DISCARD ALL",
                "SET application_name TO DEFAULT",
                "SET application_name = 'x'; RESET ALL"
            })
    void applicationNameIsReset(String sql) {
        Reading reading = Reading.of(sql);
        assertThat(reading.effects().applicationName()).isNull();
        assertThat(reading.effects().resetsApplicationName()).isTrue();
    }

    /** What one database takes for a statement is a part of somebody's literal to another one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            LITERALS | UPDATE t SET a = 'x\\'; COMMIT; -- '                      | WORK    | NONE
            LITERALS | UPDATE t SET a = "x\\"; COMMIT; -- "                      | WORK    | NONE
            LITERALS | UPDATE t SET a = 'x\\'; SET autocommit = 0; -- '          | WORK    | NONE
            LITERALS | SET @a = 'x\\'; DELETE FROM t; -- '                       | SETTING | NONE
            LITERALS | UPDATE t SET a = '\\', b = '\\'; COMMIT                   | WORK    | ENDS
            LITERALS | UPDATE t SET a = '\\', b = 'c'; COMMIT                   | WORK    | ENDS
            NAMES    | UPDATE t SET a = 'x\\'; COMMIT; -- '                      | WORK    | ENDS
            EITHER   | UPDATE t SET a = 'x\\'; COMMIT; -- '                      | WORK    | NONE
            EITHER   | SET @a = 'x\\'; DELETE FROM t; -- '                       | WORK    | NONE
            EITHER   | UPDATE t SET a = 'it\\'s'; COMMIT                         | WORK    | ENDS
            EITHER   | UPDATE t SET a = 'x\\'; COMMIT                            | WORK    | ENDS
            EITHER   | BEGIN; UPDATE t SET a = 'x\\', b = '-- '                  | WORK    | BEGINS
            """)
    void backslashHidesAQuoteWhereTheDatabaseSaysSo(
            DoubleQuotes quotes, String sql, StatementKind kind, TransactionEffect effect) {
        Reading reading = Reading.of(CutText.of(Lexer.read(sql), quotes));
        assertThat(reading.kind()).isEqualTo(kind);
        assertThat(reading.effects().transaction()).isEqualTo(effect);
    }

    @Test
    void whetherAutocommitIsSwitchedMustBeLookedUpWhereNobodyKnowsHowATextIsRead() {
        Tokens tokens = Lexer.read("UPDATE t SET a = 'x\\'; SET autocommit = 0; -- '");
        assertThat(autoCommit(tokens, DoubleQuotes.EITHER)).isEqualTo(AutoCommit.SET);
        assertThat(autoCommit(tokens, DoubleQuotes.LITERALS)).isEqualTo(AutoCommit.KEPT);
        assertThat(autoCommit(tokens, DoubleQuotes.NAMES)).isEqualTo(AutoCommit.OFF);
    }

    private static AutoCommit autoCommit(Tokens tokens, DoubleQuotes quotes) {
        return Reading.of(CutText.of(tokens, quotes)).effects().autoCommit();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET a = 'x\\'; SET application_name = boss; SET search_path = boss; -- '",
                "UPDATE t SET a = 'x\\''; SET application_name = boss; SET SCHEMA boss; -- '",
                "UPDATE t SET a = b--5 WHERE c = 'x\n; SET application_name = boss; SET SCHEMA boss -- '",
                "SELECT 1 /* /* */; SET application_name = boss; SET SCHEMA boss -- */",
                "RESET ALL -- /*\n; SELECT 'x\\'"
            })
    void textThatCanBeReadInTwoWaysNamesNobody(String sql) {
        for (DoubleQuotes quotes : DoubleQuotes.values()) {
            Effects effects = Reading.of(CutText.of(Lexer.read(sql), quotes)).effects();
            assertThat(effects).isEqualTo(effects.withoutNames());
        }
    }

    /** PostgreSQL's operator, behind which a comment names an application like any other; MySQL's comment. */
    @Test
    void aSharpMakesNamesDoubtfulWhereItMayBeginAComment() {
        String sets = "UPDATE t SET a = b # it's\n WHERE c = '; SET application_name = boss; SET SCHEMA boss -- '";
        String tagged = "SELECT flags # 5 FROM t /*route='Find'*/";
        for (DoubleQuotes quotes : DoubleQuotes.values()) {
            Reading set = Reading.of(CutText.of(Lexer.read(sets), quotes));
            Reading tags = Reading.of(CutText.of(Lexer.read(tagged), quotes));
            boolean certain = quotes == DoubleQuotes.NAMES;
            assertThat(set.effects().applicationName()).isEqualTo(certain ? "boss" : null);
            assertThat(set.effects().schema()).isEqualTo(certain ? "boss" : null);
            assertThat(tags.tags().route()).isEqualTo(certain ? "Find" : null);
        }
    }

    @Test
    void adminStatementsTellWhatTheyAreAbout() {
        Reading shown = Reading.of(" show helios Classes ;");
        assertThat(shown.kind()).isEqualTo(StatementKind.SHOW_HELIOS);
        assertThat(shown.adminText()).isEqualTo("Classes");
        Reading explained = Reading.of("EXPLAIN HELIOS /* priority=high */ SELECT 1 /* class=fast_lane */");
        assertThat(explained.kind()).isEqualTo(StatementKind.EXPLAIN_HELIOS);
        assertThat(explained.adminText()).isEqualTo("/* priority=high */ SELECT 1 /* class=fast_lane */");
        assertThat(Reading.of("SHOW HELIOS").adminText()).isEmpty();
        assertThat(Reading.of("EXPLAIN SELECT 1").kind()).isEqualTo(StatementKind.WORK);
        assertThat(Reading.of("EXPLAIN SELECT 1").adminText()).isNull();
    }
}
