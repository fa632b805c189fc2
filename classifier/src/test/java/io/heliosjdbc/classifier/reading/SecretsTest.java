package io.heliosjdbc.classifier.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.tokens.Lexer;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template must not show, and what it must. Every secret of these texts has {@code s3c} in it. */
class SecretsTest {
    private static final String SECRET = "s3c";

    private static String template(String sql, DoubleQuotes quotes) {
        return Reading.of(CutText.of(Lexer.read(sql), quotes)).template();
    }

    private static String anonymous(String sql, DoubleQuotes quotes) {
        return template(sql, quotes).toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Oracle, and whoever follows it
                "CREATE USER app IDENTIFIED BY s3cret",
                "CREATE USER app IDENTIFIED BY \"s3cret\" DEFAULT TABLESPACE users",
                "create user app identified by s3c$ret#1",
                "ALTER USER app IDENTIFIED BY s3cret REPLACE \"old s3cret\"",
                "ALTER USER app IDENTIFIED BY new REPLACE s3cret",
                "ALTER USER app IDENTIFIED BY VALUES 's3cret'",
                "ALTER USER app IDENTIFIED BY VALUES \"s3cret\"",
                "CREATE USER app IDENTIFIED EXTERNALLY AS \"s3cret\"",
                "CREATE USER app IDENTIFIED BY p@s3cret!x",
                "GRANT CONNECT TO a, b IDENTIFIED BY s3cret, s3cret2",
                "SET ROLE boss IDENTIFIED BY s3cret",
                "CREATE ROLE boss IDENTIFIED BY s3cret",
                "CREATE DATABASE LINK l CONNECT TO scott IDENTIFIED BY s3cret USING 'db'",
                "CREATE SHARED DATABASE LINK l CONNECT TO a IDENTIFIED BY s3cret AUTHENTICATED BY b IDENTIFIED BY s3cret2",
                "ALTER SYSTEM SET ENCRYPTION KEY IDENTIFIED BY \"s3cret\"",
                "ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY s3cret",
                "ADMINISTER KEY MANAGEMENT EXPORT KEYS WITH SECRET \"s3cret\" TO '/x' IDENTIFIED BY s3cret2",
                "ALTER PLUGGABLE DATABASE p UNPLUG INTO 'x.xml' ENCRYPT USING s3cret",
                "CREATE TABLE t (a NUMBER ENCRYPT IDENTIFIED BY s3cret)",
                // MySQL and MariaDB
                "CREATE USER app IDENTIFIED BY \"s3cret\"",
                "ALTER USER app@localhost IDENTIFIED WITH caching_sha2_password BY \"s3cret\" REPLACE \"s3cret2\"",
                "ALTER USER app IDENTIFIED WITH mysql_native_password AS \"*s3c\", b IDENTIFIED BY \"s3cret\"",
                "CREATE USER app IDENTIFIED BY PASSWORD \"*s3c\"",
                "CREATE USER app IDENTIFIED VIA ed25519 USING PASSWORD(\"s3cret\") OR mysql_native_password USING \"*s3c\"",
                "CREATE USER a IDENTIFIED BY \"s3cret\" AND IDENTIFIED WITH other BY \"s3cret\"",
                "SET PASSWORD FOR app = PASSWORD(\"s3cret\")",
                "SET PASSWORD = \"s3cret\"",
                "SET PASSWORD FOR 'app'@'%' TO \"s3cret\"",
                "GRANT ALL ON d.* TO app IDENTIFIED BY \"s3cret\"",
                "CHANGE MASTER TO MASTER_USER=\"r\", MASTER_PASSWORD=\"s3cret\"",
                "START REPLICA USER=\"r\" PASSWORD=\"s3cret\"",
                "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER \"r\", PASSWORD \"s3cret\")",
                "CLONE INSTANCE FROM u@h:3306 IDENTIFIED BY \"s3cret\"",
                // PostgreSQL and its kin
                "CREATE ROLE app LOGIN PASSWORD 's3cret' VALID UNTIL 'infinity'",
                "ALTER ROLE app ENCRYPTED PASSWORD $$s3cret$$",
                "CREATE USER app WITH PASSWORD s3cret",
                "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'x', password 's3cret')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=h password=s3cret' PUBLICATION p",
                "SET app.token TO s3cret",
                "SET SESSION app.token = \"s3cret\"",
                "ALTER ROLE app SET app.token = s3cret",
                "COPY t FROM 's3://b' CREDENTIALS 'aws_secret_access_key=s3cret'",
                "COPY t FROM 's3://b' ACCESS_KEY_ID 's3c' SECRET_ACCESS_KEY 's3cret' SESSION_TOKEN 's3c'",
                "CREATE SECRET mine (TYPE s3, KEY_ID s3c, SECRET s3cret)",
                "CREATE STAGE s URL='s3://b' CREDENTIALS=(AWS_KEY_ID='s3c' AWS_SECRET_KEY='s3cret')",
                "CREATE USER app PASSWORD = s3cret LOGIN_NAME = app",
                // SQL Server and Sybase
                "CREATE LOGIN app WITH PASSWORD = 's3cret' MUST_CHANGE",
                "EXEC master..sp_addlogin app, s3cret",
                "EXEC srv.master..sp_addlogin app, s3cret",
                "master.dbo.sp_addlogin app, s3cret",
                "SET NOCOUNT ON EXECUTE sp_password lion, s3cret",
                "DECLARE @rc int EXECUTE @rc = sp_addlogin app, s3cret",
                "IF 1=1 EXECUTE sp_addlogin app, s3cret",
                "INSERT INTO t EXECUTE login app, s3cret",
                "ALTER LOGIN app WITH PASSWORD = N's3cret' OLD_PASSWORD = \"s3cret2\"",
                "CREATE CREDENTIAL c WITH IDENTITY = 'x', SECRET = \"s3cret\"",
                "OPEN SYMMETRIC KEY k DECRYPTION BY PASSWORD = \"s3cret\"",
                "ALTER LOGIN app WITH PASSWORD s3cret MODIFY PASSWORD s3cret2",
                "EXEC sp_addlogin app, s3cret",
                "EXEC master.dbo.sp_addlogin app, \"s3cret\", shop",
                "execute sp_password @old = NULL, @new = s3cret, @loginame = app",
                "EXEC @rc = sp_addlogin 'app', [s3cret] OUTPUT, -1, s3cret",
                "sp_addlogin app, s3cret",
                "INSERT INTO t EXEC login app, s3cret",
                // H2, HSQLDB, SAP HANA, Teradata
                "CREATE USER app PASSWORD 's3cret'",
                "CREATE USER app SALT X'53c' HASH X'53c'",
                "ALTER USER app SET PASSWORD \"s3cret\"",
                "SET PASSWORD \"s3cret\"",
                "CREATE USER app PASSWORD DIGEST 's3cret'",
                "CREATE USER app PASSWORD S3cret1 NO FORCE_FIRST_PASSWORD_CHANGE",
                "ALTER USER app PASSWORD \"S3cret1\"",
                "CREATE USER app AS PERM=0 PASSWORD=s3cret",
                "MODIFY USER app AS PASSWORD = (s3cret)",
                "EXPLAIN HELIOS CREATE USER app PASSWORD s3cret",
                "SELECT 1; /* x */ CREATE USER app PASSWORD s3cret; SELECT 1",
                "/*+ x */ CREATE USER app PASSWORD s3cret",
                // a quote too few
                "'s3cret' s3cret '",
                "SELECT a FROM t WHERE b = 'O's3cret' AND c = s3cret",
            })
    void noSecretStandsInATemplateOfAnyDatabase(String sql) {
        for (DoubleQuotes quotes : DoubleQuotes.values()) {
            assertThat(anonymous(sql, quotes)).as("%s", quotes).doesNotContain(SECRET, "53c");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH DATABASE 'x.db' AS x KEY \"s3cret\"",
                "PRAGMA key = s3cret",
                "PRAGMA main.rekey = \"s3cret\"",
                "SELECT a FROM t WHERE t MATCH \"s3cret text\"",
                "UPDATE u SET pw = SHA2(\"s3cret\", 256)",
                "CALL login(\"bob\", \"s3cret\")",
                "{call login(\"bob\", \"s3cret\")}",
                "INSERT INTO t(a) VALUES (AES_ENCRYPT(\"x\", \"s3cret\"))",
                "INSERT INTO t(a) VALUES (1, (\"s3cret\"), f((\"s3cret\")))",
                "SELECT a FROM t WHERE MATCH (a) AGAINST (\"s3cret text\" IN BOOLEAN MODE)",
                "SELECT a FROM t WHERE (a, b) IN ((\"x\", \"s3cret\"), (\"y\", \"s3cret2\"))",
                "SELECT a FROM t WHERE (a, b) = (\"x\", \"s3cret\")",
                "SELECT a FROM t WHERE (a, b) = ROW(\"x\", \"s3cret\")",
                "SELECT a FROM t WHERE a = (\"s3cret\") OR a <=> \"s3cret\" OR a NOT LIKE (\"s3cret\")",
                "SELECT a FROM t WHERE a REGEXP \"s3cret\" OR a RLIKE \"s3cret\" OR a LIKE \"x\" ESCAPE \"s3c\"",
                "SELECT CASE WHEN a THEN \"s3cret\" ELSE \"s3cret\" END FROM t",
                "SELECT CASE a WHEN \"s3cret\" THEN 1 END FROM t",
                "SELECT IF(a, \"s3cret\", REPLACE(a, \"x\", \"s3cret\")), LEFT(\"s3cret\", 3), CAST(\"s3cret\" AS CHAR) FROM t",
                "SELECT TRIM(LEADING \"x\" FROM \"s3cret\") FROM t",
                "SELECT count(DISTINCT \"s3cret\") FROM t",
                "SELECT a || \"s3cret\" FROM t",
                "SET @a = \"s3cret\", @b := \"s3cret\"",
                "SELECT a FROM t WHERE b = _utf8mb4\"s3cret\" AND c > DATE \"s3c\" - INTERVAL \"s3c\" DAY",
                "SELECT a FROM t WHERE b = 'x' \"s3cret\"",
                "CREATE TABLE t (a VARCHAR(9) DEFAULT \"s3cret\" COMMENT \"s3cret\")",
                "INSERT INTO t VALUES ('it\\'s s3cret', 'don\\'t s3cret')",
                "INSERT INTO t VALUES (\"x\"), (f(\"s3cret\"))",
                "UPDATE t SET a = 'it\\'s s3cret', b = s.f('don\\'t', 'it\\'s s3cret', '')",
            })
    void noLiteralInDoubleQuotesStandsInATemplateOfMySqlOrAnUnknownDatabase(String sql) {
        assertThat(anonymous(sql, DoubleQuotes.LITERALS)).doesNotContain(SECRET);
        assertThat(anonymous(sql, DoubleQuotes.EITHER)).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"s3cret\"",
                "SELECT a, \"s3cret\" FROM t WHERE \"s3cret\" = a GROUP BY \"s3cret\"",
                "PREPARE p FROM \"SELECT 's3cret'\"",
                "EXECUTE IMMEDIATE \"SELECT 's3cret'\"",
                "SELECT a FROM t WHERE a BETWEEN 1 + 1 AND \"s3cret\"",
                "SELECT a + \"s3cret\", a->\"$.s3cret\" FROM t",
                "SELECT GROUP_CONCAT(a SEPARATOR \"s3cret\") FROM t",
                "SELECT a FROM t WHERE U&\"s3cret\" = a",
            })
    void noLiteralAnywhereStandsInATemplateOfMySql(String sql) {
        assertThat(anonymous(sql, DoubleQuotes.LITERALS)).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT lower("Name") FROM t WHERE "a" = "b"     | SELECT lower("Other") FROM t WHERE "a" = "b"
            SELECT a FROM t WHERE "a" = "b"                 | SELECT a FROM t WHERE "a" = "c"
            SELECT a FROM t WHERE b IN ("a", 1)             | SELECT a FROM t WHERE b IN ("b", 1)
            INSERT INTO t VALUES (lower("a"))               | INSERT INTO t VALUES (lower("b"))
            SELECT a FROM t WHERE b LIKE "c" ESCAPE '\\'    | SELECT a FROM t WHERE b LIKE "d" ESCAPE '\\'
            SELECT U&"a" FROM t                             | SELECT U&"b" FROM t
            """)
    void columnsInDoubleQuotesTellTemplatesApartWhereTheyAreNames(String one, String other) {
        assertThat(template(one, DoubleQuotes.NAMES)).isNotEqualTo(template(other, DoubleQuotes.NAMES));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT "a", "t"."b", c "d" FROM "t" AS "u"            | SELECT "a", "t"."b", c "d" FROM "t" AS "u"
            SELECT a FROM "t", "u" JOIN "v" ON "t"."a" = "v"."b"  | SELECT a FROM "t", "u" JOIN "v" ON "t"."a" = "v"."b"
            SELECT a FROM t WHERE "b" > 1 AND ("c" = 2)           | SELECT a FROM t WHERE "b" > ? AND ("c" = ?)
            SELECT a FROM t GROUP BY "b" ORDER BY "c" DESC, "d"   | SELECT a FROM t GROUP BY "b" ORDER BY "c" DESC, "d"
            INSERT INTO "t" ("a", "b") VALUES (1, 2)              | INSERT INTO "t"("a", "b") VALUES (?, ?)
            INSERT INTO "s"."t" ("a") SELECT "b" FROM "u"         | INSERT INTO "s"."t"("a") SELECT "b" FROM "u"
            UPDATE "t" SET "a" = 1, "b" = 2 WHERE "c" = 3         | UPDATE "t" SET "a" = ?, "b" = ? WHERE "c" = ?
            DELETE FROM "t" WHERE "a" IN (SELECT "b" FROM "u")    | DELETE FROM "t" WHERE "a" IN (SELECT "b" FROM "u")
            SELECT sum("t"."a") OVER (PARTITION BY "b") FROM t    | SELECT sum("t"."a") OVER (PARTITION BY "b") FROM t
            WITH "x" ("a") AS (SELECT "b" FROM t) TABLE "x"       | WITH "x"("a") AS (SELECT "b" FROM t) TABLE "x"
            SELECT a FROM t JOIN u USING ("b")                    | SELECT a FROM t JOIN u USING ("b")
            MERGE INTO t USING u ON (t.a = u.a) WHEN NOT MATCHED THEN INSERT ("a") VALUES (u."a") | MERGE INTO t USING u ON (t.a = u.a) WHEN NOT MATCHED THEN INSERT ("a") VALUES (u."a")
            SELECT a FROM t WHERE b LIKE 'x' ESCAPE '\\'          | SELECT a FROM t WHERE b LIKE ? ESCAPE ?
            """)
    void namesInDoubleQuotesRemainWhereNoValueStandsThoughTheDatabaseIsUnknown(String sql, String template) {
        assertThat(template(sql, DoubleQuotes.EITHER)).isEqualTo(template);
        assertThat(template(sql, DoubleQuotes.NAMES)).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT "t"."a" FROM "t" JOIN "u" ON "t"."b" = "u"."b" | SELECT "t"."a" FROM "t" JOIN "u" ON "t"."b" = "u"."b"
            INSERT INTO "t" (`a`) VALUES ("x")                    | INSERT INTO "t"(`a`) VALUES (?)
            SELECT count(*) AS "total" FROM (SELECT 1 FROM "t") x | SELECT count(*) AS "total" FROM (SELECT ? FROM "t") x
            UPDATE "t" SET "t"."a" = `b`                          | UPDATE "t" SET "t"."a" = `b`
            """)
    void tablesInDoubleQuotesRemainOnMySqlWhereOnlyANameCanStand(String sql, String template) {
        assertThat(template(sql, DoubleQuotes.LITERALS)).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT id, password FROM users WHERE token = secret    | SELECT id, password FROM users WHERE token = secret
            SELECT password p, identified AS x FROM t              | SELECT password p, identified AS x FROM t
            INSERT INTO users (name, password) VALUES (?, ?)       | INSERT INTO users(name, password) VALUES (?, ?)
            UPDATE users SET password = upper(token), a.b = c      | UPDATE users SET password = upper(token), a.b = c
            CREATE TABLE users (id int, password varchar(9))       | CREATE TABLE users(id int, password varchar(?))
            ALTER TABLE users ADD COLUMN token text                | ALTER TABLE users add column token text
            CREATE OR REPLACE VIEW v AS SELECT password p FROM u   | CREATE OR REPLACE VIEW v AS SELECT password p FROM u
            COPY users (id, password) FROM STDIN                   | COPY users(id, password) FROM stdin
            GRANT SELECT (password) ON users TO app                | grant SELECT (password) ON users TO app
            GRANT EXECUTE ON FUNCTION f TO app                     | grant EXECUTE ON FUNCTION f TO app
            EXECUTE plan (1, 'x')                                  | EXECUTE plan(?, ?)
            SELECT id, exec FROM jobs ORDER BY exec                | SELECT id, EXEC FROM jobs ORDER BY EXEC
            SELECT j.exec, name FROM jobs j                        | SELECT j.EXEC, name FROM jobs j
            EXEC shop..purge 1, 'x'                                | EXEC shop..purge ?, ?
            EXECUTE TASK nightly                                   | EXECUTE task nightly
            PRAGMA table_info(password)                            | pragma table_info(password)
            EXECUTE stmt USING @a, @b                              | EXECUTE stmt USING @a, @b
            EXEC dbo.job @id = 1, @name = N'x', @rows = @n OUTPUT | EXEC dbo.job @id = ?, @name = ?, @rows = @n output
            SET search_path TO tenant                              | SET search_path TO tenant
            SET LOCAL work_mem = '1MB'                             | SET LOCAL work_mem = ?
            """)
    void namesThatSoundLikeSecretsRemain(String sql, String template) {
        for (DoubleQuotes quotes : DoubleQuotes.values()) {
            assertThat(template(sql, quotes)).as("%s", quotes).isEqualTo(template);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ALTER USER a IDENTIFIED BY tiger       | ALTER USER a IDENTIFIED BY lion
            ALTER USER a IDENTIFIED BY "tiger"     | ALTER USER a IDENTIFIED BY lion
            ALTER USER a PASSWORD 'tiger'          | ALTER USER a PASSWORD lion
            EXEC sp_addlogin scott, tiger          | EXEC sp_addlogin 'scott', 'lion'
            """)
    void statementsThatDifferInSecretsShareATemplate(String one, String other) {
        for (DoubleQuotes quotes : DoubleQuotes.values()) {
            assertThat(template(one, quotes)).as("%s", quotes).isEqualTo(template(other, quotes));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            INSERT INTO t VALUES ('it\\'s', 'don\\'t', "a\\"b") | INSERT INTO t VALUES ('x', "y", 'z')
            SELECT a FROM t WHERE b IN (("x", 1), ("y", 2))     | SELECT a FROM t WHERE b IN (('x', 1))
            CALL login("bob", "x")                              | CALL login('eve', "y")
            """)
    void literalsOfMySqlShareATemplateHoweverTheyAreQuoted(String one, String other) {
        assertThat(template(one, DoubleQuotes.LITERALS)).isEqualTo(template(other, DoubleQuotes.LITERALS));
    }

    @ParameterizedTest
    @EnumSource
    void aLongTextOfSecretsIsReadInTimeInProportion(DoubleQuotes quotes) {
        String sql = "CREATE USER a " + "PASSWORD=PASSWORD=x IDENTIFIED BY x REPLACE ".repeat(50_000);
        assertThat(template(sql, quotes)).startsWith("CREATE user a password = ? identified BY ? REPLACE ?");
    }
}
