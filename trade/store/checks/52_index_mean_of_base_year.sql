-- title: the months of the base year of an index have the mean 100
-- tolerance: 0.01
-- file: cpb_world_trade_monitor/indices.csv.gz
-- index points
SELECT concat_ws(' ', source_id, aspect, area, flow) AS place, avg(index_value) AS value, 100 AS expected
FROM fact.trade_index
WHERE freq = 'M' AND left(period, 4) = CAST(base_year AS VARCHAR)
GROUP BY source_id, aspect, area, flow
HAVING count(*) = 12
