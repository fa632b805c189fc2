package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.corpus.Corpus;
import io.heliosjdbc.classifier.corpus.LabelledStatement;
import io.heliosjdbc.classifier.learned.FeatureVector;
import io.heliosjdbc.classifier.learned.Model;
import io.heliosjdbc.classifier.learned.Probabilities;
import io.heliosjdbc.classifier.reading.CutText;
import io.heliosjdbc.classifier.shape.FeatureReader;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.statement.Plannable;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any text at all has a profile and features: without an exception, in time in proportion to its length, and holding no memory.
 *
 * <p>200,000 texts in every build; more with {@code -Dhelios.texts=10000000}.
 */
class ProfileFuzzTest {
    private static final int TEXTS = Integer.getInteger("helios.texts", 200_000);
    private static final long SEED = Long.getLong("helios.texts.seed", 4_711);

    /** Of the processor's time: a text takes microseconds, and a machine that pauses must not be taken for a hang. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** The JVM's own coming and going. */
    private static final long MOST_HELD = 32L << 20;

    private static final DoubleQuotes[] QUOTES = DoubleQuotes.values();

    private static final List<String> PIECES = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "WITH",
            "RECURSIVE",
            "AS",
            "INSERT INTO",
            "VALUES",
            "UPDATE",
            "SET",
            "DELETE",
            "MERGE",
            "USING",
            "JOIN",
            "ON",
            "IN",
            "IN (?, ?, ?",
            "(1, 'a', 2, 3)",
            ", ?, ?",
            ", 1, -1, 2",
            "ARRAY",
            "ROW",
            "UNION ALL",
            "ORDER BY",
            "GROUP BY",
            "LIMIT",
            "FOR",
            "BEGIN",
            "COMMIT",
            "ROLLBACK TO",
            "AND CHAIN",
            "END",
            "EXPLAIN",
            "HELIOS",
            "SHOW",
            "CREATE TABLE",
            "CREATE USER",
            "IDENTIFIED BY",
            "IDENTIFIED WITH",
            "PASSWORD",
            "PASSWORD=",
            "EXEC p",
            "COPY",
            "application_name",
            "t",
            "a.b",
            "count(",
            "f(",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ";",
            ".",
            "..",
            "'",
            "''",
            "\"",
            "`",
            "\\",
            "\\'",
            "E'",
            "N'",
            "q'[",
            "]'",
            "nq'!",
            "!'",
            "U&'",
            "$$",
            "$a$",
            "$",
            "$1",
            "?",
            "??",
            "?|",
            "?&",
            ":n",
            "::",
            ":=",
            ":",
            "@x",
            "@@y",
            "@",
            "@>",
            "#",
            "#>",
            "##t",
            "--",
            "\n",
            "\r\n",
            "/*",
            "*/",
            "/*+",
            "/* priority=high */",
            "/*application='a%20b',x='%'*/",
            "-- class=x\n",
            "=",
            "<>",
            "<->",
            "->>",
            "||",
            "-",
            "+",
            "*",
            "/",
            "%",
            "1",
            "1.5e-3",
            "0x1F",
            ".5",
            "1..2",
            "2fa",
            "NULL",
            "TRUE",
            "\u0000",
            "\u00a0",
            "\ufeff",
            "\u0130",
            "\u0131",
            "\ud83d",
            "\ude00",
            "\u4e2d",
            " ",
            "\t");

    /** What the text before left behind, for the next one to be read into. */
    private @Nullable Tokens worn;

    /** Real statements, to be cut, doubled and mixed up: real faults are nearer to these than to dice. */
    private final List<String> statements =
            Corpus.write(1, 2).stream().map(LabelledStatement::sql).toList();

    @Test
    void randomAndMutatedTextsHaveProfilesAndFeatures() {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long longest = 0;
        long heldAtFirst = 0;
        for (int i = 0; i < TEXTS; i++) {
            // Every fourth is the one before it, changed a little more.
            if (i % 4 != 3) {
                text.setLength(0);
                if (i % 4 == 0) {
                    mutated(random, text);
                } else {
                    pieces(random, text);
                }
            }
            edit(random, text);
            long before = threads.getCurrentThreadCpuTime();
            check(text.toString());
            longest = Math.max(longest, threads.getCurrentThreadCpuTime() - before);
            if (i == TEXTS / 10) {
                heldAtFirst = held();
            }
        }
        assertThat(Duration.ofNanos(longest)).isLessThan(LONGEST);
        assertThat(held() - heldAtFirst)
                .as("bytes held, beyond those at a tenth")
                .isLessThan(MOST_HELD);
    }

    /** After several collections, the least: other threads of this JVM allocate meanwhile. */
    private static long held() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static void pieces(Random random, StringBuilder text) {
        for (int pieces = random.nextInt(20); pieces >= 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextInt(3) > 0) {
                text.append(' ');
            }
        }
    }

    private void mutated(Random random, StringBuilder text) {
        text.append(statements.get(random.nextInt(statements.size())));
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(40));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.insert(from, text.substring(from, to));
                default -> {
                    String other = statements.get(random.nextInt(statements.size()));
                    text.setLength(from);
                    text.append(other, random.nextInt(other.length()), other.length());
                }
            }
        }
    }

    private static void edit(Random random, StringBuilder text) {
        for (int edits = random.nextInt(4); edits > 0 && text.length() > 0; edits--) {
            int at = random.nextInt(text.length());
            if (random.nextBoolean()) {
                text.deleteCharAt(at);
            } else {
                text.insert(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
            }
        }
    }

    private void check(String sql) {
        try {
            Tokens tokens = Lexer.read(sql);
            int end = 0;
            for (int i = 0; i < tokens.size(); i++) {
                if (tokens.start(i) < end || tokens.end(i) <= tokens.start(i) || tokens.end(i) > sql.length()) {
                    throw new AssertionError("token " + i + " overlaps or is empty");
                }
                end = tokens.end(i);
            }
            DoubleQuotes quotes = QUOTES[sql.length() % QUOTES.length];
            StatementProfile profile = new StatementProfile(CutText.of(tokens, quotes));
            FeatureVector vector = FeatureReader.of(tokens, profile.features()).vector();
            worn = Lexer.readInto(worn, sql);
            StatementProfile again = new StatementProfile(CutText.of(worn, quotes));
            if (!again.template().equals(profile.template())
                    || !again.features().asMap().equals(profile.features().asMap())
                    || !FeatureReader.of(worn, again.features()).vector().equals(vector)) {
                throw new AssertionError("read otherwise in the arrays of another text");
            }
            if (profile.template().length() > 2L * sql.length() + 1) {
                throw new AssertionError("template " + profile.template());
            }
            Probabilities probabilities = Model.shipped().probabilities(vector);
            if (!(probabilities.confidence() <= 1)) {
                throw new AssertionError("confidence " + probabilities.confidence());
            }
            Plannable unused = profile.plannable();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("text <" + sql + ">", failure);
        }
    }

    /** With quadratic time each of these would take minutes, and with recursion overflow the stack. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "[",
                "((SELECT 1 ",
                "(SELECT ",
                "'",
                "\\'",
                "'\\'",
                "\"",
                "$a",
                "$a$ ",
                "/*",
                "/* ",
                "*/",
                "/* */ ",
                "/*/* */",
                "--",
                "-- \n",
                "#",
                "# \n",
                "q'[",
                "q'a ",
                "E'",
                "U&'\\",
                "[a",
                "a.",
                ".",
                "a b ",
                ";",
                "BEGIN;",
                "COMMIT;",
                "CREATE ",
                "WITH a AS (",
                "WITH a AS (SELECT 1), ",
                "a IN (1, ",
                "IN ((1, 2), ",
                "IN (",
                "VALUES (1), ",
                "VALUES ",
                "(1), ",
                "ARRAY[",
                "JOIN t ON ",
                "FROM t, ",
                "UNION ",
                "CASE ",
                "? ",
                "$1 ",
                "$1$2",
                ":a",
                "@",
                "1e",
                "1.",
                "-",
                "+",
                "priority=high, ",
                "/* priority=high */",
                "/* a=b */ ",
                "<->",
                "::",
                "\u00e9",
                "x y\n",
                "SET a = 1;",
                "f(\"a\", ",
                "ALTER USER a IDENTIFIED BY b REPLACE c;",
                "ALTER USER password=password=",
                "EXEC a, b ",
                "('\\', ",
                "a = (",
                "a = f(1, ",
                "a = {a ",
                "(a, ",
                "a) = "
            })
    void repetitionOfAPieceHasAProfileInLinearTime(String piece) {
        String sql = piece.repeat(400_000 / piece.length());
        String selected = "DELETE FROM t WHERE b = " + sql;
        for (DoubleQuotes quotes : QUOTES) {
            assertThat(new StatementProfile(CutText.of(Lexer.read(sql), quotes)).sql())
                    .isSameAs(sql);
            assertThat(new StatementProfile(CutText.of(Lexer.read(selected), quotes)).sql())
                    .isSameAs(selected);
        }
    }

    @Test
    void tokensGrowInProportionToTheText() {
        String sql = "SELECT a, b + 1 FROM t WHERE c = 'd' AND e IN (1, 2, 3) /* f */; ";
        int once = Lexer.read(sql).size();
        assertThat(Lexer.read(sql.repeat(1_000)).size()).isEqualTo(once * 1_000);
    }
}
