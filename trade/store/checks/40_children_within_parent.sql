-- title: listed commodities do not exceed the commodity that contains them
-- tolerance: 0.1
-- file: gacc_commodities/commodity_trade.csv
-- 100 million yuan; only an excess is a gap, since not every child is listed
SELECT
    concat_ws(' ', child.list, child.freq, child.period, child.flow, parent.product) AS place,
    greatest(sum(child.value_cny_100m) - any_value(parent.value_cny_100m), 0) AS value,
    0 AS expected
FROM fact.product_parent AS tree
JOIN fact.commodity_trade AS child USING (flow, product)
JOIN fact.commodity_trade AS parent
    ON parent.product = tree.parent AND parent.flow = child.flow AND parent.list = child.list
    AND parent.freq = child.freq AND parent.period = child.period
WHERE child.list = 'detail' AND child.value_cny_100m IS NOT NULL AND parent.value_cny_100m IS NOT NULL
GROUP BY child.list, child.freq, child.period, child.flow, parent.product
