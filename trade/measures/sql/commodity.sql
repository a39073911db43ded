/* ---
title = "A commodity over time"
unit = "value"
definition = "Value, growth, share and quantity of one item of the customs tables in every available period, and its contribution to the growth of its flow."
formula = "X_k; g_k = X_k,t / X_k,t-1 - 1; s_k = X_k / X; c_k = (X_k,t - X_k,t-1) / X_t-1"
tex = '''g_k = \frac{X_{k,t}}{X_{k,t-1}} - 1, \qquad s_k = \frac{X_{k,t}}{X_t}, \qquad c_k = \frac{X_{k,t} - X_{k,t-1}}{X_{t-1}}'''
reference = "General Administration of Customs, tables of main export and import commodities; INSEE, definition c1207 (contribution)"
caveats = [
    "Items marked * by customs overlap others: their shares and contributions must not be added up.",
    "Published growth is on customs' revised base; growth between levels is given where none was printed, as in months.",
    "Tables of exports are available for December 2024 and from March 2025 on; of imports from November 2023 on. January and February are printed together, if at all. The detailed list of exports exists for December 2024, December 2025 and, in part, March 2026.",
    "Dollars are converted at the rate that the two official totals imply.",
]
uses = ["flow:goods", "freq:goods", "currency:goods", "first:month", "last:month"]

[parameters.product]
domain = "product"
default = "motor-vehicles"
help = "Item of the customs tables."

[names]
name = { code = "code", of = ["product"] }
--- */
SELECT
    change.period, change.period_start, change.product AS code, value, base_value, growth_pct, growth_computed_pct,
    100 * value / total AS share_pct, 100 * (value - base_value) / total_base AS contribution_pp,
    quantity, quantity_unit, quantity_growth_pct, value / nullif(quantity, 0) AS unit_value, product.overlapping, change.source_id
FROM product_change AS change
JOIN fact.product AS product USING (product)
WHERE change.product = $product AND flow = $flow AND freq = $freq AND currency = $currency
    AND in_span(change.period, $first, $last)
ORDER BY change.period
