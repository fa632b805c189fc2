-- What percentage of the revenue came from promoted items?
SELECT 100.00 * SUM(CASE WHEN i_data LIKE 'PR%' THEN ol_amount ELSE 0 END) / (1 + SUM(ol_amount)) AS promoted
FROM order_line
JOIN item ON i_id = ol_i_id
WHERE ol_delivery_d >= TIMESTAMP '2007-01-02 00:00:00' AND ol_delivery_d < TIMESTAMP '2100-01-02 00:00:00'
