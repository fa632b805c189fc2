package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The nine tables; money is NUMERIC. */
public final class Schema {
    /** In the order in which they are created. */
    public static final List<String> TABLES = List.of(
            "warehouse", "district", "customer", "history", "item", "stock", "orders", "new_order", "order_line");

    private static final String ADDRESS = """
            %1$s_street_1 VARCHAR(20) NOT NULL, %1$s_street_2 VARCHAR(20) NOT NULL, %1$s_city VARCHAR(20) NOT NULL,
            %1$s_state CHAR(2) NOT NULL, %1$s_zip CHAR(9) NOT NULL""";

    private static final List<String> CREATE = List.of(
            """
            CREATE TABLE warehouse (w_id INTEGER NOT NULL, w_name VARCHAR(10) NOT NULL, %s,
              w_tax NUMERIC(4,4) NOT NULL, w_ytd NUMERIC(14,2) NOT NULL, PRIMARY KEY (w_id))""".formatted(ADDRESS.formatted("w")),
            """
            CREATE TABLE district (d_w_id INTEGER NOT NULL, d_id INTEGER NOT NULL, d_name VARCHAR(10) NOT NULL, %s,
              d_tax NUMERIC(4,4) NOT NULL, d_ytd NUMERIC(14,2) NOT NULL, d_next_o_id INTEGER NOT NULL,
              PRIMARY KEY (d_w_id, d_id))""".formatted(ADDRESS.formatted("d")),
            """
            CREATE TABLE customer (c_w_id INTEGER NOT NULL, c_d_id INTEGER NOT NULL, c_id INTEGER NOT NULL,
              c_first VARCHAR(16) NOT NULL, c_middle CHAR(2) NOT NULL, c_last VARCHAR(16) NOT NULL, %s,
              c_phone CHAR(16) NOT NULL, c_since TIMESTAMP NOT NULL, c_credit CHAR(2) NOT NULL,
              c_credit_lim NUMERIC(12,2) NOT NULL, c_discount NUMERIC(4,4) NOT NULL, c_balance NUMERIC(14,2) NOT NULL,
              c_ytd_payment NUMERIC(14,2) NOT NULL, c_payment_cnt INTEGER NOT NULL, c_delivery_cnt INTEGER NOT NULL,
              c_data VARCHAR(500) NOT NULL, PRIMARY KEY (c_w_id, c_d_id, c_id))""".formatted(ADDRESS.formatted("c")),
            """
            CREATE TABLE history (h_c_id INTEGER NOT NULL, h_c_d_id INTEGER NOT NULL, h_c_w_id INTEGER NOT NULL,
              h_d_id INTEGER NOT NULL, h_w_id INTEGER NOT NULL, h_date TIMESTAMP NOT NULL,
              h_amount NUMERIC(6,2) NOT NULL, h_data VARCHAR(24) NOT NULL)""",
            """
            CREATE TABLE item (i_id INTEGER NOT NULL, i_im_id INTEGER NOT NULL, i_name VARCHAR(24) NOT NULL,
              i_price NUMERIC(5,2) NOT NULL, i_data VARCHAR(50) NOT NULL, PRIMARY KEY (i_id))""",
            """
            CREATE TABLE stock (s_w_id INTEGER NOT NULL, s_i_id INTEGER NOT NULL, s_quantity INTEGER NOT NULL,
              s_dist_01 CHAR(24) NOT NULL, s_dist_02 CHAR(24) NOT NULL, s_dist_03 CHAR(24) NOT NULL,
              s_dist_04 CHAR(24) NOT NULL, s_dist_05 CHAR(24) NOT NULL, s_dist_06 CHAR(24) NOT NULL,
              s_dist_07 CHAR(24) NOT NULL, s_dist_08 CHAR(24) NOT NULL, s_dist_09 CHAR(24) NOT NULL,
              s_dist_10 CHAR(24) NOT NULL, s_ytd INTEGER NOT NULL, s_order_cnt INTEGER NOT NULL,
              s_remote_cnt INTEGER NOT NULL, s_data VARCHAR(50) NOT NULL, PRIMARY KEY (s_w_id, s_i_id))""",
            """
            CREATE TABLE orders (o_w_id INTEGER NOT NULL, o_d_id INTEGER NOT NULL, o_id INTEGER NOT NULL,
              o_c_id INTEGER NOT NULL, o_entry_d TIMESTAMP NOT NULL, o_carrier_id INTEGER, o_ol_cnt INTEGER NOT NULL,
              o_all_local INTEGER NOT NULL, PRIMARY KEY (o_w_id, o_d_id, o_id))""",
            """
            CREATE TABLE new_order (no_w_id INTEGER NOT NULL, no_d_id INTEGER NOT NULL, no_o_id INTEGER NOT NULL,
              PRIMARY KEY (no_w_id, no_d_id, no_o_id))""",
            """
            CREATE TABLE order_line (ol_w_id INTEGER NOT NULL, ol_d_id INTEGER NOT NULL, ol_o_id INTEGER NOT NULL,
              ol_number INTEGER NOT NULL, ol_i_id INTEGER NOT NULL, ol_supply_w_id INTEGER NOT NULL,
              ol_delivery_d TIMESTAMP, ol_quantity INTEGER NOT NULL, ol_amount NUMERIC(8,2) NOT NULL,
              ol_dist_info CHAR(24) NOT NULL, PRIMARY KEY (ol_w_id, ol_d_id, ol_o_id, ol_number))""");

