-- Which items of German suppliers make up more than half a percent of their orders?
WITH german AS (
  SELECT s_i_id, s_order_cnt
  FROM stock
  JOIN supplier ON su_suppkey = MOD(MOD(s_w_id, 10000) * s_i_id, 10000)
  JOIN nation ON n_nationkey = su_nationkey
  WHERE n_name = 'Germany')
SELECT s_i_id, SUM(s_order_cnt) AS order_count
FROM german
GROUP BY s_i_id
HAVING SUM(s_order_cnt) > (SELECT SUM(s_order_cnt) * 0.005 FROM german)
ORDER BY order_count DESC, s_i_id
