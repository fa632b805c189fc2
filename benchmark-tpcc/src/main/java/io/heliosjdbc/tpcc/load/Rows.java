package io.heliosjdbc.tpcc.load;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.LastNames;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.RowWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one part of a load: the items, or one warehouse. The caller commits. Not thread-safe. */
final class Rows {
    private static final String ORIGINAL = "ORIGINAL";

    private final Connection connection;
    private final Dialect dialect;
    private final Population population;
    private final NuRand nuRand;
    private final SplittableRandom random;
    private final RandomText text;
    private final LongAdder written;
    private final Timestamp now = now();

    /**
     * @param random the part's own, so that its rows are the same whoever writes them and whenever
     * @param written counts the rows
     */
    Rows(Connection connection, Population population, NuRand nuRand, SplittableRandom random, LongAdder written)
            throws SQLException {
        this.connection = connection;
        this.dialect = Dialect.of(connection);
        this.population = population;
        this.nuRand = nuRand;
        this.random = random;
        this.text = new RandomText(random);
        this.written = written;
    }

    /** What the rows have as the time of their load: the same date and hour wherever they are loaded. */
    static Timestamp now() {
        return Timestamp.valueOf("2023-11-14 22:13:20");
    }

    /** About how many rows {@link #items} writes. */
    static long ofItems(Population population) {
        return population.items();
    }

    /** About how many rows {@link #warehouse} writes: orders have ten lines on average. */
    static long ofWarehouse(Population population) {
        long perDistrict = 13L * population.customers() + population.newOrders();
        return population.items() + Population.DISTRICTS * perDistrict;
    }

    /** All items. */
    void items() throws SQLException {
        try (RowWriter rows = writer("item", List.of("i_id", "i_im_id", "i_name", "i_price", "i_data"))) {
            for (int i = 1; i <= population.items(); i++) {
                rows.row(i, between(1, 10_000), text.letters(14, 24), cents(100, 10_000), data());
            }
        }
    }

    /** One warehouse and all that belongs to it. */
    void warehouse(int w) throws SQLException {
        districts(w);
        stock(w);
        customers(w);
        orders(w);
    }

    private RowWriter writer(String table, List<String> columns) throws SQLException {
        RowWriter rows = dialect.writer(connection, table, columns);
        return new RowWriter() {
            @Override
            public void row(@Nullable Object... values) throws SQLException {
                rows.row(values);
                written.increment();
            }

            @Override
            public void close() throws SQLException {
                rows.close();
            }
        };
    }

    private void districts(int w) throws SQLException {
        BigDecimal perDistrict =
                BigDecimal.valueOf(10L * population.customers()).setScale(2);
        try (RowWriter rows = writer("warehouse", columns("w", "id", "name", "tax", "ytd"))) {
            rows.row(address(
                    List.of(w, text.letters(6, 10)), List.of(fraction(2_000), perDistrict.multiply(BigDecimal.TEN))));
        }
        try (RowWriter rows = writer("district", columns("d", "w_id", "id", "name", "tax", "ytd", "next_o_id"))) {
            for (int d = 1; d <= Population.DISTRICTS; d++) {
                rows.row(address(
                        List.of(w, d, text.letters(6, 10)),
                        List.of(fraction(2_000), perDistrict, population.customers() + 1)));
            }
        }
    }

    private void stock(int w) throws SQLException {
        List<String> columns = new ArrayList<>(List.of("s_w_id", "s_i_id", "s_quantity"));
        for (int d = 1; d <= Population.DISTRICTS; d++) {
            columns.add(d < 10 ? "s_dist_0" + d : "s_dist_" + d);
        }
        columns.addAll(List.of("s_ytd", "s_order_cnt", "s_remote_cnt", "s_data"));
        try (RowWriter rows = writer("stock", columns)) {
            for (int i = 1; i <= population.items(); i++) {
                List<Object> row = new ArrayList<>(List.of(w, i, between(10, 100)));
                for (int d = 1; d <= Population.DISTRICTS; d++) {
                    row.add(text.letters(24, 24));
                }
                row.addAll(List.of(0, 0, 0, data()));
                rows.row(row.toArray());
            }
        }
    }

    private void customers(int w) throws SQLException {
        BigDecimal ten = new BigDecimal("10.00");
        List<String> columns = columns(
                "c",
                "w_id",
                "d_id",
                "id",
                "first",
                "middle",
                "last",
                "phone",
                "since",
                "credit",
                "credit_lim",
                "discount",
                "balance",
                "ytd_payment",
                "payment_cnt",
                "delivery_cnt",
                "data");
        try (RowWriter rows = writer("customer", columns)) {
            for (int d = 1; d <= Population.DISTRICTS; d++) {
                boolean[] bad = tenPercent(population.customers());
                for (int c = 1; c <= population.customers(); c++) {
                    rows.row(address(
                            List.of(w, d, c, text.letters(8, 16), "OE", lastName(c)),
                            List.of(
                                    text.digits(16),
                                    now,
                                    bad[c - 1] ? "BC" : "GC",
                                    new BigDecimal("50000.00"),
                                    fraction(5_000),
                                    ten.negate(),
                                    ten,
                                    1,
                                    0,
                                    text.letters(300, 500))));
                }
            }
        }
        List<String> history =
                List.of("h_c_id", "h_c_d_id", "h_c_w_id", "h_d_id", "h_w_id", "h_date", "h_amount", "h_data");
        try (RowWriter rows = writer("history", history)) {
            for (int d = 1; d <= Population.DISTRICTS; d++) {
                for (int c = 1; c <= population.customers(); c++) {
                    rows.row(c, d, w, d, w, now, ten, text.letters(12, 24));
                }
            }
        }
    }

