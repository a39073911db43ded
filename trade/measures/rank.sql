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
default = "export"
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
[parameters.of]
domain = ["total", "markets"]
default = "total"
help = "Denominator of shares: all trade of the reporter, or the sum of the markets left in."
[parameters.market]
domain = "economy"
help = "Only this market, in all periods."
[parameters.top]
domain = "integer"
minimum = 1
help = "Only this many first ranks; default all."
[parameters.first]
domain = "period"
help = "First period to show; default the last period held, or the first if a market is named."
[parameters.last]
domain = "period"
help = "Last period to show."
--- */
WITH known AS MATERIALIZED (
    SELECT * FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
),
shown AS (
    SELECT DISTINCT period, period_start FROM known
    WHERE in_span(period, coalesce($first, if($market IS NULL, (SELECT max(period) FROM known WHERE in_span(period, NULL, $last)), NULL)), $last)
),
ranked AS MATERIALIZED (
    SELECT
        *, dense_rank() OVER (PARTITION BY period ORDER BY value DESC) AS rank,
        100 * value / nullif(if($of = 'total', whole, sum(value) OVER (PARTITION BY period)), 0) AS share_pct
    FROM known
    WHERE period_start IN (FROM (SELECT period_start FROM shown UNION ALL SELECT period_start - INTERVAL 1 YEAR FROM shown))
)
SELECT
    now.period, now.period_start, now.rank, before.rank AS former_rank, CAST(before.rank AS BIGINT) - CAST(now.rank AS BIGINT) AS rank_change,
    now.market, now.name_en, now.name_zh, now.continent, now.value, now.share_pct, now.share_pct - before.share_pct AS share_change_pp,
    100 * (now.value / nullif(before.value, 0) - 1) AS growth_pct, now.growth_pct AS published_growth_pct,
    now.currency, now.quality, now.source_id
FROM ranked AS now
LEFT JOIN ranked AS before ON before.market = now.market AND before.period_start = now.period_start - INTERVAL 1 YEAR
WHERE now.period IN (SELECT period FROM shown) AND ($market IS NULL OR now.market = $market) AND ($top IS NULL OR now.rank <= $top)
ORDER BY now.period, now.rank, now.market
