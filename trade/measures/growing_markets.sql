/* ---
title = "Growing markets"
unit = "markets"
definition = "Number and share of markets with which trade grew on a year earlier, in the world and on each of five continents."
formula = "count of j with g_j > 0; 100 times that count / N"
tex = '''n^{+} = \#\{\,j : g_j > 0\,\}, \qquad 100\,\frac{n^{+}}{N}'''
reference = "Statement of China Customs, 14 January 2026: 249 partners, over 190 of them with growth, at least 60 % on each of five continents"
caveats = [
    "The statement is about exports plus imports (flow=total); its 249 are the partners with trade in 2025, Antarctica with them, without China's re-imports and without rows that name no economy.",
    "growth=published counts the printed rates, on customs' revised base; where a period has none, levels are compared. `basis` says which.",
    "A market without trade a year earlier has no growth rate by levels: it is counted under `without_rate`, not as growing.",
    "The Americas are one continent here; the customs table parts them into Latin America and North America.",
]

[parameters.reporter]
domain = "economy"
default = "CHN"
help = "Economy whose trade is meant."
[parameters.dataset]
domain = ["auto", "customs", "matrix"]
default = "auto"
help = "customs: China's own figures; matrix: the world's bilateral exports (any reporter); auto: customs for CHN, else matrix."
[parameters.flow]
domain = ["export", "import", "total"]
default = "total"
help = "Direction of the reporter's trade; total is exports plus imports."
[parameters.freq]
domain = ["A", "M", "YTD"]
default = "A"
help = "Years, months, or January to the month; months for China only."
[parameters.currency]
domain = ["auto", "CNY", "USD"]
default = "auto"
help = "auto: dollars for years, yuan for months. The matrix is in dollars; China's years are in yuan from 2023."
[parameters.eu]
domain = ["members", "one"]
default = "members"
help = "The European Union as its members or as one market: its members at the end of each period."
[parameters.hong_kong_macao]
domain = ["in", "out"]
default = "in"
help = "Hong Kong and Macao as markets, or left out."
[parameters.reimports]
domain = ["out", "in"]
default = "out"
help = "The reporter as its own partner (China's re-imports of Chinese goods), left out or in."
[parameters.unallocated]
domain = ["out", "in"]
default = "out"
help = "Trade that names no economy (not specified, other Asia ...), left out or in."
[parameters.growth]
domain = ["published", "levels"]
default = "published"
help = "published: the printed growth rates (customs' revised base), where the period has them; levels: the two tables as first published."
[parameters.of]
domain = ["traded", "listed", "with growth"]
default = "traded"
help = "Markets that are counted, N: those with trade above the threshold, all rows of either year, or those with a growth rate."
[parameters.threshold]
domain = "number"
default = 0
minimum = 0
help = "A market is active above this value, in full units of the currency."
[parameters.first]
domain = "period"
help = "First period to show; default the last that has one a year earlier."
[parameters.last]
domain = "period"
help = "Last period to show."
--- */
WITH shown AS (
    SELECT *, bool_or(growth_pct IS NOT NULL AND $growth = 'published') OVER (PARTITION BY period) AS by_printed
    FROM market_changes(
        $reporter, $dataset, $flow, $freq,
        if($currency = 'auto' AND $reporter = 'CHN' AND $dataset <> 'matrix' AND coalesce($first, $last, '9999') >= '2024', 'CNY', $currency),
        $eu, $hong_kong_macao, $reimports, $unallocated, 'levels', $first, $last
    )
),
judged AS (
    SELECT
        *, if(by_printed, growth_pct, 100 * (coalesce(value, 0) / nullif(former_value, 0) - 1)) AS growth,
        unnest(['world', coalesce(continent, 'none')]) AS place
    FROM shown
),
counts AS (
    SELECT
        period, any_value(period_start) AS period_start, place AS continent, count(*) AS markets,
        count(*) FILTER (growth > 0) AS growing, count(*) FILTER (growth < 0) AS falling, count(*) FILTER (growth = 0) AS unchanged,
        count(*) FILTER (growth IS NULL) AS without_rate, if(any_value(by_printed), 'published', 'levels') AS basis,
        any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
    FROM judged
    WHERE CASE $of WHEN 'traded' THEN value > $threshold WHEN 'with growth' THEN growth IS NOT NULL ELSE true END
    GROUP BY period, place
)
SELECT
    period, period_start, continent, growing, 100 * growing / markets AS growing_pct, markets, falling, unchanged, without_rate,
    basis, currency, quality, source_id
FROM counts
ORDER BY period, continent <> 'world', continent = 'none', continent
