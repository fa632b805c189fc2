package io.heliosjdbc.tpcc;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a terminal's user keyed in; drawn once, so that a retry repeats the same transaction. Immutable. */
public sealed interface Input {
    TransactionType type();

    record Line(int item, int supplyWarehouse, int quantity) {}

    /** Lines are in item order, the order in which stock is locked; an item that does not exist comes last. */
    record NewOrder(int warehouse, int district, int customer, boolean rollback, List<Line> lines) implements Input {
        public NewOrder {
            lines = List.copyOf(lines);
        }

        @Override
        public TransactionType type() {
            return TransactionType.NEW_ORDER;
        }

        /** How many of its lines another warehouse supplies. */
        public int remoteLines() {
            return (int) lines.stream()
                    .filter(line -> line.supplyWarehouse() != warehouse)
                    .count();
        }
    }

    /** A customer by number, or by last name where there is one. */
    record Customer(
            int warehouse,
            int district,
            int number,
            @Nullable String lastName) {}

    record Payment(int warehouse, int district, Customer customer, BigDecimal amount) implements Input {
        @Override
        public TransactionType type() {
            return TransactionType.PAYMENT;
        }
    }

    record OrderStatus(Customer customer) implements Input {
        @Override
        public TransactionType type() {
            return TransactionType.ORDER_STATUS;
        }
    }

    record Delivery(int warehouse, int carrier) implements Input {
        @Override
        public TransactionType type() {
            return TransactionType.DELIVERY;
        }
    }

    record StockLevel(int warehouse, int district, int threshold) implements Input {
        @Override
        public TransactionType type() {
            return TransactionType.STOCK_LEVEL;
        }
    }
}