    private record Index(String name, String table, String columns) {}

    private static final List<Index> INDEXES = List.of(
            new Index("customer_by_name", "customer", " (c_w_id, c_d_id, c_last, c_first)"),
            new Index("orders_by_customer", "orders", " (o_w_id, o_d_id, o_c_id, o_id)"));

    private Schema() {}

    /** Creates the tables that are not there yet. */
    public static void create(Connection connection, Dialect dialect) throws SQLException {
        List<String> present = present(connection, TABLES);
        execute(
                connection,
                CREATE.stream()
                        .filter(sql ->
                                present.stream().noneMatch(table -> sql.startsWith("CREATE TABLE " + table + " ")))
                        .map(dialect::create)
                        .toList());
    }

    /** Creates the indexes that are not there yet. They come after the rows, because filling them once is faster. */
    public static void createIndexes(Connection connection) throws SQLException {
        for (Index index : INDEXES) {
            if (!isThere(connection, index)) {
                execute(connection, List.of("CREATE INDEX " + index.name() + " ON " + index.table() + index.columns()));
            }
        }
        connection.commit();
    }

    /** Drops the tables of those names. */
    public static void drop(Connection connection, List<String> tables) throws SQLException {
        execute(connection, tables.stream().map(table -> "DROP TABLE " + table).toList());
    }

    /** Which of the tables the database has already; what was not committed is rolled back. */
    public static List<String> present(Connection connection, List<String> tables) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : tables) {
            if (isThere(connection, table)) {
                found.add(table);
            }
        }
        return found;
    }

    /** Whether the database has a table of that name; what was not committed is rolled back. */
    public static boolean isThere(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " WHERE 1 = 0")) {
            rows.next();
            return true;
        } catch (SQLException e) {
            // In a transaction that has failed some databases answer nothing any more.
            connection.rollback();
            // Of most databases state class 42 says that no such table is there; the others' metadata know it.
            boolean denied = e.getSQLState() != null && e.getSQLState().startsWith("42");
            if (!denied && isListed(connection, table, e)) {
                throw e;
            }
            return false;
        } finally {
            connection.rollback();
        }
    }

    /** @param first what failed before; where this fails too, it is what there is to tell */
    private static boolean isListed(Connection connection, String table, SQLException first) throws SQLException {
        try {
            DatabaseMetaData database = connection.getMetaData();
            try (ResultSet tables = database.getTables(
                    connection.getCatalog(), connection.getSchema(), stored(database, table), null)) {
                return tables.next();
            }
        } catch (SQLException e) {
            first.addSuppressed(e);
            throw first;
        }
    }

    /** A name as the database keeps it. */
    private static String stored(DatabaseMetaData database, String name) throws SQLException {
        return database.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }

    private static boolean isThere(Connection connection, Index index) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet rows = database.getIndexInfo(
                connection.getCatalog(), connection.getSchema(), stored(database, index.table()), false, true)) {
            boolean found = false;
            while (rows.next()) {
                found |= index.name().equalsIgnoreCase(rows.getString("INDEX_NAME"));
            }
            return found;
        }
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        connection.commit();
    }
}
