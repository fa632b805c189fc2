-- Which supplier in Europe has least of an item in stock?
WITH european AS (
  SELECT s_i_id, s_quantity, su_suppkey, su_name, su_address, su_phone, su_comment, n_name
  FROM stock
  JOIN supplier ON su_suppkey = MOD(MOD(s_w_id, 10000) * s_i_id, 10000)
  JOIN nation ON n_nationkey = su_nationkey
  JOIN region ON r_regionkey = n_regionkey
  WHERE r_name LIKE 'Europ%'),
least AS (SELECT s_i_id AS item, MIN(s_quantity) AS quantity FROM european GROUP BY s_i_id)
SELECT su_suppkey, su_name, n_name, i_id, i_name, su_address, su_phone, su_comment
FROM european
JOIN least ON item = s_i_id AND quantity = s_quantity
JOIN item ON i_id = s_i_id
WHERE i_data LIKE '%b'
ORDER BY n_name, su_name, i_id
