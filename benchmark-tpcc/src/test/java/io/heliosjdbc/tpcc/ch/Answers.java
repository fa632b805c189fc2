package io.heliosjdbc.tpcc.ch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a database answers, as texts that are the same where the answers are. */
final class Answers {
    private Answers() {}

    /** Their texts sort differently: rows in the order of their text here. */
    static List<String> answer(Connection connection, AnalyticalQuestion question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question.sql())) {
            List<String> answer = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    Object value = rows.getObject(i);
                    row.append(
                                    value instanceof Number number
                                            ? rounded(number)
                                            : String.valueOf(value).strip())
                            .append(" | ");
                }
                answer.add(row.toString());
            }
            answer.sort(null);
            return answer;
        }
    }

    static String rounded(Number number) {
        return new BigDecimal(number.toString())
                .setScale(4, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
