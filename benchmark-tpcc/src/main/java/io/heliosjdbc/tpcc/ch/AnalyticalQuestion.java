package io.heliosjdbc.tpcc.ch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One of CH's 22 questions, in SQL that PostgreSQL, H2 and MariaDB understand alike. Immutable.
 *
 * @param number 1 to 22, as in TPC-H
 * @param question in words
 * @param sql a single SELECT without parameters and without comments
 */
public record AnalyticalQuestion(int number, String question, String sql) {
    private static final int COUNT = 22;
    private static final String COMMENT = "-- ";

    /** All of them, in the order of their numbers. */
    public static List<AnalyticalQuestion> all() {
        List<AnalyticalQuestion> all = new ArrayList<>();
        for (int number = 1; number <= COUNT; number++) {
            all.add(read(number));
        }
        return all;
    }

    /** The first line is the question, as a comment; comments below it say where the question is not the thesis's to the letter. */
    private static AnalyticalQuestion read(int number) {
        String name = String.format(Locale.ROOT, "q%02d.sql", number);
        try (InputStream in = AnalyticalQuestion.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String sql = text.lines().filter(line -> !line.startsWith(COMMENT)).collect(Collectors.joining("\n"));
            return new AnalyticalQuestion(number, text.substring(COMMENT.length(), text.indexOf('\n')), sql.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
