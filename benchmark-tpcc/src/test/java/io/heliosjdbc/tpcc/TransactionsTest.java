package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import java.sql.Connection;
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
}
