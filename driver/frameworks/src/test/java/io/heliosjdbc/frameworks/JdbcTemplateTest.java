package io.heliosjdbc.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcCall;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JdbcTemplate on the data source that Spring Boot makes of four properties, a HikariCP. */
class JdbcTemplateTest {
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    static class Application {}

    private static ConfigurableApplicationContext run(Database database) throws Exception {
        database.prepare("CREATE TABLE book (id BIGSERIAL PRIMARY KEY, title TEXT NOT NULL UNIQUE)");
        return new SpringApplicationBuilder(Application.class)
                .run(
                        "--spring.main.banner-mode=off",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.driver-class-name=" + database.driver(),
                        "--spring.datasource.hikari.maximum-pool-size=2");
    }

    private static int books(JdbcTemplate jdbc) {
        Integer count = jdbc.queryForObject("SELECT count(*) FROM book", Integer.class);
        return count == null ? -1 : count;
    }

    @BothWays
    void rowsAreWrittenAndRead(Database database) throws Exception {
        try (ConfigurableApplicationContext context = run(database)) {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            // Both ask the metadata for what they are not told.
            Number id = new SimpleJdbcInsert(jdbc)
                    .withTableName("book")
                    .usingGeneratedKeyColumns("id")
                    .executeAndReturnKey(Map.of("title", "one"));
            assertThat(id.longValue()).isEqualTo(1);
            assertThat(new SimpleJdbcCall(jdbc)
                            .withSchemaName("pg_catalog")
                            .withFunctionName("quote_ident")
                            .executeFunction(String.class, "a b"))
                    .isEqualTo("\"a b\"");
            List<Object[]> more = IntStream.range(0, 100)
                    .mapToObj(i -> new Object[] {"book " + i})
                    .toList();
            assertThat(jdbc.batchUpdate("INSERT INTO book (title) VALUES (?)", more))
                    .hasSize(100)
                    .containsOnly(1);
            assertThat(jdbc.update("DELETE FROM book WHERE title LIKE ?", "book 9%"))
                    .isEqualTo(11);
            jdbc.setFetchSize(10);
            try (Stream<String> titles = jdbc.queryForStream(
                    "SELECT title FROM book ORDER BY id", (row, number) -> row.getString("title"))) {
                assertThat(titles).hasSize(90).startsWith("one", "book 0");
            }
        }
        database.assertScheduled("insert into book", "delete from book", "select title", "{ ? = call");
    }

    @BothWays
    void errorsAreKnownForWhatTheyAre(Database database) throws Exception {
        try (ConfigurableApplicationContext context = run(database)) {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.update("INSERT INTO book (title) VALUES ('one')");
            assertThatThrownBy(() -> jdbc.update("INSERT INTO book (title) VALUES ('one')"))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThatThrownBy(() -> jdbc.execute("SELECT * FROM no_such_table"))
                    .isInstanceOf(BadSqlGrammarException.class);
            assertThat(books(jdbc)).isEqualTo(1);
        }
        database.assertScheduled("insert into book", "select count");
    }

    @BothWays
    void transactionsRollBackWholeOrToASavepoint(Database database) throws Exception {
        try (ConfigurableApplicationContext context = run(database)) {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            PlatformTransactionManager manager = context.getBean(PlatformTransactionManager.class);
            TransactionTemplate transaction = new TransactionTemplate(manager);
            TransactionTemplate nested = new TransactionTemplate(manager);
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            transaction.executeWithoutResult(outer -> {
                jdbc.update("INSERT INTO book (title) VALUES ('kept')");
                assertThatThrownBy(() -> nested.executeWithoutResult(
                                inner -> jdbc.batchUpdate("INSERT INTO book (title) VALUES ('kept')")))
                        .isInstanceOf(DuplicateKeyException.class);
            });
            transaction.executeWithoutResult(status -> {
                jdbc.update("INSERT INTO book (title) VALUES ('lost')");
                assertThat(books(jdbc)).isEqualTo(2);
                status.setRollbackOnly();
            });
            database.assertSlotsHeld(0);
            TransactionTemplate reading = new TransactionTemplate(manager);
            reading.setReadOnly(true);
            reading.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
            reading.executeWithoutResult(status -> {
                assertThat(jdbc.queryForObject("SHOW transaction_read_only", String.class))
                        .isEqualTo("on");
                assertThat(jdbc.queryForObject("SHOW transaction_isolation", String.class))
                        .isEqualTo("serializable");
                assertThat(books(jdbc)).isEqualTo(1);
            });
        }
        database.assertScheduled("insert into book", "select count");
    }
}
