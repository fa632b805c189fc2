package io.heliosjdbc.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.executor.BatchResult;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis with an annotated mapper and the pool that it brings along. */
class MyBatisTest {
    private static final String BOOK = "CREATE TABLE book (id BIGSERIAL PRIMARY KEY, title TEXT NOT NULL UNIQUE)";

    /** A row; MyBatis sets the generated key. */
    static final class Book {
        private long id;
        private String title = "";

        // For MyBatis.
        Book() {}

        Book(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** The statements. */
    interface Books {
        @Insert("INSERT INTO book (title) VALUES (#{title})")
        @Options(useGeneratedKeys = true, keyProperty = "id")
        int add(Book book);

        @Insert("""
                <script>
                INSERT INTO book (title) VALUES
                <foreach collection="books" item="book" separator=",">(#{book.title})</foreach>
                </script>""")
        @Options(useGeneratedKeys = true, keyProperty = "id")
        int addAll(@Param("books") List<Book> books);

        @Update("UPDATE book SET title = #{title} WHERE id = #{id}")
        int rename(@Param("id") long id, @Param("title") String title);

        @Select("SELECT id, title FROM book ORDER BY id")
        List<Book> all();

        @Select("SELECT id, title FROM book ORDER BY id")
        @Options(fetchSize = 10)
        Cursor<Book> stream();

        @Select("SELECT count(*) FROM book")
        long count();
    }

    private static SqlSessionFactory sessions(PooledDataSource pool) {
        Configuration configuration = new Configuration(new Environment("test", new JdbcTransactionFactory(), pool));
        configuration.addMapper(Books.class);
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    /** Validates each connection that it lends with a statement of its own. */
    private static PooledDataSource pool(Database database) {
        PooledDataSource pool = new PooledDataSource(database.driver(), database.url(), null, null);
        pool.setPoolPingEnabled(true);
        pool.setPoolPingQuery("SELECT 'ping'");
        return pool;
    }

    @BothWays
    void generatedKeysArrive(Database database) throws Exception {
        database.prepare(BOOK);
        PooledDataSource pool = pool(database);
        try (SqlSession session = sessions(pool).openSession()) {
            Books books = session.getMapper(Books.class);
            Book one = new Book("one");
            assertThat(books.add(one)).isEqualTo(1);
            assertThat(one.id).isEqualTo(1);
            List<Book> more = List.of(new Book("two"), new Book("three"));
            assertThat(books.addAll(more)).isEqualTo(2);
            assertThat(more).extracting(each -> each.id).containsExactly(2L, 3L);
            assertThat(books.rename(2, "zwei")).isEqualTo(1);
            assertThat(books.all()).extracting(Book::title).containsExactly("one", "zwei", "three");
            session.commit();
        }
        database.assertScheduled("insert into book", "update book", "select id, title");
        pool.forceCloseAll();
    }

    @BothWays
    void aSessionCommitsOrRollsBack(Database database) throws Exception {
        database.prepare(BOOK);
        PooledDataSource pool = pool(database);
        SqlSessionFactory sessions = sessions(pool);
        try (SqlSession session = sessions.openSession()) {
            Books books = session.getMapper(Books.class);
            books.add(new Book("kept"));
            session.commit();
            books.add(new Book("lost"));
            session.rollback();
            assertThat(books.count()).isEqualTo(1);
            books.add(new Book("forgotten"));
        }
        assertThat(database.count("SELECT count(*) FROM book")).isEqualTo(1);
        try (SqlSession session = sessions.openSession()) {
            Books books = session.getMapper(Books.class);
            assertThatThrownBy(() -> books.add(new Book("kept")))
                    .isInstanceOf(PersistenceException.class)
                    .cause()
                    .isInstanceOf(org.postgresql.util.PSQLException.class)
                    .extracting("SQLState")
                    .isEqualTo("23505");
            session.rollback();
            assertThat(books.all()).extracting(Book::title).containsExactly("kept");
        }
        assertThat(pool.getPoolState().getIdleConnectionCount()).isEqualTo(1);
        database.assertScheduled("select ?", "insert into book", "select count");
        pool.forceCloseAll();
    }

    @BothWays
    void batchesAndCursors(Database database) throws Exception {
        database.prepare(BOOK);
        PooledDataSource pool = pool(database);
        SqlSessionFactory sessions = sessions(pool);
        try (SqlSession session = sessions.openSession(ExecutorType.BATCH)) {
            Books books = session.getMapper(Books.class);
            Book last = new Book("none");
            for (int i = 0; i < 100; i++) {
                last = new Book("book " + i);
                books.add(last);
            }
            List<BatchResult> results = session.flushStatements();
            assertThat(results).hasSize(1);
            assertThat(results.get(0).getUpdateCounts()).hasSize(100).containsOnly(1);
            assertThat(last.id).isEqualTo(100);
            session.commit();
        }
        try (SqlSession session = sessions.openSession();
                Cursor<Book> stream = session.getMapper(Books.class).stream()) {
            int read = 0;
            for (Book each : stream) {
                assertThat(each.title).isEqualTo("book " + read++);
            }
            assertThat(read).isEqualTo(100);
        }
        database.assertScheduled("insert into book", "select id, title");
        pool.forceCloseAll();
    }
}
