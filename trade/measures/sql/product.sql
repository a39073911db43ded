/* ---
title = "Trade in a commodity"
unit = "value"
definition = "Value, growth, share and quantity of one item of the customs tables, and its contribution to the growth of its flow."
formula = "X_k; g_k = X_k,t / X_k,t-1 - 1; s_k = X_k / X; c_k = (X_k,t - X_k,t-1) / X_t-1"
tex = '''g_k = \frac{X_{k,t}}{X_{k,t-1}} - 1, \qquad s_k = \frac{X_{k,t}}{X_t}, \qquad c_k = \frac{X_{k,t} - X_{k,t-1}}{X_{t-1}}'''
reference = "General Administration of Customs, tables of main export and import commodities; INSEE, definition c1207 (contribution)"
caveats = [
    "Items marked * by customs overlap others: their shares and contributions must not be added up.",
    "Bases are as customs revised them: last year's value where the table prints it, else as implied by growth, which is rounded to 0.1 point.",
    "net_exporter compares with the same item's imports, which are valued CIF; base_net_exporter does so for a year earlier.",
    "High-tech products are customs' catalogue, a wider group than the high-tech products of the press conferences.",
]
uses = ["flow:goods", "first:month", "last:month"]

[parameters.product]
domain = "product"
default = "high-tech-products"
help = "Item of the customs tables."
[parameters.freq]
domain = ["YTD", "M"]
default = "YTD"
help = "January to the month (December is the year), or the month."

[names]
name = { code = "product", of = ["product"] }
--- */
WITH listed AS (
    SELECT *, coalesce(value_prev_cny, value_cny / nullif(1 + growth_pct / 100, 0)) AS base_value FROM product_month
    WHERE product = $product AND freq = $freq
    QUALIFY row_number() OVER (PARTITION BY period, flow ORDER BY list = 'main' DESC) = 1
),
item AS (
    SELECT now.*, other.value_cny AS other_value, other.base_value AS other_base FROM (FROM listed WHERE flow = $flow) AS now
    LEFT JOIN (FROM listed WHERE flow <> $flow) AS other USING (period)
),
known AS (
    SELECT * FROM total_trade WHERE flow = $flow AND freq = $freq AND currency = 'CNY'
),
-- the total with its base: the revised one that published growth implies, else the level a year earlier
total AS (
    SELECT now.period, now.value, coalesce(now.value / nullif(1 + now.growth_pct / 100, 0), before.value) AS base_value
    FROM known AS now
    LEFT JOIN known AS before ON before.period_start = now.period_start - INTERVAL 1 YEAR
)
SELECT
    item.period, item.period_start, item.product, item.value_cny AS value, item.base_value, item.growth_pct,
    100 * (item.value_cny / nullif(item.value_prev_cny, 0) - 1) AS growth_computed_pct,
    100 * item.value_cny / total.value AS share_pct, 100 * item.base_value / total.base_value AS base_share_pct,
    100 * (item.value_cny - item.base_value) / total.base_value AS contribution_pp,
    item.other_value, if($flow = 'export', 1, -1) * (item.value_cny - item.other_value) > 0 AS net_exporter,
    if($flow = 'export', 1, -1) * (item.base_value - item.other_base) > 0 AS base_net_exporter,
    item.quantity, item.quantity_unit, item.quantity_growth_pct, item.unit_value_cny, item.overlapping, item.source_id
FROM item
LEFT JOIN total ON total.period = item.period
WHERE in_span(item.period, $first, $last)
ORDER BY item.period
