package io.heliosjdbc.examples.springboot;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Buys things. Thread-safe. */
@Service
public class Checkout {
    /** What the statements belong to, so that the agreement can name it; tracing libraries write such comments by themselves. */
    private static final String HINT = "/*transaction='checkout'*/ ";

    private final JdbcClient database;

    Checkout(JdbcClient database) {
        this.database = database;
    }

    /**
     * One transaction. Its first statement may wait for a slot; the others have it and never wait.
     *
     * @return the order's number
     */
    @Transactional
    public long buy(long customer, long product, int quantity) {
        long order = database.sql(HINT + "INSERT INTO customer_order (customer) VALUES (:customer) RETURNING id")
                .param("customer", customer)
                .query(Long.class)
                .single();
        database.sql(HINT + "INSERT INTO order_item VALUES (:order, :product, :quantity)")
                .param("order", order)
                .param("product", product)
                .param("quantity", quantity)
                .update();
        database.sql(HINT + "UPDATE product SET stock = stock - :quantity WHERE id = :product")
                .param("quantity", quantity)
                .param("product", product)
                .update();
        return order;
    }
}
