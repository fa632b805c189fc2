package io.heliosjdbc.driver.admin;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import javax.sql.RowSetMetaData;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;
import org.jspecify.annotations.Nullable;

/** Columns and rows that become a result set. Not thread-safe. */
final class Table {
    /** A column. */
    record Column(String name, int type) {}

    /**
     * The JDK's own by its name. To search the services for one takes longer than most answers, and would find that of the application whose
     * thread happens to ask.
     */
    private static final String ROW_SETS = "com.sun.rowset.RowSetFactoryImpl";

    private static final int DIGITS_OF_LONG = 19;
    private static final int LONGEST_LONG = DIGITS_OF_LONG + 1;
    private static final int DIGITS_OF_DOUBLE = 17;
    /** With a sign, a point, and an exponent of four characters and its letter. */
    private static final int LONGEST_DOUBLE = DIGITS_OF_DOUBLE + 7;

    private final List<Column> columns = new ArrayList<>();
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /** The columns of an answer, and as many of its rows. */
    static Table first(int most, ResultSet answer) throws SQLException {
        Table table = new Table();
        ResultSetMetaData metaData = answer.getMetaData();
        int columns = metaData.getColumnCount();
        for (int column = 1; column <= columns; column++) {
            table.add(metaData.getColumnType(column), metaData.getColumnLabel(column));
        }
        while (table.rows.size() < most && answer.next()) {
            @Nullable Object[] row = new @Nullable Object[columns];
            for (int column = 1; column <= columns; column++) {
                row[column - 1] = answer.getObject(column);
            }
            table.rows.add(row);
        }
        return table;
    }

    Table text(String... names) {
        return add(Types.VARCHAR, names);
    }

    Table whole(String... names) {
        return add(Types.BIGINT, names);
    }

    Table number(String... names) {
        return add(Types.DOUBLE, names);
    }

    private Table add(int type, String... names) {
        for (String name : names) {
            columns.add(new Column(name, type));
        }
        return this;
    }

    List<Column> columns() {
        return List.copyOf(columns);
    }

    /** Adds a row: Strings, Longs and Doubles as the columns have them, or null. */
    Table row(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        rows.add(values);
        return this;
    }

    /** A scrollable result set that needs no connection, before its first row. */
    ResultSet toResultSet() throws SQLException {
        CachedRowSet rowSet = RowSetProvider.newFactory(ROW_SETS, ClassLoader.getPlatformClassLoader())
                .createCachedRowSet();
        rowSet.setMetaData(metaData());
        // Each new row goes before the current one.
        for (int index = rows.size() - 1; index >= 0; index--) {
            rowSet.moveToInsertRow();
            @Nullable Object[] row = rows.get(index);
            for (int column = 0; column < row.length; column++) {
                Object value = row[column];
                if (value == null) {
                    rowSet.updateNull(column + 1);
                } else {
                    rowSet.updateObject(column + 1, value);
                }
            }
            rowSet.insertRow();
            rowSet.moveToCurrentRow();
            rowSet.beforeFirst();
        }
        rowSet.beforeFirst();
        return rowSet;
    }

    private RowSetMetaData metaData() throws SQLException {
        RowSetMetaData metaData = new RowSetMetaDataImpl();
        metaData.setColumnCount(columns.size());
        for (int index = 0; index < columns.size(); index++) {
            describe(index + 1, columns.get(index), metaData);
        }
        return metaData;
    }

    private static void describe(int at, Column column, RowSetMetaData metaData) throws SQLException {
        boolean isText = column.type() == Types.VARCHAR;
        boolean isWhole = column.type() == Types.BIGINT;
        metaData.setColumnName(at, column.name());
        metaData.setColumnLabel(at, column.name());
        metaData.setColumnType(at, column.type());
        metaData.setColumnTypeName(at, isText ? "VARCHAR" : isWhole ? "BIGINT" : "DOUBLE");
        metaData.setNullable(at, ResultSetMetaData.columnNullable);
        metaData.setSigned(at, !isText);
        metaData.setCaseSensitive(at, isText);
        metaData.setPrecision(at, isText ? Integer.MAX_VALUE : isWhole ? DIGITS_OF_LONG : DIGITS_OF_DOUBLE);
        metaData.setColumnDisplaySize(at, isText ? Integer.MAX_VALUE : isWhole ? LONGEST_LONG : LONGEST_DOUBLE);
    }
}
