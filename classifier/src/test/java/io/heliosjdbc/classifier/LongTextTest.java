package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.classifier.learned.FeatureVector;
import io.heliosjdbc.classifier.reading.Reading;
import io.heliosjdbc.classifier.shape.FeatureReader;
import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.classifier.statement.Features;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of 10,000 characters and more: what is passed over in them, and that nothing else is. */
class LongTextTest {
    private static final int MANY = 2_000;

    private final Classifier classifier = new Classifier(
            new ClassifierSettings(LearnedClassifierTest.CLASSES, List.of(), "fast_lane", null),
            new LearnedSettings(0.75, true),
            List.of());

    private static String many(int number, String between, IntFunction<String> part) {
        return IntStream.range(0, number).mapToObj(part).collect(Collectors.joining(between));
    }

    private String decided(String sql) {
        assertThat(sql).hasSizeGreaterThan(10_000);
        Attributes nobody = new Attributes(null, null, null, null, Hints.NONE);
        Classification decision = classifier.classify(classifier.profile(sql), nobody, false);
        assertThat(decision.reason()).startsWith("learned: ");
        return decision.serviceClass();
    }

    @Test
    void aLongListOfKeysIsStillFoundByKey() {
        assertThat(decided("SELECT id, total FROM orders WHERE id IN (" + many(MANY, ", ", Integer::toString) + ")"))
                .isEqualTo("fast_lane");
    }

    @Test
    void aLongTemplateGoesByItsBeginningAndAHashInBooksAndTables() {
        String one = pairs(300, " ORDER BY total");
        Classification decision = decision(one);

        assertThat(classifier.profile(one).template()).hasSizeGreaterThan(4_000).endsWith(" ORDER BY total");
        assertThat(decision.template())
                .hasSizeLessThan(2_100)
                .startsWith("SELECT id FROM orders WHERE (region = ? AND number = ?) OR (region = ?")
                .isEqualTo(decision.transactionType())
                .isEqualTo(decision(one.replace('1', '7')).template())
                .isNotEqualTo(decision(pairs(300, " ORDER BY id")).template())
                .isNotEqualTo(decision(pairs(301, " ORDER BY total")).template());
        assertThat(decision(pairs(9, "")).template())
                .isEqualTo(classifier.profile(pairs(9, "")).template());
    }

    private static String pairs(int number, String end) {
        return "SELECT id FROM orders WHERE "
                + many(number, " OR ", i -> "(region = " + i % 7 + " AND number = " + i + ")") + end;
    }

    private Classification decision(String sql) {
        return classifier.classify(classifier.profile(sql), new Attributes(null, null, null, null, Hints.NONE), false);
    }

    @Test
    void aReportOfManyPartsIsAReport() {
        IntFunction<String> part = i -> "SELECT region, SUM(amount) AS total, COUNT(*) AS sales FROM sales_" + i
                + " WHERE sold_on > '2026-01-01' GROUP BY region";
        assertThat(decided(many(200, " UNION ALL ", part) + " ORDER BY total DESC"))
                .isEqualTo("parallel_lanes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?, ?, ?)", "(1, 'x', 2.5)", "(17, NULL, now())"})
    void aThousandRowsAreABatch(String row) {
        assertThat(decided("INSERT INTO sales (id, note, amount) VALUES " + many(MANY, ", ", i -> row)))
                .isEqualTo("background_queue");
    }

    /** As docs/classification.md says: of words the first 1,500 tokens count, a list by all its values. */
    @Test
    void wordsBeyondTheFirstFifteenHundredTokensDoNotCount() {
        String columns = many(800, ", ", i -> "c");

        assertThat(vector("SELECT " + columns + ", nightly_total FROM t"))
                .isEqualTo(vector("SELECT " + columns + ", archive_total FROM t"));
        assertThat(vector("SELECT nightly_total, " + columns + " FROM t"))
                .isNotEqualTo(vector("SELECT archive_total, " + columns + " FROM t"));
    }

    @Test
    void theStructureBeyondThemDoes() {
        String columns = many(MANY, ", ", i -> "c");

        assertThat(vector("SELECT " + columns + " FROM t WHERE id = 1"))
                .isNotEqualTo(vector("SELECT " + columns + " FROM t WHERE sold_on > now()"));
    }

    private static FeatureVector vector(String sql) {
        return FeatureReader.of(sql).vector();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "'it is'", "?", "'it''s'", "NULL", "(1, 'x')"})
    void aHintBehindManyValuesIsFound(String value) {
        String list = "SELECT a FROM t WHERE b IN (" + many(MANY, ", ", i -> value);

        assertThat(Reading.of(list + ") /* priority=high */").hints().priority())
                .isEqualTo(Priority.HIGH);
        assertThat(Reading.of(list + ", '/* priority=high */')").hints()).isEqualTo(Hints.NONE);
        assertThat(Reading.of(list + ", ' /* priority=high */").hints()).isEqualTo(Hints.NONE);
        assertThat(Reading.of(list + ", 'x\\', ') /* priority=high */ -- ')").hints())
                .isEqualTo(Hints.NONE);
    }

    /** A comment behind each comma keeps the lexer from passing over values in a row, and changes nothing else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "f(1, 2, 3)",
                "f(?, ?, ?, 1, 'a', ?, ?)",
                "f('a', 'it''s', 'b', '', 'c\\', 'd')",
                "f('a', 'b' || c, 'd' 'e', 'g'::int, h)",
                "f(1, 2.5, 3e7, 0x1F, 12ab, 5 + 6, -7, 8)",
                "f(1 , 2 ,3,\n4\t,\u00a05)",
                "f(?, ?::int, ? ?| ?, ??, ?, $1, :n, ?)",
                "f(1, , 2,, 3, )",
                "ARRAY[1, 2, 3], 4",
                "1, 2, 3",
                "1, 'a",
                "1, ",
                "1,"
            })
    void valuesInARowAreTheTokensThatTheyAreOneByOne(String sql) {
        // In the arrays of another text, which leave something behind.
        Tokens worn = Lexer.read("SELECT " + many(MANY, ", ", i -> "?") + ", " + many(MANY, ", ", i -> "a"));

        assertThat(said(Lexer.readInto(worn, sql))).isEqualTo(said(Lexer.read(sql.replace(",", ",/**/"))));
    }

    private static List<String> said(Tokens tokens) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            said.add(tokens.kind(i) + " " + tokens.text(i) + " " + tokens.symbol(i) + " to " + tokens.endOfList(i));
        }
        said.add(tokens.unterminated() + " " + tokens.readableTwoWays());
        return said;
    }

    @Test
    void rowsOfValuesCountWhateverIsInThem() {
        for (String row : List.of("(?, ?)", "(1, 'a')", "(?)", "(1, ?)", "(:a, now())")) {
            Features features = Reading.of("INSERT INTO t VALUES " + many(99, ", ", i -> row))
                    .features();
            Features one = Reading.of("INSERT INTO t VALUES " + many(100, ", ", i -> row))
                    .features();

            assertThat(features.value(Feature.BULK_OPERATION)).as(row).isEqualTo(false);
            assertThat(one.value(Feature.BULK_OPERATION)).as(row).isEqualTo(true);
            long parameters = row.chars().filter(c -> c == '?').count() * 100 + (row.contains(":a") ? 1 : 0);
            assertThat(one.value(Feature.PARAMETER_COUNT)).as(row).isEqualTo(parameters);
        }
    }
}
