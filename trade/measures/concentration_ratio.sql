/* ---
title = "Share of the largest markets"
unit = "%"
definition = "Concentration ratio: the joint share of the k largest markets of each period."
formula = "CR_k = sum of the k largest s_j"
tex = '''CR_k = \sum_{j=1}^{k} s_{(j)}, \qquad s_{(1)} \ge s_{(2)} \ge \dots'''
reference = "Curry & George 1983, Industrial Concentration: A Survey, Journal of Industrial Economics 31(3)"
caveats = [
    "The k largest are chosen anew in each period: the ratio does not follow the same markets.",
    "of=total divides by all trade, as official statements do; of=markets by the markets that the switches leave in.",
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
[parameters.top]
domain = "integer"
default = 5
minimum = 1
maximum = 50
help = "Number of largest markets, k."
[parameters.of]
domain = ["total", "markets"]
default = "total"
help = "Denominator: all trade of the reporter, or the sum of the markets left in."
[parameters.first]
domain = "period"
help = "First period to show."
[parameters.last]
domain = "period"
help = "Last period to show."
--- */
WITH ordered AS (
    SELECT
        *, if($of = 'total', whole, sum(value) OVER (PARTITION BY period)) AS total,
        row_number() OVER (PARTITION BY period ORDER BY value DESC, market) AS place
    FROM markets($reporter, $dataset, $flow, $freq, $currency, $eu, $hong_kong_macao, $reimports, $unallocated)
    WHERE in_span(period, $first, $last)
)
SELECT
    period, any_value(period_start) AS period_start, 100 * sum(value) FILTER (place <= $top) / nullif(any_value(total), 0) AS share_pct,
    $top AS top, sum(value) FILTER (place <= $top) AS value, any_value(total) AS total,
    string_agg(market, ' ' ORDER BY place) FILTER (place <= $top) AS largest, count(*) FILTER (value > 0) AS markets,
    any_value(currency) AS currency, worst_quality(quality) AS quality, source_list(source_id) AS source_id
FROM ordered
GROUP BY period
ORDER BY period
