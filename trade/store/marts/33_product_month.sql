-- one row per list, freq (M, Q or YTD), period, flow and commodity: values in yuan, last year's value as revised, quantities and unit values
-- key: list, freq, period, flow, product
--
-- Customs prints January and February of most goods together, so a quarter is the difference of two cumulative figures, as
-- for the totals: value, last year's value, and quantity if both cumulative figures have the same unit. A negative
-- difference, which revisions and corrections of earlier months can cause, is missing.
WITH printed AS (
    SELECT
        list, freq, period, CAST(period || '-01' AS DATE) AS period_start, flow, product,
        value_cny_100m * 1e8 AS value_cny, value_prev_cny_100m * 1e8 AS value_prev_cny, growth_pct,
        quantity, quantity_unit, quantity_growth_pct, quality, note, source_id
    FROM fact.commodity_trade
),
cumulated AS (
    SELECT *, year(period_start) AS year, quarter(period_start) AS quarter FROM printed
    WHERE freq = 'YTD' AND month(period_start) IN (3, 6, 9, 12)
),
quarterly AS (
    SELECT
        now.list, 'Q' AS freq, now.year || '-Q' || now.quarter AS period, make_date(now.year, 3 * now.quarter - 2, 1) AS period_start, now.flow, now.product,
        round(now.value_cny - if(now.quarter = 1, 0, before.value_cny), 2) AS value_cny,
        round(now.value_prev_cny - if(now.quarter = 1, 0, before.value_prev_cny), 2) AS value_prev_cny,
        if(now.quarter = 1, now.growth_pct, NULL) AS growth_pct,
        CASE WHEN now.quarter = 1 THEN now.quantity WHEN now.quantity_unit = before.quantity_unit AND now.quantity >= before.quantity THEN now.quantity - before.quantity END AS quantity,
        now.quantity_unit, if(now.quarter = 1, now.quantity_growth_pct, NULL) AS quantity_growth_pct,
        if(now.quarter = 1, now.quality, 'derived') AS quality, NULL AS note, now.source_id
    FROM cumulated AS now
    LEFT JOIN cumulated AS before ON before.list = now.list AND before.flow = now.flow AND before.product = now.product
        AND before.year = now.year AND before.quarter = now.quarter - 1
)
SELECT
    list, freq, period, period_start, item.flow, product, value_cny, value_prev_cny, growth_pct,
    quantity, quantity_unit, quantity_growth_pct, value_cny / nullif(quantity, 0) AS unit_value_cny,
    parent, coalesce(level, 0) AS level, overlapping, product_group, quality, item.note, item.source_id
FROM (FROM printed UNION ALL BY NAME FROM quarterly WHERE value_cny >= 0) AS item
JOIN fact.product USING (product)
LEFT JOIN fact.product_parent USING (flow, product)
ORDER BY list, freq, flow, period, product
