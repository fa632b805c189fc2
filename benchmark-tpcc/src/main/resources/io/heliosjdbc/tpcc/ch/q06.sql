-- What did delivered lines of any usual quantity bring in?
-- The thesis counts what was delivered until 2020: here later deliveries count, too.
SELECT SUM(ol_amount) AS revenue
FROM order_line
WHERE ol_delivery_d >= TIMESTAMP '1999-01-01 00:00:00' AND ol_delivery_d < TIMESTAMP '2100-01-01 00:00:00'
  AND ol_quantity BETWEEN 1 AND 100000
