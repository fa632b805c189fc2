package io.heliosjdbc.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import java.math.BigDecimal;
import java.sql.Connection;
import org.jooq.BatchBindStep;
import org.jooq.CloseableDSLContext;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.tools.jdbc.JDBCUtils;

/** jOOQ with names given by hand, its dialect taken from the connection. */
class JooqTest {
    private static final Table<Record> BOOK = table(name("book"));
    private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
    private static final Field<String> TITLE = field(name("title"), SQLDataType.VARCHAR);
    private static final Field<BigDecimal> PRICE = field(name("price"), SQLDataType.NUMERIC);

    private static void createBook(DSLContext jooq) {
        jooq.createTable(BOOK)
                .column(ID, SQLDataType.BIGINT.identity(true))
                .column(TITLE, SQLDataType.VARCHAR(100).notNull())
                .column(PRICE, SQLDataType.NUMERIC(10, 2))
                .primaryKey(ID)
                .unique(TITLE)
                .execute();
    }

    @BothWays
    void theDialectIsTheDatabases(Database database) throws Exception {
        try (CloseableDSLContext jooq = DSL.using(database.url());
                Connection connection = database.connect()) {
            assertThat(jooq.dialect()).isEqualTo(SQLDialect.POSTGRES);
            assertThat(DSL.using(connection).dialect()).isEqualTo(SQLDialect.POSTGRES);
            // Those who configure jOOQ by a data source know no more than this.
            assertThat(JDBCUtils.dialect(database.url())).isEqualTo(SQLDialect.POSTGRES);
        }
    }

    @BothWays
    void rowsAreWrittenAndRead(Database database) throws Exception {
        try (CloseableDSLContext jooq = DSL.using(database.url())) {
            createBook(jooq);
            Long id = jooq.insertInto(BOOK, TITLE, PRICE)
                    .values("1984", new BigDecimal("9.90"))
                    .returningResult(ID)
                    .fetchOne(ID);
            assertThat(id).isEqualTo(1);
            assertThat(jooq.update(BOOK)
                            .set(PRICE, PRICE.plus(BigDecimal.ONE))
                            .where(ID.eq(1L))
                            .execute())
                    .isEqualTo(1);
            // The dialect's own syntax: a text that only PostgreSQL reads.
            assertThat(jooq.insertInto(BOOK, TITLE, PRICE)
                            .values("1984", BigDecimal.TEN)
                            .onConflict(TITLE)
                            .doNothing()
                            .execute())
                    .isZero();
            assertThat(jooq.select(TITLE, PRICE)
                            .from(BOOK)
                            .where(TITLE.likeIgnoreCase("19%"))
                            .fetch()
                            .getValues(PRICE))
                    .containsExactly(new BigDecimal("10.90"));
            assertThat(jooq.select(DSL.array(val(1), val(2))).fetchOne(0, Integer[].class))
                    .containsExactly(1, 2);
            assertThat(jooq.meta().getTables(name("book"))).hasSize(1);
        }
        database.assertScheduled("create table", "insert into", "update", "select");
    }

    @BothWays
    void aTransactionCommitsOrIsAsIfItHadNeverBeen(Database database) throws Exception {
        try (CloseableDSLContext jooq = DSL.using(database.url())) {
            createBook(jooq);
            jooq.transaction(outer -> {
                outer.dsl().insertInto(BOOK, TITLE).values("kept").execute();
                assertThatThrownBy(() -> outer.dsl().transaction(inner -> {
                            inner.dsl().insertInto(BOOK, TITLE).values("lost").execute();
                            throw new IllegalStateException("back to the savepoint");
                        }))
                        .hasMessage("back to the savepoint");
            });
            assertThatThrownBy(() -> jooq.transaction(transaction -> {
                        transaction
                                .dsl()
                                .insertInto(BOOK, TITLE)
                                .values("again")
                                .execute();
                        transaction
                                .dsl()
                                .insertInto(BOOK, TITLE)
                                .values("again")
                                .execute();
                    }))
                    .isInstanceOf(IntegrityConstraintViolationException.class)
                    .satisfies(e -> assertThat(((IntegrityConstraintViolationException) e).sqlState())
                            .isEqualTo("23505"));
            assertThat(jooq.select(TITLE).from(BOOK).fetch(TITLE)).containsExactly("kept");
        }
        database.assertScheduled("insert into");
    }

    @BothWays
    void batchesAndCursors(Database database) throws Exception {
        try (CloseableDSLContext jooq = DSL.using(database.url())) {
            createBook(jooq);
            BatchBindStep insert = jooq.batch(jooq.insertInto(BOOK, TITLE).values((String) null));
            for (int i = 0; i < 100; i++) {
                insert = insert.bind("book " + i);
            }
            assertThat(insert.execute()).hasSize(100).containsOnly(1);
            assertThat(jooq.batch(
                                    jooq.update(BOOK).set(PRICE, BigDecimal.ONE).where(ID.le(10L)),
                                    jooq.deleteFrom(BOOK).where(ID.gt(90L)))
                            .execute())
                    .containsExactly(10, 10);
            jooq.transaction(transaction -> {
                try (Cursor<Record> cursor = transaction
                        .dsl()
                        .select()
                        .from(BOOK)
                        .orderBy(ID)
                        .fetchSize(10)
                        .fetchLazy()) {
                    assertThat(cursor.fetchNext(35)).hasSize(35);
                }
            });
            assertThat(jooq.select(count()).from(BOOK).fetchOne(count())).isEqualTo(90);
        }
        database.assertScheduled("insert into", "update", "select");
    }
}
