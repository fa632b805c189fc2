-- What would be lost in a year without the small orders of certain items?
SELECT SUM(ol_amount) / 2.0 AS lost
FROM order_line
JOIN (SELECT i_id AS wanted, AVG(ol_quantity) AS usual
      FROM item
      JOIN order_line ON ol_i_id = i_id
      WHERE i_data LIKE '%b'
      GROUP BY i_id) usually ON wanted = ol_i_id
WHERE ol_quantity < usual