    private String lastName(int customer) {
        int number = customer <= 1_000
                ? customer - 1
                : NuRand.next(random, NuRand.LAST_NAME_A, 0, 999, nuRand.loadLastName());
        return LastNames.of(number);
    }

    private void orders(int w) throws SQLException {
        // The count of lines decides both tables, and COPY fills one table at a time.
        int[][] lines = new int[Population.DISTRICTS + 1][population.customers() + 1];
        List<String> columns =
                List.of("o_w_id", "o_d_id", "o_id", "o_c_id", "o_entry_d", "o_carrier_id", "o_ol_cnt", "o_all_local");
        try (RowWriter rows = writer("orders", columns)) {
            for (int d = 1; d <= Population.DISTRICTS; d++) {
                int[] customers = permutation(population.customers());
                for (int o = 1; o <= population.customers(); o++) {
                    lines[d][o] = between(5, 15);
                    Integer carrier = delivered(o) ? between(1, 10) : null;
                    rows.row(w, d, o, customers[o - 1], now, carrier, lines[d][o], 1);
                }
            }
        }
        try (RowWriter rows = writer("new_order", List.of("no_w_id", "no_d_id", "no_o_id"))) {
            for (int d = 1; d <= Population.DISTRICTS; d++) {
                for (int o = population.deliveredOrders() + 1; o <= population.customers(); o++) {
                    rows.row(w, d, o);
                }
            }
        }
        orderLines(w, lines);
    }

    private void orderLines(int w, int[][] lines) throws SQLException {
        BigDecimal nothing = new BigDecimal("0.00");
        List<String> columns = List.of(
                "ol_w_id",
                "ol_d_id",
                "ol_o_id",
                "ol_number",
                "ol_i_id",
                "ol_supply_w_id",
                "ol_delivery_d",
                "ol_quantity",
                "ol_amount",
                "ol_dist_info");
        try (RowWriter rows = writer("order_line", columns)) {
            for (int d = 1; d <= Population.DISTRICTS; d++) {
                for (int o = 1; o <= population.customers(); o++) {
                    for (int line = 1; line <= lines[d][o]; line++) {
                        int item = between(1, population.items());
                        Timestamp delivery = delivered(o) ? now : null;
                        BigDecimal amount = delivered(o) ? nothing : cents(1, 999_999);
                        rows.row(w, d, o, line, item, w, delivery, 5, amount, text.letters(24, 24));
                    }
                }
            }
        }
    }

    private boolean delivered(int order) {
        return order <= population.deliveredOrders();
    }

    /** The columns of a table in the order of {@link #address}: those up to the name, the address, the rest. */
    private static List<String> columns(String prefix, String... names) {
        List<String> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(prefix + "_" + name);
            if (name.equals("name") || name.equals("last")) {
                for (String part : List.of("street_1", "street_2", "city", "state", "zip")) {
                    columns.add(prefix + "_" + part);
                }
            }
        }
        return columns;
    }

    private Object[] address(List<Object> before, List<Object> after) {
        List<Object> row = new ArrayList<>(before);
        row.addAll(List.of(
                text.letters(10, 20),
                text.letters(10, 20),
                text.letters(10, 20),
                text.letters(2, 2),
                text.digits(4) + "11111"));
        row.addAll(after);
        return row.toArray();
    }

    private String data() {
        String data = text.letters(26, 50);
        if (between(1, 10) > 1) {
            return data;
        }
        int at = random.nextInt(data.length() - ORIGINAL.length() + 1);
        return data.substring(0, at) + ORIGINAL + data.substring(at + ORIGINAL.length());
    }

    private boolean[] tenPercent(int size) {
        int[] order = permutation(size);
        boolean[] chosen = new boolean[size];
        for (int i = 0; i < size / 10; i++) {
            chosen[order[i] - 1] = true;
        }
        return chosen;
    }

    private int[] permutation(int size) {
        int[] numbers = new int[size];
        for (int i = 0; i < size; i++) {
            int at = random.nextInt(i + 1);
            numbers[i] = numbers[at];
            numbers[at] = i + 1;
        }
        return numbers;
    }

    private BigDecimal cents(int low, int high) {
        return BigDecimal.valueOf(between(low, high), 2);
    }

    private BigDecimal fraction(int highest) {
        return BigDecimal.valueOf(between(0, highest), 4);
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }
}
