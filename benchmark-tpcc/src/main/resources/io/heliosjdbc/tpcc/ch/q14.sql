-- What percentage of the revenue came from promoted items?
-- The thesis counts what was delivered until 2020: here later deliveries count, too. It has no brackets around 1 + the sum, so that what it
-- calculates is no percentage; the 1 is there against a division by nothing.
SELECT 100.00 * SUM(CASE WHEN i_data LIKE 'PR%' THEN ol_amount ELSE 0 END) / (1 + SUM(ol_amount)) AS promoted
FROM order_line
JOIN item ON i_id = ol_i_id
WHERE ol_delivery_d >= TIMESTAMP '2007-01-02 00:00:00' AND ol_delivery_d < TIMESTAMP '2100-01-02 00:00:00'
