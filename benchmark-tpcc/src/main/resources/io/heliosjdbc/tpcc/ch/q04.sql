-- How many orders had a line delivered after they were entered, by the number of their lines?
-- The thesis counts orders until 2012: here those of a database that is loaded today count, too.
SELECT o_ol_cnt, COUNT(*) AS orders_late
FROM orders
WHERE o_entry_d >= TIMESTAMP '2007-01-02 00:00:00' AND o_entry_d < TIMESTAMP '2100-01-02 00:00:00'
  AND EXISTS (SELECT 1 FROM order_line
              WHERE ol_w_id = o_w_id AND ol_d_id = o_d_id AND ol_o_id = o_id AND ol_delivery_d >= o_entry_d)
GROUP BY o_ol_cnt
ORDER BY o_ol_cnt
