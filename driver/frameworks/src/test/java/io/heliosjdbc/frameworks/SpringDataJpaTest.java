package io.heliosjdbc.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring Data JPA with Hibernate on the data source that Spring Boot makes of its properties. */
class SpringDataJpaTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableJpaRepositories(considerNestedRepositories = true)
    static class Application {}

    /** Its ids come from a sequence, so that Hibernate can insert in batches. */
    @Entity(name = "Author")
    static class Author {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        private @Nullable Long id;

        @Column(nullable = false)
        private String name = "";

        protected Author() {}

        Author(String name) {
            this.name = name;
        }
    }

    /** Its ids are the generated keys of its inserts. */
    @Entity(name = "Book")
    static class Book {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        private @Nullable Long id;

        @Version
        private int version;

        @Column(nullable = false, unique = true)
        private String title = "";

        @ManyToOne(cascade = CascadeType.PERSIST)
        private @Nullable Author author;

        protected Book() {}

        Book(String title, @Nullable Author author) {
            this.title = title;
            this.author = author;
        }
    }

    /** Authors. */
    interface Authors extends JpaRepository<Author, Long> {}

    /** Books. */
    interface Books extends JpaRepository<Book, Long> {
        Page<Book> findByTitleStartingWith(String beginning, Pageable page);

        @Lock(LockModeType.PESSIMISTIC_WRITE)
        Optional<Book> findByTitle(String title);

        @Query("SELECT b FROM Book b JOIN FETCH b.author a WHERE a.name = :name ORDER BY b.id")
        Stream<Book> streamOf(@Param("name") String name);

        @Modifying
        @Query("UPDATE Book b SET b.title = concat(b.title, '!')")
        int shout();
    }

    private static ConfigurableApplicationContext run(Database database) {
        return new SpringApplicationBuilder(Application.class)
                .run(
                        "--spring.main.banner-mode=off",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.driver-class-name=" + database.driver(),
                        "--spring.datasource.hikari.maximum-pool-size=2",
                        "--spring.jpa.hibernate.ddl-auto=create",
                        "--spring.jpa.properties.hibernate.jdbc.batch_size=20",
                        "--spring.jpa.properties.hibernate.jdbc.fetch_size=10");
    }

    private static TransactionTemplate transaction(ConfigurableApplicationContext context) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    @BothWays
    void entitiesGetIdsAndArePaged(Database database) throws Exception {
        try (ConfigurableApplicationContext context = run(database)) {
            Books books = context.getBean(Books.class);
            Book first = books.save(new Book("first", new Author("Ann")));
            assertThat(first.id).isEqualTo(1);
            books.saveAll(IntStream.range(0, 30)
                    .mapToObj(i -> new Book("book " + i, null))
                    .toList());
            Page<Book> page = books.findByTitleStartingWith(
                    "book", PageRequest.of(1, 7, Sort.by("id").descending()));
            assertThat(page.getTotalElements()).isEqualTo(30);
            assertThat(page.getTotalPages()).isEqualTo(5);
            assertThat(page)
                    .extracting(book -> book.title)
                    .startsWith("book 22")
                    .hasSize(7);

            List<Author> authors = context.getBean(Authors.class)
                    .saveAll(IntStream.range(0, 50)
                            .mapToObj(i -> new Author("author " + i))
                            .toList());
            assertThat(authors)
                    .extracting(author -> author.id)
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
            transaction(context).executeWithoutResult(status -> {
                try (Stream<Book> stream = books.streamOf("Ann")) {
                    assertThat(stream.map(book -> book.author))
                            .singleElement()
                            .extracting("name")
                            .isEqualTo("Ann");
                }
            });
            assertThat(database.count("SELECT count(*) FROM author")).isEqualTo(51);
        }
        database.assertScheduled(
                "create table", "insert into book", "insert into author", "select nextval", "select count", "select b");
    }

    @BothWays
    void aTransactionRollsBack(Database database) throws Exception {
        try (ConfigurableApplicationContext context = run(database)) {
            Books books = context.getBean(Books.class);
            TransactionTemplate transaction = transaction(context);
            books.save(new Book("kept", null));
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        books.saveAndFlush(new Book("lost", new Author("nobody")));
                        assertThat(books.shout()).isEqualTo(2);
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        books.save(new Book("lost too", null));
                        books.save(new Book("kept", null));
                    }))
                    .isInstanceOf(DataIntegrityViolationException.class);
            database.assertSlotsHeld(0);
            assertThat(books.findAll()).extracting(book -> book.title).containsExactly("kept");
        }
        database.assertScheduled("insert into book", "update book", "select b");
    }

    @BothWays
    void whoComesSecondWithAnOldVersionIsRefused(Database database) throws Exception {
        try (ConfigurableApplicationContext context = run(database)) {
            Books books = context.getBean(Books.class);
            books.save(new Book("draft", null));
            Book stale = books.findAll().get(0);
            // A lock in the database for one, a version for the other.
            transaction(context)
                    .executeWithoutResult(status -> books.findByTitle("draft").orElseThrow().title = "published");
            stale.title = "rejected";
            assertThatThrownBy(() -> books.save(stale)).isInstanceOf(OptimisticLockingFailureException.class);
            Book now = books.findAll().get(0);
            assertThat(now.title).isEqualTo("published");
            assertThat(now.version).isEqualTo(1);
        }
        database.assertScheduled("insert into book", "update book", "select b");
        if (database.isHelios()) {
            assertThat(database.decisions("success")).anyMatch(text -> text.contains("FOR NO KEY UPDATE"));
        }
    }
}
