-- Do cheap carriers deliver the large orders late?
-- The thesis counts what was delivered until 2020: here later deliveries count, too.
SELECT o_ol_cnt,
       SUM(CASE WHEN o_carrier_id IN (1, 2) THEN 1 ELSE 0 END) AS dear_lines,
       SUM(CASE WHEN o_carrier_id NOT IN (1, 2) THEN 1 ELSE 0 END) AS cheap_lines
FROM orders
JOIN order_line ON ol_w_id = o_w_id AND ol_d_id = o_d_id AND ol_o_id = o_id
WHERE o_entry_d <= ol_delivery_d AND ol_delivery_d < TIMESTAMP '2100-01-01 00:00:00'
GROUP BY o_ol_cnt
ORDER BY o_ol_cnt
