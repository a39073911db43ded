/* ---
title = "Trade with a bloc"
unit = "value"
definition = "China's trade with a bloc, a continent or a named set of partners: value, growth, share of all trade, and rank among China's markets."
formula = "X_G = sum of X_j over j in G; s_G = X_G / X"
tex = '''X_G = \sum_{j \in G} X_j, \qquad s_G = \frac{X_G}{X}'''
reference = "General Administration of Customs, table of imports and exports by country (region); Mikic & Gilbert 2009, UN ESCAP ST/ESCAP/2559"
caveats = [
    "Blocs overlap: their shares must not be added up.",
    "Customs' own figure of a bloc is preferred: its table from 2024 on, in yuan, and the figures its releases print for earlier years (the press's only in place of partners' own reports). Elsewhere members are summed from partner figures (summed). The other currency follows at the yearly rate that two official totals imply.",
    "Between figures of different quality or source (`break` says which) there is no growth, and no mean of growth over such a year; a bloc has no rank in a year whose table is partly partners' own reports. A member without a report is missing from the sum of such a year: members counts those summed.",
    "A bloc's trade leaves out China's re-imports, as the customs table of 2025 does, though China is a member of APEC and RCEP; the row of 2024 includes them for APEC, and they are subtracted.",
    "Growth of a sum of members compares the same members a year earlier, so that accession or withdrawal does not count as growth.",
    "For Belt and Road partners only customs' own sum is available.",
    "cagr_pct is the compound rate since the first period shown, mean_growth_pct the mean of the yearly rates since then: the second is always the larger.",
    "rank takes the bloc as one market, and the blocs ASEAN and EU as one each; members, residual rows and re-imports do not count on their own.",
]
uses = ["flow:total", "first", "last", "freq:customs", "membership"]

[parameters.group]
domain = "group"
default = "asean"
help = "Bloc or continent; ignored if partners are named."

[parameters.partners]
domain = "partners"
help = "Codes of partners, separated by spaces: KAZ KGZ TJK TKM UZB is Central Asia."
[parameters.currency]
domain = ["CNY", "USD"]
default = "CNY"
help = "Dollars are known by year only."
--- */
WITH known AS MATERIALIZED (
    SELECT * FROM group_figures(
        if($partners IS NULL, $group, '~:' || regexp_replace(trim($partners), ' +', '.', 'g')), $membership, $flow, $freq, $currency
    )
),
-- growth on a year earlier, and the years since the first period shown, for compound and mean annual growth
shown AS (
    SELECT
        now.*, if(break IS NULL, coalesce(now.former_value, before.value), NULL) AS base_value,
        if(break IS NULL, 100 * (now.value / nullif(coalesce(now.former_value, before.value), 0) - 1), NULL) AS growth_computed_pct,
        break, before.value IS NOT NULL AS held_before,
        CAST(left(now.period, 4) AS INTEGER) - min(CAST(left(now.period, 4) AS INTEGER)) OVER () AS years
    FROM known AS now
    LEFT JOIN known AS before ON CAST(left(before.period, 4) AS INTEGER) = CAST(left(now.period, 4) AS INTEGER) - 1
        AND substr(before.period, 5) = substr(now.period, 5)
    CROSS JOIN LATERAL (SELECT CASE
        WHEN before.value IS NULL THEN NULL
        WHEN now.summed AND before.summed AND now.partial AND before.partial AND 'mirror' IN (now.quality, before.quality) THEN 'unreported'
        ELSE break_between(now.quality, before.quality, now.source_id, before.source_id)
    END AS break)
    WHERE now.value IS NOT NULL AND in_span(now.period, $first, $last)
)
SELECT
    period, shown.value, shown.growth_pct, base_value, growth_computed_pct,
    if($freq = 'A' AND years > 0 AND break_between(quality, first_value(quality) OVER spans, source_id, first_value(source_id) OVER spans) IS NULL,
        100 * (pow(shown.value / first_value(shown.value) OVER spans, 1.0 / years) - 1), NULL) AS cagr_pct,
    if($freq = 'A' AND years > 0 AND count(break) FILTER (years > 0) OVER spans = 0, avg(if(years > 0, growth_computed_pct, NULL)) OVER spans, NULL)
        AS mean_growth_pct,
    100 * shown.value / total.value AS share_pct, shown.rank, members, missing, summed, converted,
    break, quality, basis, shown.source_id
FROM shown
LEFT JOIN (SELECT period, value FROM total_trade WHERE freq = $freq AND flow = $flow AND currency = $currency) AS total USING (period)
WINDOW spans AS (ORDER BY period)
ORDER BY period
