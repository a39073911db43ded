-- one row per freq (M, Q or YTD), period, flow, commodity and currency: value and its base a year earlier, also for the flow's total
-- key: freq, period, flow, product, currency
--
-- The base is customs' revised one if possible: last year's value as the table prints it, else the one its growth implies,
-- else the level a year earlier. Both lists are combined, and the main list takes precedence over the detailed one.
-- Dollars are converted at the yuan per dollar that the two official totals of the flow imply, values at the rate of the
-- period and bases at the rate of the revised bases, so that a total that grows 6.1 % in yuan grows 5.5 % in dollars here
-- too. No growth is computed between quantities that are printed too coarsely (macro coarse). Quantities are in units
-- without a scale: tonnes instead of 10,000 tonnes, pairs instead of 100 million pairs.
WITH item AS (
    SELECT
        freq, period, period_start, flow, product,
        first(value_cny ORDER BY list DESC) FILTER (value_cny IS NOT NULL) AS value_cny,
        first(value_prev_cny ORDER BY list DESC) FILTER (value_prev_cny IS NOT NULL) AS printed_base,
        first(growth_pct ORDER BY list DESC) FILTER (growth_pct IS NOT NULL) AS growth_pct,
        first(quantity ORDER BY list DESC) FILTER (quantity IS NOT NULL) AS quantity,
        first(quantity_unit ORDER BY list DESC) FILTER (quantity_unit IS NOT NULL) AS quantity_unit,
        first(quantity_growth_pct ORDER BY list DESC) FILTER (quantity_growth_pct IS NOT NULL) AS quantity_growth_pct,
        bool_or(list = 'main') AS in_main, bool_or(list = 'detail') AS in_detail, any_value(source_id) AS source_id
    FROM product_month
    GROUP BY ALL
    HAVING count(value_cny) > 0
),
based AS (
    SELECT
        now.* EXCLUDE (printed_base, quantity_growth_pct) REPLACE (
            round(now.quantity * CASE WHEN now.quantity_unit LIKE '10,000 %' THEN 1e4 WHEN now.quantity_unit LIKE '100 million %' THEN 1e8 ELSE 1 END, 2) AS quantity,
            regexp_replace(now.quantity_unit, '^(10,000|100 million) ', '') AS quantity_unit
        ),
        coalesce(now.printed_base, now.value_cny / nullif(1 + now.growth_pct / 100, 0), before.value_cny) AS base_cny,
        coalesce(
            now.quantity_growth_pct,
            if(now.quantity_unit = before.quantity_unit AND NOT coarse(now.quantity, now.quantity_unit) AND NOT coarse(before.quantity, before.quantity_unit),
                100 * (now.quantity / nullif(before.quantity, 0) - 1), NULL)
        ) AS quantity_growth_pct
    FROM item AS now
    LEFT JOIN item AS before ON before.freq = now.freq AND before.flow = now.flow AND before.product = now.product
        AND before.period_start = now.period_start - INTERVAL 1 YEAR
),
printed AS (
    SELECT CASE freq WHEN 'A' THEN 'YTD' ELSE freq END AS freq, month AS period, flow, currency, value, growth_pct
    FROM (SELECT *, if(freq = 'A', period || '-12', period) AS month FROM totals_of_all_freqs() WHERE freq IN ('A', 'M', 'Q', 'YTD'))
    QUALIFY row_number() OVER (PARTITION BY if(freq = 'A', 'YTD', freq), month, flow, currency ORDER BY freq) = 1
),
total AS (
    SELECT now.*, coalesce(now.value / nullif(1 + now.growth_pct / 100, 0), before.value) AS base_value
    FROM printed AS now
    LEFT JOIN printed AS before ON before.freq = now.freq AND before.flow = now.flow AND before.currency = now.currency
        AND before.period = CAST(CAST(left(now.period, 4) AS INTEGER) - 1 AS VARCHAR) || substr(now.period, 5)
),
priced AS (
    SELECT total.freq, total.period, total.flow, total.currency, total.value AS total, total.base_value AS total_base,
        yuan.value / total.value AS rate, yuan.base_value / total.base_value AS base_rate
    FROM total
    JOIN total AS yuan ON yuan.freq = total.freq AND yuan.period = total.period AND yuan.flow = total.flow AND yuan.currency = 'CNY'
)
SELECT
    freq, period, period_start, flow, product, currency, round(value_cny / rate, 2) AS value, round(base_cny / base_rate, 2) AS base_value,
    if(currency = 'CNY', growth_pct, NULL) AS growth_pct, 100 * (value_cny / rate / nullif(base_cny / base_rate, 0) - 1) AS growth_computed_pct,
    total, total_base, quantity, quantity_unit, quantity_growth_pct, in_main, in_detail, source_id
FROM based
-- values in yuan are not converted, so they need no total of the period in yuan
JOIN (
    FROM priced WHERE currency <> 'CNY'
    UNION ALL
    SELECT freq, period, flow, 'CNY', total, total_base, 1.0, 1.0
    FROM (SELECT DISTINCT freq, period, flow FROM based) LEFT JOIN (FROM priced WHERE currency = 'CNY') USING (freq, period, flow)
) USING (freq, period, flow)
ORDER BY freq, flow, currency, period, product
