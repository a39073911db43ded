/* ---
title = "Quantity and unit value"
unit = "%"
definition = "Growth of a commodity's value, taken apart into growth of its quantity and growth of its unit value, the average value of one unit."
formula = "1 + g_value = (1 + g_quantity)(1 + g_unit value), unit value = X_k / Q_k"
tex = '''1 + g_X = (1 + g_Q)(1 + g_P), \qquad P_k = \frac{X_k}{Q_k}'''
reference = "IMF 2009, Export and Import Price Index Manual, chapter 2 (unit value indices)"
caveats = [
    "A unit value is not a price: it also changes when the mix of goods within the item changes, as from small cars to large ones.",
    "Only items that customs counts in units or weight have one; most machinery has not.",
    "Growth of value and quantity is printed with one decimal; that of the unit value follows from both.",
    "In dollars the unit value moves with the exchange rate that the two official totals imply.",
]
uses = ["flow:goods", "freq:goods"]

[parameters.period]
domain = "period"
default = "2025"
help = "A month (2026-07), or a year, which stands for its December; not used if a product is named."
[parameters.currency]
domain = ["CNY", "USD"]
default = "CNY"
help = "Currency of value and unit value; dollars are converted at the rate that the two official totals imply."
[parameters.product]
domain = "product"
help = "Only this item, in every period that has figures."

[names]
name = { code = "code", of = ["product"] }
--- */
WITH compared AS (
    SELECT
        * EXCLUDE (growth_computed_pct) REPLACE (coalesce(growth_pct, growth_computed_pct) AS growth_pct),
        100 * (value - base_value) / total_base AS contribution_pp
    FROM product_change
    WHERE flow = $flow AND freq = $freq AND currency = $currency AND quantity > 0 AND quantity_growth_pct IS NOT NULL AND base_value IS NOT NULL
        AND if(CAST($product AS VARCHAR) IS NULL, period = if(length($period) = 4, $period || '-12', $period), product = CAST($product AS VARCHAR))
)
SELECT
    period, period_start, product AS code, value, growth_pct, quantity, quantity_unit, quantity_growth_pct,
    value / quantity AS unit_value, 100 * ((1 + growth_pct / 100) / nullif(1 + quantity_growth_pct / 100, 0) - 1) AS unit_value_growth_pct,
    contribution_pp, compared.source_id
FROM compared
ORDER BY period, growth_pct DESC, code
