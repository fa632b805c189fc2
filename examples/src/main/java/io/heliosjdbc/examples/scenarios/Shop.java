package io.heliosjdbc.examples.scenarios;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A web shop: a checkout that takes long is a checkout that is given up, and next to it run recommendations that compare a
 * customer's taste with every product. Stateless.
 */
public final class Shop {
    private Shop() {}

    /** Runs the scenario's statements and says where they went. */
    public static List<Step> run(PrintStream out) throws SQLException {
        try (Connection database = tables();
                Connection connection = Walk.application(database, "shop")) {
            Walk walk = new Walk(out);

            connection.setAutoCommit(false);
            walk.run(
                    connection,
                    "checkout: the order",
                    "INSERT INTO orders (id, customer, total, state, ordered_at) VALUES (?, ?, ?, 'open', CURRENT_TIMESTAMP)",
                    1,
                    7,
                    29.90);
            walk.run(
                    connection,
                    "checkout: its item",
                    "INSERT INTO order_items (order_id, product, quantity, price) VALUES (?, ?, ?, ?)",
                    1,
                    100,
                    2,
                    14.95);
            walk.run(connection, "checkout: the stock", "UPDATE products SET stock = stock - ? WHERE id = ?", 2, 100);
            connection.commit();

            // The angle between two vectors, here kept one number per row; a vector type would do the same in one
            // expression.
            connection.setAutoCommit(true);
            walk.run(connection, "recommendations: by taste and popularity", """
                    WITH likeness AS (
                      SELECT f.product, SUM(u.amount * f.amount)
                             / (SQRT(SUM(u.amount * u.amount)) * SQRT(SUM(f.amount * f.amount))) AS cosine
                      FROM user_embeddings u JOIN product_embeddings f ON f.dimension = u.dimension
                      WHERE u.customer = ? GROUP BY f.product)
                    SELECT p.id, p.title, l.cosine * 0.7 + p.sold_recently * 0.3 / (SELECT MAX(sold_recently) FROM products)
                           AS score
                    FROM likeness l JOIN products p ON p.id = l.product
                    WHERE p.stock > 0 ORDER BY score DESC LIMIT 20""", 7);
            return walk.end(connection);
        }
    }

    private static Connection tables() throws SQLException {
        return Walk.database(
                "shop",
                "CREATE TABLE products (id BIGINT PRIMARY KEY, title VARCHAR(40), stock INT, sold_recently INT)",
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer BIGINT, total DECIMAL(12, 2), state VARCHAR(10),"
                        + " ordered_at TIMESTAMP)",
                "CREATE TABLE order_items (order_id BIGINT, product BIGINT, quantity INT, price DECIMAL(12, 2))",
                "CREATE TABLE user_embeddings (customer BIGINT, dimension INT, amount DOUBLE PRECISION)",
                "CREATE TABLE product_embeddings (product BIGINT, dimension INT, amount DOUBLE PRECISION)",
                "INSERT INTO products VALUES (100, 'kettle', 5, 40), (101, 'teapot', 3, 25)",
                "INSERT INTO user_embeddings VALUES (7, 1, 0.9), (7, 2, 0.1)",
                "INSERT INTO product_embeddings VALUES (100, 1, 0.8), (100, 2, 0.3), (101, 1, 0.2), (101, 2, 0.9)");
    }
}
