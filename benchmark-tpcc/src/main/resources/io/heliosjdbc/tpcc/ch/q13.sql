-- How many customers have how many orders with the later carriers?
-- Customers of one number count as one, in whatever districts and warehouses they are: so the thesis has it.
SELECT placed, COUNT(*) AS customers
FROM (SELECT c_id, COUNT(o_id) AS placed
      FROM customer
      LEFT JOIN orders ON o_w_id = c_w_id AND o_d_id = c_d_id AND o_c_id = c_id AND o_carrier_id > 8
      GROUP BY c_id) by_customer
GROUP BY placed
ORDER BY customers DESC, placed DESC
