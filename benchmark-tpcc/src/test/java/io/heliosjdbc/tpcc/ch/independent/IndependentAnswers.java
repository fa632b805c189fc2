package io.heliosjdbc.tpcc.ch.independent;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** All questions by number. Immutable. */
final class IndependentAnswers {
    private final LineAnswers lines;
    private final CustomerAnswers customers;
    private final SupplierAnswers suppliers;
    private final TradeAnswers trade;

    private IndependentAnswers(World world) {
        lines = new LineAnswers(world);
        customers = new CustomerAnswers(world);
        suppliers = new SupplierAnswers(world);
        trade = new TradeAnswers(world);
    }

    /** Reads all rows; changes of them afterwards are not seen. */
    static IndependentAnswers of(Connection connection) throws SQLException {
        return new IndependentAnswers(new World(Tables.read(connection)));
    }

    /** The rows in their order, in which level ones are as our SQL leaves them. */
    List<String> to(int question) {
        return switch (question) {
            case 1 -> lines.overview();
            case 2 -> suppliers.lowestInEurope();
            case 3 -> customers.unshipped();
            case 4 -> customers.shippedLate();
            case 5 -> trade.localRevenue();
            case 6 -> lines.revenueOfCertainQuantities();
            case 7 -> trade.tradeInBothDirections();
            case 8 -> trade.marketShare();
            case 9 -> trade.profit();
            case 10 -> customers.receivedLate();
            case 11 -> suppliers.importantParts();
            case 12 -> customers.byCarriers();
            case 13 -> customers.byOrders();
            case 14 -> lines.promoted();
            case 15 -> suppliers.top();
            case 16 -> suppliers.withoutComplaints();
            case 17 -> lines.lostWithoutSmallQuantities();
            case 18 -> customers.largeOrders();
            case 19 -> lines.revenueOfThreeKinds();
            case 20 -> suppliers.candidates();
            case 21 -> suppliers.late();
            case 22 -> customers.likelyToBuy();
            default -> throw new IllegalArgumentException("there are questions 1 to 22, not " + question);
        };
    }
}
