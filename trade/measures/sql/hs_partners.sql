/* ---
title = "Partners in goods of the Harmonized System"
unit = "value"
definition = "To whom an economy sells, or from whom it buys, the goods of one code of the Harmonized System, with growth, share and contribution."
formula = "X_jk; s_jk = X_jk / X_k; c_jk = (X_jk,t - X_jk,t-1) / X_k,t-1"
tex = '''s_{jk} = \frac{X_{jk}}{X_k}, \qquad c_{jk} = \frac{X_{jk,t} - X_{jk,t-1}}{X_{k,t-1}}'''
reference = "United Nations 2011, International Merchandise Trade Statistics: Concepts and Definitions 2010; INSEE, definition c1207 (contribution)"
caveats = [
    "Imports of reconciled data (CEPII BACI) are the partners' exports, FOB: quality mirror. Reported imports are CIF.",
    "A heading or subheading has partners where there are figures by pair of economies: China's exports, mean of 2022 and 2023.",
]
needs = "the tables that come with the dashboard have some economies, years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_pair_chapter"
uses = ["reporter", "flow:hs", "freq:hs", "source", "classification", "period:hs", "currency:hs"]

[parameters.product]
domain = "text"
help = "A section (XVI), chapter (85), heading (8507) or subheading (850760); default: all goods."

[names]
name = { code = "partner", of = ["economy", "world"] }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, $flow, $freq, $source, $classification, $period, a_code := $product, a_pairs := true, a_goods := coalesce(hs_kind($product) IN ('heading', 'subheading'), false))
),
-- sums by chapter, which have few rows, unless the product is a heading or subheading
pairs AS (
    SELECT source_id, classification, freq, period, flow, exporter, importer, chapter AS product, value_usd, quality
    FROM hs_pair_chapter
    WHERE coalesce(hs_kind($product) NOT IN ('heading', 'subheading'), true)
    UNION ALL
    SELECT source_id, classification, freq, period, 'export', exporter, importer, product, value_usd, quality
    FROM hs_purchase
    WHERE hs_kind($product) IN ('heading', 'subheading')
),
traded AS (
    SELECT pair.period = chosen.period AS now, if($flow = 'export', importer, exporter) AS partner, value_usd,
        if(pair.flow = $flow, pair.quality, 'mirror') AS quality
    FROM pairs AS pair
    JOIN chosen USING (source_id, classification)
    WHERE freq = $freq AND pair.period IN (chosen.period, year_earlier(chosen.period)) AND hs_within(product, $product)
        AND if($flow = 'export', exporter, importer) = $reporter AND (pair.flow = $flow OR pair.quality = 'reconciled')
),
sums AS (
    SELECT partner, 'part' AS kind, sum(value_usd) FILTER (now) AS value, sum(value_usd) FILTER (NOT now) AS base_value, min(quality) AS quality
    FROM traded GROUP BY partner
    UNION ALL
    SELECT 'world', 'total', sum(value_usd) FILTER (now), sum(value_usd) FILTER (NOT now), min(quality) FROM traded HAVING count(*) > 0
),
whole AS (
    SELECT value AS whole, base_value AS base_whole FROM sums WHERE kind = 'total'
),
filled AS (
    SELECT * REPLACE (coalesce(value, 0) AS value, if(base_whole IS NULL, NULL, coalesce(base_value, 0)) AS base_value) FROM sums, whole
)
SELECT
    period, partner, customs_continent AS continent, value, base_value,
    100 * (value / nullif(base_value, 0) - 1) AS growth_pct, 100 * value / nullif(whole, 0) AS share_pct,
    100 * (value - base_value) / nullif(base_whole, 0) AS contribution_pp, filled.kind, $currency AS currency, quality, chosen.source_id
FROM filled
CROSS JOIN chosen
LEFT JOIN economy ON economy.economy = partner
ORDER BY filled.kind <> 'part', value DESC, partner
