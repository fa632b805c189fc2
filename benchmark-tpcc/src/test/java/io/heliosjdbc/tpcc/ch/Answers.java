package io.heliosjdbc.tpcc.ch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a database answers, as texts that are the same where the answers are. */
public final class Answers {
    private Answers() {}

    /** Databases sort texts differently: rows in the order of their text here. */
    static List<String> answer(Connection connection, AnalyticalQuestion question) throws SQLException {
        return inOrder(connection, question).stream().sorted().toList();
    }

    /** Rows in the order in which the database has them. */
    public static List<String> inOrder(Connection connection, AnalyticalQuestion question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question.sql())) {
            List<String> answer = new ArrayList<>();
            @Nullable Object[] values = new @Nullable Object[rows.getMetaData().getColumnCount()];
            while (rows.next()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = rows.getObject(i + 1);
                }
                answer.add(row(values));
            }
            return answer;
        }
    }

    /** The text of a row: numbers have four decimals. */
    public static String row(@Nullable Object... values) {
        StringBuilder row = new StringBuilder();
        for (Object value : values) {
            row.append(
                            value instanceof Number number
                                    ? rounded(number)
                                    : String.valueOf(value).strip())
                    .append(" | ");
        }
        return row.toString();
    }

    private static String rounded(Number number) {
        return new BigDecimal(number.toString())
                .setScale(4, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
