/* ---
title = "Growing markets"
unit = "markets"
definition = "Number and share of markets with which trade grew on a year earlier, in the world and on each of five continents."
formula = "count of j with g_j > 0; 100 times that count / N"
tex = '''n^{+} = \#\{\,j : g_j > 0\,\}, \qquad 100\,\frac{n^{+}}{N}'''
reference = "Statement of China Customs, 14 January 2026: 249 partners, over 190 of them with growth, at least 60% on each of five continents"
caveats = [
    "The statement is about exports plus imports (flow=total); its 249 are the partners with trade in 2025, Antarctica with them, without China's re-imports and without rows that name no economy.",
    "growth=published counts the printed rates, on customs' revised base; where a period has none, levels are compared. `basis` says which.",
    "A market without trade a year earlier has no growth rate by levels: it is counted under `without_rate`, not as growing.",
    "Where the tables of the two periods are of different quality or source (`break` says which) markets are neither growing nor falling.",
    "The Americas are one continent here; the customs table divides them into Latin America and North America.",
]
uses = ["reporter", "dataset", "flow:total", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated", "threshold", "last"]

[parameters.growth]
domain = ["published", "levels"]
default = "published"
help = "published: the printed growth rates (customs' revised base), where the period has them; levels: the two tables as first published."

[parameters.of]
domain = ["traded", "listed", "with growth"]
default = "traded"
help = "Markets that are counted, N: those with trade above the threshold, all rows of either year, or those with a growth rate."

[parameters.first]
domain = "period"
help = "First period to show; default the last that has one a year earlier."
--- */
WITH shown AS (
    SELECT *, bool_or(growth_pct IS NOT NULL AND $growth = 'published') OVER (PARTITION BY period) AS by_printed
    FROM market_changes(
        $reporter, $dataset, $flow, $freq,
        if($currency = 'auto' AND $reporter = 'CHN' AND $dataset IN ('auto', 'customs') AND coalesce($first, $last, '9999') >= '2024', 'CNY', $currency),
        $eu, $hong_kong_macao, $reimports, $unallocated, 'levels', $first, $last
    )
),
judged AS (
    SELECT
        *, if(by_printed, growth_pct, if(whole_break IS NULL AND break IS NULL, 100 * (coalesce(value, 0) / nullif(former_value, 0) - 1), NULL)) AS growth,
        unnest(['world', coalesce(continent, 'none')]) AS place
    FROM shown
),
counts AS (
    SELECT
        period, any_value(period_start) AS period_start, place AS continent, count(*) AS markets,
        if(any_value(by_printed), NULL, any_value(whole_break)) AS break,
        count(*) FILTER (growth > 0) AS grew, count(*) FILTER (growth < 0) AS fell, count(*) FILTER (growth = 0) AS same,
        count(*) FILTER (growth IS NULL) AS without_rate, if(any_value(by_printed), 'published', 'levels') AS basis,
        any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
    FROM judged
    WHERE CASE $of WHEN 'traded' THEN value > $threshold WHEN 'with growth' THEN growth IS NOT NULL ELSE true END
    GROUP BY period, place
)
SELECT
    period, period_start, continent, if(break IS NULL, grew, NULL) AS growing, if(break IS NULL, 100 * grew / markets, NULL) AS growing_pct,
    markets, if(break IS NULL, fell, NULL) AS falling, if(break IS NULL, same, NULL) AS unchanged, without_rate,
    basis, break, currency, quality, source_id
FROM counts
ORDER BY period, continent <> 'world', continent = 'none', continent
