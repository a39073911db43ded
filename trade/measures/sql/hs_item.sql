/* ---
title = "Trade in an HS section, chapter or heading over time"
unit = "value"
definition = "Value, growth and share of one code of the Harmonized System in an economy's trade, in every period of one source."
formula = "X_k; g_k = X_k,t / X_k,t-1 - 1; s_k = X_k / X"
tex = '''g_k = \frac{X_{k,t}}{X_{k,t-1}} - 1, \qquad s_k = \frac{X_{k,t}}{X_t}'''
reference = "World Customs Organization, HS Nomenclature 2022; United Nations 2011, International Merchandise Trade Statistics: Concepts and Definitions 2010"
caveats = [
    "Growth is between the levels of one source and one edition of the Harmonized System; without figures of the year before it is missing.",
    "Imports of reconciled data (CEPII BACI) are the partners' exports, FOB: quality mirror. Reported imports are CIF.",
]
needs = "the tables that come with the dashboard have some economies, years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_product"
uses = ["reporter", "flow:hs", "freq:hs", "source", "classification", "first", "last", "currency:hs"]

[parameters.product]
domain = "text"
help = "A section (XVI), chapter (85), heading (8517) or longer code; default: all goods."
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, $flow, $freq, $source, $classification, NULL, a_code := $product, a_long := true)
),
known AS MATERIALIZED (
    SELECT cell.period, any_value(partial) AS partial, sum(value) AS value, any_value(whole) AS whole, min(quality) AS quality, any_value(source_id) AS source_id, any_value(cell.classification) AS classification
    FROM hs_cells($reporter, $flow, $freq, 'loaded', $product) AS cell
    JOIN chosen USING (source_id, classification)
    GROUP BY cell.period
)
SELECT
    now.period, first_day(now.period) AS period_start, coalesce($product, 'all') AS code,
    coalesce(named.name_en, if($product IS NULL, if(now.partial, 'Goods held', 'All goods'), 'HS ' || $product)) AS name_en,
    coalesce(named.name_zh, if($product IS NULL, if(now.partial, '所含商品', '全部商品'), 'HS ' || $product)) AS name_zh,
    now.value, before.value AS base_value, 100 * (now.value / nullif(before.value, 0) - 1) AS growth_pct,
    100 * now.value / nullif(now.whole, 0) AS share_pct, $currency AS currency, now.quality, now.source_id
FROM known AS now
LEFT JOIN known AS before ON before.period = year_earlier(now.period)
LEFT JOIN hs_code AS named ON named.code = $product AND named.classification = now.classification
WHERE in_span(now.period, $first, $last)
ORDER BY now.period
