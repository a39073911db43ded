/* ---
title = "Trade intensity index"
unit = "ratio"
definition = "How much more a market weighs in an exporter's exports than in the world's: above 1, the two trade more than their sizes suggest."
formula = "(X_ij / X_i) / (X_wj / X_w), for all goods or for those of one HS section or chapter"
tex = '''T_{ij} = \frac{X_{ij} / X_i}{X_{wj} / X_w}'''
reference = "World Bank WITS, Trade Outcomes indicators; Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP ST/ESCAP/2559"
caveats = [
    "An economy sells nothing to itself, so the index of a large exporter tends to be above 1.",
    "Distance and entrepots show in it: the index is high for Hong Kong and Macao with China.",
    "The world is the sum of the exporters in the bilateral trade matrix; Taiwan is missing from 2000 to 2020, and every economy that did not report before 2000. Of a product it is the exporters in the data by product.",
]
needs = "the tables that come with the dashboard have no world trade by product and pair: load the world's on the page Sources and try again"
needs_table = "bilateral"
uses = ["source", "classification", "reporter:exporter", "by", "period:by_partner", "first:by_year", "last:by_year"]

[parameters.partner]
domain = "economy"
help = "The market; default: all markets, or the United States if by=year."
[parameters.source]
only = { product = [] }
[parameters.classification]
only = { product = [] }
[parameters.product]
domain = "text"
help = "Only the goods of this section (XVI) or chapter (85) of the Harmonized System, where the world's product data are loaded; default: all goods, from the bilateral trade matrix."

[names]
name = { code = "partner", of = ["economy"] }
--- */
WITH chosen AS MATERIALIZED (
    SELECT source_id, classification, TRY_CAST(period AS INTEGER) AS newest
    FROM hs_set($reporter, 'export', 'A', $source, $classification, if($by = 'partner', $period, NULL), a_world := true, a_pairs := true)
    WHERE $product IS NOT NULL
),
-- the chapters of the product, so that their sections are looked up once and not for every pair
goods AS (
    SELECT chapter FROM (SELECT DISTINCT left(product, 2) AS chapter FROM hs_world) WHERE hs_within(chapter, $product)
),
traded AS (
    SELECT year, exporter, importer, value_usd, source_id, max(year) OVER () AS newest
    FROM bilateral
    WHERE $product IS NULL
    UNION ALL
    SELECT TRY_CAST(period AS INTEGER), exporter, importer, sum(value_usd), any_value(source_id), any_value(newest)
    FROM hs_pair_chapter
    JOIN chosen USING (source_id, classification)
    JOIN goods USING (chapter)
    WHERE freq = 'A' AND flow = 'export' AND ($by = 'year' OR period = CAST(newest AS VARCHAR))
    GROUP BY period, exporter, importer
),
sold AS (
    FROM traded
    WHERE CASE $by
        WHEN 'partner' THEN year = coalesce($period, newest)
        ELSE ($first IS NULL OR year >= $first) AND ($last IS NULL OR year <= $last) END
),
markets AS (
    SELECT year, importer AS partner, sum(value_usd) AS market_usd, sum(value_usd) FILTER (WHERE exporter = $reporter) AS value_usd,
        any_value(source_id) AS source_id
    FROM sold
    GROUP BY year, importer
),
shares AS (
    SELECT *, 100 * value_usd / sum(value_usd) OVER (PARTITION BY year) AS share_pct,
        100 * market_usd / sum(market_usd) OVER (PARTITION BY year) AS world_share_pct
    FROM markets
)
SELECT
    CAST(year AS VARCHAR) AS period, partner, customs_continent AS continent, value_usd, market_usd, share_pct, world_share_pct,
    share_pct / world_share_pct AS intensity, source_id
FROM shares
JOIN economy ON economy.economy = partner
WHERE value_usd IS NOT NULL AND partner = coalesce($partner, if($by = 'partner', partner, 'USA'))
ORDER BY year, intensity DESC, partner
