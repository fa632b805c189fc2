package io.heliosjdbc.tpcc.ch.independent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.ch.Answers;
import io.heliosjdbc.tpcc.ch.LivelyRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the SQL answers is what plain Java answers that shares nothing with it, and that is something. */
class IndependentAnswersTest {
    private static Target h2;
    private static Connection connection;
    private static IndependentAnswers independent;

    @BeforeAll
    static void load() throws IOException, SQLException, InterruptedException {
        h2 = Target.open("h2", null, null, 4);
        connection = LivelyRows.load(h2);
        independent = IndependentAnswers.of(connection);
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        connection.close();
        h2.close();
    }

    static List<AnalyticalQuestion> questions() {
        return AnalyticalQuestion.all();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void theDatabaseAnswersAsPlainJavaDoes(AnalyticalQuestion question) throws SQLException {
        List<String> answer = Answers.inOrder(connection, question);
        assertThat(answer).isNotEmpty().isEqualTo(independent.to(question.number()));
        // A sum of no rows is a row, too.
        assertThat(answer).doesNotContain("null | ", "0.0000 | ");
    }
}
