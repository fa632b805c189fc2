package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    @Test
    void aLineIsABrandWhereItemAndStockAreOriginal() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Connection connection = target.straight();
                Statement statement = connection.createStatement()) {
            new Loader(target, new Load(1, Population.SMALL, 1), 1, line -> {}).load(false);
            statement.executeUpdate(
                    "UPDATE item SET i_data = CASE WHEN i_id IN (1, 2) THEN 'an ORIGINAL' ELSE 'x' END");
            statement.executeUpdate(
                    "UPDATE stock SET s_data = CASE WHEN s_i_id IN (2, 3) THEN 'ORIGINALs' ELSE 'x' END");
            connection.setAutoCommit(false);
            Transactions transactions = new Transactions(connection);
            List<Input.Line> lines = List.of(
                    new Input.Line(1, 1, 1), new Input.Line(2, 1, 1), new Input.Line(3, 1, 1), new Input.Line(4, 1, 1));
            assertThat(transactions.run(new Input.NewOrder(1, 1, 1, false, lines)))
                    .isTrue();
            assertThat(transactions.shownBrands()).isEqualTo("GBGG");
        }
    }

    /** A sequence does not come back from what is rolled back: it tells how many lines were there before. */
    @Test
    void whatIsRolledBackHasInsertedTheLinesOfItsOtherItems() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 2);
                Connection connection = target.straight();
                Statement statement = connection.createStatement()) {
            new Loader(target, new Load(1, Population.SMALL, 1), 1, line -> {}).load(false);
            statement.execute("CREATE SEQUENCE inserted");
            statement.execute("ALTER TABLE order_line ALTER COLUMN ol_delivery_d SET DEFAULT"
                    + " DATEADD(DAY, NEXT VALUE FOR inserted, DATE '2000-01-01')");
            long before = count(statement, "SELECT COUNT(*) FROM order_line");
            connection.setAutoCommit(false);
            List<Input.Line> lines = List.of(
                    new Input.Line(1, 1, 1),
                    new Input.Line(2, 1, 1),
                    new Input.Line(Population.SMALL.items() + 1, 1, 1));
            assertThat(new Transactions(connection).run(new Input.NewOrder(1, 1, 1, true, lines)))
                    .isFalse();
            assertThat(count(statement, "SELECT NEXT VALUE FOR inserted")).isEqualTo(3);
            assertThat(count(statement, "SELECT COUNT(*) FROM order_line")).isEqualTo(before);
        }
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
