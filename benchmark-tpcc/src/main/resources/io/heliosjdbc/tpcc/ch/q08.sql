-- What share of the European market for certain items do German suppliers have, by year?
-- The thesis counts orders until 2012: here later ones count, too. A share of nothing is unknown, where the thesis divides by it.
SELECT EXTRACT(YEAR FROM o_entry_d) AS ordered,
       SUM(CASE WHEN seller.n_name = 'Germany' THEN ol_amount ELSE 0 END) / NULLIF(SUM(ol_amount), 0) AS market_share
FROM item
JOIN order_line ON ol_i_id = i_id
JOIN stock ON s_w_id = ol_supply_w_id AND s_i_id = ol_i_id
JOIN supplier ON su_suppkey = MOD(MOD(s_w_id, 10000) * s_i_id, 10000)
JOIN orders ON o_w_id = ol_w_id AND o_d_id = ol_d_id AND o_id = ol_o_id
JOIN customer ON c_w_id = o_w_id AND c_d_id = o_d_id AND c_id = o_c_id
JOIN nation buyer ON buyer.n_nationkey = ASCII(SUBSTR(c_state, 1, 1))
JOIN nation seller ON seller.n_nationkey = su_nationkey
JOIN region ON r_regionkey = buyer.n_regionkey
WHERE ol_i_id < 1000 AND r_name = 'Europe' AND i_data LIKE '%b'
  AND o_entry_d BETWEEN TIMESTAMP '2007-01-02 00:00:00' AND TIMESTAMP '2100-01-02 00:00:00'
GROUP BY EXTRACT(YEAR FROM o_entry_d)
ORDER BY ordered
