package io.heliosjdbc.examples.scenarios;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A platform with many tenants on one database: their users' pages must come at once, their administrators' reports may take a
 * while, and the nightly job must be in nobody's way. No statement carries a hint: the criteria in {@code
 * scenarios/saas/helios.toml} tell them apart. Stateless.
 */
public final class Saas {
    private Saas() {}

    /** Runs the scenario's statements and says where they went. */
    public static List<Step> run(PrintStream out) throws SQLException {
        try (Connection database = tables();
                Connection connection = Walk.application(database, "saas")) {
            Walk walk = new Walk(out);
            connection.setAutoCommit(false);

            // The pool sets the tenant when it hands the connection to a request: each tenant has an account of its
            // own.
            connection.setClientInfo("helios.tenant", "acme");
            walk.run(
                    connection,
                    "page: the tenant's figures of today",
                    "SELECT title, visitors_today, revenue_this_month FROM tenant_figures WHERE tenant = ?",
                    "acme");
            connection.commit();

            walk.run(connection, "report: sales by day and kind of product", """
                    SELECT DATE_TRUNC('day', s.sold_at) AS sold_on, p.kind, COUNT(*) AS sales,
                           COUNT(DISTINCT s.buyer) AS buyers, SUM(s.price) AS revenue, AVG(s.price) AS average
                    FROM sale s JOIN product p ON p.id = s.product
                    WHERE s.tenant = ? AND s.sold_at > CURRENT_TIMESTAMP - INTERVAL '90' DAY
                    GROUP BY DATE_TRUNC('day', s.sold_at), p.kind
                    ORDER BY sold_on DESC, revenue DESC""", "acme");
            connection.commit();

            // The job gives its name, as jobs should anyway.
            connection.setClientInfo("helios.tenant", null);
            connection.setClientInfo("ApplicationName", "background_job");
            walk.run(connection, "nightly job: the figures of all tenants anew", """
                    UPDATE tenant_figures SET
                      visitors_today = (SELECT COUNT(DISTINCT v.visitor) FROM visit v
                                        WHERE v.tenant = tenant_figures.tenant AND v.visited_on = CURRENT_DATE),
                      revenue_this_month = (SELECT COALESCE(SUM(s.price), 0) FROM sale s
                                            WHERE s.tenant = tenant_figures.tenant
                                            AND s.sold_at >= DATE_TRUNC('month', CURRENT_TIMESTAMP))""");
            walk.run(connection, "nightly job: even what looks like a page", "SELECT COUNT(*) FROM tenant_figures");
            connection.commit();
            return walk.end(connection);
        }
    }

    private static Connection tables() throws SQLException {
        return Walk.database(
                "saas",
                "CREATE TABLE tenant_figures (tenant VARCHAR(20) PRIMARY KEY, title VARCHAR(40),"
                        + " visitors_today BIGINT, revenue_this_month DECIMAL(12, 2))",
                "CREATE TABLE product (id BIGINT PRIMARY KEY, kind VARCHAR(20))",
                "CREATE TABLE sale (tenant VARCHAR(20), product BIGINT, buyer BIGINT, price DECIMAL(12, 2), sold_at TIMESTAMP)",
                "CREATE TABLE visit (tenant VARCHAR(20), visitor BIGINT, visited_on DATE)",
                "INSERT INTO tenant_figures VALUES ('acme', 'Acme', 0, 0), ('globex', 'Globex', 0, 0)",
                "INSERT INTO product VALUES (1, 'tools'), (2, 'toys')",
                "INSERT INTO sale VALUES ('acme', 1, 10, 19.90, CURRENT_TIMESTAMP), ('globex', 2, 11, 7.50, CURRENT_TIMESTAMP)",
                "INSERT INTO visit VALUES ('acme', 10, CURRENT_DATE), ('acme', 12, CURRENT_DATE)");
    }
}
