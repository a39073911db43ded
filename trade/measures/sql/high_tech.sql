/* ---
title = "High-tech products, two definitions"
unit = "value"
definition = "High-tech exports as customs' press conferences state them, beside those of customs' own catalogue of high-tech products, which is wider."
formula = "X_k, g_k, X_k / X and (X_k,t - X_k,t-1) / X_t-1, with the same total for both"
tex = '''g_k = \frac{X_{k,t}}{X_{k,t-1}} - 1, \qquad c_k = \frac{X_{k,t} - X_{k,t-1}}{X_{t-1}}'''
reference = "State Council Information Office, press conferences on trade of 13 October 2025 and 14 January 2026; General Administration of Customs, table of main export commodities (high-tech products*)"
caveats = [
    "The statements do not say which products they count; their group is narrower than the catalogue and grew faster.",
    "Both groups overlap machinery and electronics: never add them.",
    "A statement counts as a row where a page printed a rate; of several pages the rate that most of them print is taken, and the best page's value.",
    "The points of growth of a statement follow from its rounded value and rate.",
]

[parameters.flow]
domain = ["export"]
default = "export"
help = "No statements on imports are available."
[parameters.currency]
domain = ["CNY"]
default = "CNY"
help = "Statements are in yuan."

[names]
name = { code = "definition", of = ["high_tech"] }
--- */
WITH printed AS (
    SELECT if(freq = 'A', period || '-12', period) AS month, * FROM staging.released_figure
    WHERE topic = 'category' AND item = 'High-tech products' AND flow = $flow AND currency = $currency AND freq IN ('A', 'YTD') AND authority < 5
),
rated AS (
    SELECT month, growth_pct, count(*) AS pages FROM printed WHERE growth_pct IS NOT NULL GROUP BY month, growth_pct
    QUALIFY row_number() OVER (PARTITION BY month ORDER BY count(*) DESC, growth_pct DESC) = 1
),
stated AS (
    SELECT
        month, 'statement' AS definition, first(value ORDER BY authority, published) FILTER (value IS NOT NULL) AS value, rated.growth_pct,
        first(source_id ORDER BY value IS NULL, authority, published) AS source_id,
        first(source_title ORDER BY value IS NULL, authority, published) AS source_title,
        first(source_url ORDER BY value IS NULL, authority, published) AS source_url, min(published) AS published
    FROM printed
    JOIN rated USING (month)
    WHERE printed.growth_pct = rated.growth_pct
    GROUP BY month, rated.growth_pct
),
catalogue AS (
    SELECT period AS month, 'catalogue' AS definition, value, coalesce(growth_pct, growth_computed_pct) AS growth_pct, source_id, 'Main export commodities by quantity and value' AS source_title,
        NULL AS source_url, NULL AS published, base_value, total, total_base
    FROM product_change
    WHERE product = 'high-tech-products' AND freq = 'YTD' AND flow = $flow AND currency = $currency
),
both_known AS (
    SELECT stated.*, stated.value / (1 + stated.growth_pct / 100) AS base_value, catalogue.total, catalogue.total_base
    FROM stated JOIN catalogue USING (month)
    UNION ALL BY NAME
    SELECT catalogue.* FROM catalogue SEMI JOIN stated USING (month)
)
SELECT
    if(month LIKE '%-12', left(month, 4), month) AS period, CAST(month || '-01' AS DATE) AS period_start, definition,
    value, base_value, growth_pct, 100 * value / total AS share_pct, 100 * (value - base_value) / total_base AS contribution_pp,
    100 * (value - base_value) / (total - total_base) AS share_of_growth_pct, source_id, source_title, source_url, published
FROM both_known
ORDER BY month, definition DESC
