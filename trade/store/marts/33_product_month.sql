-- one row per list, freq (M or YTD), period, flow and commodity: values in yuan, last year's value as revised, quantities and unit values
-- key: list, freq, period, flow, product
SELECT
    list, freq, period, CAST(period || '-01' AS DATE) AS period_start, commodity_trade.flow, product,
    value_cny_100m * 1e8 AS value_cny, value_prev_cny_100m * 1e8 AS value_prev_cny, growth_pct,
    quantity, quantity_unit, quantity_growth_pct, value_cny_100m * 1e8 / nullif(quantity, 0) AS unit_value_cny,
    parent, coalesce(level, 0) AS level, overlapping, product_group, quality, commodity_trade.note, commodity_trade.source_id
FROM fact.commodity_trade
JOIN fact.product USING (product)
LEFT JOIN fact.product_parent USING (flow, product)
ORDER BY list, freq, flow, period, product
