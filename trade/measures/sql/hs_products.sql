/* ---
title = "Trade by HS section, chapter or heading"
unit = "value"
definition = "What an economy's trade of a period consists of by the Harmonized System, with each code's value, growth, share and contribution to the growth of the flow."
formula = "X_k; g_k = X_k,t / X_k,t-1 - 1; s_k = X_k / X; c_k = (X_k,t - X_k,t-1) / X_t-1"
tex = '''g_k = \frac{X_{k,t}}{X_{k,t-1}} - 1, \qquad s_k = \frac{X_{k,t}}{X_t}, \qquad c_k = \frac{X_{k,t} - X_{k,t-1}}{X_{t-1}}'''
reference = "World Customs Organization, HS Nomenclature 2022; United Nations 2011, International Merchandise Trade Statistics: Concepts and Definitions 2010; INSEE, definition c1207 (contribution)"
caveats = [
    "Growth is between the levels of one source and one edition of the Harmonized System; without figures of the year before it is missing.",
    "Imports of reconciled data (CEPII BACI) are the partners' exports, FOB: quality mirror. Reported imports are CIF.",
    "A share is of all the economy's trade in the flow, also inside a section or chapter.",
    "Chapter 99 and section XXII contain what was not classified; some trade has no other code for reasons of secrecy.",
]
needs = "the tables that come with the dashboard have some economies, years and levels only (the measure hs_held lists them): load more on the page Sources and try again"
needs_table = "hs_product"
uses = ["reporter", "flow:hs", "freq:hs", "source", "classification", "level", "period:hs", "within", "currency:hs"]

[names]
name = { code = "code", of = ["@classification", "goods"], unknown = "HS " }
--- */
WITH chosen AS MATERIALIZED (
    FROM hs_set($reporter, $flow, $freq, $source, $classification, $period, a_level := $level, a_code := $within, a_long := true)
),
known AS MATERIALIZED (
    SELECT cell.*, cell.period = chosen.period AS now
    FROM hs_cells($reporter, $flow, $freq, $level, $within) AS cell
    JOIN chosen USING (source_id, classification)
    WHERE cell.period IN (chosen.period, year_earlier(chosen.period))
),
-- all trade in both periods: a code without trade is zero in a period with data, and missing in one without
held AS (
    SELECT any_value(value_usd) FILTER (held.period = chosen.period AND NOT partial) AS whole,
        any_value(value_usd) FILTER (held.period <> chosen.period AND NOT partial) AS base_whole
    FROM hs_coverage AS held
    JOIN chosen USING (source_id, classification)
    WHERE freq = $freq AND flow = $flow AND economy = $reporter AND held.period IN (chosen.period, year_earlier(chosen.period))
),
sums AS (
    SELECT code, 'part' AS kind, sum(value) FILTER (now) AS value, sum(value) FILTER (NOT now) AS base_value, min(quality) AS quality
    FROM known WHERE code IS NOT NULL GROUP BY code
    UNION ALL
    SELECT coalesce($within, 'all'), if($within IS NULL, 'total', 'group'), sum(value) FILTER (now), sum(value) FILTER (NOT now), min(quality)
    FROM known HAVING count(code) > 0 AND ($within IS NOT NULL OR count(whole) > 0)
),
filled AS (
    SELECT * REPLACE (coalesce(value, 0) AS value, coalesce(base_value, if(base_whole IS NULL, NULL, 0)) AS base_value) FROM sums, held
)
SELECT
    period, chosen.classification, filled.code,
    CASE WHEN kind = 'part' AND hs_kind(filled.code) IN ('heading', 'subheading') THEN left(filled.code, 2)
        WHEN kind = 'part' AND hs_kind(filled.code) = 'chapter' THEN section.parent END AS parent,
    value, base_value, 100 * (value / nullif(base_value, 0) - 1) AS growth_pct, 100 * value / nullif(whole, 0) AS share_pct,
    100 * (value - base_value) / nullif(base_whole, 0) AS contribution_pp, kind, $currency AS currency, quality, chosen.source_id
FROM filled
CROSS JOIN chosen
LEFT JOIN hs_parents('section') AS section ON section.product = filled.code
ORDER BY kind <> 'part', value DESC, filled.code
