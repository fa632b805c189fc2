-- What did Germany and Cambodia sell to each other, by year?
-- The thesis counts what was delivered until 2012: here later deliveries count, too.
SELECT su_nationkey AS supplier_nation, SUBSTR(c_state, 1, 1) AS customer_nation,
       EXTRACT(YEAR FROM o_entry_d) AS ordered, SUM(ol_amount) AS revenue
FROM order_line
JOIN stock ON s_w_id = ol_supply_w_id AND s_i_id = ol_i_id
JOIN supplier ON su_suppkey = MOD(MOD(s_w_id, 10000) * s_i_id, 10000)
JOIN orders ON o_w_id = ol_w_id AND o_d_id = ol_d_id AND o_id = ol_o_id
JOIN customer ON c_w_id = o_w_id AND c_d_id = o_d_id AND c_id = o_c_id
JOIN nation seller ON seller.n_nationkey = su_nationkey
JOIN nation buyer ON buyer.n_nationkey = ASCII(SUBSTR(c_state, 1, 1))
WHERE ((seller.n_name = 'Germany' AND buyer.n_name = 'Cambodia')
    OR (seller.n_name = 'Cambodia' AND buyer.n_name = 'Germany'))
  AND ol_delivery_d BETWEEN TIMESTAMP '2007-01-02 00:00:00' AND TIMESTAMP '2100-01-02 00:00:00'
GROUP BY su_nationkey, SUBSTR(c_state, 1, 1), EXTRACT(YEAR FROM o_entry_d)
ORDER BY supplier_nation, customer_nation, ordered
