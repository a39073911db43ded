/* ---
title = "Headline goods"
unit = "value"
definition = "The goods that the account of China's trade names (electric cars, batteries, solar cells, chips, phones, ships, rare earths, robots ...): what an economy sells and buys of them, its share of the world and its rank."
formula = "X_k, M_k; m_k = X_k / X_wk; rank of X_k among all exporters"
tex = '''m_k = \frac{X_k}{X_{wk}}'''
reference = "Gaulier & Zignago 2010, BACI: International Trade Database at the Product-Level, CEPII Working Paper 2010-23; codes of the Harmonized System 2017 and 2022"
caveats = [
    "Reconciled by CEPII, not customs: exports of 8517 (phones and network gear) follow the importers and are far above what Chinese customs count. Customs' own figures by month are in the measures of commodities.",
    "level=heading: one year, every economy, so that share and rank are of the world. level=subheading: China's exports, mean of 2022 and 2023, without a world.",
    "A heading covers more than its headline good: 8507 all accumulators, 8541 diodes as well as solar cells, 8517 network equipment as well as phones, 8703 cars with any engine.",
    "Industrial robots are 847950 and, from HS 2022, 842870; what news counts as robots is wider, and customs lists them from 2026 only.",
]
needs = "the tables that come with the dashboard have the headings of every economy for 2024 and China's exports by HS6 for 2022/2023: load more on the page Sources and try again"
needs_table = "hs_product"
uses = ["reporter", "source", "classification", "period:hs_year", "currency:hs"]

[parameters.level]
domain = ["heading", "subheading"]
default = "heading"
help = "Headings (every economy) or subheadings (closer to the good)."

[names]
name = { code = "code", of = ["headline good"], after = "good" }
rival_name = { code = "rival", of = ["economy"] }
--- */
WITH sets AS (
    -- data sets with any of the goods, whether or not they cover all trade; the newest with most economies is used
    SELECT source_id, classification, period, count(DISTINCT economy) AS economies
    FROM hs_product
    JOIN (SELECT product FROM fact.headline_good) USING (product)
    WHERE freq = 'A' AND flow = 'export' AND hs_kind(product) = $level AND ($source = 'auto' OR source_id = $source)
        AND ($classification IS NULL OR classification = $classification) AND ($period IS NULL OR period = CAST($period AS VARCHAR))
    GROUP BY source_id, classification, period
    HAVING count(*) FILTER (economy = $reporter) > 0
),
chosen AS MATERIALIZED (
    FROM sets ORDER BY period DESC, economies DESC, source_id LIMIT 1
),
traded AS (
    SELECT flow, economy, product, value_usd, quality
    FROM hs_product
    JOIN chosen USING (source_id, classification, period)
    WHERE freq = 'A' AND economy <> 'WLD' AND product IN (SELECT product FROM fact.headline_good WHERE hs_kind(product) = $level)
),
ranked AS (
    SELECT *, rank() OVER (PARTITION BY product ORDER BY value_usd DESC) AS rank, count(*) OVER (PARTITION BY product) AS economies
    FROM traded WHERE flow = 'export'
),
rivals AS (
    SELECT product, arg_max(economy, value_usd) AS rival, max(value_usd) AS rival_usd FROM traded WHERE flow = 'export' AND economy <> $reporter GROUP BY product
),
world AS (
    SELECT product, value_usd AS world_usd
    FROM hs_world
    JOIN chosen USING (source_id, classification, period)
    WHERE freq = 'A' AND flow = 'export' AND chosen.economies > 1
)
SELECT
    period, chosen.classification, good.product AS code, good.good, ranked.value_usd AS value, bought.value_usd AS imports,
    ranked.value_usd - bought.value_usd AS balance, world_usd, 100 * ranked.value_usd / world_usd AS share_pct, if(chosen.economies > 1, rank, NULL) AS rank,
    if(chosen.economies > 1, ranked.economies, NULL) AS economies, rival, 100 * rival_usd / world_usd AS rival_share_pct, $currency AS currency, ranked.quality, chosen.source_id
FROM ranked
CROSS JOIN chosen
JOIN fact.headline_good AS good USING (product)
LEFT JOIN (SELECT product, value_usd FROM traded WHERE flow = 'import' AND economy = $reporter) AS bought USING (product)
LEFT JOIN rivals USING (product)
LEFT JOIN world USING (product)
WHERE ranked.economy = $reporter
ORDER BY ranked.value_usd DESC, code
