package io.heliosjdbc.examples;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prints what a query answered. Stateless. */
public final class Rows {
    private Rows() {}

    /** Prints the rows left in a result set, in columns. */
    public static void print(ResultSet result, PrintStream out) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            header.add(columns.getColumnLabel(column));
        }
        rows.add(header);
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= header.size(); column++) {
                row.add(String.valueOf(result.getString(column)));
            }
            rows.add(row);
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                line.append(row.get(column))
                        .append(" ".repeat(width - row.get(column).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
