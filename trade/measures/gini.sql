/* ---
title = "Gini coefficient of markets"
unit = "index, 0 to 1"
definition = "Twice the area between the Lorenz curve of trade over markets and the line of equal markets."
formula = "G = 2 sum_i i X_(i) / (N sum X) - (N + 1) / N, markets from the smallest to the largest"
tex = '''G = \frac{2\sum_{i=1}^{N} i\,X_{(i)}}{N\sum_i X_{(i)}} - \frac{N+1}{N}'''
reference = "Gini 1912, Variabilita e mutabilita; Cowell 2011, Measuring Inequality, Oxford University Press"
caveats = [
    "N is the number of markets on the list: ever active in the span shown (it does not move), or active in the period. Zero markets raise the coefficient.",
    "The largest value for N markets is 1 - 1/N.",
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
[parameters.threshold]
domain = "number"
default = 0
minimum = 0
help = "A market is active above this value, in full units of the currency."
[parameters.list]
domain = ["ever", "active"]
default = "ever"
help = "Markets that count: ever active in the span shown (their number N does not move), or active in the period itself."
[parameters.first]
domain = "period"
help = "First period to show."
[parameters.last]
domain = "period"
help = "Last period to show."
--- */
WITH ordered AS (
    SELECT *, row_number() OVER (PARTITION BY period ORDER BY value, market) AS place
    FROM market_cells($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated, $first, $last, $threshold, $list)
)
SELECT
    period, any_value(period_start) AS period_start,
    greatest(0, 2 * sum(place * value) / (count(*) * sum(value)) - (count(*) + 1) / count(*)) AS gini,
    count(*) AS markets, count(*) FILTER (value > 0) AS trading_markets, sum(value) AS total,
    any_value(currency) AS currency, any_value(quality) AS quality, any_value(source_id) AS source_id
FROM ordered
GROUP BY period
HAVING sum(value) > 0
ORDER BY period
