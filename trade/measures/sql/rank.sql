/* ---
title = "Rank of markets"
unit = "rank"
definition = "Place of each market by the value of trade, and how many places it moved in a year."
formula = "r_j = 1 + number of distinct larger values; change = r_j,t-1y - r_j,t"
tex = '''r_j = 1 + \#\{X_k : X_k > X_j\}, \qquad \Delta r_j = r_{j,t-1\mathrm{y}} - r_{j,t}'''
reference = "ISO/IEC 9075-2 (SQL), DENSE_RANK: equal values share a rank and no rank is skipped"
caveats = [
    "Ties share a rank. A positive change is a rise towards rank 1.",
    "The EU as one market or as its members decides who is first.",
    "growth_pct compares the two tables as first published; published_growth_pct is the printed rate, on customs' revised base.",
    "Between figures of different quality or source (`break` says which) there is no growth, and no change of rank or share.",
]
uses = ["reporter", "dataset", "flow", "freq", "currency", "eu", "hong_kong_macao", "reimports", "unallocated", "last", "first:span"]

[parameters.of]
domain = ["total", "markets"]
default = "total"
help = "Denominator of shares: all trade of the reporter, or the sum of the markets left in."

[parameters.market]
domain = "economy"
help = "Only this market, in all periods."

[parameters.continent]
domain = ["asia", "africa", "europe", "latin-america", "north-america", "oceania"]
help = "Only markets of this customs continent, ranked among themselves; default all."
[parameters.top]
domain = "integer"
minimum = 1
help = "Only this many first ranks; default all."

[names]
name = { code = "market", of = ["economy", "group"] }
--- */
WITH known AS MATERIALIZED (
    SELECT * FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
    WHERE $continent IS NULL OR customs_continent = $continent
),
shown AS (
    SELECT DISTINCT period, period_start FROM known
    WHERE in_span(period, coalesce($first, if($market IS NULL, (SELECT max(period) FROM known WHERE in_span(period, NULL, $last)), NULL)), $last)
),
tables AS (
    SELECT period_start, any_value(partial) AS partial, any_value(table_sources) AS table_sources FROM known GROUP BY period_start
),
ranked AS MATERIALIZED (
    SELECT
        *, dense_rank() OVER (PARTITION BY period ORDER BY value DESC) AS rank,
        100 * value / nullif(if($of = 'total', whole, sum(value) OVER (PARTITION BY period)), 0) AS share_pct
    FROM known
    WHERE period_start IN (FROM (SELECT period_start FROM shown UNION ALL SELECT period_start - INTERVAL 1 YEAR FROM shown))
)
SELECT
    now.period, now.period_start, now.rank, before.rank AS former_rank,
    if(coalesce(own_break, whole_break) IS NULL, CAST(before.rank AS BIGINT) - CAST(now.rank AS BIGINT), NULL) AS rank_change,
    now.market, now.continent, now.value, now.share_pct,
    if(coalesce(own_break, whole_break) IS NULL, now.share_pct - before.share_pct, NULL) AS share_change_pp,
    if(own_break IS NULL, 100 * (now.value / nullif(before.value, 0) - 1), NULL) AS growth_pct, now.growth_pct AS published_growth_pct,
    coalesce(own_break, whole_break) AS break, now.currency, now.quality, now.source_id
FROM (
    SELECT
        ranked.*, table_break(ranked.partial, tables.partial, ranked.table_sources, tables.table_sources) AS whole_break
    FROM ranked LEFT JOIN tables ON tables.period_start = ranked.period_start - INTERVAL 1 YEAR
) AS now
LEFT JOIN ranked AS before ON before.market = now.market AND before.period_start = now.period_start - INTERVAL 1 YEAR
CROSS JOIN LATERAL (SELECT break_between(now.quality, before.quality, now.source_id, before.source_id) AS own_break)
WHERE now.period IN (SELECT period FROM shown) AND ($market IS NULL OR now.market = $market) AND ($top IS NULL OR now.rank <= $top)
ORDER BY now.period, now.rank, now.market
