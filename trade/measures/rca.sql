/* ---
title = "Revealed comparative advantage"
unit = "ratio"
definition = "How much more a product weighs in an exporter's exports than in the world's (Balassa), and the same on a scale from -1 to 1 (symmetric)."
formula = "RCA_ik = (X_ik / X_i) / (X_wk / X_w); symmetric (RCA - 1) / (RCA + 1)"
tex = '''\mathrm{RCA}_{ik} = \frac{X_{ik} / X_i}{X_{wk} / X_w}, \qquad \mathrm{RSCA}_{ik} = \frac{\mathrm{RCA}_{ik} - 1}{\mathrm{RCA}_{ik} + 1}'''
reference = "Balassa 1965, Trade Liberalisation and 'Revealed' Comparative Advantage, Manchester School 33(2); Laursen 2015, Eurasian Business Review 5(1)"
caveats = [
    "Above 1 (symmetric: above 0) the exporter is specialised in the product; the size of the ratio does not compare well between exporters or products.",
    "Tariffs, subsidies and processing trade show in it as well as advantage.",
    "The world is the sum of the exporters in the imported data: `exporters` says how many.",
]
needs = "the bundled data have no world exports by product: import them (such as CEPII BACI at HS level) and ask again"

[parameters.reporter]
domain = "economy"
default = "CHN"
help = "The exporter."
[parameters.classification]
domain = "text"
help = "Product classification, such as HS2022; default: the one with most rows of the year."
[parameters.period]
domain = "year"
help = "Year; default: the newest of the product data."
[parameters.product]
domain = "text"
help = "Only codes that begin with this."
--- */
WITH year_asked AS (
    SELECT coalesce($period, max(year)) AS year FROM world_product_trade
    WHERE $classification IS NULL OR classification = $classification
),
chosen AS (
    SELECT coalesce($classification, (
        SELECT classification FROM world_product_trade WHERE year = year_asked.year GROUP BY ALL ORDER BY count(*) DESC, classification LIMIT 1
    )) AS classification
    FROM year_asked
),
exports AS (
    SELECT exporter, product, sum(value_usd) AS value_usd, string_agg(DISTINCT source_id, ' ' ORDER BY source_id) AS source_id
    FROM world_product_trade
    WHERE year = (SELECT year FROM year_asked) AND classification = (SELECT classification FROM chosen)
    GROUP BY exporter, product
),
products AS (
    SELECT
        product, sum(value_usd) AS world_usd, sum(value_usd) FILTER (WHERE exporter = $reporter) AS value_usd, count(*) AS exporters,
        any_value(source_id) AS source_id
    FROM exports
    GROUP BY product
),
shares AS (
    SELECT *, 100 * value_usd / sum(value_usd) OVER () AS share_pct, 100 * world_usd / sum(world_usd) OVER () AS world_share_pct FROM products
)
SELECT
    CAST(year_asked.year AS VARCHAR) AS period, $reporter AS reporter, classification, product, value_usd, world_usd, share_pct, world_share_pct,
    share_pct / world_share_pct AS rca, (share_pct - world_share_pct) / (share_pct + world_share_pct) AS symmetric_rca, exporters, source_id
FROM shares, year_asked, chosen
WHERE value_usd > 0 AND ($product IS NULL OR starts_with(product, $product))
ORDER BY rca DESC, product
