package io.heliosjdbc.examples.springboot;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What was sold. Thread-safe. */
@Service
public class SalesReport {
    private final JdbcClient database;

    SalesReport(JdbcClient database) {
        this.database = database;
    }

    /** A product's sales. */
    public record Line(String title, long pieces, BigDecimal revenue) {}

    /** The products by revenue. No hint: the criteria know a report by its form. */
    public List<Line> byProduct() {
        return database.sql("""
                        SELECT p.title, SUM(i.quantity) AS pieces, SUM(i.quantity * p.price) AS revenue
                        FROM order_item i JOIN product p ON p.id = i.product
                        GROUP BY p.title ORDER BY revenue DESC, p.title""").query(Line.class).list();
    }
}
