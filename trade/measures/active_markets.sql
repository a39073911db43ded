/* ---
title = "Active markets"
unit = "markets"
definition = "Number of markets whose trade with the reporter exceeds a threshold."
formula = "count of j with X_j > threshold"
tex = '''N_{\mathrm{act}} = \#\{\,j : X_j > \theta\,\}'''
reference = "WITS indicator metadata: number of partners; statement of China Customs, 14 January 2026 (249, 137, 62 and 14 partners)"
caveats = [
    "The threshold is in full units of the currency.",
    "A partner list includes territories and Antarctica: markets are not states.",
    "The lists of the sources differ in length: China's history has about 200 partners to 2020, 170 in 2021 and 2022 (exports), 250 from 2023.",
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
[parameters.threshold]
domain = "number"
default = 0
minimum = 0
help = "A market is active above this value, in full units of the currency."
[parameters.by]
domain = ["world", "continent"]
default = "world"
help = "One count, or one for each of the five continents beside it."
[parameters.first]
domain = "period"
help = "First period to show."
[parameters.last]
domain = "period"
help = "Last period to show."
--- */
WITH known AS (
    SELECT *, unnest(if($by = 'continent', ['world', coalesce(continent, 'none')], ['world'])) AS place
    FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
    WHERE in_span(period, $first, $last)
)
SELECT
    period, any_value(period_start) AS period_start, place AS continent, count(*) FILTER (value > $threshold) AS active_markets,
    count(*) AS listed_markets, $threshold AS threshold, sum(value) FILTER (value > $threshold) AS value,
    100 * sum(value) FILTER (value > $threshold) / nullif(any_value(whole), 0) AS share_pct,
    any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
FROM known
GROUP BY period, place
ORDER BY period, place <> 'world', place
