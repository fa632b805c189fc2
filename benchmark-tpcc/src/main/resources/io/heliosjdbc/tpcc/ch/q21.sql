-- Which German suppliers kept whole orders waiting?
SELECT su_name, COUNT(*) AS waiting
FROM order_line late
JOIN orders ON o_w_id = late.ol_w_id AND o_d_id = late.ol_d_id AND o_id = late.ol_o_id
JOIN stock ON s_w_id = late.ol_w_id AND s_i_id = late.ol_i_id
JOIN supplier ON su_suppkey = MOD(MOD(s_w_id, 10000) * s_i_id, 10000)
JOIN nation ON n_nationkey = su_nationkey
WHERE n_name = 'Germany' AND late.ol_delivery_d > o_entry_d
  AND NOT EXISTS (SELECT 1 FROM order_line later
                  WHERE later.ol_w_id = late.ol_w_id AND later.ol_d_id = late.ol_d_id AND later.ol_o_id = late.ol_o_id
                    AND later.ol_delivery_d > late.ol_delivery_d)
GROUP BY su_name
ORDER BY waiting DESC, su_name
