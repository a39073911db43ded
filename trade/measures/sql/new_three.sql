/* ---
title = "The new three"
unit = "value"
definition = "Exports of electric vehicles, lithium-ion batteries and solar cells, as customs' own row of the new three states them and as its three products do."
formula = "X = X_EV + X_Li + X_PV + rest of the row; a year that was not printed is X_t = X_t+1 / (1 + g_t+1)"
tex = '''X = X_{\mathrm{EV}} + X_{\mathrm{Li}} + X_{\mathrm{PV}} + \text{rest}, \qquad X_{t} = \frac{X_{t+1}}{1 + g_{t+1}}'''
reference = "General Administration of Customs, monthly bulletin, main export commodities, December 2025 and March 2026 (row of the new three products*); press reports of customs' briefings, named in each row"
caveats = [
    "Customs' row is a little larger than its three listed products; the rest is not explained and is shown as such.",
    "2023 is the press report of customs' figure, rounded; 2024 follows from 2025 and its growth of 27.1%; the product tables begin in December 2025, so earlier years cannot be split.",
    "Electric vehicles include hybrids, buses and trucks.",
    "The group overlaps machinery and electronics and is never added to it.",
]

[parameters.flow]
domain = ["export"]
default = "export"
help = "Customs gives the group for exports only."
[parameters.currency]
domain = ["CNY"]
default = "CNY"
help = "Figures are in yuan."

[names]
name = { code = "code", of = ["product", "new_three"] }
--- */
WITH item AS (
    SELECT if(period LIKE '%-12', left(period, 4), period) AS period, period_start, product AS code, value, quantity, quantity_unit, source_id,
        'Main export commodities by quantity and value' AS source_title, NULL AS published
    FROM product_change
    WHERE flow = $flow AND currency = $currency AND freq = 'YTD'
        AND product IN ('new-three', 'electric-vehicles', 'lithium-ion-batteries', 'solar-cells')
),
month AS (
    SELECT if(period LIKE '%-12', left(period, 4), period) AS period, product AS code, coalesce(growth_pct, growth_computed_pct) AS month_growth_pct FROM product_change
    WHERE flow = $flow AND currency = $currency AND freq = 'M'
),
printed AS (
    SELECT period, growth_pct, first(value ORDER BY authority, published) FILTER (value IS NOT NULL) AS value,
        first(source_id ORDER BY authority, published) AS source_id, first(source_title ORDER BY authority, published) AS source_title,
        first(published ORDER BY authority, published) AS published
    FROM staging.released_figure
    WHERE topic = 'category' AND item LIKE 'New trio%' AND flow = $flow AND currency = $currency AND freq = 'A' AND growth_pct IS NOT NULL
    GROUP BY period, growth_pct
    QUALIFY row_number() OVER (PARTITION BY period ORDER BY count(*) DESC, growth_pct DESC) = 1
),
-- only periods with the row of all three: the list of 2024 has two of the parts without it
customs AS (
    SELECT item.* REPLACE (item.source_id || coalesce(' ' || printed.source_id, '') AS source_id, printed.published AS published), printed.growth_pct, 'reported' AS quality
    FROM item SEMI JOIN (SELECT period FROM item WHERE code = 'new-three') USING (period)
    LEFT JOIN printed ON printed.period = item.period AND item.code = 'new-three'
),
earlier AS (
    SELECT period, make_date(CAST(period AS INTEGER), 12, 1) AS period_start, 'new-three' AS code, value, NULL::DOUBLE AS quantity, NULL::VARCHAR AS quantity_unit,
        source_id, source_title, published, growth_pct, 'press' AS quality
    FROM printed ANTI JOIN customs USING (period)
    WHERE value IS NOT NULL
    UNION ALL
    SELECT CAST(CAST(period AS INTEGER) - 1 AS VARCHAR), period_start - INTERVAL 1 YEAR, code, value / (1 + growth_pct / 100), NULL, NULL,
        source_id, source_title, published, NULL, 'implied'
    FROM customs WHERE growth_pct IS NOT NULL
),
rest AS (
    SELECT period, any_value(period_start) AS period_start, 'rest' AS code,
        2 * any_value(value) FILTER (code = 'new-three') - sum(value) AS value, NULL::DOUBLE AS quantity, NULL::VARCHAR AS quantity_unit,
        any_value(source_id) AS source_id, any_value(source_title) AS source_title, NULL AS published, NULL::DOUBLE AS growth_pct, 'derived' AS quality
    FROM customs
    GROUP BY period
    HAVING count(*) = 4
),
answers AS (
    SELECT * FROM customs UNION ALL BY NAME SELECT * FROM earlier UNION ALL BY NAME SELECT * FROM rest
)
SELECT
    period, period_start, code,
    CASE code WHEN 'new-three' THEN 'group' WHEN 'rest' THEN 'residual' ELSE 'part' END AS kind,
    value, growth_pct, month_growth_pct, quantity, quantity_unit, value / nullif(quantity, 0) AS unit_value, quality,
    answers.source_id, source_title, published
FROM answers
LEFT JOIN month USING (period, code)
ORDER BY answers.period_start, kind = 'group', kind = 'residual', value DESC
